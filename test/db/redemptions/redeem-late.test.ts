/** Orders that come late, refunds of what was spent, and expiry while it is reserved, with Shopify beside it. */
import { describe, expect, test } from 'vitest';
import { club, sandbox, shop } from '#test/support/sandbox-bed.ts';
import { release, siti, useRedemptions } from '#test/support/redemption-bed.ts';
import { pool } from '#app/db.server.ts';
import { checkDueRedemptions } from '#app/modules/redemptions/check-due.server.ts';
import { moveRedemption } from '#app/modules/redemptions/redemption-rows.server.ts';
import { expireLots } from '#app/modules/ledger/expiry/expire-lots.server.ts';
import { award, entriesOf, moveClock, walletOf } from '#test/support/clubs.ts';
import { allDue, givePoints, reserve, reserved, rowOf } from '#test/support/redemptions.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useRedemptions();

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

  test('a guest who uses the code of a customer, by their e-mail address, settles it for that customer', async () => {
    await givePoints(club, siti, 100n);
    const { code, redemptionId } = await reserved(club, siti, 60n);
    const { email } = sandbox.world.shop(DEMO_SHOP).customers.find(({ id }) => id === siti)!;
    await shop.tell(await shop.order(null, [50_000], { codes: [code], email: email! }));
    expect((await rowOf(redemptionId)).state).toBe('settled');
    expect(await walletOf(club, siti)).toMatchObject({ balance: 40n, held: 0n });
  });

  test('a code that Shopify refused and the merchant made by hand settles when an order uses it', async () => {
    await givePoints(club, siti, 100n);
    const { discounts } = sandbox.world.shop(DEMO_SHOP);
    const made = await reserved(club, siti, 10n);
    await shop.fault('userError');
    expect(await reserve(club, siti, 60n, 'key')).toMatchObject({ ok: false, reason: 'refused' });
    const { rows } = await pool.query(
      `SELECT redemption_id AS id, code FROM redemptions WHERE state = 'failed'`,
    );
    const [{ id, code }] = rows;
    discounts.push({ ...discounts.find((each) => each.code === made.code)!, id: 1, code });
    await shop.tell(await shop.order(siti, [50_000], { codes: [code] }));
    expect((await rowOf(id)).state).toBe('settled');
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

  test('an order that takes a code while it is being released keeps its hold', async () => {
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
    const edited = {
      ...order,
      line_items: [line],
      total_price: '190000.00',
      total_price_set: null,
      updated_at: new Date(Date.now() + 60_000).toISOString(),
    };
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
