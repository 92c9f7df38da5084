/** The shop's rules and its automatic discount at Shopify: found, created, repaired. */
import { pool } from '#app/db.server.ts';
import { setMetafields, type MetafieldToSet } from '#app/integrations/shopify/metafields.server.ts';
import {
  createPriceDiscount,
  cycleLimit,
  findPriceDiscount,
  readPriceDiscount,
  updatePriceDiscount,
  type DiscountTerms,
  type PriceDiscount,
} from '#app/integrations/shopify/price-discount.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { isSameJson } from '#app/lib/same-json.ts';
import type { PriceSettings } from '../settings/price-settings.server.ts';
import { DISCOUNT_TITLE, RULES_KEY, VARIABLES_KEY } from '../rules/price-keys.ts';
import { bytesOf, writePriceRules, writeSets, type Json, type ShopPrices } from '../rules/price-rules.ts';
import { readShopPrices } from './read-prices.server.ts';

/** A discount starts a little in the past, because Shopify's clock and ours may differ. */
const START_EARLY_MS = 60_000;

/** What the merchant has to know of the discount. */
export type DiscountTrouble =
  /** Switched off, or ended, in Shopify's admin. */
  | 'off_at_shopify'
  /** Shopify refuses it because of other automatic discounts. */
  | 'overlaps'
  /** The shop has as many automatic app discounts as Shopify allows. */
  | 'too_many'
  | 'refused';

interface PublishShop {
  shopId: bigint;
  domain: string;
  requestedAt: string | null;
  discountGid: string | null;
}

/** Has Shopify's discount say what the database does. Throws UpstreamError when Shopify can't be asked. */
export async function publishRules(shop: PublishShop): Promise<void> {
  const { prices, settings } = await readShopPrices(pool, shop.shopId);
  const wanted = { rules: writePriceRules(prices), vars: writeSets({ a: settings.setA, b: settings.setB }) };
  const there = await findThere(shop);
  // A shop that never switched prices on has no discount.
  if (there === null && !settings.isOn) return storePublished(shop, { gid: null, status: null });
  const terms = termsOf(prices, settings);
  const discount = there ?? (await create(shop, terms, wanted));
  if (discount === null) return;
  const trouble = there === null ? null : await repair(shop, there, terms, wanted);
  if (trouble !== null) return;
  await storePublished(shop, {
    gid: discount.gid,
    status: discount.status,
    rules: wanted.rules,
    trouble: settings.isOn && discount.status === 'expired' ? 'off_at_shopify' : null,
  });
}

async function findThere({ domain, discountGid }: PublishShop): Promise<PriceDiscount | null> {
  const known = discountGid === null ? null : await readPriceDiscount(domain, discountGid);
  return known ?? findPriceDiscount(domain);
}

type Wanted = Record<'rules' | 'vars', { [key: string]: Json }>;

async function create(
  shop: PublishShop,
  terms: DiscountTerms,
  { rules, vars }: Wanted,
): Promise<{ gid: string; status: PriceDiscount['status'] } | null> {
  const written = await createPriceDiscount(
    shop.domain,
    terms,
    { rules: JSON.stringify(rules), vars: JSON.stringify(vars) },
    new Date(Date.now() - START_EARLY_MS),
  );
  if (written.outcome === 'written') return { gid: written.gid, status: 'active' };
  await storeRefused(shop, written);
  return null;
}

/** Writes what differs. Returns whether Shopify refused. */
async function repair(
  shop: PublishShop,
  there: PriceDiscount,
  terms: DiscountTerms,
  wanted: Wanted,
): Promise<'refused' | null> {
  const metafields: MetafieldToSet[] = [];
  for (const [part, key] of [
    ['rules', RULES_KEY],
    ['vars', VARIABLES_KEY],
  ] as const) {
    const held = there[part];
    if (held !== null && isSameJson(held.value, wanted[part])) continue;
    metafields.push({
      ownerGid: there.gid,
      key,
      value: JSON.stringify(wanted[part]),
      digest: held?.digest ?? null,
    });
  }
  const outcomes = await setMetafields(shop.domain, metafields);
  // Someone wrote between our reading and our writing: the next run reads again.
  if (outcomes.some(({ outcome }) => outcome === 'stale'))
    throw new UpstreamError('the rules changed meanwhile', { retryable: true, outcomeKnown: true });
  const refusal = outcomes.find((each) => each.outcome === 'refused');
  if (refusal?.outcome === 'refused') {
    await storeRefused(shop, { code: null, message: refusal.reason });
    return 'refused';
  }
  if (isSameJson(termsThere(there), terms) && there.recurringCycleLimit === cycleLimit(terms)) return null;
  const written = await updatePriceDiscount(shop.domain, there.gid, terms);
  if (written.outcome !== 'refused') return null;
  await storeRefused(shop, written);
  return 'refused';
}

function termsOf(
  prices: ShopPrices,
  { combination, withProducts, withShipping }: PriceSettings,
): DiscountTerms {
  return {
    title: DISCOUNT_TITLE,
    combinesWith: {
      orderDiscounts: combination === 'stack',
      productDiscounts: withProducts,
      shippingDiscounts: withShipping,
    },
    appliesOnSubscription: prices.categories.some(({ includesSubscriptions }) => includesSubscriptions),
  };
}

const termsThere = ({ title, combinesWith, appliesOnSubscription }: PriceDiscount): DiscountTerms => ({
  title,
  combinesWith: {
    orderDiscounts: combinesWith.orderDiscounts,
    productDiscounts: combinesWith.productDiscounts,
    shippingDiscounts: combinesWith.shippingDiscounts,
  },
  appliesOnSubscription,
});

interface Published {
  gid: string | null;
  status: PriceDiscount['status'] | null;
  rules?: { [key: string]: Json };
  trouble?: DiscountTrouble | null;
}

/** A request that came meanwhile stays. */
async function storePublished(
  shop: PublishShop,
  { gid, status, rules, trouble = null }: Published,
): Promise<void> {
  await pool.query(
    `UPDATE price_settings SET discount_gid = $2, discount_status = $3, trouble = $4, refused_with = NULL,
       written_before = CASE WHEN written IS DISTINCT FROM $5::jsonb THEN coalesce(written, written_before) ELSE written_before END,
       written = $5, size_bytes = $6,
       published_at = clock_timestamp(), requested_at = CASE WHEN requested_at = $7::timestamptz THEN NULL ELSE requested_at END
     WHERE shop_id = $1`,
    [
      shop.shopId,
      gid,
      status,
      trouble,
      rules === undefined ? null : JSON.stringify(rules),
      rules === undefined ? null : bytesOf(rules),
      shop.requestedAt,
    ],
  );
}

const TROUBLE_BY_CODE = new Map<string | null, DiscountTrouble>([
  ['ACTIVE_PERIOD_OVERLAP', 'overlaps'],
  ['MAX_APP_DISCOUNTS', 'too_many'],
]);

/** What Shopify refuses is tried again nightly, and when staff ask for it. */
async function storeRefused(
  shop: PublishShop,
  refusal: { code: string | null; message: string } | { outcome: 'gone' },
): Promise<void> {
  const { code, message } = 'code' in refusal ? refusal : { code: null, message: '' };
  await pool.query(
    `UPDATE price_settings SET trouble = $2, refused_with = $3,
       requested_at = CASE WHEN requested_at = $4::timestamptz THEN NULL ELSE requested_at END WHERE shop_id = $1`,
    [shop.shopId, TROUBLE_BY_CODE.get(code) ?? 'refused', message, shop.requestedAt],
  );
}
