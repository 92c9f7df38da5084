/** Messages > Wallet: what there is, what it is for, and how it got there. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { minorToMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { idText, moneyText } from '#app/lib/form-fields.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { findSmsChannel } from '../channels/channel-rows.server.ts';
import { hasPlatformAccount } from '../channels/platform-account.server.ts';
import { buyPackage, saveLimits } from './change-wallet.server.ts';
import { listWalletEntries } from './list-entries.queries.server.ts';
import { listPackages } from './packages.server.ts';
import { freeMoney, readSpentThisMonth, readWallet } from './post-wallet.server.ts';
import { listCurrentPrices } from './prices.server.ts';
import { listPending, readTopups, startTopup, type TopupStarted } from './top-up.server.ts';
import { TOPUP_MINOR_MAX, TOPUP_MINOR_MIN } from './top-up-limits.ts';

interface WalletShop {
  shopId: bigint;
  domain: string;
  country: string | null;
}

/** Reads the screen; first what was approved at Shopify meanwhile, which is where the merchant comes back from. */
export async function readWalletScreen(shop: WalletShop, before: bigint | null) {
  const isShopifyAway = await readApproved(shop);
  const { shopId } = shop;
  const [wallet, pending, prices, packages, spentMicros, entries, channel] = await Promise.all([
    readWallet(pool, shopId),
    listPending(pool, shopId),
    listCurrentPrices(pool),
    listPackages(pool),
    readSpentThisMonth(pool, shopId),
    listWalletEntries(shopId, before),
    findSmsChannel(pool, shopId),
  ]);
  const freeMicros = wallet.balanceMicros - wallet.heldMicros;
  const ownPrice = prices.find(({ country }) => country === shop.country) ?? null;
  const messagesFor = (micros: bigint) => ownPrice && micros / ownPrice.priceMicros;
  return {
    ...wallet,
    freeMicros,
    /** What packages can be bought with. */
    moneyMicros: freeMoney(wallet),
    spentMicros,
    isLow: freeMicros < wallet.lowMicros,
    /** How many messages of one part the free money is, in the shop's own country. */
    estimate: ownPrice && { country: ownPrice.country, messages: freeMicros / ownPrice.priceMicros },
    account: channel?.account ?? null,
    canTopUp: hasPlatformAccount(),
    packages: packages.map((each) => ({ ...each, messages: messagesFor(each.creditMicros) })),
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
export type PackageView = WalletScreenView['packages'][number];

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

type Done = { ok: true } | { ok: false; errors: FieldErrors };
type WalletAnswer = TopupStarted | Done;

const INVALID: Done = { ok: false, errors: { form: { code: 'invalid' } } };

/** Does what the screen asks for: a top-up, a package, the merchant's limits. */
export async function actOnWallet(
  shop: WalletShop,
  values: Record<string, unknown>,
  locale: string,
  readActor: () => Promise<string>,
): Promise<WalletAnswer> {
  if (!hasPlatformAccount()) return INVALID;
  switch (values['intent']) {
    case 'package':
      return buy(shop, values, await readActor());
    case 'limits':
      return setLimits(shop, values, locale);
    default:
      return topUp(shop, values, locale, readActor);
  }
}

/** Starts a top-up of the amount as typed. */
async function topUp(
  shop: WalletShop,
  values: Record<string, unknown>,
  locale: string,
  readActor: () => Promise<string>,
): Promise<TopupStarted> {
  const amount = moneyText(locale, WALLET_CURRENCY, TOPUP_MINOR_MIN).refine(
    (minor) => minor <= TOPUP_MINOR_MAX,
    'too_large',
  );
  const form = z.object({ amount }).safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  return startTopup(shop, form.data.amount, await readActor());
}

const packageForm = z.object({
  packageId: idText(),
  priceMicros: idText(),
  creditMicros: idText(),
  key: z.uuid(),
});

async function buy(
  { shopId }: WalletShop,
  values: Record<string, unknown>,
  actor: string,
): Promise<WalletAnswer> {
  const form = packageForm.safeParse(values);
  if (!form.success) return INVALID;
  const bought = await buyPackage(shopId, form.data, actor);
  if (bought.ok) return { ok: true };
  const code = bought.reason === 'wallet_too_low' ? 'not_enough_money' : bought.reason;
  return { ok: false, errors: { form: { code } } };
}

async function setLimits(
  { shopId }: WalletShop,
  values: Record<string, unknown>,
  locale: string,
): Promise<WalletAnswer> {
  const form = z
    .object({
      limit: z.union([
        z
          .string()
          .trim()
          .length(0)
          .transform(() => null),
        moneyText(locale, WALLET_CURRENCY, 1n),
      ]),
      low: moneyText(locale, WALLET_CURRENCY, 0n),
    })
    .safeParse(values);
  if (!form.success) return { ok: false, errors: limitErrors(form.error) };
  const { limit, low } = form.data;
  await saveLimits(shopId, {
    monthlyLimitMicros: limit === null ? null : minorToMicros(limit, WALLET_CURRENCY),
    lowMicros: minorToMicros(low, WALLET_CURRENCY),
  });
  return { ok: true };
}

/** What is wrong with a union isn't said by its issue. */
function limitErrors(error: z.ZodError): FieldErrors {
  const errors = fieldErrors(error);
  return errors.limit ? { ...errors, limit: { code: 'not_an_amount' } } : errors;
}
