import { pool } from '#app/db.server.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { countSegment, sampleSegment } from './count-segment.server.ts';
import { estimateSegment } from './estimate/estimate-segment.server.ts';
import { findMissing } from './find-missing.server.ts';
import { nameRule } from './name-rule.server.ts';
import { readWithin } from './read-within.server.ts';
import { wantUnread } from './shopify/want-unread.server.ts';
import type { RulePreview } from './answers.ts';
import type { SegmentNode } from './tree/tree.ts';

/** Staff change a rule part by part: what takes longer to count is estimated first, and counted then. */
export const COUNT_WITHIN_MS = 150;
/** From the same moment on. Some rules look through all orders for each customer: then only the count tells. */
const ESTIMATE_WITHIN_MS = 240;

/**
 * Whom a rule means while it is edited: how many, the first ten, the names it needs and what is gone. What can't be counted
 * in `withinMs` is estimated where the shop has a sample; null counts however long it takes.
 */
export async function previewRule(
  shopId: bigint,
  rule: SegmentNode,
  withinMs: number | null = COUNT_WITHIN_MS,
): Promise<RulePreview> {
  const [names, missing, whom] = await Promise.all([
    nameRule(shopId, rule),
    findMissing(pool, shopId, rule),
    findWhom(shopId, rule, withinMs),
  ]);
  await wantUnread(shopId, missing);
  const { sample, ...counted } = whom;
  return {
    ok: true,
    ...counted,
    sample: sample.map(({ customerId, firstName, lastName, email, phone }) => ({
      customerId: customerId.toString(),
      firstName,
      lastName,
      email,
      phone,
    })),
    names,
    missing,
  };
}

type Whom = Pick<RulePreview, 'count' | 'certainty'> & { sample: CustomerLine[] };

async function findWhom(shopId: bigint, rule: SegmentNode, withinMs: number | null): Promise<Whom> {
  if (withinMs === null) return findExactly(shopId, rule);
  const counting = Promise.all([
    readWithin(withinMs, (db) => countSegment(shopId, rule, db)),
    readWithin(withinMs, (db) => sampleSegment(shopId, rule, db)),
  ]);
  const estimating = readWithin(ESTIMATE_WITHIN_MS, (db) => estimateSegment(db, shopId, rule));
  // Not waited for where the count is there first.
  estimating.catch(() => undefined);
  const [count, sample] = await counting;
  if (count !== null && sample !== null) return { count, certainty: 'exact', sample };
  const estimate = await estimating;
  if (estimate === null) return findExactly(shopId, rule);
  if (count === null) return { ...estimate, sample: sample ?? estimate.sample };
  return { count, certainty: 'exact', sample: estimate.sample };
}

async function findExactly(shopId: bigint, rule: SegmentNode): Promise<Whom> {
  const [count, sample] = await Promise.all([countSegment(shopId, rule), sampleSegment(shopId, rule)]);
  return { count, certainty: 'exact', sample };
}
