/** Points become a discount code and come back, against the sandbox's Admin API and with orders placed in it. */
import { describe, expect, test } from 'vitest';
import { club, sandbox, shop } from '#test/support/sandbox-bed.ts';
import { release, siti, useRedemptions } from '#test/support/redemption-bed.ts';
import { pool } from '#app/db.server.ts';
import { releaseRedemption } from '#app/modules/redemptions/release-redemption.server.ts';
import { checkDueRedemptions } from '#app/modules/redemptions/check-due.server.ts';
import { deleteEndedCodes } from '#app/modules/redemptions/delete-codes.server.ts';
import { audit, entriesOf, moveClock, setClub, walletOf } from '#test/support/clubs.ts';
import {
  allDue,
  givenSandboxClub,
  givePoints,
  reserve,
  reserved,
  reserveUntilKnown,
  rowOf,
} from '#test/support/redemptions.ts';
import { DEMO_SHOP, USD_SHOP } from '#test/support/sandbox.ts';

useRedemptions();

describe('from reserve to the end', () => {
  test('a reservation holds its points and makes a code for this customer, once', async () => {
    await givePoints(club, siti, 100n);
    const redemption = await reserved(club, siti, 60n);
    expect(redemption).toMatchObject({
      state: 'issued',
      units: 60n,
      amountMinor: 6_000_00n,
      currency: 'IDR',
    });
    expect(redemption.code).toMatch(/^SETIA-[0-9A-Z]{16}$/);
    expect(await walletOf(club, siti)).toEqual({
      balance: 100n,
      available: 40n,
      held: 60n,
      pending: 0n,
      debt: 0n,
    });
    const discount = sandbox.world.shop(DEMO_SHOP).discounts.find(({ code }) => code === redemption.code);
    expect(discount).toMatchObject({
      customerIds: [siti],
      usageLimit: 1,
      appliesOncePerCustomer: true,
      endsAt: redemption.expiresAt.toISOString().replace('.000Z', 'Z'),
    });
    expect(redemption.expiresAt.getTime() - redemption.createdAt.getTime()).toBe(120 * 60_000);
  });

  test('a paid order settles it: one spend, no hold, and what is left of the order earns', async () => {
    await givePoints(club, siti, 100n);
    const { code, redemptionId } = await reserved(club, siti, 60n);
    await shop.tell(await shop.order(siti, [206_000], { codes: [code.toLowerCase()] }));
    // 206,000 - 6,000 = 200,000: 20 points.
    expect(await walletOf(club, siti)).toMatchObject({ balance: 60n, available: 60n, held: 0n });
    expect(await entriesOf(club, siti)).toEqual(['manual_add 100', 'redeem -60', 'order_spend 20']);
    expect(await rowOf(redemptionId)).toMatchObject({
      state: 'settled',
      settled_units: 60n,
      settled_minor: 6_000_00n,
    });
    expect(await release(redemptionId)).toEqual({ ok: false, reason: 'used' });
  });

  test('given back by the shopper: the code ends at Shopify, then the points are free', async () => {
    await givePoints(club, siti, 100n);
    const { code, redemptionId } = await reserved(club, siti, 60n);
    expect(await release(redemptionId)).toEqual({ ok: true });
    expect(await release(redemptionId)).toEqual({ ok: true });
    expect(await walletOf(club, siti)).toMatchObject({ available: 100n, held: 0n });
    await expect(shop.order(siti, [50_000], { codes: [code] })).rejects.toThrow('expired');
  });

  test('a released code is deleted at Shopify at night; one in use stays', async () => {
    await givePoints(club, siti, 100n);
    const first = await reserved(club, siti, 30n);
    const second = await reserved(club, siti, 30n);
    const merchants = await reserved(club, siti, 30n);
    await release(first.redemptionId);
    await release(merchants.redemptionId);
    const { discounts } = sandbox.world.shop(DEMO_SHOP);
    // The merchant deleted this one.
    discounts.splice(
      discounts.findIndex(({ code }) => code === merchants.code),
      1,
    );
    expect(await deleteEndedCodes(new AbortController().signal)).toBe(2);
    expect((await shop.codes()).map(({ code }) => code)).toEqual([second.code]);
    expect((await rowOf(first.redemptionId)).discount_gid).toBeNull();
    expect(await deleteEndedCodes(new AbortController().signal)).toBe(0);
  });

  test('a released code that the merchant switches on again and an order uses is settled', async () => {
    await givePoints(club, siti, 100n);
    const { code, redemptionId } = await reserved(club, siti, 60n);
    await release(redemptionId);
    sandbox.world.shop(DEMO_SHOP).discounts.find((discount) => discount.code === code)!.endsAt = null;
    await shop.tell(await shop.order(siti, [50_000], { codes: [code] }));
    expect((await rowOf(redemptionId)).state).toBe('settled');
    expect(await walletOf(club, siti)).toMatchObject({ balance: 40n, held: 0n });
  });

  test('nobody else gives it back, nor another shop', async () => {
    await givePoints(club, siti, 100n);
    const { redemptionId } = await reserved(club, siti, 60n);
    expect(await release(redemptionId, club.customers[1])).toEqual({ ok: false, reason: 'not_found' });
    const other = await givenSandboxClub(sandbox, USD_SHOP);
    expect(await releaseRedemption({ shopId: other.shopId, customerId: BigInt(siti), redemptionId })).toEqual(
      { ok: false, reason: 'not_found' },
    );
    expect(await walletOf(club, siti)).toMatchObject({ held: 60n });
    await givePoints(other, siti, 5n);
    expect(await reserve(other, siti, 6n)).toMatchObject({
      ok: false,
      reason: 'insufficient',
      available: 5n,
    });
    expect(await audit(other)).toEqual([]);
  });

  test('forgotten: the worker ends it when its time is over', async () => {
    await givePoints(club, siti, 100n);
    const { code, redemptionId } = await reserved(club, siti, 60n);
    await checkDueRedemptions();
    expect((await rowOf(redemptionId)).state).toBe('issued');
    await moveClock('121 minutes');
    await checkDueRedemptions();
    expect(await rowOf(redemptionId)).toMatchObject({ state: 'released', next_check_at: null });
    expect(await walletOf(club, siti)).toMatchObject({ available: 100n, held: 0n });
    await expect(shop.order(siti, [50_000], { codes: [code] })).rejects.toThrow();
  });

  test('a code used while it was given back waits for its order', async () => {
    await givePoints(club, siti, 100n);
    const { code, redemptionId } = await reserved(club, siti, 60n);
    const order = await shop.order(siti, [50_000], { codes: [code] });
    expect(await release(redemptionId)).toEqual({ ok: false, reason: 'used' });
    await moveClock('5 hours');
    await allDue();
    await checkDueRedemptions();
    expect(await walletOf(club, siti)).toMatchObject({ held: 60n });
    await shop.tell(order);
    expect(await walletOf(club, siti)).toMatchObject({ balance: 40n, held: 0n });
  });

  test.each([
    ['more than there is', 101n, 'insufficient'],
    ["less than the shop's minimum", 9n, 'below_minimum'],
  ])('refuses %s', async (_words, units, reason) => {
    await setClub(club, { redemption_minimum_units: 10 });
    await givePoints(club, siti, 100n);
    expect(await reserve(club, siti, units)).toEqual({ ok: false, reason, available: 100n, minimum: 10n });
    expect(await shop.codes()).toEqual([]);
  });

  test('refuses while redemption is off, and when the shop says no to the code', async () => {
    await givePoints(club, siti, 100n);
    await setClub(club, { redemption_enabled: false });
    expect(await reserve(club, siti, 10n)).toMatchObject({ ok: false, reason: 'disabled' });
    await setClub(club, { redemption_enabled: true });
    await shop.fault('userError', { message: 'No discounts today' });
    expect(await reserve(club, siti, 10n, 'key')).toMatchObject({ ok: false, reason: 'refused' });
    expect(await walletOf(club, siti)).toMatchObject({ available: 100n, held: 0n });
    const { rows } = await pool.query(
      'SELECT state, failure FROM redemptions WHERE client_key = $1 AND shop_id = $2',
      ['key', club.shopId],
    );
    expect(rows).toEqual([{ state: 'failed', failure: 'No discounts today' }]);
    expect(await shop.codes()).toEqual([]);
  });
});

describe('at the same time', () => {
  test('of 20 redemptions of a balance that covers 7, exactly 7 succeed', async () => {
    await givePoints(club, siti, 79n);
    const results = await Promise.all(Array.from({ length: 20 }, () => reserveUntilKnown(club, siti, 11n)));
    expect(results.filter((result) => result.ok)).toHaveLength(7);
    expect(results.filter((result) => !result.ok && result.reason === 'insufficient')).toHaveLength(13);
    expect(await walletOf(club, siti)).toMatchObject({ balance: 79n, available: 2n, held: 77n });
    expect(await shop.codes()).toHaveLength(7);
  });

  test('the same key 20 times gives one redemption and one code', async () => {
    await givePoints(club, siti, 100n);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => reserveUntilKnown(club, siti, 11n, 'one key')),
    );
    expect(
      new Set(results.map((result) => (result.ok ? result.redemption.redemptionId : result.reason))).size,
    ).toBe(1);
    expect(results.every((result) => result.ok)).toBe(true);
    expect(await walletOf(club, siti)).toMatchObject({ held: 11n });
    expect(await shop.codes()).toHaveLength(1);
  });

  test('the same key with another amount is refused', async () => {
    await givePoints(club, siti, 100n);
    await reserve(club, siti, 11n, 'one key');
    expect(await reserve(club, siti, 12n, 'one key')).toMatchObject({ ok: false, reason: 'refused' });
    expect(await walletOf(club, siti)).toMatchObject({ held: 11n });
  });

  test('an order that settles while the shopper gives back: spent once or free, never both', async () => {
    await givePoints(club, siti, 100n);
    for (let round = 0; round < 5; round++) {
      const { code, redemptionId } = await reserved(club, siti, 10n);
      const order = await shop.order(siti, [1_000], { codes: [code] });
      await Promise.all([shop.tell(order), release(redemptionId)]);
      expect((await rowOf(redemptionId)).state).toBe('settled');
    }
    expect(await walletOf(club, siti)).toMatchObject({ balance: 50n, held: 0n });
  });
});
