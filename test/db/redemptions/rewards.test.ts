/** Rewards for a fixed price: codes against the sandbox's Admin API, and orders placed with them. */
import { describe, expect, test } from 'vitest';
import { club, sandbox, shop } from '#test/support/sandbox-bed.ts';
import { release, siti, useRedemptions } from '#test/support/redemption-bed.ts';
import { pool } from '#app/db.server.ts';
import { readClub } from '#app/modules/club-api/read-club.server.ts';
import { checkDueRedemptions } from '#app/modules/redemptions/check-due.server.ts';
import {
  saveReward,
  setRewardStatus,
  readReward,
  listRewards,
} from '#app/modules/redemptions/rewards/reward-rows.server.ts';
import { entriesOf, moveClock, setClub, walletOf } from '#test/support/clubs.ts';
import { allDue, givenSandboxClub, givePoints, reserve, rowOf } from '#test/support/redemptions.ts';
import { givenReward, takeReward, tookReward } from '#test/support/rewards.ts';
import { DEMO_SHOP, USD_SHOP } from '#test/support/sandbox.ts';

useRedemptions();

const codeAtShopify = (code: string) =>
  sandbox.world.shop(DEMO_SHOP).discounts.find((discount) => discount.code === code);

describe('from taking to the end', () => {
  test('percent: the price is held, the code takes the percent off for this customer, until its day ends', async () => {
    await givePoints(club, siti, 150n);
    const rewardId = await givenReward(club, {
      percentBp: 1_250,
      minimumCartMinor: 50_000_00n,
      validDays: 10,
      combinesWith: { orderDiscounts: true, productDiscounts: false, shippingDiscounts: true },
    });
    const redemption = await tookReward(club, siti, rewardId);
    expect(redemption).toMatchObject({ kind: 'reward', state: 'issued', units: 100n, amountMinor: 0n });
    expect(redemption.reward).toMatchObject({ rewardId, name: 'Ten off', percentBp: 1_250 });
    expect(await walletOf(club, siti)).toMatchObject({ balance: 150n, available: 50n, held: 100n });
    expect(codeAtShopify(redemption.code)).toMatchObject({
      value: { kind: 'percentage', fraction: 0.125 },
      minimumSubtotal: 50_000_00,
      customerIds: [siti],
      usageLimit: 1,
      combinesWith: { orderDiscounts: true, productDiscounts: false, shippingDiscounts: true },
    });
    // To the end of the tenth day in Jakarta.
    expect(redemption.expiresAt.toISOString()).toMatch(/T17:00:00.000Z$/);
    const days = (redemption.expiresAt.getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(10);
    expect(days).toBeLessThan(11.01);
  });

  test('a paid order spends the whole price once, whatever the percent took off', async () => {
    await givePoints(club, siti, 150n);
    const { code, redemptionId } = await tookReward(club, siti, await givenReward(club));
    const order = await shop.order(siti, [30_000], { codes: [code] });
    await shop.tell(order, order);
    expect(await walletOf(club, siti)).toMatchObject({ balance: 50n, available: 50n, held: 0n });
    expect(await entriesOf(club, siti)).toEqual(['manual_add 150', 'redeem -100']);
    expect(await rowOf(redemptionId)).toMatchObject({
      state: 'settled',
      settled_units: 100n,
      settled_minor: 3_000_00n,
    });
    expect(await release(redemptionId)).toEqual({ ok: false, reason: 'used' });
  });

  test('amount: a cart that takes only a part of it spends the whole price too', async () => {
    await givePoints(club, siti, 100n);
    const { code, amountMinor } = await tookReward(club, siti, await givenReward(club, { kind: 'amount' }));
    expect(amountMinor).toBe(20_000_00n);
    expect(codeAtShopify(code)?.value).toEqual({ kind: 'fixed_amount', amount: 20_000_00 });
    await shop.tell(await shop.order(siti, [5_000], { codes: [code] }));
    expect(await walletOf(club, siti)).toMatchObject({ balance: 0n, held: 0n });
  });

  test('refunds bring the price back in proportion, and wholly in the end', async () => {
    await givePoints(club, siti, 100n);
    const { code } = await tookReward(club, siti, await givenReward(club));
    let order = await shop.order(siti, [10_000, 20_000], { codes: [code] });
    await shop.tell(order);
    expect(await walletOf(club, siti)).toMatchObject({ balance: 0n });
    order = await shop.refund(order, { lines: [{ line: 0, quantity: 1 }] });
    await shop.tell(order, order);
    // A third of the 3,000 that were taken off.
    expect(await walletOf(club, siti)).toMatchObject({ balance: 33n });
    await shop.tell(await shop.refund(order, { lines: [{ line: 1, quantity: 1 }] }));
    expect(await walletOf(club, siti)).toMatchObject({ balance: 100n, debt: 0n });
  });

  test('cancelled: paid brings all back, unpaid frees the hold', async () => {
    await givePoints(club, siti, 200n);
    const rewardId = await givenReward(club);
    const [paid, unpaid] = [await tookReward(club, siti, rewardId), await tookReward(club, siti, rewardId)];
    const first = await shop.order(siti, [50_000], { codes: [paid.code] });
    const second = await shop.order(siti, [50_000], { codes: [unpaid.code], paid: false });
    await shop.tell(first, second);
    expect(await walletOf(club, siti)).toMatchObject({ balance: 100n, held: 100n });
    await sandbox.control('POST', '/_control/clock', { advanceMs: 5_000 });
    await shop.tell(await shop.cancel(first, true), await shop.cancel(second));
    expect(await walletOf(club, siti)).toMatchObject({ balance: 200n, available: 200n, held: 0n });
  });

  test('given back by the shopper, or by time: the code ends and the price is free', async () => {
    await givePoints(club, siti, 200n);
    const rewardId = await givenReward(club, { validDays: 3, limitPerCustomer: 2 });
    const [first, second] = [await tookReward(club, siti, rewardId), await tookReward(club, siti, rewardId)];
    expect(await takeReward(club, siti, rewardId)).toMatchObject({ ok: false, reason: 'limit_customer' });
    expect(await release(first.redemptionId)).toEqual({ ok: true });
    expect(await walletOf(club, siti)).toMatchObject({ available: 100n, held: 100n });
    await moveClock('5 days');
    await checkDueRedemptions();
    expect((await rowOf(second.redemptionId)).state).toBe('released');
    expect(await walletOf(club, siti)).toMatchObject({ available: 200n, held: 0n });
    await moveClock('0');
    await expect(shop.order(siti, [50_000], { codes: [second.code] })).rejects.toThrow('expired');
    // What was given back does not count against the limit.
    expect(await takeReward(club, siti, rewardId)).toMatchObject({ ok: true });
  });

  test('a cart that the code takes nothing off gives the price back', async () => {
    await givePoints(club, siti, 100n);
    const { code, redemptionId } = await tookReward(club, siti, await givenReward(club, { kind: 'amount' }));
    const order = await shop.order(siti, [50_000], { codes: [code] });
    const bare = {
      ...order,
      total_price: '50000.00',
      total_price_set: null,
      line_items: order.line_items.map((line) => ({ ...line, discount_allocations: [] })),
    };
    await shop.tell(bare);
    expect((await rowOf(redemptionId)).state).toBe('released');
    expect(await walletOf(club, siti)).toMatchObject({ balance: 100n, held: 0n });
  });

  test('the terms are those of when it was taken, whatever the merchant changes meanwhile', async () => {
    await givePoints(club, siti, 100n);
    const rewardId = await givenReward(club);
    await shop.fault('status500');
    await shop.fault('status500', { operation: 'codeDiscountNodeByCode' });
    const answer = await takeReward(club, siti, rewardId, { key: 'one key' });
    expect(answer).toMatchObject({ ok: false, reason: 'pending' });
    const reward = (await readReward(pool, club.shopId, rewardId))!;
    expect(await saveReward(club.shopId, rewardId, 1, { ...reward, percentBp: 5_000 })).toBe('saved');
    expect(await saveReward(club.shopId, rewardId, 1, { ...reward, percentBp: 100 })).toBe(
      'changed_meanwhile',
    );
    await allDue();
    await checkDueRedemptions();
    const again = await takeReward(club, siti, rewardId, { key: 'one key' });
    expect(again).toMatchObject({ ok: true });
    expect((await shop.codes()).length).toBe(1);
    if (again.ok)
      expect(codeAtShopify(again.redemption.code)?.value).toEqual({ kind: 'percentage', fraction: 0.1 });
  });
});

describe('refusals', () => {
  test.each([
    ['fewer points than its price', { units: 151n }, 'insufficient'],
    ['a cart below its minimum', { minimumCartMinor: 100_000_01n }, 'below_minimum_cart'],
  ] as const)('%s, with the figures', async (_words, change, reason) => {
    await givePoints(club, siti, 150n);
    const rewardId = await givenReward(club, change);
    const answer = await takeReward(club, siti, rewardId, { cart: 100_000_00n });
    expect(answer).toMatchObject({ ok: false, reason, available: 150n, reward: { rewardId, ...change } });
    expect(await shop.codes()).toEqual([]);
    expect(await walletOf(club, siti)).toMatchObject({ held: 0n });
  });

  test("paused, removed, unknown, a gift, another shop's", async () => {
    await givePoints(club, siti, 500n);
    const paused = await givenReward(club);
    expect(await setRewardStatus(club.shopId, paused, 'paused')).toBe(true);
    expect(await setRewardStatus(club.shopId, paused, 'paused')).toBe(false);
    const removed = await givenReward(club);
    expect(await setRewardStatus(club.shopId, removed, 'removed')).toBe(true);
    expect(await setRewardStatus(club.shopId, removed, 'active')).toBe(false);
    const gift = await givenReward(club, { kind: 'other' });
    const other = await givenSandboxClub(sandbox, USD_SHOP);
    const foreign = await givenReward(other);
    for (const rewardId of [paused, removed, gift, foreign, 999_999n])
      expect(await takeReward(club, siti, rewardId)).toMatchObject({ ok: false, reason: 'reward_gone' });
    await setRewardStatus(club.shopId, paused, 'active');
    expect(await takeReward(club, siti, paused)).toMatchObject({ ok: true });
    const program = (await readReward(pool, club.shopId, paused))!.programId;
    expect((await listRewards(club.shopId, program)).map(({ rewardId, taken }) => [rewardId, taken])).toEqual(
      [
        [paused, 1],
        [gift, 0],
      ],
    );
  });

  test('Shopify says no: nothing is held, and the limit is free again', async () => {
    await givePoints(club, siti, 100n);
    const rewardId = await givenReward(club, { limitTotal: 1 });
    await shop.fault('userError', { message: 'No discounts today' });
    expect(await takeReward(club, siti, rewardId)).toMatchObject({ ok: false, reason: 'refused' });
    expect(await walletOf(club, siti)).toMatchObject({ available: 100n, held: 0n });
    expect(await takeReward(club, siti, rewardId)).toMatchObject({ ok: true });
  });

  test('a reward may be taken while paying with points is off', async () => {
    await givePoints(club, siti, 100n);
    await setClub(club, { redemption_enabled: false });
    expect(await reserve(club, siti, 10n)).toMatchObject({ ok: false, reason: 'disabled' });
    expect(await takeReward(club, siti, await givenReward(club))).toMatchObject({ ok: true });
  });
});

describe('at the same time', () => {
  const tries = 12;
  const countOf = (results: Awaited<ReturnType<typeof takeReward>>[], reason: string | null) =>
    results.filter((result) => (result.ok ? reason === null : result.reason === reason)).length;

  test('a limit of 3 for one customer: of 12 exactly 3', async () => {
    await givePoints(club, siti, 5_000n);
    const rewardId = await givenReward(club, { limitPerCustomer: 3 });
    const results = await Promise.all(Array.from({ length: tries }, () => takeReward(club, siti, rewardId)));
    expect([countOf(results, null), countOf(results, 'limit_customer')]).toEqual([3, 9]);
    expect(await walletOf(club, siti)).toMatchObject({ held: 300n });
    expect(await shop.codes()).toHaveLength(3);
  });

  test('a limit of 4 in total over many customers: of 12 exactly 4', async () => {
    const customers = Array.from(
      { length: tries },
      (_, index) => club.customers[index % club.customers.length]!,
    );
    for (const customer of new Set(customers)) await givePoints(club, customer, 5_000n);
    const rewardId = await givenReward(club, { limitTotal: 4 });
    const results = await Promise.all(customers.map((customer) => takeReward(club, customer, rewardId)));
    expect([countOf(results, null), countOf(results, 'limit_total')]).toEqual([4, 8]);
    const { rows } = await pool.query('SELECT sum(held) AS held FROM ledger_accounts WHERE shop_id = $1', [
      club.shopId,
    ]);
    expect(rows).toEqual([{ held: '400' }]);
  });

  test('a balance that covers 5: of 12 exactly 5', async () => {
    await givePoints(club, siti, 599n);
    const rewardId = await givenReward(club);
    const results = await Promise.all(Array.from({ length: tries }, () => takeReward(club, siti, rewardId)));
    expect([countOf(results, null), countOf(results, 'insufficient')]).toEqual([5, 7]);
  });

  test('the same key 12 times is one redemption; for another reward it is refused', async () => {
    await givePoints(club, siti, 500n);
    const rewardId = await givenReward(club, { limitPerCustomer: 1 });
    const results = await Promise.all(
      Array.from({ length: tries }, () => takeReward(club, siti, rewardId, { key: 'one key' })),
    );
    const ids = results.flatMap((result) => (result.ok ? [result.redemption.redemptionId] : []));
    expect(new Set(ids).size).toBe(1);
    expect(await walletOf(club, siti)).toMatchObject({ held: 100n });
    const other = await givenReward(club);
    expect(await takeReward(club, siti, other, { key: 'one key' })).toMatchObject({ reason: 'refused' });
    expect(await reserve(club, siti, 5n, 'one key')).toMatchObject({ ok: false, reason: 'refused' });
  });
});

test('what the checkout is told: every reward, what is missing, and the code that waits', async () => {
  await givePoints(club, siti, 120n);
  const cheap = await givenReward(club, { name: 'Cheap', units: 20n, limitPerCustomer: 1 });
  await givenReward(club, { name: 'Big cart', units: 30n, minimumCartMinor: 500_000_00n });
  await givenReward(club, { name: 'Phone', kind: 'other', units: 1_000n, description: 'A phone' });
  const gone = await givenReward(club, { name: 'Gone', units: 5n });
  await setRewardStatus(club.shopId, gone, 'paused');
  const { code } = await tookReward(club, siti, cheap);
  const view = await readClub({
    shopDomain: club.domain,
    customerId: BigInt(siti),
    cart: { amountMinor: 100_000_00n, currency: 'IDR' },
  });
  expect(view?.rewards.map(({ name, obstacle, missing }) => [name, obstacle, missing])).toEqual([
    ['Cheap', 'limit_customer', '0'],
    ['Big cart', 'below_minimum_cart', '0'],
    ['Phone', 'insufficient', '900'],
  ]);
  expect(view?.open).toMatchObject({ code, reward: { name: 'Cheap', kind: 'percent', percentBp: 1_000 } });
});
