/** What a rule depends on besides its customers, as a short text: when it changes, everyone has to be looked at again. */
import { createHash } from 'node:crypto';
import type { Queryable } from '#app/db.server.ts';
import type { Moment } from '../conditions/facts.ts';
import { boughtValues } from '../conditions/products/bought.ts';
import { compileTree } from '../tree/compile.ts';
import { referencesOf } from '../tree/evaluate.ts';
import { conditionsOf, type SegmentNode } from '../tree/tree.ts';

/** Any two will do: a rule whose statement differs between them depends on the time of the day. */
const [ANY_TIME, ANOTHER_TIME] = [new Date(0), new Date(1)];

function compiledAt(rule: SegmentNode, moment: Moment, now: Date): string {
  const parameters: unknown[] = [];
  const sql = compileTree(rule, { ...moment, now }, parameters);
  return JSON.stringify([sql, parameters], (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

/**
 * Whether a rule asks for something that begins or ends within a day. That is value alone, by the first and the last
 * moment of its lots (conditions/club).
 */
export function dependsOnTime(rule: SegmentNode, moment: Moment): boolean {
  return compiledAt(rule, moment, ANY_TIME) !== compiledAt(rule, moment, ANOTHER_TIME);
}

const asksProducts = (rule: SegmentNode): boolean =>
  conditionsOf(rule).some(({ code, values }) => {
    if (code !== 'bought') return false;
    const { by } = boughtValues.parse(values).goods;
    return by !== 'product' && by !== 'variant';
  });

const PRODUCTS = `
  SELECT coalesce(sum(hashtextextended(concat_ws('/', p.product_id, p.collection_ids, p.product_type, p.vendor, p.tags), 0)), 0)::text AS digest
  FROM products p WHERE p.shop_id = $1`;

const READINGS = `
  SELECT coalesce(string_agg(g.shopify_segment_id || ':' || g.readings, ' ' ORDER BY g.shopify_segment_id), '') AS digest
  FROM shopify_segments g WHERE g.shop_id = $1 AND g.shopify_segment_id = ANY($2::bigint[])`;

/**
 * The rule's statement with everything that it took from the moment: the shop's day, zone and settings. With it, where the
 * rule asks for them, the shop's products and the readings of segments at Shopify. Only the time of the day isn't in it.
 */
export const segmentContext = (
  db: Queryable,
  shopId: bigint,
  rule: SegmentNode,
  moment: Moment,
): Promise<string> => contextsAt(db, shopId, moment)(rule);

/** The contexts of rules at one moment: what several depend on is read once. */
export function contextsAt(
  db: Queryable,
  shopId: bigint,
  moment: Moment,
): (rule: SegmentNode) => Promise<string> {
  const digest = async (sql: string, values: unknown[]) =>
    (await db.query<{ digest: string }>(sql, values)).rows[0]?.digest ?? '';
  let products: string | null = null;
  return async (rule) => {
    const parts = [compiledAt(rule, moment, ANY_TIME)];
    if (asksProducts(rule)) parts.push((products ??= await digest(PRODUCTS, [shopId])));
    const segments = referencesOf(rule).filter(({ to }) => to === 'shopify_segment');
    if (segments.length > 0) parts.push(await digest(READINGS, [shopId, segments.map(({ id }) => id)]));
    return createHash('sha256').update(parts.join('\n')).digest('base64');
  };
}
