/** The rows of redemptions and the moves between their states; every move happens under the account's lock. */
import { withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { openPosting, writePosting } from './ledger.server.ts';
import { loadTerms, storeTerms } from './reward-terms.ts';
import { canMove, OPEN_STATES, type RedemptionKind, type RedemptionState } from './rules/redemption.ts';
import type { PostingPlan } from './rules/posting.ts';
import type { RewardTerms } from './rules/reward.ts';
import type { Unit } from './rules/units.ts';

export interface Redemption {
  shopId: bigint;
  redemptionId: string;
  customerId: bigint;
  clientKey: string;
  inputHash: string;
  kind: RedemptionKind;
  /** What the reward was when it was taken; null unless the kind is `reward` or `gift`. */
  reward: RewardTerms | null;
  unit: Unit;
  units: bigint;
  amountMinor: bigint;
  currency: string;
  code: string;
  state: RedemptionState;
  discountGid: string | null;
  orderId: bigint | null;
  failure: string | null;
  /** Staff who asked for it; null for the customer. */
  actor: string | null;
  /** Kind `payout`: the store credit transactions that the customer had before the first try; null before it. */
  knownCredits: string[] | null;
  attempts: number;
  expiresAt: Date;
  createdAt: Date;
}

const COLUMNS = `r.shop_id AS "shopId", r.redemption_id AS "redemptionId", r.customer_id AS "customerId", r.client_key AS "clientKey",
  r.input_hash AS "inputHash", r.kind, r.reward, r.actor, r.known_credits AS "knownCredits", r.unit, r.units, r.amount_minor AS "amountMinor", r.currency, r.code, r.state,
  r.discount_gid AS "discountGid", r.order_id AS "orderId", r.failure, r.attempts, r.expires_at AS "expiresAt", r.created_at AS "createdAt"`;

type Row = Omit<Redemption, 'reward'> & { reward: unknown };

function redemptionOf(row: Row): Redemption {
  return { ...row, reward: loadTerms(row.reward) };
}

/** One redemption of a shop, or null. */
export async function findRedemption(
  db: Queryable,
  shopId: bigint,
  redemptionId: string,
): Promise<Redemption | null> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM redemptions r WHERE r.shop_id = $1 AND r.redemption_id = $2`,
    [shopId, redemptionId],
  );
  return rows[0] ? redemptionOf(rows[0]) : null;
}

/** The redemption that a customer's client made under this key, or null. */
export async function findByClientKey(
  db: Queryable,
  shopId: bigint,
  customerId: bigint,
  clientKey: string,
): Promise<Redemption | null> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM redemptions r WHERE r.shop_id = $1 AND r.customer_id = $2 AND r.client_key = $3`,
    [shopId, customerId, clientKey],
  );
  return rows[0] ? redemptionOf(rows[0]) : null;
}

/** A customer's redemptions that hold value and are not on an order yet, newest first. */
export async function findOpen(db: Queryable, shopId: bigint, customerId: bigint): Promise<Redemption[]> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM redemptions r WHERE r.shop_id = $1 AND r.customer_id = $2 AND r.state IN ('reserved', 'issued', 'expired')
     AND r.order_id IS NULL ORDER BY r.created_at DESC`,
    [shopId, customerId],
  );
  return rows.map(redemptionOf);
}

/** Redemptions whose next look is due, oldest first; of any shop. */
export async function findDue(db: Queryable, limit: number): Promise<Redemption[]> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM redemptions r WHERE r.next_check_at <= club_now() ORDER BY r.next_check_at LIMIT $1`,
    [limit],
  );
  return rows.map(redemptionOf);
}

/** Adds a redemption. Its id is the caller's, so that its hold or its spend can carry it; a settled one spent all. */
export async function insertRedemption(
  tx: Transaction,
  redemption: Redemption,
  nextCheckAt: Date | null,
): Promise<void> {
  const r = redemption;
  await tx.query(
    `INSERT INTO redemptions (shop_id, redemption_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code,
       state, expires_at, created_at, next_check_at, kind, reward_id, reward, actor, settled_units, settled_minor)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      r.shopId,
      r.redemptionId,
      r.customerId,
      r.clientKey,
      r.inputHash,
      r.unit,
      r.units,
      r.amountMinor,
      r.currency,
      r.code,
      r.state,
      r.expiresAt,
      r.createdAt,
      nextCheckAt,
      r.kind,
      r.reward?.rewardId ?? null,
      r.reward && storeTerms(r.reward),
      r.actor,
      r.state === 'settled' ? r.units : null,
      r.state === 'settled' ? r.amountMinor : null,
    ],
  );
}

export interface Move {
  to: RedemptionState;
  discountGid?: string;
  failure?: string;
  /** When to look again; null for never. */
  nextCheckAt: Date | null;
}

/**
 * Moves a redemption to another state in its own transaction, freeing its hold when the new state does not hold.
 * Returns the redemption as it is afterwards: unchanged when it was meanwhile moved to where this move is not allowed
 * (an order may have settled it), so callers look at the state they get.
 */
export async function moveRedemption(redemption: Redemption, move: Move): Promise<Redemption> {
  const moved = await withTransaction(async (tx) => {
    const plan = await openPosting(tx, [redemption], []);
    const current = await findRedemption(tx, redemption.shopId, redemption.redemptionId);
    invariant(current, `redemption ${redemption.redemptionId} vanished`);
    // Its customer was merged meanwhile: the other account has to be locked.
    if (current.customerId !== redemption.customerId) return current;
    if (current.orderId !== null || !canMove(current.state, move.to)) return current;
    freeHold(plan, current, move.to);
    await writePosting(tx, plan);
    const discountGid = move.discountGid ?? current.discountGid;
    const failure = move.failure ?? current.failure;
    await tx.query(
      `UPDATE redemptions SET state = $3, discount_gid = $4, failure = $5, next_check_at = $6, attempts = 0, updated_at = clock_timestamp()
       WHERE shop_id = $1 AND redemption_id = $2`,
      [current.shopId, current.redemptionId, move.to, discountGid, failure, move.nextCheckAt],
    );
    return { ...current, state: move.to, discountGid, failure };
  });
  return moved.customerId === redemption.customerId ? moved : moveRedemption(moved, move);
}

function freeHold(plan: PostingPlan, redemption: Redemption, to: RedemptionState): void {
  if (OPEN_STATES.includes(redemption.state) && !OPEN_STATES.includes(to)) {
    plan.endHold(redemption, redemption.redemptionId, redemption.units);
  }
}

/** Plans the next look at a redemption whose state stays as it is; null for never again. */
export async function scheduleCheck(
  db: Queryable,
  redemption: Redemption,
  nextCheckAt: Date | null,
): Promise<void> {
  await db.query(
    'UPDATE redemptions SET next_check_at = $3, attempts = attempts + 1, updated_at = clock_timestamp() WHERE shop_id = $1 AND redemption_id = $2',
    [redemption.shopId, redemption.redemptionId, nextCheckAt],
  );
}
