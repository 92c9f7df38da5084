/** What offers give for an order (F87-F91): in each group the one with the highest minimum that the order exceeds. */
import { daysLater, endOfDayAfter } from '#app/lib/calendar-days.ts';
import type { EligibleBase } from './eligible-base.ts';
import type { EarningView, Entitlement } from './earning.ts';
import { PLAIN_TERMS, type EarnOffer } from './program.ts';
import { type Unit } from '#app/lib/units.ts';
import { proportionDown } from '#app/lib/integers.ts';
import { currencyDigits } from '#app/lib/money.ts';

const BASIS_POINTS = 10_000n;

export interface OfferOutcome {
  groupId: bigint;
  groupName: string;
  base: EligibleBase;
  /** All offers of the group, highest minimum first. */
  offers: EarnOffer[];
  /** The one that counts; null when the order exceeds none. */
  offer: EarnOffer | null;
  entitlement: Entitlement | null;
}

/** One outcome a group that has offers, in the order of the rules. */
export function offerOutcomes(view: EarningView): OfferOutcome[] {
  const { offers, offersIncludeTax: includeTax, offersIncludeShipping: includeShipping } = view.rules;
  if (offers.length === 0) return [];
  const base = view.baseOf({ ...PLAIN_TERMS, includeTax, includeShipping });
  return [...Map.groupBy(offers, (offer) => offer.groupId)].map(([groupId, group]) => {
    const sorted = group.toSorted(highestFirst);
    const offer = sorted.find(({ minimumMinor }) => base.totalMinor > minimumMinor) ?? null;
    const groupName = sorted[0]?.groupName ?? '';
    return {
      groupId,
      groupName,
      base,
      offers: sorted,
      offer,
      entitlement: offer && entitlementOf(view, offer, base.totalMinor),
    };
  });
}

/** Of two with the same minimum the newer one counts. */
function highestFirst(a: EarnOffer, b: EarnOffer): number {
  if (a.minimumMinor !== b.minimumMinor) return a.minimumMinor > b.minimumMinor ? -1 : 1;
  return a.offerId > b.offerId ? -1 : 1;
}

/**
 * What an offer gives of a base in minor units, rounded down: credit is money itself, points are counted from whole
 * units of the currency (1 % of Rp 500,000 is 5,000 points).
 */
export function offerAmount(
  offer: { unit: Unit; percentBp: number },
  baseMinor: bigint,
  digits: number,
): bigint {
  const denominator = offer.unit === 'CREDIT' ? BASIS_POINTS : BASIS_POINTS * 10n ** BigInt(digits);
  return proportionDown(baseMinor, BigInt(offer.percentBp), denominator);
}

function entitlementOf(view: EarningView, offer: EarnOffer, baseMinor: bigint): Entitlement | null {
  const { order, rules, eligibleAt } = view;
  const amount = offerAmount(offer, baseMinor, currencyDigits(order.currency));
  if (amount === 0n) return null;
  return {
    rule: `offer:${offer.offerId}`,
    formerRule: `offer_group:${offer.groupId}`,
    kind: 'offer',
    unit: offer.unit,
    amount,
    validFrom: daysLater(eligibleAt, offer.fromDays),
    expiresAt: offer.untilDays === null ? null : endOfDayAfter(eligibleAt, offer.untilDays, rules.timeZone),
  };
}
