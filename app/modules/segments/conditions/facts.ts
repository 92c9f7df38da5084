/** What a condition may ask about one customer, and about the moment at which it asks. */
import type { LifecycleSettings } from '#app/modules/shops/rules/lifecycle-settings.ts';
import type { OrderSums } from '#app/modules/orders/rules/customer-metrics.ts';
import type { Unit } from '#app/lib/units.ts';
import type { RfmThresholds } from '../rules/rfm.ts';
import type { RankThresholds } from '../rules/spend-rank.ts';

/** When a rule is applied, and the settings of the shop that it depends on. */
export interface Moment {
  now: Date;
  /** The shop's calendar day, `YYYY-MM-DD`. */
  today: string;
  timeZone: string;
  lifecycle: LifecycleSettings;
  /** How long the shop expects a customer to stay. */
  lifetimeMonths: number;
  /** From where on RFM scores count; null while the shop has too few customers, or they weren't computed yet. */
  rfm: RfmThresholds | null;
  /** From which spend on ranks by spend count; null as the scores are. */
  ranks: RankThresholds | null;
  /** A customer without a category is in this one; null if the shop has no categories. */
  defaultCategoryId: string | null;
  /** Typed texts as the database folds stored ones, by what was typed. */
  folded: ReadonlyMap<string, string>;
}

/** A line of a valid order, as far as it was kept. */
export interface Purchase {
  orderId: string;
  productId: string;
  variantId: string | null;
  boughtAt: Date;
  quantity: number;
  netMinor: bigint;
}

/** What a product is found by besides its id. */
export interface ProductFacts {
  collectionIds: readonly string[];
  type: string | null;
  vendor: string | null;
  /** In lower case, as Shopify compares. */
  tags: readonly string[];
}

/** A part of what a customer has in one unit. */
export interface LotFacts {
  remaining: bigint;
  validFrom: Date;
  expiresAt: Date | null;
}

/** A customer's account in one unit. */
export interface AccountFacts {
  held: bigint;
  debt: bigint;
  /** All that was ever earned, less what was taken back with its order. */
  earned: bigint;
  /** All that was ever redeemed, less what came back. */
  spent: bigint;
  lots: readonly LotFacts[];
}

/** What is known of one customer. Days are `YYYY-MM-DD`, texts null where nothing is known. */
export interface CustomerFacts extends OrderSums {
  customerId: bigint;
  /** Folded by the database: what searches compare. */
  folded: { search: string; name: string; email: string; note: string; staffNotes: readonly string[] };
  phone: string | null;
  email: string | null;
  gender: string | null;
  birthDate: string | null;
  weddingDate: string | null;
  weightGrams: number | null;
  heightMm: number | null;
  housing: string | null;
  interests: readonly string[];
  countryCode: string | null;
  provinceKey: string | null;
  cityKey: string | null;
  districtKey: string | null;
  /** In upper case, without spaces. */
  postalKey: string | null;
  addedAt: Date | null;
  categoryId: string | null;
  tierId: string | null;
  memberSince: Date | null;
  memberVia: string | null;
  cameFrom: string;
  /** Keys of the tags that are on. */
  tags: readonly string[];
  smsConsent: string | null;
  emailConsent: string | null;
  /** Bits of the empty fields (`customers.missing_fields`). */
  missingFields: number;
  /** In lower case, of all orders. */
  orderNames: readonly string[];
  /** Of valid orders: where they were placed; the discount codes on them, in upper case. */
  channels: readonly string[];
  codes: readonly string[];
  beforeLastOrderAt: Date | null;
  /** Orders of which money went back, and how much of what was ever paid. */
  ordersRefunded: number;
  refundedMinor: bigint;
  paidMinor: bigint;
  purchases: readonly Purchase[];
  /** Products of the purchases, by id. */
  products: ReadonlyMap<string, ProductFacts>;
  accounts: Readonly<Partial<Record<Unit, AccountFacts>>>;
  /** Ids of the rewards taken, and of the offers that ever gave something. */
  rewardIds: readonly string[];
  offerIds: readonly string[];
  /** Ids of the shop's own segments at Shopify that the customer was in when they were last read. */
  shopifySegmentIds: readonly string[];
  /** Ids of the snapshots of segments that the customer is in. */
  snapshotIds: readonly string[];
  /** Ids of the campaigns of which the customer received a message. */
  campaignIds: readonly string[];
  /** Of these, or of others that perhaps never arrived: which they answered, and in which they opened a link. */
  answeredCampaignIds: readonly string[];
  clickedCampaignIds: readonly string[];
}
