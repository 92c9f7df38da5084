import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';

/**
 * Asks for these customers' tier and membership to be looked at within a minute, once the transaction is through. Each
 * call adds rows of its own, so that nobody waits for another and no change is lost to an evaluation that runs.
 */
export async function queueEvaluation(
  tx: Transaction,
  customers: readonly { shopId: bigint; customerId: bigint }[],
): Promise<void> {
  if (customers.length === 0) return;
  await tx.query(
    `INSERT INTO tier_queue (shop_id, customer_id)
     SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS k (shop_id, customer_id)`,
    [
      bigintArray(customers.map(({ shopId }) => shopId)),
      bigintArray(customers.map(({ customerId }) => customerId)),
    ],
  );
}
