/** What happens to a wallet beside top-ups and messages: packages, refunds, corrections, the merchant's own limits. */
import { pool, withTransaction, type Queryable } from '#app/db.server.ts';
import { formatMicros, minorToMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import { findPackage } from './packages.server.ts';
import { freeMoney, isPosted, least, lockWallet, postMovement } from './post-wallet.server.ts';

/** The free money doesn't cover it, or the package is not as it was shown. */
export type PackageBought = { ok: true } | { ok: false; reason: 'wallet_too_low' | 'changed_meanwhile' };

/** Turns money into SMS credit by a package. `key`: the same purchase asked for again is one. */
export async function buyPackage(
  shopId: bigint,
  bought: { packageId: bigint; priceMicros: bigint; creditMicros: bigint; key: string },
  actor: string,
): Promise<PackageBought> {
  return withTransaction(async (tx): Promise<PackageBought> => {
    const wallet = await lockWallet(tx, shopId);
    const found = await findPackage(tx, bought.packageId);
    if (found?.priceMicros !== bought.priceMicros || found.creditMicros !== bought.creditMicros)
      return { ok: false, reason: 'changed_meanwhile' };
    const key = `package:${bought.key}`;
    if (await isPosted(tx, shopId, key)) return { ok: true };
    if (freeMoney(wallet) < found.priceMicros) return { ok: false, reason: 'wallet_too_low' };
    await postMovement(tx, shopId, wallet, {
      key,
      kind: 'package',
      amountMicros: found.creditMicros - found.priceMicros,
      creditMicros: found.creditMicros,
      subject: String(found.packageId),
      actor,
    });
    return { ok: true };
  });
}

/** What a refund came to, in micros: what was taken from the wallet, and what was spent already and is owed. */
export interface TopupRefunded {
  takenMicros: bigint;
  owedMicros: bigint;
}

/**
 * Takes back a top-up that Shopify refunded, or a part of it: free money first, then free SMS credit; what was spent already
 * is owed. Null for a purchase that isn't this shop's, wasn't credited, or was refunded as far already.
 */
export async function refundTopup(
  shopId: bigint,
  { chargeGid, amountMinor, actor }: { chargeGid: string; amountMinor: bigint; actor: string },
): Promise<TopupRefunded | null> {
  return withTransaction(async (tx) => {
    const wallet = await lockWallet(tx, shopId);
    const { rows } = await tx.query<{ refundedMinor: bigint }>(
      `UPDATE topups SET refunded_minor = refunded_minor + $3
        WHERE shop_id = $1 AND charge_gid = $2 AND state = 'active' AND $3 > 0 AND refunded_minor + $3 <= amount_minor
        RETURNING refunded_minor AS "refundedMinor"`,
      [shopId, chargeGid, amountMinor],
    );
    const [topup] = rows;
    if (!topup) return null;
    const amount = minorToMicros(amountMinor, WALLET_CURRENCY);
    const money = least(amount, freeMoney(wallet));
    const free = wallet.balanceMicros - wallet.heldMicros - money;
    const credit = least(amount - money, least(free, wallet.creditMicros));
    const taken = money + credit;
    await postMovement(tx, shopId, wallet, {
      key: `refund:${chargeGid}:${topup.refundedMinor}`,
      kind: 'refund_of_topup',
      amountMicros: -taken,
      creditMicros: -credit,
      debtMicros: amount - taken,
      subject: chargeGid,
      actor,
    });
    return { takenMicros: taken, owedMicros: amount - taken };
  });
}

/**
 * Adds or takes money by hand, with a note that says why. False when less is free, or for a key that was used.
 */
export async function correctWallet(
  shopId: bigint,
  correction: { key: string; amountMicros: bigint; note: string; actor: string },
): Promise<boolean> {
  return withTransaction(async (tx) => {
    const wallet = await lockWallet(tx, shopId);
    if (freeMoney(wallet) + correction.amountMicros < 0n) return false;
    return postMovement(tx, shopId, wallet, {
      key: `correction:${correction.key}`,
      kind: 'correction',
      amountMicros: correction.amountMicros,
      note: correction.note,
      actor: correction.actor,
    });
  });
}

/** Sets what messages may cost in a month (null: no limit), and below which free money staff are warned. */
export async function saveLimits(
  shopId: bigint,
  limits: { monthlyLimitMicros: bigint | null; lowMicros: bigint },
): Promise<void> {
  await withTransaction(async (tx) => {
    await lockWallet(tx, shopId);
    await tx.query('UPDATE wallets SET monthly_limit_micros = $2, low_micros = $3 WHERE shop_id = $1', [
      shopId,
      limits.monthlyLimitMicros,
      limits.lowMicros,
    ]);
  });
}

/** A movement as the operator reads it. */
export interface StatementLine {
  entryId: bigint;
  kind: string;
  amount: string;
  balance: string;
  subject: string | null;
  note: string | null;
  at: Date;
}

/** The newest movements of a wallet. */
export async function listMovements(db: Queryable, shopId: bigint, limit: number): Promise<StatementLine[]> {
  const { rows } = await db.query<{
    entryId: bigint;
    kind: string;
    amount: bigint;
    balance: bigint;
    subject: string | null;
    note: string | null;
    at: Date;
  }>(
    `SELECT entry_id AS "entryId", kind, amount_micros AS amount, balance_after_micros AS balance, subject, note, created_at AS at
      FROM wallet_entries WHERE shop_id = $1 ORDER BY entry_id DESC LIMIT $2`,
    [shopId, limit],
  );
  return rows.map((row) => ({
    ...row,
    amount: formatMicros(row.amount),
    balance: formatMicros(row.balance),
  }));
}

/** Whether staff are to be warned: the operator's account sends, and little is free. */
export async function isWalletLow(shopId: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT FROM wallets w JOIN channels c USING (shop_id) WHERE w.shop_id = $1 AND c.kind = 'sms' AND c.account = 'platform'
        AND w.balance_micros - w.held_micros < w.low_micros`,
    [shopId],
  );
  return rowCount === 1;
}
