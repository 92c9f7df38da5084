/** What docs/ledger.md settles about refunds beside spending: which comes first, and what an open redemption holds. */
import { expect, test } from 'vitest';
import { club, shop } from '#test/support/sandbox-bed.ts';
import { siti, useRedemptions } from '#test/support/redemption-bed.ts';
import { entriesOf, walletOf } from '#test/support/clubs.ts';
import { givePoints, reserved, rowOf } from '#test/support/redemptions.ts';

useRedemptions();

test('of one refund, spent value returns first, then what was earned is taken', async () => {
  await givePoints(club, siti, 60n);
  const { code } = await reserved(club, siti, 60n);
  const order = await shop.order(siti, [206_000], { codes: [code] });
  await shop.tell(order);
  await shop.tell(await shop.refund(order, { full: true }));
  expect(await entriesOf(club, siti)).toEqual([
    'manual_add 60',
    'redeem -60',
    'order_spend 20',
    'restore 60',
    'refund_reversal -20',
  ]);
  expect(await walletOf(club, siti)).toMatchObject({ balance: 60n, available: 60n, debt: 0n });
});

test('taking back may reach what an open redemption holds; it settles as far as it is covered, the rest is debt', async () => {
  await givePoints(club, siti, 20n);
  const earning = await shop.order(siti, [500_000]);
  await shop.tell(earning);
  const { code, redemptionId } = await reserved(club, siti, 60n);
  await shop.tell(await shop.refund(earning, { full: true }));
  expect(await walletOf(club, siti)).toMatchObject({ balance: 20n, available: 0n, held: 60n, debt: 0n });
  await shop.tell(await shop.order(siti, [6_000], { codes: [code] }));
  expect(await rowOf(redemptionId)).toMatchObject({ state: 'settled', settled_units: 60n });
  expect(await walletOf(club, siti)).toMatchObject({ balance: -40n, available: 0n, held: 0n, debt: 40n });
});

test('money back without lines returns no spent value', async () => {
  await givePoints(club, siti, 60n);
  const { code } = await reserved(club, siti, 60n);
  const order = await shop.order(siti, [206_000], { codes: [code] });
  await shop.tell(order);
  await shop.tell(await shop.refund(order, { amount: 100_000 }));
  expect(await entriesOf(club, siti)).toEqual([
    'manual_add 60',
    'redeem -60',
    'order_spend 20',
    'refund_reversal -10',
  ]);
});
