/** Points as Shopify's own store credit: paid once, whatever happens to Shopify's answer. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_SHOP, startTestSandbox } from '#test/support/sandbox.ts';

const sandbox = await startTestSandbox();
process.env.SHOPIFY_SANDBOX_ORIGIN = sandbox.origin;
// The app reads its environment when it is loaded.
const { pool } = await import('#app/db.server.ts');
const { payOutStoreCredit } = await import('#app/modules/loyalty/payout-store-credit.server.ts');
const { releaseRedemption } = await import('#app/modules/loyalty/redeem.server.ts');
const { checkDueRedemptions } = await import('#app/modules/loyalty/check-redemptions.server.ts');
const { audit, entriesOf, setClub, walletOf } = await import('#test/support/clubs.ts');
const { allDue, givenSandboxClub, givePoints, rowOf } = await import('#test/support/redemptions.ts');

let club: Awaited<ReturnType<typeof givenSandboxClub>>;
let siti = 0;

beforeEach(async () => {
  await pool.query('DELETE FROM shops WHERE domain = $1', [DEMO_SHOP]);
  club = await givenSandboxClub(sandbox, DEMO_SHOP);
  siti = club.customers[0]!;
  await setClub(club, { payout_active: true });
  await givePoints(club, siti, 100n);
});
afterEach(async () => {
  expect(await audit(club)).toEqual([]);
  await sandbox.control('DELETE', '/_control/faults');
  await sandbox.control('POST', '/_control/reset', {});
});
afterAll(() => sandbox.close());

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
const fault = (kind: string, change: object = {}) =>
  sandbox.control('POST', '/_control/faults', {
    target: 'graphql',
    kind,
    operation: 'storeCreditAccountCredit',
    ...change,
  });

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
  ])('%s, done all the same: found among the transactions, not paid twice', async (kind, change) => {
    await payOut(10n);
    await fault(kind, change);
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
    await fault('status500');
    const redemptionId = await lostPayout(10n);
    expect(credits()).toEqual([]);
    await allDue();
    await checkDueRedemptions();
    expect((await rowOf(redemptionId)).state).toBe('settled');
    expect(credits()).toEqual([[siti, 1_000_00]]);
  });

  test('Shopify cannot even be asked what there was: nothing is credited, tried again later', async () => {
    await fault('status500', { operation: 'ReadStoreCredit', times: 2 });
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
    await fault('lostReply');
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
  await fault('userError', { message: 'Credit limit exceeded' });
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
