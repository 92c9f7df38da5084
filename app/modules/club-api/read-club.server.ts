/** What the checkout shows one customer of the club. */
import { withSnapshot } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { currencyDigits } from '#app/lib/money.ts';
import type { Unit } from '#app/lib/units.ts';
import { toStanding } from '#app/modules/membership/read-standing.server.ts';
import type { RewardUses } from '#app/modules/redemptions/rules/reward.ts';
import { comparableCart, isHeldBack, type Cart } from '#app/modules/redemptions/spending.ts';
import type { ClubView } from '../../../extensions/shared/club-api.ts';
import { readCustomer, readCustomerIn, type ClubCustomer } from './read-customer.server.ts';
import { knownRules, loadRules, type ShopRules } from './shop-rules.server.ts';
import { toClaimView, toRedemptionView, toRewardView, toStandingView, toWalletView } from './views.ts';

export interface ClubQuery {
  shopDomain: string;
  customerId: bigint;
  cart: Cart | null;
}

const NOT_TAKEN: RewardUses = { byCustomer: 0, inTotal: 0 };

/**
 * Reads the customer's wallets, what can be spent on this cart, and the open redemption; null if the app is not installed
 * in the shop, or its club is a draft and the customer no test customer. There is always a wallet for points, and one for credit if the customer ever had any. One statement, as
 * long as the shop's rules are the ones in memory.
 */
export async function readClub(query: ClubQuery): Promise<ClubView | null> {
  const known = knownRules(query.shopDomain);
  const customer = known && (await readCustomer(query, known));
  if (customer && customer.shopId === known.shopId && customer.version === known.version)
    return toClubView(query, known, customer);
  return withSnapshot(async (tx) => {
    const rules = await loadRules(tx, query.shopDomain);
    if (!rules) return null;
    const read = await readCustomerIn(tx, query, rules);
    invariant(read, `shop ${rules.shopId} has a row`);
    return toClubView(query, rules, read);
  });
}

function toClubView({ cart }: ClubQuery, rules: ShopRules, customer: ClubCustomer): ClubView | null {
  const { club, membership, rewards } = rules;
  const { currency } = club;
  if (!rules.isInstalled || currency === null) return null;
  // A club that isn't launched is for test customers: to others it isn't there.
  if (club.isDraft && !customer.isTrial) return null;
  const issued = customer.open.find(({ state }) => state === 'issued');
  const cartMinor = comparableCart(club, cart);
  // Credit that can't be spent has no wallet: its amount would be shown in the wrong currency.
  const spendable = customer.balances.filter(({ unit }) => !isHeldBack(club, unit));
  const balanceOf = new Map(spendable.map((balance) => [balance.unit, balance]));
  const usesOf = new Map<bigint, RewardUses>(customer.uses.map((uses) => [uses.rewardId, uses]));
  const units: Unit[] = balanceOf.has('CREDIT') ? ['POINTS', 'CREDIT'] : ['POINTS'];
  const measured = membership.tiersActive ? { now: customer.now, amount: customer.measured } : null;
  const standing = toStanding({ settings: membership, categories: club.categories }, customer, measured);
  return {
    clubTitle: club.title,
    currency,
    currencyDigits: currencyDigits(currency),
    locale: club.locale,
    wallets: units.map((unit) => toWalletView(club, unit, balanceOf.get(unit), cart)),
    open: issued ? toRedemptionView(issued) : null,
    redemptionEnabled: club.redemption.isEnabled,
    rewards: rewards.map((reward) => {
      const available = balanceOf.get(reward.unit)?.available ?? 0n;
      return toRewardView(reward, usesOf.get(reward.rewardId) ?? NOT_TAKEN, available, cartMinor);
    }),
    claims: customer.claims.map(toClaimView),
    ...toStandingView(standing),
    banner: club.banner,
  };
}
