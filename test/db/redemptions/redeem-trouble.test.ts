/** Shopify answers late, wrongly or not at all while a code is made or ended: no value lost, no second code. */
import { describe, expect, test } from 'vitest';
import { club, sandbox, shop } from '#test/support/sandbox-bed.ts';
import { release, siti, useRedemptions } from '#test/support/redemption-bed.ts';
import { pool } from '#app/db.server.ts';
import { checkDueRedemptions } from '#app/modules/redemptions/check-due.server.ts';
import { moveClock, walletOf } from '#test/support/clubs.ts';
import { allDue, givePoints, reserve, reserved, rowOf } from '#test/support/redemptions.ts';

useRedemptions();

describe('when Shopify fails while the code is made', () => {
  const ONCE = 1;
  const ALWAYS = 50;

  test.each([
    ['429', { kind: 'status429' }],
    ['throttled', { kind: 'throttled' }],
    ['500', { kind: 'status500' }],
    ['500 after the work was done', { kind: 'status500', executes: true }],
    ['no answer', { kind: 'timeout', delayMs: 50 }],
    ['no answer after the work was done', { kind: 'timeout', delayMs: 50, executes: true }],
    ['a lost reply', { kind: 'lostReply' }],
  ])('%s once: the shopper still has one code', async (_words, { kind, ...fault }) => {
    await givePoints(club, siti, 100n);
    await shop.fault(kind, { ...fault, times: ONCE });
    const redemption = await reserved(club, siti, 60n);
    expect((await shop.codes()).map(({ code }) => code)).toEqual([redemption.code]);
    expect(await walletOf(club, siti)).toMatchObject({ balance: 100n, held: 60n });
  });

  test.each([
    ['500', { kind: 'status500' }],
    ['a lost reply, and no look-up either', { kind: 'lostReply' }],
  ])('%s all the time: pending, and the worker makes sure later, of one code', async (_words, { kind }) => {
    await givePoints(club, siti, 100n);
    await shop.fault(kind, { times: ALWAYS });
    if (kind === 'lostReply')
      await shop.fault('status500', { times: ALWAYS, operation: 'codeDiscountNodeByCode' });
    expect(await reserve(club, siti, 60n, 'key')).toMatchObject({ ok: false, reason: 'pending' });
    expect(await walletOf(club, siti)).toMatchObject({ balance: 100n, available: 40n, held: 60n });
    await allDue();
    await checkDueRedemptions();
    expect(await reserve(club, siti, 60n, 'key')).toMatchObject({ ok: false, reason: 'pending' });
    await sandbox.control('DELETE', '/_control/faults');
    await allDue();
    await checkDueRedemptions();
    const again = await reserve(club, siti, 60n, 'key');
    expect(again.ok && again.redemption.state).toBe('issued');
    expect(await shop.codes()).toHaveLength(1);
    expect(await walletOf(club, siti)).toMatchObject({ held: 60n });
  });

  test('unknown until its time is over: the points come back, and a code that was made is ended', async () => {
    await givePoints(club, siti, 100n);
    await shop.fault('lostReply', { times: ALWAYS });
    await shop.fault('status500', { times: ALWAYS, operation: 'codeDiscountNodeByCode' });
    await reserve(club, siti, 60n, 'key');
    const [{ code } = { code: '' }] = await shop.codes();
    await moveClock('3 hours');
    await checkDueRedemptions();
    expect(await walletOf(club, siti)).toMatchObject({ held: 60n });
    await sandbox.control('DELETE', '/_control/faults');
    await allDue();
    await checkDueRedemptions();
    expect(await walletOf(club, siti)).toMatchObject({ available: 100n, held: 0n });
    await expect(shop.order(siti, [50_000], { codes: [code] })).rejects.toThrow('expired');
  });

  test('given back while nobody can be asked: offered no more, and free when the worker could ask', async () => {
    await givePoints(club, siti, 100n);
    const { redemptionId } = await reserved(club, siti, 60n);
    await shop.fault('status500', { times: ALWAYS, operation: 'discountCodeDeactivate' });
    expect(await release(redemptionId)).toEqual({ ok: false, reason: 'pending' });
    expect(await walletOf(club, siti)).toMatchObject({ held: 60n });
    await sandbox.control('DELETE', '/_control/faults');
    await allDue();
    await checkDueRedemptions();
    expect(await walletOf(club, siti)).toMatchObject({ held: 0n, available: 100n });
  });

  test('one that cannot be checked does not keep the others waiting', async () => {
    await givePoints(club, siti, 100n);
    const [broken, sound] = [await reserved(club, siti, 10n), await reserved(club, siti, 20n)];
    await pool.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken row'; END $$`,
    );
    await pool.query(`CREATE TRIGGER refuse BEFORE UPDATE ON redemptions FOR EACH ROW
      WHEN (OLD.redemption_id = '${broken.redemptionId}' AND NEW.state <> OLD.state) EXECUTE FUNCTION refuse()`);
    await moveClock('121 minutes');
    await checkDueRedemptions();
    expect((await rowOf(sound.redemptionId)).state).toBe('released');
    expect(await rowOf(broken.redemptionId)).toMatchObject({ state: 'issued', attempts: 1 });
    await pool.query('DROP FUNCTION refuse CASCADE');
    await allDue();
    await checkDueRedemptions();
    expect(await walletOf(club, siti)).toMatchObject({ held: 0n, available: 100n });
  });

  test('given back while Shopify was still making it: the code that comes late is ended', async () => {
    await givePoints(club, siti, 100n);
    await shop.fault('delay', { delayMs: 600 });
    const reserving = reserve(club, siti, 60n, 'key');
    await expect
      .poll(() =>
        pool
          .query('SELECT 1 FROM redemptions WHERE client_key = $1 AND shop_id = $2', ['key', club.shopId])
          .then(({ rowCount }) => rowCount),
      )
      .toBe(1);
    const { rows } = await pool.query(
      'SELECT redemption_id FROM redemptions WHERE client_key = $1 AND shop_id = $2',
      ['key', club.shopId],
    );
    expect(await release(rows[0].redemption_id)).toEqual({ ok: true });
    expect(await reserving).toMatchObject({ ok: false, reason: 'refused' });
    const [{ code } = { code: '' }] = await shop.codes();
    await checkDueRedemptions();
    await expect(shop.order(siti, [50_000], { codes: [code] })).rejects.toThrow('expired');
    expect(await walletOf(club, siti)).toMatchObject({ held: 0n, available: 100n });
  });
});
