/** What the checkout shows of the club to one customer. */
import { pool } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { currencyDigits } from '#app/lib/money.ts';
import type { ClubRedemption, ClubView, ClubWallet } from '../../../extensions/shared/club-api.ts';
import { readStanding } from '#app/modules/membership/read-standing.server.ts';
import { standingView } from '#app/modules/membership/standing-view.ts';
import { claimView, rewardTermsView, rewardView } from './club-views.ts';
import { claimsOfCustomer } from './claims.server.ts';
import { readClubs, type Club } from './club.server.ts';
import { readBalances, type Balance } from './ledger.queries.server.ts';
import { comparableCart, minimumOf, rateOf, type Cart } from './redeem.server.ts';
import { findOpen, type Redemption } from './redemptions.server.ts';
import { offeredRewards } from './rewards.server.ts';
import { spendableUnits, stepUnits, valueMinor } from './rules/redemption.ts';
import type { Unit } from './rules/units.ts';

/** An issued redemption as the extension takes it. */
export function redemptionView(redemption: Redemption): ClubRedemption {
  return {
    id: redemption.redemptionId,
    unit: redemption.unit,
    units: redemption.units.toString(),
    amountMinor: redemption.amountMinor.toString(),
    code: redemption.code,
    reward: redemption.reward && rewardTermsView(redemption.reward),
    expiresAt: redemption.expiresAt.toISOString(),
  };
}

/**
 * The customer's wallets, what may be spent on this cart, and a code they already have. Always has a wallet for
 * points; one for credit when the customer ever had any. Throws AppError `unknown_shop`.
 */
export async function readClub(input: {
  shopId: bigint;
  customerId: bigint;
  cart: Cart | null;
}): Promise<ClubView> {
  const { shopId, customerId, cart } = input;
  const [clubs, balances, open, offered, claims, standing] = await Promise.all([
    readClubs(pool, [shopId]),
    readBalances(pool, shopId, [customerId]),
    findOpen(pool, shopId, customerId),
    offeredRewards(pool, shopId, customerId),
    claimsOfCustomer(pool, shopId, customerId),
    readStanding(shopId, customerId),
  ]);
  const club = clubs.get(shopId);
  if (!club) throw new AppError('unknown_shop', `shop ${shopId} is not known`);
  const currency = club.currency ?? 'USD';
  const issued = open.find((redemption) => redemption.state === 'issued');
  const cartMinor = comparableCart(club, cart);
  const availableOf = (unit: Unit) => balances.find((balance) => balance.unit === unit)?.available ?? 0n;
  const units: Unit[] = balances.some((balance) => balance.unit === 'CREDIT')
    ? ['POINTS', 'CREDIT']
    : ['POINTS'];
  return {
    clubTitle: club.title,
    currency,
    currencyDigits: currencyDigits(currency),
    locale: club.locale,
    wallets: units.map((unit) =>
      walletView(
        club,
        unit,
        balances.find((balance) => balance.unit === unit),
        cart,
      ),
    ),
    open: issued ? redemptionView(issued) : null,
    redemptionEnabled: club.redemption.isEnabled && club.currency !== null,
    rewards: offered.map(({ reward, uses }) => rewardView(reward, uses, availableOf(reward.unit), cartMinor)),
    claims: claims.map(claimView),
    ...standingView(standing),
    banner: club.banner,
  };
}

function walletView(club: Club, unit: Unit, balance: Balance | undefined, cart: Cart | null): ClubWallet {
  const rate = rateOf(club, unit);
  const available = balance?.available ?? 0n;
  const spendable = spendableUnits(available, rate, comparableCart(club, cart));
  const text = (amount: bigint | undefined) => (amount ?? 0n).toString();
  return {
    unit,
    balance: text(balance?.balance),
    available: text(available),
    pending: text(balance?.pending),
    held: text(balance?.held),
    debt: text(balance?.debt),
    rate: { units: text(rate.units), amountMinor: text(rate.amountMinor) },
    minimum: text(minimumOf(club, unit)),
    step: text(stepUnits(rate)),
    spendable: { units: text(spendable), amountMinor: text(valueMinor(spendable, rate)) },
  };
}
