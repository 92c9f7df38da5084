/** What the club knows of a customer first: what they have and what that is worth, what expires, which reward is next. */
import { pool } from '#app/db.server.ts';
import type { Unit } from '#app/lib/units.ts';
import { readBalances, type Balance } from '#app/modules/ledger/balances.queries.server.ts';
import { valueMinor } from '#app/modules/redemptions/rules/redemption.ts';
import type { Reward } from '#app/modules/redemptions/rules/reward.ts';
import { listOfferedRewards } from '#app/modules/redemptions/rewards/reward-rows.server.ts';
import { rateFor } from '#app/modules/redemptions/spending.ts';
import { readClubs } from '#app/modules/shops/club.server.ts';
import { nextReward } from './rules/next-reward.ts';

type NamedReward = Pick<Reward, 'rewardId' | 'name' | 'unit' | 'units'>;

export interface ClubCardView {
  points: bigint;
  credit: bigint;
  pendingPoints: bigint;
  /** What the points pay for at the shop's rate, minor units; null while points can't pay. */
  pointsWorthMinor: bigint | null;
  /** What ends first; null where nothing does. */
  expiring: { unit: Unit; amount: bigint; at: Date } | null;
  affordable: NamedReward | null;
  next: { reward: NamedReward; missing: bigint } | null;
  /** Whether the shop offers any reward. */
  hasRewards: boolean;
}

/** Reads the club card of a customer of a known shop. */
export async function readClubCard(shopId: bigint, customerId: bigint): Promise<ClubCardView> {
  const [balances, clubs, rewards, expiring] = await Promise.all([
    readBalances(pool, shopId, [customerId]),
    readClubs(pool, [shopId]),
    listOfferedRewards(pool, shopId),
    readExpiring(shopId, customerId),
  ]);
  const club = clubs.get(shopId);
  const of = (unit: Unit): Balance | undefined => balances.find((balance) => balance.unit === unit);
  const points = of('POINTS')?.available ?? 0n;
  const named = rewards.map(({ rewardId, name, unit, units }) => ({ rewardId, name, unit, units }));
  return {
    points,
    credit: of('CREDIT')?.available ?? 0n,
    pendingPoints: of('POINTS')?.pending ?? 0n,
    pointsWorthMinor: club?.redemption.isEnabled ? valueMinor(points, rateFor(club, 'POINTS')) : null,
    expiring,
    ...nextReward(named, (unit) => of(unit)?.available ?? 0n),
    hasRewards: rewards.length > 0,
  };
}

async function readExpiring(shopId: bigint, customerId: bigint): Promise<ClubCardView['expiring']> {
  const { rows } = await pool.query<{ unit: Unit; amount: bigint; at: Date }>(
    `SELECT unit, sum(remaining)::bigint AS amount, expires_at AS at FROM ledger_lots
      WHERE shop_id = $1 AND customer_id = $2 AND remaining > 0 AND expires_at > (SELECT ledger_now())
      GROUP BY unit, expires_at ORDER BY expires_at, unit DESC LIMIT 1`,
    [shopId, customerId],
  );
  return rows[0] ?? null;
}
