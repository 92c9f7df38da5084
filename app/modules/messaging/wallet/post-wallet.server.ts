/**
 * The only code that moves a wallet's money. Each movement locks the wallet's row, has a key and happens once; free money
 * (balance less holds) never goes below zero. Part of the balance may be SMS credit, which is spent first.
 */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { WALLET_CURRENCY } from '#app/lib/micros.ts';

export interface WalletState {
  currency: string;
  balanceMicros: bigint;
  heldMicros: bigint;
  /** The part of the balance that is SMS credit. */
  creditMicros: bigint;
  /** What was refunded after it was spent; the next top-ups pay it first. */
  debtMicros: bigint;
  /** What messages may cost in a calendar month of the shop; null for no limit. */
  monthlyLimitMicros: bigint | null;
  /** Less free money than this is said. */
  lowMicros: bigint;
}

const COLUMNS = `currency, balance_micros AS "balanceMicros", held_micros AS "heldMicros", credit_micros AS "creditMicros",
  debt_micros AS "debtMicros", monthly_limit_micros AS "monthlyLimitMicros", low_micros AS "lowMicros"`;

const LOW_MICROS_DEFAULT = 5_000_000n;
const EMPTY: WalletState = {
  currency: WALLET_CURRENCY,
  balanceMicros: 0n,
  heldMicros: 0n,
  creditMicros: 0n,
  debtMicros: 0n,
  monthlyLimitMicros: null,
  lowMicros: LOW_MICROS_DEFAULT,
};

/** Reads a wallet; an empty one for a shop that never topped up. */
export async function readWallet(db: Queryable, shopId: bigint): Promise<WalletState> {
  const { rows } = await db.query<WalletState>(`SELECT ${COLUMNS} FROM wallets WHERE shop_id = $1`, [shopId]);
  return rows[0] ?? EMPTY;
}

/** Locks the shop's wallet, which is made at its first use. */
export async function lockWallet(tx: Transaction, shopId: bigint): Promise<WalletState> {
  await tx.query('INSERT INTO wallets (shop_id, currency) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    shopId,
    WALLET_CURRENCY,
  ]);
  const { rows } = await tx.query<WalletState>(
    `SELECT ${COLUMNS} FROM wallets WHERE shop_id = $1 FOR NO KEY UPDATE`,
    [shopId],
  );
  invariant(rows[0], 'the wallet was made');
  return rows[0];
}

export interface Movement {
  /** What it is posted for: a second posting of the same is none. */
  key: string;
  kind: 'topup' | 'package' | 'charge' | 'refund_of_topup' | 'correction';
  amountMicros: bigint;
  creditMicros?: bigint;
  debtMicros?: bigint;
  /** What a settled part of a hold was: it is no longer reserved. */
  releasedMicros?: bigint;
  messages?: number;
  campaignId?: bigint | null;
  /** The package, or the purchase that was refunded. */
  subject?: string;
  note?: string;
  actor?: string;
}

/** Posts a movement of a locked wallet. False when it was posted before. */
export async function postMovement(
  tx: Transaction,
  shopId: bigint,
  { balanceMicros }: WalletState,
  movement: Movement,
): Promise<boolean> {
  const { amountMicros, creditMicros = 0n, debtMicros = 0n, releasedMicros = 0n } = movement;
  const { rowCount } = await tx.query(
    `INSERT INTO wallet_entries (shop_id, entry_key, kind, amount_micros, balance_after_micros, credit_micros, debt_micros, messages,
       campaign_id, subject, note, actor)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (shop_id, entry_key) DO NOTHING`,
    [
      shopId,
      movement.key,
      movement.kind,
      amountMicros,
      balanceMicros + amountMicros,
      creditMicros,
      debtMicros,
      movement.messages ?? null,
      movement.campaignId ?? null,
      movement.subject ?? null,
      movement.note ?? null,
      movement.actor ?? null,
    ],
  );
  if (rowCount === 0) return false;
  await tx.query(
    `UPDATE wallets SET balance_micros = balance_micros + $2, credit_micros = credit_micros + $3, debt_micros = debt_micros + $4,
       held_micros = held_micros - $5 WHERE shop_id = $1`,
    [shopId, amountMicros, creditMicros, debtMicros, releasedMicros],
  );
  return true;
}

/** Credits a top-up, less what is owed of earlier ones that were refunded. False when it was credited before. */
export async function creditTopup(
  tx: Transaction,
  shopId: bigint,
  topup: { key: string; amountMicros: bigint; actor: string },
): Promise<boolean> {
  const wallet = await lockWallet(tx, shopId);
  const owed = least(wallet.debtMicros, topup.amountMicros);
  return postMovement(tx, shopId, wallet, {
    key: topup.key,
    kind: 'topup',
    amountMicros: topup.amountMicros - owed,
    debtMicros: -owed,
    actor: topup.actor,
  });
}

/** The month's messages would cost more than the merchant's own limit. */
export class SpendingLimitReached extends Error {
  override name = 'SpendingLimitReached';
}

/**
 * Reserves money, once for a key. Returns the hold's id; null when there is not enough free money.
 * @throws SpendingLimitReached when the month's limit doesn't allow it
 */
export async function reserveMoney(
  tx: Transaction,
  shopId: bigint,
  hold: { key: string; amountMicros: bigint },
): Promise<bigint | null> {
  const wallet = await lockWallet(tx, shopId);
  const { balanceMicros, heldMicros, monthlyLimitMicros } = wallet;
  const { rows: known } = await tx.query<{ holdId: bigint }>(
    'SELECT hold_id AS "holdId" FROM wallet_holds WHERE shop_id = $1 AND hold_key = $2',
    [shopId, hold.key],
  );
  if (known[0]) return known[0].holdId;
  if (balanceMicros - heldMicros < hold.amountMicros) return null;
  if (monthlyLimitMicros !== null) {
    const spent = await readSpentThisMonth(tx, shopId);
    if (spent + heldMicros + hold.amountMicros > monthlyLimitMicros) throw new SpendingLimitReached();
  }
  await tx.query('UPDATE wallets SET held_micros = held_micros + $2 WHERE shop_id = $1', [
    shopId,
    hold.amountMicros,
  ]);
  const { rows } = await tx.query<{ holdId: bigint }>(
    `INSERT INTO wallet_holds (shop_id, hold_key, amount_micros, open_micros) VALUES ($1, $2, $3, $3) RETURNING hold_id AS "holdId"`,
    [shopId, hold.key, hold.amountMicros],
  );
  return rows[0]?.holdId ?? null;
}

/** What messages have cost since the shop's month began; what is reserved comes to it. */
export async function readSpentThisMonth(db: Queryable, shopId: bigint): Promise<bigint> {
  const { rows } = await db.query<{ spent: bigint }>(
    `SELECT coalesce(-sum(e.amount_micros), 0)::bigint AS spent FROM wallet_entries e JOIN shops s USING (shop_id)
      WHERE e.shop_id = $1 AND e.kind = 'charge' AND e.created_at >= date_trunc('month', (SELECT ledger_now()), s.time_zone)`,
    [shopId],
  );
  return rows[0]?.spent ?? 0n;
}

/** What of a hold is spent and what is free again. */
export interface Settlement {
  /** A batch that is settled again under its key is settled already. */
  key: string;
  chargeMicros: bigint;
  returnMicros: bigint;
  messages: number;
  campaignId: bigint | null;
}

/**
 * Settles a part of a hold: charges and returns in one movement, never more than the hold has open.
 * @throws when more is settled than is open, which is a bug: the caller's rows say what is still to be settled
 */
export async function settleHold(
  tx: Transaction,
  shopId: bigint,
  holdId: bigint,
  part: Settlement,
): Promise<void> {
  const { chargeMicros, returnMicros } = part;
  if (chargeMicros === 0n && returnMicros === 0n) return;
  const wallet = await lockWallet(tx, shopId);
  const total = chargeMicros + returnMicros;
  if (chargeMicros > 0n && (await isPosted(tx, shopId, part.key))) return;
  const { rowCount } = await tx.query(
    `UPDATE wallet_holds SET open_micros = open_micros - $3 WHERE shop_id = $1 AND hold_id = $2 AND open_micros >= $3`,
    [shopId, holdId, total],
  );
  invariant(rowCount === 1, `hold ${holdId} has ${total} micros open`);
  if (chargeMicros > 0n)
    await postMovement(tx, shopId, wallet, {
      key: part.key,
      kind: 'charge',
      amountMicros: -chargeMicros,
      creditMicros: -least(wallet.creditMicros, chargeMicros),
      releasedMicros: total,
      messages: part.messages,
      campaignId: part.campaignId,
    });
  else
    await tx.query('UPDATE wallets SET held_micros = held_micros - $2 WHERE shop_id = $1', [shopId, total]);
}

/** Whether a movement was posted for this. */
export async function isPosted(tx: Transaction, shopId: bigint, key: string): Promise<boolean> {
  const { rowCount } = await tx.query('SELECT FROM wallet_entries WHERE shop_id = $1 AND entry_key = $2', [
    shopId,
    key,
  ]);
  return rowCount === 1;
}

/** Money that is neither reserved nor SMS credit. */
export function freeMoney({ balanceMicros, heldMicros, creditMicros }: WalletState): bigint {
  return least(balanceMicros - heldMicros, balanceMicros - creditMicros);
}

/** The smaller of two amounts. */
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
