/** The rewards of the merchant's programs: rows, saving, pausing and removing. */
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import type { Reward, RewardKind, RewardStatus, RewardUses } from './rules/reward.ts';
import type { Unit } from './rules/units.ts';

type Row = Omit<Reward, 'combinesWith'> & {
  orderDiscounts: boolean;
  productDiscounts: boolean;
  shippingDiscounts: boolean;
};

const COLUMNS = `w.shop_id AS "shopId", w.reward_id AS "rewardId", w.program_id AS "programId", w.name, w.status, w.version, w.kind,
  w.unit, w.units, w.percent_bp AS "percentBp", w.amount_minor AS "amountMinor", w.description, w.picture_url AS "pictureUrl",
  w.minimum_cart_minor AS "minimumCartMinor", w.valid_days AS "validDays", w.limit_per_customer AS "limitPerCustomer",
  w.limit_total AS "limitTotal", w.combines_with_order AS "orderDiscounts", w.combines_with_product AS "productDiscounts",
  w.combines_with_shipping AS "shippingDiscounts"`;

function rewardOf({ orderDiscounts, productDiscounts, shippingDiscounts, ...reward }: Row): Reward {
  return { ...reward, combinesWith: { orderDiscounts, productDiscounts, shippingDiscounts } };
}

/** One reward of a shop, removed ones too, or null. */
export async function readReward(db: Queryable, shopId: bigint, rewardId: bigint): Promise<Reward | null> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM rewards w WHERE w.shop_id = $1 AND w.reward_id = $2`,
    [shopId, rewardId],
  );
  return rows[0] ? rewardOf(rows[0]) : null;
}

/** Reads a reward and keeps everybody else from taking or changing it until the transaction ends. */
export async function lockReward(tx: Transaction, shopId: bigint, rewardId: bigint): Promise<Reward | null> {
  const { rows } = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM rewards w WHERE w.shop_id = $1 AND w.reward_id = $2 FOR UPDATE`,
    [shopId, rewardId],
  );
  return rows[0] ? rewardOf(rows[0]) : null;
}

/** The redemptions that count as taken: what was given back or refused does not. */
const TAKEN = `redemptions r WHERE r.shop_id = w.shop_id AND r.reward_id = w.reward_id AND r.state NOT IN ('released', 'failed')
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.shop_id = r.shop_id AND c.redemption_id = r.redemption_id AND c.state = 'refused')`;

/** A program's rewards that were not removed, the cheapest first, with how often each was taken. */
export async function listRewards(
  shopId: bigint,
  programId: bigint,
): Promise<(Reward & { taken: number })[]> {
  const { rows } = await pool.query<Row & { taken: number }>(
    `SELECT ${COLUMNS}, (SELECT count(*)::int FROM ${TAKEN}) AS taken FROM rewards w
     WHERE w.shop_id = $1 AND w.program_id = $2 AND w.status <> 'removed' ORDER BY w.units, w.reward_id`,
    [shopId, programId],
  );
  return rows.map(({ taken, ...row }) => ({ ...rewardOf(row), taken }));
}

/** What a shop offers, the cheapest first, with how often each was taken, also by this customer. */
export async function offeredRewards(
  db: Queryable,
  shopId: bigint,
  customerId: bigint,
): Promise<{ reward: Reward; uses: RewardUses }[]> {
  const { rows } = await db.query<Row & RewardUses>(
    `SELECT ${COLUMNS}, u."byCustomer", u."inTotal" FROM rewards w CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE r.customer_id = $2)::int AS "byCustomer", count(*)::int AS "inTotal" FROM ${TAKEN}
         AND (w.limit_total IS NOT NULL OR r.customer_id = $2)) u
     WHERE w.shop_id = $1 AND w.status = 'active' ORDER BY w.units, w.reward_id`,
    [shopId, customerId],
  );
  return rows.map(({ byCustomer, inTotal, ...row }) => ({
    reward: rewardOf(row),
    uses: { byCustomer, inTotal },
  }));
}

/** How often a reward was taken. To hold a limit against it, lock the reward first. */
export async function countUses(db: Queryable, reward: Reward, customerId: bigint): Promise<RewardUses> {
  if (reward.limitPerCustomer === null && reward.limitTotal === null) return { byCustomer: 0, inTotal: 0 };
  const { rows } = await db.query<RewardUses>(
    `SELECT count(r.redemption_id) FILTER (WHERE r.customer_id = $3)::int AS "byCustomer", count(r.redemption_id)::int AS "inTotal"
     FROM (SELECT $1::bigint AS shop_id, $2::bigint AS reward_id) w, ${TAKEN}`,
    [reward.shopId, reward.rewardId, customerId],
  );
  return rows[0] ?? { byCustomer: 0, inTotal: 0 };
}

/** What the form of a reward says. */
export interface RewardInput {
  name: string;
  kind: RewardKind;
  unit: Unit;
  units: bigint;
  percentBp: number | null;
  amountMinor: bigint | null;
  description: string;
  pictureUrl: string | null;
  minimumCartMinor: bigint;
  validDays: number;
  limitPerCustomer: number | null;
  limitTotal: number | null;
  combinesWith: Reward['combinesWith'];
}

const INPUT_COLUMNS = `name, kind, unit, units, percent_bp, amount_minor, description, picture_url, minimum_cart_minor, valid_days,
  limit_per_customer, limit_total, combines_with_order, combines_with_product, combines_with_shipping`;

function inputValues(input: RewardInput): unknown[] {
  const { orderDiscounts, productDiscounts, shippingDiscounts } = input.combinesWith;
  return [
    input.name,
    input.kind,
    input.unit,
    input.units,
    input.percentBp,
    input.amountMinor,
    input.description,
    input.pictureUrl,
    input.minimumCartMinor,
    input.validDays,
    input.limitPerCustomer,
    input.limitTotal,
    orderDiscounts,
    productDiscounts,
    shippingDiscounts,
  ];
}

/** Adds a reward to a program of this shop; null when there is no such program. */
export async function addReward(
  shopId: bigint,
  programId: bigint,
  input: RewardInput,
): Promise<bigint | null> {
  const { rows } = await pool.query<{ reward_id: bigint }>(
    `INSERT INTO rewards (shop_id, program_id, ${INPUT_COLUMNS})
     SELECT p.shop_id, p.program_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17 FROM programs p
     WHERE p.shop_id = $1 AND p.program_id = $2 RETURNING reward_id`,
    [shopId, programId, ...inputValues(input)],
  );
  return rows[0]?.reward_id ?? null;
}

export type SaveRewardResult = 'saved' | 'changed_meanwhile' | 'not_found';

/**
 * Saves a reward as a new version; what was taken before keeps the terms that it had. Refuses to overwrite what somebody
 * else saved since `version`.
 */
export async function saveReward(
  shopId: bigint,
  rewardId: bigint,
  version: number,
  input: RewardInput,
): Promise<SaveRewardResult> {
  return withTransaction(async (tx) => {
    const current = await lockReward(tx, shopId, rewardId);
    if (!current || current.status === 'removed') return 'not_found';
    if (current.version !== version) return 'changed_meanwhile';
    await tx.query(
      `UPDATE rewards SET (${INPUT_COLUMNS}) = ROW ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17),
         version = version + 1, updated_at = clock_timestamp() WHERE shop_id = $1 AND reward_id = $2`,
      [shopId, rewardId, ...inputValues(input)],
    );
    return 'saved';
  });
}

/**
 * Pauses, resumes or removes a reward; true when there was something to change. A removed one never comes back; codes and
 * claims of it stay good.
 */
export async function setRewardStatus(
  shopId: bigint,
  rewardId: bigint,
  status: RewardStatus,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE rewards SET status = $3, version = version + 1, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND reward_id = $2 AND status NOT IN ('removed', $3)`,
    [shopId, rewardId, status],
  );
  return rowCount === 1;
}
