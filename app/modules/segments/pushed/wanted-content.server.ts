/** What a stored segment should be at Shopify. */
import { pool } from '#app/db.server.ts';
import type { SegmentContent } from '#app/integrations/shopify/segments.server.ts';
import type { PushTrouble } from './push-trouble.ts';
import { invariant } from '#app/lib/errors.ts';
import { readCurrencies } from '#app/modules/shops/find-shop.server.ts';
import { nameRule } from '../name-rule.server.ts';
import { toShopifyQuery } from '../query/to-shopify.ts';
import { isComputable, readStoredRules } from '../saved/segment-rule.server.ts';
import type { SegmentNode } from '../tree/tree.ts';

/** The shop's currency, in which queries have money; it is known once the app was opened. */
export async function requireCurrency(shopId: bigint): Promise<string> {
  const currency = (await readCurrencies(pool, [shopId])).get(shopId) ?? null;
  invariant(currency !== null, 'a shop whose staff push segments has a currency');
  return currency;
}

/** A rule in Shopify's language; null if Shopify can't ask it. */
export async function writeShopifyQuery(shopId: bigint, rule: SegmentNode): Promise<string | null> {
  const words = { currency: await requireCurrency(shopId), names: await nameRule(shopId, rule) };
  const made = toShopifyQuery(rule, words);
  return made.ok ? made.query : null;
}

/** The name and the query that a segment should have at Shopify, or why it has none. `stored` is the rule as stored. */
export async function readWantedContent(
  shopId: bigint,
  { name, stored }: { name: string; stored: unknown },
): Promise<{ ok: true; content: SegmentContent } | { ok: false; trouble: PushTrouble }> {
  const [read] = await readStoredRules(pool, shopId, [stored]);
  if (!read || read.rule === null || !isComputable(read)) return { ok: false, trouble: 'not_computable' };
  const query = await writeShopifyQuery(shopId, read.rule);
  return query === null ? { ok: false, trouble: 'not_expressible' } : { ok: true, content: { name, query } };
}
