/**
 * The only code that moves a wallet's money. Each movement locks the wallet's row, has a key and happens once; free money
 * (balance less holds) never goes below zero.
 */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { WALLET_CURRENCY } from '#app/lib/micros.ts';

export interface WalletState {
  currency: string;
  balanceMicros: bigint;
  heldMicros: bigint;
}

const COLUMNS = `currency, balance_micros AS "balanceMicros", held_micros AS "heldMicros"`;

/** Reads a wallet; an empty one for a shop that never topped up. */
export async function readWallet(db: Queryable, shopId: bigint): Promise<WalletState> {
  const { rows } = await db.query<WalletState>(`SELECT ${COLUMNS} FROM wallets WHERE shop_id = $1`, [shopId]);
  return rows[0] ?? { currency: WALLET_CURRENCY, balanceMicros: 0n, heldMicros: 0n };
}

async function lockWallet(tx: Transaction, shopId: bigint): Promise<WalletState> {
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

/** Credits a top-up. False when it was credited before. */
export async function creditTopup(
  tx: Transaction,
  shopId: bigint,
  topup: { key: string; amountMicros: bigint; actor: string },
): Promise<boolean> {
  const { balanceMicros } = await lockWallet(tx, shopId);
  const { rowCount } = await tx.query(
    `INSERT INTO wallet_entries (shop_id, entry_key, kind, amount_micros, balance_after_micros, actor)
     VALUES ($1, $2, 'topup', $3, $4, $5) ON CONFLICT (shop_id, entry_key) DO NOTHING`,
    [shopId, topup.key, topup.amountMicros, balanceMicros + topup.amountMicros, topup.actor],
  );
  if (rowCount === 0) return false;
  await tx.query('UPDATE wallets SET balance_micros = balance_micros + $2 WHERE shop_id = $1', [
    shopId,
    topup.amountMicros,
  ]);
  return true;
}

/** Reserves money, once for a key. Returns the hold's id; null when there is not enough free money. */
export async function reserveMoney(
  tx: Transaction,
  shopId: bigint,
  hold: { key: string; amountMicros: bigint },
): Promise<bigint | null> {
  const { balanceMicros, heldMicros } = await lockWallet(tx, shopId);
  const { rows: known } = await tx.query<{ holdId: bigint }>(
    'SELECT hold_id AS "holdId" FROM wallet_holds WHERE shop_id = $1 AND hold_key = $2',
    [shopId, hold.key],
  );
  if (known[0]) return known[0].holdId;
  if (balanceMicros - heldMicros < hold.amountMicros) return null;
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
  const { balanceMicros } = await lockWallet(tx, shopId);
  if (chargeMicros > 0n) {
    const { rowCount } = await tx.query(
      `INSERT INTO wallet_entries (shop_id, entry_key, kind, amount_micros, balance_after_micros, messages, campaign_id)
       VALUES ($1, $2, 'charge', $3, $4, $5, $6) ON CONFLICT (shop_id, entry_key) DO NOTHING`,
      [shopId, part.key, -chargeMicros, balanceMicros - chargeMicros, part.messages, part.campaignId],
    );
    if (rowCount === 0) return;
  }
  const total = chargeMicros + returnMicros;
  const { rowCount } = await tx.query(
    `UPDATE wallet_holds SET open_micros = open_micros - $3 WHERE shop_id = $1 AND hold_id = $2 AND open_micros >= $3`,
    [shopId, holdId, total],
  );
  invariant(rowCount === 1, `hold ${holdId} has ${total} micros open`);
  await tx.query(
    'UPDATE wallets SET balance_micros = balance_micros - $2, held_micros = held_micros - $3 WHERE shop_id = $1',
    [shopId, chargeMicros, total],
  );
}
