/** Evaluates customers of one shop: who joins by spend, who changes tier. */
import { ledgerNow, type Transaction } from '#app/db.server.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import { measure } from './measure.server.ts';
import type { MembershipSettings } from './membership-settings.server.ts';
import { evaluateTier, periodStart, type TierOutcome, type TierStanding } from './rules/tier.ts';

interface Row {
  customer_id: bigint;
  tier_id: bigint | null;
  tier_kept_until: Date | null;
  tier_is_fixed: boolean;
  may_join: boolean;
}

/** The evaluation acts for no member of staff. */
const ACTOR = 'setia';

/**
 * Evaluates these customers and writes what changed. Customers who are deleted, merged, in a category
 * without the club or, in trial mode, not test customers, are skipped. Returns how many changed.
 */
export async function evaluateCustomers(
  tx: Transaction,
  settings: MembershipSettings,
  customerIds: readonly bigint[],
): Promise<number> {
  if (!isEvaluated(settings)) return 0;
  // Locked before they are measured, so that a waiting evaluation measures at least what the earlier one saw.
  const { rows } = await tx.query<Row>(
    `SELECT c.customer_id, c.tier_id, c.tier_kept_until, c.tier_is_fixed,
       c.member_since IS NULL AND c.member_left_at IS NULL AS may_join
     FROM customers c WHERE c.shop_id = $1 AND c.customer_id = ANY($2::bigint[]) AND c.state = 'active'
       AND c.merged_into IS NULL AND c.left_at IS NULL AND (c.is_trial OR NOT $3)
       AND NOT EXISTS (SELECT 1 FROM categories g WHERE g.shop_id = $1 AND NOT g.loyalty_enabled
         AND (g.category_id = c.category_id OR (c.category_id IS NULL AND g.is_default)))
     ORDER BY c.customer_id FOR NO KEY UPDATE OF c`,
    [settings.shopId, bigintArray(customerIds), settings.trialMode],
  );
  if (rows.length === 0) return 0;
  const now = await ledgerNow(tx);
  const joined = await joinBySpend(tx, settings, rows, now);
  return joined + (settings.tiersActive ? await moveTiers(tx, settings, rows, now) : 0);
}

/** Returns whether a shop's settings give an evaluation anything to do. */
export function isEvaluated(settings: Pick<MembershipSettings, 'tiersActive' | 'joinAtSpendMinor'>): boolean {
  return settings.tiersActive || settings.joinAtSpendMinor !== null;
}

async function joinBySpend(
  tx: Transaction,
  { shopId, joinAtSpendMinor }: MembershipSettings,
  rows: readonly Row[],
  now: Date,
): Promise<number> {
  const outside = rows.filter(({ may_join: mayJoin }) => mayJoin).map((row) => row.customer_id);
  if (joinAtSpendMinor === null || outside.length === 0) return 0;
  const spent = await measure(tx, shopId, outside, 'spend', null);
  const joining = outside.filter((id) => (spent.get(id) ?? 0n) >= joinAtSpendMinor);
  if (joining.length === 0) return 0;
  await tx.query(
    `UPDATE customers SET member_since = $3, member_via = 'spend' WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
    [shopId, bigintArray(joining), now],
  );
  return joining.length;
}

interface Move {
  customerId: bigint;
  measured: bigint;
  outcome: TierOutcome;
}

async function moveTiers(
  tx: Transaction,
  { shopId, rule, tiers }: MembershipSettings,
  rows: readonly Row[],
  now: Date,
): Promise<number> {
  const ids = rows.map((row) => row.customer_id);
  const measuredOf = await measure(tx, shopId, ids, rule.measure, periodStart(rule, now));
  const moves = rows.flatMap((row): Move[] => {
    const measured = measuredOf.get(row.customer_id) ?? 0n;
    const standing = standingOf(row);
    const outcome = evaluateTier({ standing, measured, tiers, rule, now });
    return isSame(standing, outcome) ? [] : [{ customerId: row.customer_id, measured, outcome }];
  });
  if (moves.length > 0) await writeMoves(tx, shopId, moves, now);
  return moves.filter(({ outcome }) => outcome.reason !== null).length;
}

function standingOf(row: Row): TierStanding {
  return { tierId: row.tier_id, keptUntil: row.tier_kept_until, isFixed: row.tier_is_fixed };
}

function isSame(a: TierStanding, b: TierStanding): boolean {
  return (
    a.tierId === b.tierId && a.isFixed === b.isFixed && a.keptUntil?.getTime() === b.keptUntil?.getTime()
  );
}

async function writeMoves(tx: Transaction, shopId: bigint, moves: readonly Move[], now: Date): Promise<void> {
  await tx.query(
    `WITH moves AS (SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::timestamptz[], $5::bool[], $6::bigint[], $7::text[])
       AS m (customer_id, tier_id, kept_until, is_fixed, measured, reason)),
     history AS (INSERT INTO tier_changes (shop_id, customer_id, tier_id, since, measured, reason, actor)
       SELECT $1, customer_id, tier_id, $8, measured, reason, $9 FROM moves WHERE reason IS NOT NULL ORDER BY customer_id)
     UPDATE customers c SET tier_id = m.tier_id, tier_kept_until = m.kept_until, tier_is_fixed = m.is_fixed
       FROM moves m WHERE c.shop_id = $1 AND c.customer_id = m.customer_id`,
    [
      shopId,
      bigintArray(moves.map(({ customerId }) => customerId)),
      bigintArray(moves.map(({ outcome }) => outcome.tierId)),
      timestampArray(moves.map(({ outcome }) => outcome.keptUntil)),
      moves.map(({ outcome }) => outcome.isFixed),
      bigintArray(moves.map(({ measured }) => measured)),
      moves.map(({ outcome }) => outcome.reason),
      now,
      ACTOR,
    ],
  );
}
