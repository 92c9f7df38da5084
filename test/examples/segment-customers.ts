/** Customers for the examples of segments, from what a merchant would say of them: their record and their orders. */
import type { CustomerFacts, LotFacts, ProductFacts } from '#app/modules/segments/conditions/facts.ts';

export interface Buys {
  /** In Jakarta, at noon. */
  on: string;
  /** Whole rupiah. */
  total?: number;
  /** Of that, what went back. */
  refunded?: number;
  isCancelled?: boolean;
  /** Ids of products, one piece each. */
  products?: number[];
  channel?: string;
  code?: string;
}

const MINOR = 100n;
const noon = (day: string) => new Date(`${day}T05:00:00Z`);

/** Teh Melati and Teh Tarik are teas of Kebun Raya, the mug is no tea. */
export const PRODUCTS = { melati: 101, tarik: 102, mug: 103 };
const TEA: ProductFacts = { collectionIds: ['7'], type: 'Tea', vendor: 'Kebun Raya', tags: ['new'] };
const SHELF = new Map<string, ProductFacts>([
  [String(PRODUCTS.melati), TEA],
  [String(PRODUCTS.tarik), TEA],
  [String(PRODUCTS.mug), { collectionIds: [], type: 'Mug', vendor: 'Setia', tags: [] }],
]);

const NOTHING: CustomerFacts = {
  customerId: 1n,
  folded: { search: '', name: '', email: '', note: '', staffNotes: [] },
  phone: null,
  email: null,
  gender: null,
  birthDate: null,
  weddingDate: null,
  weightGrams: null,
  heightMm: null,
  housing: null,
  interests: [],
  countryCode: null,
  provinceKey: null,
  cityKey: null,
  districtKey: null,
  postalKey: null,
  addedAt: noon('2025-01-01'),
  categoryId: null,
  tierId: null,
  memberSince: null,
  memberVia: null,
  cameFrom: 'shopify',
  tags: [],
  smsConsent: null,
  emailConsent: null,
  missingFields: 0,
  orderNames: [],
  channels: [],
  codes: [],
  beforeLastOrderAt: null,
  ordersAll: 0,
  ordersValid: 0,
  otherCurrencyAll: 0,
  otherCurrencyValid: 0,
  items: 0,
  totalAllMinor: 0n,
  spendMinor: 0n,
  firstOrderAt: null,
  lastOrderAt: null,
  latestOrderAt: null,
  activeMonths: 0,
  ordersRefunded: 0,
  refundedMinor: 0n,
  paidMinor: 0n,
  purchases: [],
  products: SHELF,
  accounts: {},
  rewardIds: [],
  offerIds: [],
  shopifySegmentIds: [],
  snapshotIds: [],
  campaignIds: [],
  answeredCampaignIds: [],
  clickedCampaignIds: [],
};

const total = ({ total: rupiah = 100_000 }: Buys) => BigInt(rupiah) * MINOR;
const refunded = ({ refunded: rupiah = 0 }: Buys) => BigInt(rupiah) * MINOR;
const sum = (amounts: bigint[]) => amounts.reduce((all, amount) => all + amount, 0n);

/** A customer with these orders, oldest first, and this record; nothing else is known. */
export function buyer(orders: Buys[], record: Partial<CustomerFacts> = {}): CustomerFacts {
  const valid = orders.filter(({ isCancelled }) => isCancelled !== true);
  const days = valid.map(({ on }) => noon(on));
  const latest = orders.at(-1);
  const texts = (read: (order: Buys) => string | undefined) => [
    ...new Set(valid.map(read).filter((text) => text !== undefined)),
  ];
  return {
    ...NOTHING,
    ordersAll: orders.length,
    ordersValid: valid.length,
    totalAllMinor: sum(orders.map(total)),
    spendMinor: sum(valid.map((order) => total(order) - refunded(order))),
    firstOrderAt: days[0] ?? null,
    lastOrderAt: days.at(-1) ?? null,
    beforeLastOrderAt: days.at(-2) ?? null,
    latestOrderAt: latest === undefined ? null : noon(latest.on),
    activeMonths: new Set(valid.map(({ on }) => on.slice(0, 7))).size,
    items: valid.flatMap(({ products = [] }) => products).length,
    ordersRefunded: valid.filter((order) => refunded(order) > 0n).length,
    refundedMinor: sum(valid.map(refunded)),
    paidMinor: sum(valid.map(total)),
    channels: texts(({ channel }) => channel),
    codes: texts(({ code }) => code),
    purchases: valid.flatMap(({ on, products = [] }, order) =>
      products.map((product) => ({
        orderId: String(order + 1),
        productId: String(product),
        variantId: null,
        boughtAt: noon(on),
        quantity: 1,
        netMinor: 50_000n * MINOR,
      })),
    ),
    ...record,
  };
}

/** A customer without orders. */
export const person = (record: Partial<CustomerFacts> = {}): CustomerFacts => buyer([], record);

/** An account with this many points, usable from the first day to the end of the second. */
export function points(amount: bigint, from = '2026-01-01', until: string | null = null, debt = 0n) {
  const lot: LotFacts = {
    remaining: amount,
    validFrom: noon(from),
    expiresAt: until === null ? null : new Date(`${until}T17:00:00Z`),
  };
  return {
    accounts: { POINTS: { held: 0n, debt, earned: amount, spent: 0n, lots: amount > 0n ? [lot] : [] } },
  };
}
