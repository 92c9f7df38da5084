/** What the screen of prices at checkout shows and does. */
import { activatePriceDiscount } from '#app/integrations/shopify/price-discount.server.ts';
import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { nameCollections } from '#app/modules/products/name-collections.server.ts';
import type { DiscountTrouble } from '../publish/publish-rules.server.ts';
import type { ExampleOrder } from './combination.ts';
import { readPriceSettings, type PriceSettings } from './price-settings.server.ts';
import {
  requestPublication,
  savePriceSettings,
  type PriceSettingsSaved,
} from './save-price-settings.server.ts';

export interface PriceHealth {
  hasDiscount: boolean;
  trouble: DiscountTrouble | null;
  /** Shopify's own words. */
  refusedWith: string | null;
  publishedAt: Date | null;
  comparedAt: Date | null;
  /** Of the rules as they were published. */
  sizeBytes: number | null;
  /** The rules are about to be published. */
  isWaiting: boolean;
  /** Metafields that aren't in step yet, and those that Shopify refuses. */
  customers: { due: number; failed: number };
  variants: { due: number; failed: number };
}

export interface PriceSettingsView {
  settings: PriceSettings;
  collections: Record<'setA' | 'setB', { id: string; title: string }[]>;
  health: PriceHealth;
  /** Null while no category has a discount. */
  example: ExampleOrder | null;
}

/** Reads the screen. */
export async function readSettingsScreen(shopId: bigint): Promise<PriceSettingsView> {
  const settings = await readPriceSettings(pool, shopId);
  const [titles, health, example] = await Promise.all([
    nameCollections(shopId, [...settings.setA, ...settings.setB]),
    readHealth(shopId),
    readExample(shopId),
  ]);
  const titleOf = new Map(titles.map(({ collectionId, title }) => [collectionId, title]));
  const named = (ids: readonly bigint[]) =>
    ids.map((id) => ({ id: String(id), title: titleOf.get(id) ?? String(id) }));
  return {
    settings,
    collections: { setA: named(settings.setA), setB: named(settings.setB) },
    health,
    example,
  };
}

interface HealthRow {
  gid: string | null;
  trouble: DiscountTrouble | null;
  refusedWith: string | null;
  publishedAt: Date | null;
  comparedAt: Date | null;
  sizeBytes: number | null;
  isWaiting: boolean;
}

/** More than this is "more than". */
const COUNTED_MAX = 10_000;

async function readHealth(shopId: bigint): Promise<PriceHealth> {
  const count = (table: string) => `
    SELECT (SELECT count(*)::int FROM (SELECT FROM ${table} WHERE shop_id = $1 AND changed_at IS NOT NULL LIMIT ${COUNTED_MAX}) x) AS due,
      (SELECT count(*)::int FROM ${table} WHERE shop_id = $1 AND failure IS NOT NULL AND failure <> 'gone') AS failed`;
  const [settings, customers, variants] = await Promise.all([
    pool.query<HealthRow>(
      `SELECT discount_gid AS gid, trouble, refused_with AS "refusedWith", published_at AS "publishedAt", compared_at AS "comparedAt",
         size_bytes AS "sizeBytes", requested_at IS NOT NULL AS "isWaiting" FROM price_settings WHERE shop_id = $1`,
      [shopId],
    ),
    pool.query<{ due: number; failed: number }>(count('price_customers'), [shopId]),
    pool.query<{ due: number; failed: number }>(count('price_variants'), [shopId]),
  ]);
  const none = { due: 0, failed: 0 };
  const { gid, ...row } = settings.rows[0] ?? NO_HEALTH;
  return {
    ...row,
    hasDiscount: gid !== null,
    customers: customers.rows[0] ?? none,
    variants: variants.rows[0] ?? none,
  };
}

const NO_HEALTH: HealthRow = {
  gid: null,
  trouble: null,
  refusedWith: null,
  publishedAt: null,
  comparedAt: null,
  sizeBytes: null,
  isWaiting: false,
};

const EXAMPLE_DAYS = 90;
/** What a shop without orders or redemptions is explained with, in parts of the goods. */
const CODE_SHARE = 20n;
const FALLBACK_GOODS_MINOR = 100_000_000n;

/** The category with the largest discount, an average order, and an average redemption of the shop. */
async function readExample(shopId: bigint): Promise<ExampleOrder | null> {
  const { rows } = await pool.query<{
    category: string;
    percentBp: number;
    goodsMinor: bigint | null;
    codeMinor: bigint | null;
  }>(
    `SELECT g.name AS category, g.discount_bp AS "percentBp",
       (SELECT avg(net_minor)::bigint FROM orders o WHERE o.shop_id = $1 AND o.net_minor > 0
          AND o.processed_at > ledger_now() - interval '${EXAMPLE_DAYS} days') AS "goodsMinor",
       (SELECT avg(amount_minor)::bigint FROM redemptions r JOIN shops s USING (shop_id) WHERE r.shop_id = $1 AND r.state = 'settled'
          AND r.currency = s.currency AND r.amount_minor > 0) AS "codeMinor"
     FROM categories g WHERE g.shop_id = $1 AND g.discount_bp > 0 ORDER BY g.discount_bp DESC, g.position LIMIT 1`,
    [shopId],
  );
  const [row] = rows;
  if (!row) return null;
  const goodsMinor = row.goodsMinor ?? FALLBACK_GOODS_MINOR;
  return {
    ...row,
    goodsMinor: twoDigits(goodsMinor),
    codeMinor: twoDigits(row.codeMinor ?? goodsMinor / CODE_SHARE),
  };
}

/** The amount with its first two digits: an example is read more easily in round figures. */
function twoDigits(amountMinor: bigint): bigint {
  const unit = 10n ** BigInt(Math.max(0, amountMinor.toString().length - 2));
  return (amountMinor / unit) * unit;
}

/** Saves the form, or runs its `intent`: `check` (look at Shopify again) or `activate` (switch the discount on there). */
export async function actOnPriceSettings(
  shop: { shopId: bigint; domain: string },
  values: Record<string, unknown>,
): Promise<PriceSettingsSaved> {
  if (values.intent === 'check') return requestPublication(shop.shopId);
  if (values.intent === 'activate') return activate(shop);
  return savePriceSettings(shop.shopId, values);
}

async function activate({ shopId, domain }: { shopId: bigint; domain: string }): Promise<PriceSettingsSaved> {
  const { rows } = await pool.query<{ gid: string | null }>(
    'SELECT discount_gid AS gid FROM price_settings WHERE shop_id = $1',
    [shopId],
  );
  const gid = rows[0]?.gid;
  if (!gid) return { ok: false, errors: { form: { code: 'gone' } } };
  try {
    await activatePriceDiscount(domain, gid);
  } catch (error) {
    if (error instanceof UpstreamError) return { ok: false, errors: { form: { code: 'not_saved' } } };
    throw error;
  }
  return requestPublication(shopId);
}
