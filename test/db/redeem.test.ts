/** Points become a discount code and come back, against the sandbox's Admin API and with orders placed in it. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_SHOP, startTestSandbox, USD_SHOP } from '#test/support/sandbox.ts';

const sandbox = await startTestSandbox();
process.env.SHOPIFY_SANDBOX_ORIGIN = sandbox.origin;
// The app reads its environment when it is loaded.
const { pool } = await import('#app/db.server.ts');
const { releaseRedemption } = await import('#app/modules/loyalty/redeem.server.ts');
const { checkDueRedemptions } = await import('#app/modules/loyalty/check-redemptions.server.ts');
const { moveRedemption } = await import('#app/modules/loyalty/redemptions.server.ts');
const { expireLots } = await import('#app/modules/loyalty/expire-lots.server.ts');
const { audit, award, entriesOf, moveClock, setClub, walletOf } = await import('#test/support/clubs.ts');
const { allDue, givenSandboxClub, givePoints, reserve, reserved, reserveUntilKnown, rowOf, shopOf } =
  await import('#test/support/redemptions.ts');

let club: Awaited<ReturnType<typeof givenSandboxClub>>;
let shop: ReturnType<typeof shopOf>;
let siti = 0;

beforeEach(async () => {
  await pool.query('DELETE FROM shops WHERE domain = ANY($1)', [[DEMO_SHOP, USD_SHOP]]);
  club = await givenSandboxClub(sandbox, DEMO_SHOP);
  shop = shopOf(sandbox, club);
  siti = club.customers[0]!;
});
afterEach(async () => {
  await moveClock('0');
  expect(await audit(club)).toEqual([]);
  await sandbox.control('DELETE', '/_control/faults');
  await sandbox.control('POST', '/_control/reset', {});
});
afterAll(() => sandbox.close());

const release = (redemptionId: string, customer = siti) =>
  releaseRedemption({ shopId: club.shopId, customerId: BigInt(customer), redemptionId });

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

describe('late, partly, back', () => {
  test('an order that comes after its redemption was given back is settled, as debt if need be', async () => {
    await givePoints(club, siti, 100n);
    const { code, redemptionId } = await reserved(club, siti, 80n);
    const order = await shop.order(siti, [50_000], { codes: [code] });
    // Shopify counts uses with a delay: at this moment it knows of none.
    sandbox.world.shop(DEMO_SHOP).discounts.find((discount) => discount.code === code)!.uses = [];
    expect(await release(redemptionId)).toEqual({ ok: true });
    const second = await reserved(club, siti, 90n);
    await shop.tell(await shop.order(siti, [9_000], { codes: [second.code] }));
    expect(await walletOf(club, siti)).toMatchObject({ balance: 10n });
    await shop.tell(order);
    expect(await walletOf(club, siti)).toMatchObject({ balance: -70n, debt: 70n, available: 0n, held: 0n });
    await givePoints(club, siti, 100n);
    expect(await walletOf(club, siti)).toMatchObject({ balance: 30n, debt: 0n, available: 30n });
    await shop.tell(await shop.refund(order, { full: true }));
    expect(await walletOf(club, siti)).toMatchObject({ balance: 110n, debt: 0n });
  });

  test("an unpaid order holds on beyond the code's end; paying it settles, cancelling it releases", async () => {
    await givePoints(club, siti, 100n);
    const [first, second] = [await reserved(club, siti, 30n), await reserved(club, siti, 40n)];
    const paidLater = await shop.order(siti, [50_000], { codes: [first.code], paid: false });
    const cancelled = await shop.order(siti, [50_000], { codes: [second.code], paid: false });
    await shop.tell(paidLater, cancelled);
    await moveClock('3 days');
    await allDue();
    await checkDueRedemptions();
    expect(await walletOf(club, siti)).toMatchObject({ balance: 100n, held: 70n });
    expect(await release(first.redemptionId)).toEqual({ ok: false, reason: 'used' });
    await sandbox.control('POST', '/_control/clock', { advanceMs: 5_000 });
    await shop.tell(await shop.pay(paidLater), await shop.cancel(cancelled));
    expect(await walletOf(club, siti)).toMatchObject({ balance: 70n, held: 0n, available: 70n });
    await checkDueRedemptions();
    const ended = (await shop.codes()).find(({ code }) => code === second.code);
    expect(ended?.status).not.toBe('ACTIVE');
    expect((await rowOf(second.redemptionId)).next_check_at).toBeNull();
  });

  test('an order that takes a code while somebody is giving it back keeps its hold', async () => {
    await givePoints(club, siti, 100n);
    const asRead = await reserved(club, siti, 30n);
    await shop.tell(await shop.order(siti, [50_000], { codes: [asRead.code], paid: false }));
    const moved = await moveRedemption(asRead, { to: 'released', nextCheckAt: null });
    expect(moved).toMatchObject({ state: 'issued' });
    expect(await walletOf(club, siti)).toMatchObject({ held: 30n });
  });

  test('a 50,000 code on a 30,000 cart spends 30,000; the rest is free at once', async () => {
    await givePoints(club, siti, 500n);
    const { code } = await reserved(club, siti, 500n);
    await shop.tell(await shop.order(siti, [30_000], { codes: [code] }));
    expect(await walletOf(club, siti)).toMatchObject({ balance: 200n, available: 200n, held: 0n });
    expect(await entriesOf(club, siti)).toEqual(['manual_add 500', 'redeem -300']);
  });

  test('refunds bring it back in proportion, and wholly in the end', async () => {
    await givePoints(club, siti, 50n);
    await givePoints(club, siti, 50n);
    const { code, redemptionId } = await reserved(club, siti, 100n);
    let order = await shop.order(siti, [100_000, 50_000], { codes: [code], quantity: 2 });
    await shop.tell(order);
    // 300,000 less 10,000: 20 points.
    expect(await walletOf(club, siti)).toMatchObject({ balance: 20n });
    order = await shop.refund(order, { lines: [{ line: 0, quantity: 1 }] });
    await shop.tell(order, order);
    // A third of the discount (a piece of 100,000 of 300,000) is 33 points back; 193,333 earn 10.
    expect(await walletOf(club, siti)).toMatchObject({ balance: 43n });
    await shop.tell(
      await shop.refund(order, {
        lines: [
          { line: 0, quantity: 1 },
          { line: 1, quantity: 2 },
        ],
      }),
    );
    expect(await walletOf(club, siti)).toMatchObject({ balance: 100n, debt: 0n });
    expect(await rowOf(redemptionId)).toMatchObject({ state: 'settled', settled_units: 100n });
  });

  test('a refund counted against an older state of its order: what came back too much is taken from where it came', async () => {
    const far = new Date(Date.now() + 90 * 86_400_000);
    await givePoints(club, siti, 100n, far);
    const { code } = await reserved(club, siti, 100n);
    const order = await shop.order(siti, [50_000], { codes: [code], quantity: 1 });
    await givePoints(club, siti, 500n);
    await shop.tell(order);
    const refund = {
      id: 77,
      order_id: order.id,
      refund_line_items: [{ line_item_id: order.line_items[0]!.id, quantity: 1 }],
    };
    await award({ shopId: club.shopId, topic: 'refunds/create', triggeredAt: new Date(), payload: refund });
    expect(await walletOf(club, siti)).toMatchObject({ balance: 600n });
    // The edit to four pieces happened before the refund, its webhook comes after it: a quarter went back.
    const line = { ...order.line_items[0], quantity: 4, current_quantity: 3 };
    const edited = { ...order, line_items: [line], updated_at: new Date(Date.now() + 60_000).toISOString() };
    await shop.tell(edited);
    // 3 x 50,000 of 200,000 less 10,000 is 142,500: 10 points.
    expect(await walletOf(club, siti)).toMatchObject({ balance: 535n, debt: 0n });
    const { rows } = await pool.query(
      'SELECT expires_at, sum(remaining) AS left FROM ledger_lots WHERE shop_id = $1 AND remaining > 0 GROUP BY 1 ORDER BY 1',
      [club.shopId],
    );
    expect(rows).toEqual([
      { expires_at: far, left: '25' },
      { expires_at: null, left: '510' },
    ]);
    await shop.tell({
      ...edited,
      financial_status: 'refunded',
      updated_at: new Date(Date.now() + 90_000).toISOString(),
    });
    expect(await walletOf(club, siti)).toMatchObject({ balance: 600n });
  });

  test('what comes back keeps its expiry, but has at least 7 days', async () => {
    const soon = new Date(Date.now() + 2 * 86_400_000);
    const far = new Date(Date.now() + 90 * 86_400_000);
    await givePoints(club, siti, 40n, soon);
    await givePoints(club, siti, 60n, far);
    const { code } = await reserved(club, siti, 100n);
    const order = await shop.order(siti, [10_000], { codes: [code] });
    await shop.tell(order);
    await shop.tell(await shop.cancel(order, true));
    const { rows } = await pool.query(
      'SELECT remaining, expires_at FROM ledger_lots WHERE shop_id = $1 AND remaining > 0 ORDER BY expires_at',
      [club.shopId],
    );
    expect(rows.map(({ remaining }) => remaining)).toEqual([40n, 60n]);
    expect(rows[1].expires_at).toEqual(far);
    const days = (rows[0].expires_at.getTime() - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(7);
    expect(days).toBeLessThan(8.01);
    // To the end of the day in Jakarta, which is 17:00 UTC.
    expect(rows[0].expires_at.toISOString()).toMatch(/T17:00:00.000Z$/);
  });

  test('what was reserved before midnight can be spent after it', async () => {
    await givePoints(club, siti, 50n, new Date(Date.now() + 30 * 60_000));
    const { code } = await reserved(club, siti, 50n);
    await moveClock('1 hour');
    expect(await expireLots()).toBe(0);
    await shop.tell(await shop.order(siti, [50_000], { codes: [code] }));
    expect(await walletOf(club, siti)).toMatchObject({ balance: 0n, debt: 0n, held: 0n });
    expect(await entriesOf(club, siti)).toEqual(['manual_add 50', 'redeem -50']);
  });
});
