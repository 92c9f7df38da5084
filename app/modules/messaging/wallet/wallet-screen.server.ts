/** Messages > Wallet: what there is, what it is for, and how it got there. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { WALLET_CURRENCY } from '#app/lib/micros.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { moneyText } from '#app/lib/form-fields.ts';
import { fieldErrors } from '#app/lib/field-errors.ts';
import { findSmsChannel } from '../channels/channel-rows.server.ts';
import { hasPlatformAccount } from '../channels/connect-channel.server.ts';
import { readWallet } from './post-wallet.server.ts';
import { listCurrentPrices } from './prices.server.ts';
import { listPending, readTopups, startTopup, type TopupStarted } from './top-up.server.ts';
import { TOPUP_MINOR_MAX, TOPUP_MINOR_MIN } from './top-up-limits.ts';

/** Less free money than this is said. */
const LOW_MICROS = 5_000_000n;
const ENTRIES_A_PAGE = 25;

interface WalletShop {
  shopId: bigint;
  domain: string;
  country: string | null;
}

export interface WalletEntry {
  entryId: bigint;
  kind: 'topup' | 'charge';
  amountMicros: bigint;
  balanceAfterMicros: bigint;
  messages: number | null;
  createdAt: Date;
}

/** Reads the screen; first what was approved at Shopify meanwhile, which is where the merchant comes back from. */
export async function readWalletScreen(shop: WalletShop, before: bigint | null) {
  const isShopifyAway = await readApproved(shop);
  const [wallet, pending, prices, entries, channel] = await Promise.all([
    readWallet(pool, shop.shopId),
    listPending(pool, shop.shopId),
    listCurrentPrices(pool),
    listEntries(shop.shopId, before),
    findSmsChannel(pool, shop.shopId),
  ]);
  const freeMicros = wallet.balanceMicros - wallet.heldMicros;
  const ownPrice = prices.find(({ country }) => country === shop.country) ?? null;
  return {
    ...wallet,
    freeMicros,
    isLow: freeMicros < LOW_MICROS,
    /** How many messages of one part the free money is, in the shop's own country. */
    estimate: ownPrice && { country: ownPrice.country, messages: freeMicros / ownPrice.priceMicros },
    account: channel?.account ?? null,
    canTopUp: hasPlatformAccount(),
    pending: pending.map(({ chargeGid, amountMinor, confirmationUrl, createdAt }) => ({
      chargeGid,
      amountMinor,
      confirmationUrl,
      createdAt,
    })),
    isShopifyAway,
    prices,
    ...entries,
    isFirstPage: before === null,
  };
}

export type WalletScreenView = Awaited<ReturnType<typeof readWalletScreen>>;

/** True when Shopify could not be asked; the sweep will. */
async function readApproved(shop: WalletShop): Promise<boolean> {
  try {
    await readTopups(shop);
    return false;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shop: shop.domain, reason: safeErrorText(error) }, 'top-ups not read');
    return true;
  }
}

async function listEntries(
  shopId: bigint,
  before: bigint | null,
): Promise<{ entries: WalletEntry[]; olderThan: bigint | null }> {
  const { rows } = await pool.query<WalletEntry>(
    `SELECT entry_id AS "entryId", kind, amount_micros AS "amountMicros", balance_after_micros AS "balanceAfterMicros", messages,
       created_at AS "createdAt"
      FROM wallet_entries WHERE shop_id = $1 AND ($2::bigint IS NULL OR entry_id < $2)
      ORDER BY entry_id DESC LIMIT ${ENTRIES_A_PAGE + 1}`,
    [shopId, before],
  );
  const entries = rows.slice(0, ENTRIES_A_PAGE);
  return { entries, olderThan: rows.length > ENTRIES_A_PAGE ? (entries.at(-1)?.entryId ?? null) : null };
}

/** Starts a top-up of the amount as typed. */
export async function topUp(
  shop: WalletShop,
  values: Record<string, unknown>,
  locale: string,
  readActor: () => Promise<string>,
): Promise<TopupStarted> {
  if (!hasPlatformAccount()) return { ok: false, errors: { form: { code: 'invalid' } } };
  const amount = moneyText(locale, WALLET_CURRENCY, TOPUP_MINOR_MIN).refine(
    (minor) => minor <= TOPUP_MINOR_MAX,
    'too_large',
  );
  const form = z.object({ amount }).safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  return startTopup(shop, form.data.amount, await readActor());
}
