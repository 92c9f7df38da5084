/** The rewards of the merchant's programs: rows, saving, pausing and removing. */
import { IS_TAKEN } from '../rules/taken.ts';
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import type { Reward, RewardKind, RewardStatus, RewardUses } from '../rules/reward.ts';
import type { Unit } from '#app/lib/units.ts';

type Row = Omit<Reward, 'combinesWith'> & {
  orderDiscounts: boolean;
  productDiscounts: boolean;
  shippingDiscounts: boolean;
};

const COLUMNS = `w.shop_id AS "shopId", w.reward_id AS "rewardId", w.program_id AS "programId", w.name, w.status, w.version, w.kind,
  w.unit, w.units, w.percent_bp AS "percentBp", w.amount_minor AS "amountMinor", w.most_off_minor AS "mostOffMinor", w.description, w.picture_url AS "pictureUrl",
  w.minimum_cart_minor AS "minimumCartMinor", w.valid_days AS "validDays", w.limit_per_customer AS "limitPerCustomer",
  w.limit_total AS "limitTotal", w.combines_with_order AS "orderDiscounts", w.combines_with_product AS "productDiscounts",
  w.combines_with_shipping AS "shippingDiscounts"`;

function toReward({ orderDiscounts, productDiscounts, shippingDiscounts, ...reward }: Row): Reward {
  return { ...reward, combinesWith: { orderDiscounts, productDiscounts, shippingDiscounts } };
}

/** Finds one reward of a shop, removed ones too. */
export async function readReward(db: Queryable, shopId: bigint, rewardId: bigint): Promise<Reward | null> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM rewards w WHERE w.shop_id = $1 AND w.reward_id = $2`,
    [shopId, rewardId],
  );
  return rows[0] ? toReward(rows[0]) : null;
}

/** Loads a reward and locks it against being taken or changed until the transaction ends. */
export async function lockReward(tx: Transaction, shopId: bigint, rewardId: bigint): Promise<Reward | null> {
  const { rows } = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM rewards w WHERE w.shop_id = $1 AND w.reward_id = $2 FOR UPDATE`,
    [shopId, rewardId],
  );
  return rows[0] ? toReward(rows[0]) : null;
}

/** The redemptions that count as taken: released, failed and refused ones do not. */
const TAKEN = `redemptions r WHERE r.shop_id = w.shop_id AND r.reward_id = w.reward_id AND ${IS_TAKEN}`;

/** Lists the rewards of a program (null: of all programs) that were not removed, cheapest first, with how often each was taken. */
export async function listRewards(
  shopId: bigint,
  programId: bigint | null,
): Promise<(Reward & { taken: number })[]> {
  const { rows } = await pool.query<Row & { taken: number }>(
    `SELECT ${COLUMNS}, (SELECT count(*)::int FROM ${TAKEN}) AS taken FROM rewards w
     WHERE w.shop_id = $1 AND ($2::bigint IS NULL OR w.program_id = $2) AND w.status <> 'removed'
     ORDER BY w.units, w.reward_id`,
    [shopId, programId],
  );
  return rows.map(({ taken, ...row }) => ({ ...toReward(row), taken }));
}

/** Lists the rewards a shop offers, cheapest first. */
export async function listOfferedRewards(db: Queryable, shopId: bigint): Promise<Reward[]> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM rewards w WHERE w.shop_id = $1 AND w.status = 'active' ORDER BY w.units, w.reward_id`,
    [shopId],
  );
  return rows.map(toReward);
}

/**
 * How often the offered rewards with a limit were taken, as `rewardId` and `RewardUses`; not counted beyond a limit. The
 * shop's and the customer's id are SQL.
 */
export const selectLimitedUses = (shopId: string, customerId: string) => `
  SELECT w.reward_id AS "rewardId",
    (SELECT count(*) FROM (SELECT FROM ${TAKEN} AND r.customer_id = ${customerId} LIMIT w.limit_per_customer) x) AS "byCustomer",
    (SELECT count(*) FROM (SELECT FROM ${TAKEN} LIMIT w.limit_total) x WHERE w.limit_total IS NOT NULL) AS "inTotal"
  FROM rewards w WHERE w.shop_id = ${shopId} AND w.status = 'active'
    AND (w.limit_per_customer IS NOT NULL OR w.limit_total IS NOT NULL)`;

/** Counts how often a reward was taken. Lock the reward first to enforce a limit. */
export async function countUses(db: Queryable, reward: Reward, customerId: bigint): Promise<RewardUses> {
  if (reward.limitPerCustomer === null && reward.limitTotal === null) return { byCustomer: 0, inTotal: 0 };
  const { rows } = await db.query<RewardUses>(
    `SELECT count(r.redemption_id) FILTER (WHERE r.customer_id = $3)::int AS "byCustomer", count(r.redemption_id)::int AS "inTotal"
     FROM (SELECT $1::bigint AS shop_id, $2::bigint AS reward_id) w, ${TAKEN}`,
    [reward.shopId, reward.rewardId, customerId],
  );
  return rows[0] ?? { byCustomer: 0, inTotal: 0 };
}

/** The values of the reward form. */
export interface RewardInput {
  name: string;
  kind: RewardKind;
  unit: Unit;
  units: bigint;
  percentBp: number | null;
  amountMinor: bigint | null;
  mostOffMinor: bigint | null;
  description: string;
  pictureUrl: string | null;
  minimumCartMinor: bigint;
  validDays: number;
  limitPerCustomer: number | null;
  limitTotal: number | null;
  combinesWith: Reward['combinesWith'];
}

const INPUT_COLUMNS = `name, kind, unit, units, percent_bp, amount_minor, most_off_minor, description, picture_url, minimum_cart_minor, valid_days,
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
    input.mostOffMinor,
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

/** Adds a reward to a program of this shop. Returns its id, or null if there is no such program. */
export async function addReward(
  shopId: bigint,
  programId: bigint,
  input: RewardInput,
): Promise<bigint | null> {
  const { rows } = await pool.query<{ reward_id: bigint }>(
    `INSERT INTO rewards (shop_id, program_id, ${INPUT_COLUMNS})
     SELECT p.shop_id, p.program_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18 FROM programs p
     WHERE p.shop_id = $1 AND p.program_id = $2 RETURNING reward_id`,
    [shopId, programId, ...inputValues(input)],
  );
  return rows[0]?.reward_id ?? null;
}

export type SaveRewardResult = 'saved' | 'changed_meanwhile' | 'not_found';

/**
 * Saves a reward as a new version; what was taken before keeps its terms. Refuses to overwrite what was saved since
 * `version`.
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
      `UPDATE rewards SET (${INPUT_COLUMNS}) = ROW ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18),
         version = version + 1, updated_at = clock_timestamp() WHERE shop_id = $1 AND reward_id = $2`,
      [shopId, rewardId, ...inputValues(input)],
    );
    return 'saved';
  });
}

/**
 * Pauses, resumes or removes a reward and returns whether anything changed. A removed reward never comes back; its codes
 * and claims stay valid.
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
