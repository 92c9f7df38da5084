import { pool } from '#app/db.server.ts';
import { readFacts } from './read-facts.server.ts';
import { readMoment } from './read-moment.server.ts';
import { explain, type Explained } from './tree/evaluate.ts';
import type { SegmentNode } from './tree/tree.ts';

/**
 * Why a rule means a customer or doesn't: each condition with what the customer has. Null for a customer who is not there
 * or was merged, deleted or erased.
 */
export async function explainCustomer(
  shopId: bigint,
  customerId: bigint,
  rule: SegmentNode,
): Promise<Explained | null> {
  const moment = await readMoment(pool, shopId, rule);
  const customer = (await readFacts(pool, shopId, [customerId])).get(customerId);
  return customer === undefined ? null : explain(rule, customer, moment);
}
