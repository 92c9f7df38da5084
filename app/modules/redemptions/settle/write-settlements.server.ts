import type { Transaction } from '#app/db.server.ts';
import type { SettlementOutcome } from './plan-settlements.ts';

/** Writes the new states. Once an order has the code, the code's own deadline no longer matters. */
export async function writeSettlements(
  tx: Transaction,
  outcomes: readonly SettlementOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  await tx.query(
    `UPDATE redemptions r SET state = n.state, order_id = n.order_id, settled_units = n.settled_units, settled_minor = n.settled_minor,
       next_check_at = CASE WHEN n.state = 'released' THEN ledger_now() END, updated_at = clock_timestamp()
     FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
       AS n (shop_id, redemption_id, state, order_id, settled_units, settled_minor)
     WHERE r.shop_id = n.shop_id AND r.redemption_id = n.redemption_id`,
    [
      outcomes.map((o) => o.shopId),
      outcomes.map((o) => o.redemptionId),
      outcomes.map((o) => o.state),
      outcomes.map((o) => o.orderId),
      outcomes.map((o) => o.settledUnits),
      outcomes.map((o) => o.settledMinor),
    ],
  );
}
