/** Points as Shopify's own store credit: paid once, whatever happens to Shopify's answer. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { club, fault, sandbox } from '#test/support/sandbox-bed.ts';
import { siti, useRedemptions } from '#test/support/redemption-bed.ts';
import { pool } from '#app/db.server.ts';
import { payOutStoreCredit } from '#app/modules/redemptions/payouts/pay-out-store-credit.server.ts';
import { releaseRedemption } from '#app/modules/redemptions/release-redemption.server.ts';
import { checkDueRedemptions } from '#app/modules/redemptions/check-due.server.ts';
import { entriesOf, setClub, walletOf } from '#test/support/clubs.ts';
import { allDue, givePoints, rowOf } from '#test/support/redemptions.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useRedemptions();
beforeEach(async () => {
  await setClub(club, { payout_active: true });
  await givePoints(club, siti, 100n);
});

const payOut = (units: bigint, key: string = randomUUID()) =>
  payOutStoreCredit({
    shopId: club.shopId,
    customerId: BigInt(siti),
    key,
    unit: 'POINTS',
    units,
    actor: 'staff:9',
  });
const credits = () =>
  (sandbox.world.shop(DEMO_SHOP).storeCredits ?? []).map(({ customerId, amount }) => [customerId, amount]);
const creditFault = (kind: string, change: object = {}) =>
  fault(kind, { operation: 'storeCreditAccountCredit', ...change });

/** A payout whose answer was lost. */
async function lostPayout(units: bigint, key?: string): Promise<string> {
  const answer = await payOut(units, key);
  expect(answer).toMatchObject({ ok: true, state: 'under_way' });
  return answer.ok ? answer.redemption.redemptionId : '';
}

test('points become store credit at the rate of the shop: one spend, no hold, by whom', async () => {
  const answer = await payOut(60n);
  expect(answer).toMatchObject({ ok: true, state: 'paid', redemption: { amountMinor: 6_000_00n } });
  expect(credits()).toEqual([[siti, 6_000_00]]);
  expect(await walletOf(club, siti)).toMatchObject({ balance: 40n, available: 40n, held: 0n });
  expect(await entriesOf(club, siti)).toEqual(['manual_add 100', 'redeem -60']);
  const { rows } = await pool.query(
    `SELECT source, actor FROM ledger_entries WHERE shop_id = $1 AND kind = 'redeem'`,
    [club.shopId],
  );
  expect(rows).toEqual([{ source: 'staff', actor: 'staff:9' }]);
});

describe("when Shopify's answer is lost", () => {
  test.each([
    ['lostReply', {}],
    ['status500', { executes: true }],
  ])('%s, but it was done: found among the transactions, not paid twice', async (kind, change) => {
    await payOut(10n);
    await creditFault(kind, change);
    const redemptionId = await lostPayout(10n);
    expect(await walletOf(club, siti)).toMatchObject({ balance: 90n, available: 80n, held: 10n });
    await allDue();
    await checkDueRedemptions();
    await checkDueRedemptions();
    expect(await rowOf(redemptionId)).toMatchObject({
      state: 'settled',
      settled_units: 10n,
      next_check_at: null,
    });
    expect(credits()).toEqual([
      [siti, 1_000_00],
      [siti, 1_000_00],
    ]);
    expect(await walletOf(club, siti)).toMatchObject({ balance: 80n, held: 0n });
  });

  test('not done: paid by the worker, once', async () => {
    await creditFault('status500');
    const redemptionId = await lostPayout(10n);
    expect(credits()).toEqual([]);
    await allDue();
    await checkDueRedemptions();
    expect((await rowOf(redemptionId)).state).toBe('settled');
    expect(credits()).toEqual([[siti, 1_000_00]]);
  });

  test('Shopify cannot even be asked what there was: nothing is credited, tried again later', async () => {
    await creditFault('status500', { operation: 'ReadStoreCredit', times: 2 });
    const redemptionId = await lostPayout(10n);
    await allDue();
    await checkDueRedemptions();
    expect(credits()).toEqual([]);
    expect(await walletOf(club, siti)).toMatchObject({ held: 10n });
    await allDue();
    await checkDueRedemptions();
    expect((await rowOf(redemptionId)).state).toBe('settled');
    expect(credits()).toEqual([[siti, 1_000_00]]);
  });

  test('the same key meanwhile waits, another payout of the customer is refused, the shopper cannot release it', async () => {
    await creditFault('lostReply');
    const redemptionId = await lostPayout(10n, 'one key');
    expect(await payOut(10n, 'one key')).toMatchObject({ ok: true, state: 'under_way' });
    expect(await payOut(10n)).toMatchObject({ ok: false, reason: 'already_open' });
    const release = { shopId: club.shopId, customerId: BigInt(siti), redemptionId };
    expect(await releaseRedemption(release)).toEqual({ ok: false, reason: 'not_found' });
    await allDue();
    await Promise.all([checkDueRedemptions(), checkDueRedemptions(), checkDueRedemptions()]);
    expect(credits()).toEqual([[siti, 1_000_00]]);
    expect(await payOut(10n, 'one key')).toMatchObject({ ok: true, state: 'paid' });
  });
});

test('the same key 10 times at once credits once; 10 keys of a balance for 4 never more than it covers', async () => {
  const same = await Promise.all(Array.from({ length: 10 }, () => payOut(25n, 'one key')));
  expect(same.every((answer) => answer.ok)).toBe(true);
  expect(credits()).toEqual([[siti, 2_500_00]]);
  await Promise.all(Array.from({ length: 10 }, () => payOut(25n)));
  for (let round = 0; round < 5; round++) await payOut(25n);
  expect(credits()).toHaveLength(4);
  expect(await walletOf(club, siti)).toMatchObject({ balance: 0n, held: 0n });
});

test('Shopify says no for good: told why, nothing is held', async () => {
  await creditFault('userError', { message: 'Credit limit exceeded' });
  expect(await payOut(10n)).toMatchObject({ ok: false, reason: 'refused', failure: 'Credit limit exceeded' });
  expect(await walletOf(club, siti)).toMatchObject({ available: 100n, held: 0n });
});

test('refusals: switched off, too much, below the minimum', async () => {
  await setClub(club, { redemption_minimum_units: 10 });
  expect(await payOut(101n)).toMatchObject({ ok: false, reason: 'insufficient', available: 100n });
  expect(await payOut(9n)).toMatchObject({ ok: false, reason: 'below_minimum', minimum: 10n });
  await setClub(club, { payout_active: false });
  expect(await payOut(10n)).toMatchObject({ ok: false, reason: 'disabled' });
  expect(credits()).toEqual([]);
});
