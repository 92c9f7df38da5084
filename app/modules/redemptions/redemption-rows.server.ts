/** The rows of redemptions and the moves between their states. Every move happens under the account's lock. */
import { prepared, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { loadTerms, storeTerms } from './rewards/reward-terms-json.ts';
import { canMove, OPEN_STATES, type RedemptionKind, type RedemptionState } from './rules/redemption.ts';
import type { PostingPlan } from '#app/modules/ledger/rules/posting-plan.ts';
import { isReleasedBecause, type ReleasedBecause } from './rules/released-because.ts';
import type { RewardTerms } from './rules/reward.ts';
import type { Unit } from '#app/lib/units.ts';

export interface Redemption {
  shopId: bigint;
  redemptionId: string;
  customerId: bigint;
  clientKey: string;
  inputHash: string;
  kind: RedemptionKind;
  /** The reward's terms when it was taken; null unless the kind is `reward` or `gift`. */
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
  /** Why it was or is to be released, where neither the customer nor its time ends it. */
  releasedBecause: ReleasedBecause | null;
  /** The staff member who requested it; null for the customer. */
  actor: string | null;
  /** Kind `payout`: the store credit transactions that the customer had before the first try; null before it. */
  knownCredits: string[] | null;
  attempts: number;
  expiresAt: Date;
  createdAt: Date;
}

const COLUMNS = `r.shop_id AS "shopId", r.redemption_id AS "redemptionId", r.customer_id AS "customerId", r.client_key AS "clientKey",
  r.input_hash AS "inputHash", r.kind, r.reward, r.actor, r.known_credits AS "knownCredits", r.unit, r.units, r.amount_minor AS "amountMinor", r.currency, r.code, r.state,
  r.discount_gid AS "discountGid", r.order_id AS "orderId", r.failure, r.released_because AS "releasedBecause", r.attempts, r.expires_at AS "expiresAt", r.created_at AS "createdAt"`;

type Row = Omit<Redemption, 'reward' | 'releasedBecause'> & {
  reward: unknown;
  releasedBecause: string | null;
};

function toRedemption(row: Row): Redemption {
  const releasedBecause = isReleasedBecause(row.releasedBecause) ? row.releasedBecause : null;
  return { ...row, reward: loadTerms(row.reward), releasedBecause };
}

const FIND_REDEMPTION = prepared(
  'redemption-find',
  `SELECT ${COLUMNS} FROM redemptions r WHERE r.shop_id = $1 AND r.redemption_id = $2`,
);

/** Finds one redemption of a shop. */
export async function findRedemption(
  db: Queryable,
  shopId: bigint,
  redemptionId: string,
): Promise<Redemption | null> {
  const { rows } = await db.query<Row>(FIND_REDEMPTION([shopId, redemptionId]));
  return rows[0] ? toRedemption(rows[0]) : null;
}

/** What decides whether a customer may reserve again. */
export interface EarlierRequests {
  /** The database's time. */
  now: Date;
  /** Redemptions that hold an amount and are not on an order yet. */
  open: number;
  /** What the customer requested in the last hour, given back or not. */
  inLastHour: number;
  /** The redemption that the customer's client made under this key. */
  ofKey: Redemption | null;
}

const IS_OPEN = `r.state IN ('reserved', 'issued', 'expired') AND r.order_id IS NULL`;

const FIND_EARLIER = prepared(
  'redemptions-earlier',
  `SELECT clock.now, n.open, n.recent, ${COLUMNS}
   FROM (SELECT ledger_now() AS now OFFSET 0) clock CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE ${IS_OPEN})::int AS open,
         count(*) FILTER (WHERE r.actor IS NULL AND r.created_at > clock.now - interval '1 hour')::int AS recent
       FROM redemptions r WHERE r.shop_id = $1 AND r.customer_id = $2) n
     LEFT JOIN redemptions r ON r.shop_id = $1 AND r.customer_id = $2 AND r.client_key = $3`,
);

/** Finds what a customer requested before, also under this key. Exact while their account is locked. */
export async function findEarlier(
  tx: Transaction,
  shopId: bigint,
  customerId: bigint,
  clientKey: string,
): Promise<EarlierRequests> {
  type Found = Row & { now: Date; open: number; recent: number };
  const { rows } = await tx.query<Found>(FIND_EARLIER([shopId, customerId, clientKey]));
  const [row] = rows;
  invariant(row, 'the count of redemptions is a row');
  const { now, open, recent, ...redemption } = row;
  // All columns of the outer join are null without one.
  const ofKey = redemption.clientKey === clientKey ? toRedemption(redemption) : null;
  return { now, open, inLastHour: recent, ofKey };
}

/** A customer's redemptions that hold an amount and are not on an order yet, newest first. Both ids are SQL. */
export const selectOpen = (shopId: string, customerId: string) => `
  SELECT ${COLUMNS} FROM redemptions r WHERE r.shop_id = ${shopId} AND r.customer_id = ${customerId}
    AND ${IS_OPEN} ORDER BY r.created_at DESC`;

/** A redemption whose next check is due; its row isn't decoded yet. */
export interface DueRedemption {
  shopId: bigint;
  redemptionId: string;
  attempts: number;
}

/** Lists the redemptions whose next check is due, oldest first, at most `limit` of a shop. */
export async function listDue(db: Queryable, limit: number): Promise<DueRedemption[]> {
  const { rows } = await db.query<DueRedemption>(
    `SELECT shop_id AS "shopId", redemption_id AS "redemptionId", attempts FROM (
       SELECT *, row_number() OVER (PARTITION BY shop_id ORDER BY next_check_at) AS place FROM redemptions
       WHERE next_check_at <= ledger_now()) d WHERE place <= $1 ORDER BY next_check_at`,
    [limit],
  );
  return rows;
}

const INSERT_REDEMPTION = prepared(
  'redemption-insert',
  `INSERT INTO redemptions (shop_id, redemption_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code,
     state, expires_at, created_at, next_check_at, kind, reward_id, reward, actor, settled_units, settled_minor)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
);

/** Inserts a redemption. The caller chose its id, because its hold or spend carries it. A settled one spent all. */
export async function insertRedemption(
  tx: Transaction,
  redemption: Redemption,
  nextCheckAt: Date | null,
): Promise<void> {
  const r = redemption;
  await tx.query(
    INSERT_REDEMPTION([
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
    ]),
  );
}

export interface Move {
  to: RedemptionState;
  discountGid?: string | null;
  failure?: string;
  /** Why it is released, where neither the customer nor its time ends it. */
  because?: ReleasedBecause | null;
  /** When to check again; null for never. */
  nextCheckAt: Date | null;
}

const MOVE_REDEMPTION = prepared(
  'redemption-move',
  `UPDATE redemptions SET state = $3, discount_gid = $4, failure = $5, next_check_at = $6, attempts = 0, released_because = $7,
     updated_at = clock_timestamp()
   WHERE shop_id = $1 AND redemption_id = $2`,
);

/**
 * Moves a redemption to another state in its own transaction and frees its hold if the new state has none. Returns the
 * redemption as it is afterwards: unchanged if it was meanwhile moved to a state that does not allow this move (an order
 * may have settled it), so callers check the state they get.
 */
export async function moveRedemption(redemption: Redemption, move: Move): Promise<Redemption> {
  const moved = await withTransaction(async (tx) => {
    const plan = await openPosting(tx, [redemption], []);
    const current = await findRedemption(tx, redemption.shopId, redemption.redemptionId);
    invariant(current, `redemption ${redemption.redemptionId} vanished`);
    // Its customer was merged meanwhile: the other account must be locked.
    if (current.customerId !== redemption.customerId) return current;
    if (current.orderId !== null || !canMove(current.state, move.to)) return current;
    freeHold(plan, current, move.to);
    await writePosting(tx, plan);
    const discountGid = move.discountGid ?? current.discountGid;
    const failure = move.failure ?? current.failure;
    const { shopId, redemptionId } = current;
    const releasedBecause = move.because ?? current.releasedBecause;
    await tx.query(
      MOVE_REDEMPTION([
        shopId,
        redemptionId,
        move.to,
        discountGid,
        failure,
        move.nextCheckAt,
        releasedBecause,
      ]),
    );
    return { ...current, state: move.to, discountGid, failure, releasedBecause };
  });
  return moved.customerId === redemption.customerId ? moved : moveRedemption(moved, move);
}

function freeHold(plan: PostingPlan, redemption: Redemption, to: RedemptionState): void {
  if (OPEN_STATES.includes(redemption.state) && !OPEN_STATES.includes(to)) {
    plan.endHold(redemption, redemption.redemptionId, redemption.units);
  }
}

/** Schedules the next check of a redemption whose state stays the same; null for none. */
export async function scheduleCheck(
  db: Queryable,
  redemption: Pick<Redemption, 'shopId' | 'redemptionId'>,
  nextCheckAt: Date | null,
): Promise<void> {
  await db.query(
    'UPDATE redemptions SET next_check_at = $3, attempts = attempts + 1, updated_at = clock_timestamp() WHERE shop_id = $1 AND redemption_id = $2',
    [redemption.shopId, redemption.redemptionId, nextCheckAt],
  );
}

/** Stores the id of a redemption's code at Shopify; null once the code is deleted there. */
export async function storeDiscountGid(
  db: Queryable,
  { shopId, redemptionId }: Pick<Redemption, 'shopId' | 'redemptionId'>,
  discountGid: string | null,
): Promise<void> {
  await db.query('UPDATE redemptions SET discount_gid = $3 WHERE shop_id = $1 AND redemption_id = $2', [
    shopId,
    redemptionId,
    discountGid,
  ]);
}
