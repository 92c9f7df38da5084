/** Topping up: a one-time purchase at Shopify, credited once, after it was read there as ACTIVE with our price. */
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { env } from '#app/env.server.ts';
import { createPurchase, readPurchase, type Purchase } from '#app/integrations/shopify/purchases.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { creditTopup } from './post-wallet.server.ts';
import { minorToMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';

/** Where the wallet is. */
export const WALLET_PATH = '/app/messages/wallet';
/** Shopify lets a purchase be approved for two days. */
const PENDING_DAYS_MAX = 3;
/** A merchant who asks again and again approves one of them. */
const PENDING_MAX = 10;

export type TopupStarted = { ok: true; confirmationUrl: string } | { ok: false; errors: FieldErrors };

/** Creates the purchase that the merchant is to approve. */
export async function startTopup(
  shop: { shopId: bigint; domain: string },
  amountMinor: bigint,
  actor: string,
): Promise<TopupStarted> {
  if ((await listPending(pool, shop.shopId)).length >= PENDING_MAX)
    return { ok: false, errors: { amount: { code: 'too_many' } } };
  // Never in production: a test costs nothing, and its money would be spent at Twilio.
  const isTest = env.NODE_ENV !== 'production';
  try {
    const { gid, confirmationUrl } = await createPurchase(shop.domain, {
      name: 'Setia: messages',
      amountMinor,
      currency: WALLET_CURRENCY,
      returnPath: WALLET_PATH,
      isTest,
    });
    await pool.query(
      `INSERT INTO topups (shop_id, charge_gid, state, amount_minor, currency, is_test, confirmation_url, actor)
       VALUES ($1, $2, 'pending', $3, $4, $5, $6, $7)`,
      [shop.shopId, gid, amountMinor, WALLET_CURRENCY, isTest, confirmationUrl, actor],
    );
    return { ok: true, confirmationUrl };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return { ok: false, errors: { form: { code: error.retryable ? 'not_saved' : 'refused' } } };
  }
}

export interface Topup {
  chargeGid: string;
  amountMinor: bigint;
  currency: string;
  isTest: boolean;
  confirmationUrl: string;
  actor: string;
  createdAt: Date;
}

/** Top-ups that wait for the merchant's approval, the newest first. */
export async function listPending(db: Queryable, shopId: bigint): Promise<Topup[]> {
  const { rows } = await db.query<Topup>(
    `SELECT charge_gid AS "chargeGid", amount_minor AS "amountMinor", currency, is_test AS "isTest",
       confirmation_url AS "confirmationUrl", actor, created_at AS "createdAt"
      FROM topups WHERE shop_id = $1 AND state = 'pending' ORDER BY created_at DESC`,
    [shopId],
  );
  return rows;
}

/** Finds a top-up that was credited; null for any other. */
export async function findTopup(
  db: Queryable,
  shopId: bigint,
  chargeGid: string,
): Promise<{ amountMinor: bigint; refundedMinor: bigint } | null> {
  const { rows } = await db.query<{ amountMinor: bigint; refundedMinor: bigint }>(
    `SELECT amount_minor AS "amountMinor", refunded_minor AS "refundedMinor" FROM topups
      WHERE shop_id = $1 AND charge_gid = $2 AND state = 'active'`,
    [shopId, chargeGid],
  );
  return rows[0] ?? null;
}

/** Reads the shop's pending top-ups at Shopify and credits those that were approved. @throws UpstreamError */
export async function readTopups(shop: { shopId: bigint; domain: string }): Promise<number> {
  const pending = await listPending(pool, shop.shopId);
  for (const topup of pending) {
    const purchase = await readPurchase(shop.domain, topup.chargeGid);
    await withTransaction((tx) => storePurchase(tx, shop.shopId, topup, purchase));
  }
  return pending.length;
}

async function storePurchase(
  tx: Transaction,
  shopId: bigint,
  topup: Topup,
  purchase: Purchase | null,
): Promise<void> {
  const state = stateOf(topup, purchase);
  if (state === 'wrong')
    logger.error(
      { shopId: String(shopId), charge: topup.chargeGid },
      'a purchase is not as it was asked for',
    );
  await tx.query(
    `UPDATE topups SET state = $3, read_at = clock_timestamp() WHERE shop_id = $1 AND charge_gid = $2`,
    [shopId, topup.chargeGid, state],
  );
  if (state !== 'active') return;
  await creditTopup(tx, shopId, {
    key: `topup:${topup.chargeGid}`,
    amountMicros: minorToMicros(topup.amountMinor, topup.currency),
    actor: topup.actor,
  });
}

type TopupState = 'pending' | 'active' | 'declined' | 'expired' | 'wrong';

function stateOf(topup: Topup, purchase: Purchase | null): TopupState {
  if (!purchase) return 'expired';
  const isOurs =
    purchase.amountMinor === topup.amountMinor &&
    purchase.currency === topup.currency &&
    purchase.isTest === topup.isTest;
  if (purchase.status === 'ACTIVE') return isOurs ? 'active' : 'wrong';
  if (purchase.status === 'PENDING' || purchase.status === 'ACCEPTED') return 'pending';
  return purchase.status === 'DECLINED' ? 'declined' : 'expired';
}

/** The sweep: a merchant who approved and closed the page is credited too. Returns how many top-ups were read. */
export async function sweepTopups(signal?: AbortSignal): Promise<number> {
  await pool.query(
    `UPDATE topups SET state = 'expired' WHERE state = 'pending' AND created_at < clock_timestamp() - make_interval(days => $1)
        AND read_at > created_at + make_interval(days => $1)`,
    [PENDING_DAYS_MAX],
  );
  const { rows } = await pool.query<{ shopId: bigint; domain: string }>(
    `SELECT shop_id AS "shopId", domain FROM shops WHERE ${IS_INSTALLED_SQL}
        AND shop_id IN (SELECT shop_id FROM topups WHERE state = 'pending') ORDER BY shop_id`,
  );
  return forEachShop('read-topups', rows, readTopups, { signal });
}
