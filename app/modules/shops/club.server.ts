/** A shop's club settings without its earning rules: status, refunds and payouts. */
import { prepared, type Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { ClubCategories, RedemptionRate, TakeBackPolicy } from './rules/club-settings.ts';

export interface Club {
  shopId: bigint;
  domain: string;
  title: string;
  /** The online promotion; empty for none. */
  banner: string;
  /** The shop's currency; null until the app was opened in that shop. */
  currency: string | null;
  /** Two letters; decides how phone numbers are parsed. */
  country: string | null;
  locale: string;
  timeZone: string;
  /** `YYYY-MM-DD`; orders before it earn nothing. */
  startsOn: string | null;
  /** Trial mode: rules apply to test customers only (F124). */
  trialMode: boolean;
  /** Not launched yet: in trial mode, and only test customers see the club. */
  isDraft: boolean;
  tiersActive: boolean;
  /** Changed orders may change a customer's tier or membership. */
  evaluatesCustomers: boolean;
  categories: ClubCategories;
  offers: { isActive: boolean; includeTax: boolean; includeShipping: boolean };
  takeBack: TakeBackPolicy;
  restoreMinimumDays: number;
  /** Credit was given in another currency than the shop's of now, and staff has not decided what becomes of it. */
  isCreditHeld: boolean;
  redemption: {
    isEnabled: boolean;
    /** Exchange rate of points; credit is money already. */
    rate: RedemptionRate;
    minimumUnits: bigint;
    ttlMinutes: number;
    combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  };
}

interface ClubRow {
  shop_id: bigint;
  domain: string;
  name: string | null;
  currency: string | null;
  credit_currency: string | null;
  country: string | null;
  locale: string;
  time_zone: string;
  club_title: string | null;
  banner_text: string | null;
  starts_on: string | null;
  redemption_enabled: boolean | null;
  redemption_rate_units: bigint | null;
  redemption_rate_minor: bigint | null;
  redemption_minimum_units: bigint | null;
  redemption_ttl_minutes: number | null;
  combines_with_order: boolean | null;
  combines_with_product: boolean | null;
  combines_with_shipping: boolean | null;
  refund_shortfall: string | null;
  refund_takes_from_all_lots: boolean | null;
  restore_minimum_days: number | null;
  trial_mode: boolean | null;
  is_draft: boolean;
  tiers_active: boolean | null;
  joins_by_spend: boolean | null;
  offers_active: boolean | null;
  offers_include_tax: boolean | null;
  offers_include_shipping: boolean | null;
  default_category: bigint | null;
  categories_off: bigint[] | null;
}

const READ_CLUBS = prepared(
  'clubs-read',
  `SELECT s.shop_id, s.domain, s.name, s.currency, s.credit_currency, s.country, s.locale, s.time_zone, c.club_title, c.banner_text, c.starts_on::text AS starts_on,
     c.redemption_enabled, c.redemption_rate_units, c.redemption_rate_minor, c.redemption_minimum_units, c.redemption_ttl_minutes,
     c.combines_with_order, c.combines_with_product, c.combines_with_shipping, c.refund_shortfall, c.refund_takes_from_all_lots,
     c.restore_minimum_days, c.trial_mode, c.shop_id IS NOT NULL AND c.launched_at IS NULL AS is_draft, c.tiers_active,
     c.join_at_spend_minor IS NOT NULL AS joins_by_spend, c.offers_active, c.offers_include_tax, c.offers_include_shipping,
     k.default_category, k.categories_off
   FROM shops s LEFT JOIN club_settings c ON c.shop_id = s.shop_id
     LEFT JOIN LATERAL (SELECT min(category_id) FILTER (WHERE is_default) AS default_category,
       array_agg(category_id) FILTER (WHERE NOT loyalty_enabled) AS categories_off FROM categories WHERE shop_id = s.shop_id) k ON true
   WHERE s.shop_id = ANY($1)`,
);

/** Loads the clubs of these shops by shop id. A shop without settings yet (never opened) has no redemption. */
export async function readClubs(db: Queryable, shopIds: readonly bigint[]): Promise<Map<bigint, Club>> {
  const { rows } = await db.query<ClubRow>(READ_CLUBS([bigintArray(shopIds)]));
  return new Map(rows.map((row) => [row.shop_id, toClub(row)]));
}

function toClub(row: ClubRow): Club {
  const tiersActive = row.tiers_active ?? false;
  return {
    shopId: row.shop_id,
    domain: row.domain,
    title: row.club_title || row.name || row.domain,
    banner: row.banner_text ?? '',
    currency: row.currency,
    country: row.country,
    locale: row.locale,
    timeZone: row.time_zone,
    startsOn: row.starts_on,
    trialMode: row.trial_mode ?? false,
    isDraft: row.is_draft,
    tiersActive,
    evaluatesCustomers: tiersActive || (row.joins_by_spend ?? false),
    categories: { defaultId: row.default_category, off: new Set(row.categories_off ?? []) },
    offers: {
      isActive: row.offers_active ?? false,
      includeTax: row.offers_include_tax ?? false,
      includeShipping: row.offers_include_shipping ?? false,
    },
    takeBack: {
      shortfall: row.refund_shortfall === 'write_off' ? 'write_off' : 'debt',
      fromAllLots: row.refund_takes_from_all_lots ?? true,
    },
    restoreMinimumDays: row.restore_minimum_days ?? 7,
    isCreditHeld: row.credit_currency !== null,
    redemption: {
      isEnabled: row.redemption_enabled ?? false,
      rate: { units: row.redemption_rate_units ?? 1n, amountMinor: row.redemption_rate_minor ?? 1n },
      minimumUnits: row.redemption_minimum_units ?? 1n,
      ttlMinutes: row.redemption_ttl_minutes ?? 120,
      combinesWith: {
        orderDiscounts: row.combines_with_order ?? false,
        productDiscounts: row.combines_with_product ?? true,
        shippingDiscounts: row.combines_with_shipping ?? true,
      },
    },
  };
}
