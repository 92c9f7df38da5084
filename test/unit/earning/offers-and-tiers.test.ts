/** What docs/ledger.md settles about offers and the tier's extra. */
import { expect, test } from 'vitest';
import { eligibleBase } from '#app/modules/earning/rules/eligible-base.ts';
import type { Entitlement } from '#app/modules/earning/rules/earning.ts';
import { offerAmount } from '#app/modules/earning/rules/offer-earning.ts';
import { tierBonuses } from '#app/modules/earning/rules/tier-bonus.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import { orderPayload } from '#test/support/orders.ts';

test("an offer's base is cut to minor units before the percent", () => {
  const lines = [{ price: 6.68, quantity: 3, left: 2 }];
  const { order, refunds } = decodeOrder(orderPayload({ id: 7, currency: 'USD', lines }));
  order.lines[0]!.discounts.push({ amountMinor: 4n, application: 0 });
  const { totalMinor } = eligibleBase(
    order,
    refunds,
    {
      earnAt: 'paid',
      includeTax: true,
      includeShipping: false,
      excluded: { productIds: [], collectionIds: [], tags: [] },
    },
    NO_FACTS,
  );
  // Two of three pieces for 20.00 are 1,333 and a third; three quarters of that would be 1,000.
  expect(totalMinor).toBe(1_333n);
  expect(offerAmount({ unit: 'CREDIT', percentBp: 7_500 }, totalMinor, 2)).toBe(999n);
});

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const part = (amount: bigint, from: number, until: number | null): Entitlement => ({
  rule: `program:${amount}`,
  kind: 'order_spend',
  unit: 'POINTS',
  amount,
  validFrom: day(from),
  expiresAt: until === null ? null : day(until),
});
const TIER = { tierId: 1n, name: 'Gold', multiplierPercent: 150 };

test.each<[string, Entitlement[], Date, Date | null]>([
  ['the terms of the largest part', [part(20n, 3, 9), part(30n, 5, 7), part(10n, 1, null)], day(5), day(7)],
  ['of equal ones the later expiry', [part(30n, 1, 7), part(30n, 5, 9), part(10n, 1, null)], day(5), day(9)],
  ['of equal ones the one that never ends', [part(30n, 1, 7), part(30n, 5, null)], day(5), null],
])("the tier's extra follows %s", (_words, earned, validFrom, expiresAt) => {
  for (const parts of [earned, earned.toReversed()])
    expect(tierBonuses(TIER, parts)[0]?.entitlement).toMatchObject({ validFrom, expiresAt });
});
