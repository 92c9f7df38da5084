import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';

/**
 * Queues an evaluation of these customers' tier and membership within a minute of the commit. Each
 * call adds its own rows, so that no transaction waits for another and no change is lost to a running evaluation.
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
