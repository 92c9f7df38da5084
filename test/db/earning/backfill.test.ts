/** Past orders of the sandbox's shop, collected by its bulk operations, given to the ledger and taken back. */
import { expect, test } from 'vitest';
import { club, grantAllOrders, sandbox, select, shop, useSandboxShop } from '#test/support/sandbox-bed.ts';
import * as db from '#app/db.server.ts';
import * as clubs from '#test/support/clubs.ts';
import * as shops from '#test/support/redemptions.ts';
import * as fill from '#test/support/backfills.ts';
import * as work from '#app/modules/earning/backfill/process-backfills.server.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useSandboxShop({ hasOrders: false });

const balances = async (): Promise<Record<string, string>> => {
  const rows: { customer: string; value: string }[] = await select(
    `SELECT customer_id::text AS customer, balance || CASE debt WHEN 0 THEN '' ELSE '/' || debt END AS value
     FROM ledger_accounts WHERE shop_id = $1 AND (balance, debt) <> (0, 0) ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ customer, value }) => [customer, value]));
};
const entryCount = async () =>
  Number((await select('SELECT count(*) AS n FROM ledger_entries WHERE shop_id = $1'))[0].n);

/** Orders of three customers: plain, long, refunded in part and whole, cancelled, pending, a test and a guest. */
async function givenHistory() {
  const [a, b, c] = club.customers as [number, number, number];
  const plain = await shop.order(a, [250_000]);
  const long = await shop.order(
    b,
    Array.from({ length: 60 }, () => 100_000),
  );
  const part = await shop.order(c, [300_000, 200_000]);
  await shop.refund(part, { lines: [{ line: 1, quantity: 1 }] });
  await shop.refund(part, { amount: '50000' });
  await shop.refund(await shop.order(c, [700_000]), { full: true });
  await shop.cancel(await shop.order(a, [900_000]), true);
  await shop.order(a, [400_000], { paid: false });
  const guest = (customer: number | null, change: object) =>
    sandbox.control('POST', '/_control/orders', {
      shop: DEMO_SHOP,
      customer,
      lines: [{ title: 'Kain', price: 150_000 }],
      ...change,
    });
  await guest(a, { test: true });
  await guest(null, { email: 'nobody@example.com' });
  const known = sandbox.world.shop(DEMO_SHOP).customers.find(({ id }) => id === b)!;
  await guest(null, { email: known.email });
  return { a, b, c, plain, long, part };
}

test('the dry run says what the run gives, and posts nothing itself', async () => {
  const { a, b, c } = await givenHistory();
  const { totals, orders_found } = await fill.dryRun(club);
  expect(orders_found).toBe(9);
  expect(await entryCount()).toBe(0);
  expect(totals).toMatchObject({
    earning: 4,
    customers: 3,
    nothing: { undone: 2, not_paid: 1, test_order: 1, no_customer: 1 },
  });
  await fill.move(club, 'run');
  const done = await fill.workUntil(club, 'done');
  expect(done.orders_done).toBe(9);
  const given = await balances();
  expect(given[a]).toBe('20');
  expect(given[b]).toBe('610');
  const sum = Object.values(given).reduce((total, balance) => total + BigInt(balance), 0n);
  expect(`${sum}`).toBe(totals!.points);
  expect(BigInt(given[c]!)).toBeGreaterThan(0n);
  expect(await clubs.audit(club)).toEqual([]);
  expect(await select('SELECT 1 FROM backfill_orders WHERE shop_id = $1')).toEqual([]);
});

test('an order counts from its own time: what would be over by now is told before, and is over after the run', async () => {
  await clubs.setRule(club, { includeTax: true, lifetimeDays: 30 });
  const [a] = club.customers as [number];
  await grantAllOrders();
  await sandbox.control('POST', '/_control/clock', { offsetMs: -90 * 86_400_000 });
  await shop.order(a, [500_000]);
  await sandbox.control('POST', '/_control/clock', { offsetMs: 0 });
  await shop.order(a, [200_000]);
  const { totals } = await fill.dryRun(club);
  expect(totals).toMatchObject({ points: '70', expiredPoints: '50' });
  await fill.move(club, 'run');
  await fill.workUntil(club, 'done');
  expect(await clubs.walletOf(club, a)).toMatchObject({ balance: 20n, available: 20n });
  expect(await clubs.entriesOf(club, a)).toEqual(['order_spend 50', 'order_spend 20', 'expire -50']);
  const [lot] = await select(
    'SELECT valid_from, expires_at FROM ledger_lots WHERE shop_id = $1 ORDER BY entry_id',
  );
  expect(lot.expires_at.getTime()).toBeLessThan(Date.now());
  expect(await clubs.audit(club)).toEqual([]);
});

test('again, it finds everything known and gives nothing', async () => {
  await givenHistory();
  await fill.backfilled(club);
  const [before, entries] = [await balances(), await entryCount()];
  await fill.start(club);
  const { totals } = await fill.workUntil(club, 'done');
  expect(totals).toMatchObject({ earning: 0, points: '0' });
  // All but the one that is not paid and the test order, which keep no rules.
  expect(totals!.nothing.known).toBe(7);
  expect(await select('SELECT order_id FROM backfill_orders WHERE shop_id = $1')).toEqual([]);
  expect([await balances(), await entryCount()]).toEqual([before, entries]);
});

test('webhooks of the same orders before, during and after change nothing', async () => {
  const { a, plain, long, part } = await givenHistory();
  await shop.tell(plain);
  const { totals } = await fill.dryRun(club);
  expect(totals!.nothing.known).toBe(1);
  await shop.tell(long);
  await fill.move(club, 'run');
  const payloads = (await sandbox.control('GET', `/_control/orders?shop=${DEMO_SHOP}`)).body.orders;
  await Promise.all([fill.workUntil(club, 'done'), shop.tell(...payloads), shop.tell(part)]);
  const first = await balances();
  await shop.tell(...payloads);
  expect(await balances()).toEqual(first);
  expect(first[a]).toBe('20');
  const twice = await select(
    `SELECT order_id FROM ledger_entries WHERE shop_id = $1 AND kind = 'order_spend' GROUP BY 1 HAVING count(*) > 1`,
  );
  expect(twice).toEqual([]);
  expect(await clubs.audit(club)).toEqual([]);
  // What its webhook gave is not of the backfill, so undoing it leaves that.
  await fill.move(club, 'undo');
  await fill.workUntil(club, 'undone');
  expect((await balances())[a]).toBe('20');
});

test('paused, it stands still; resumed, it ends as if it had not been', async () => {
  await givenHistory();
  const { totals } = await fill.dryRun(club);
  await fill.move(club, 'run');
  await fill.move(club, 'pause');
  await work.processBackfills();
  expect(await entryCount()).toBe(0);
  await expect(fill.move(club, 'run')).rejects.toThrow('elsewhere');
  await fill.move(club, 'resume');
  await fill.workUntil(club, 'done');
  const sum = Object.values(await balances()).reduce((total, balance) => total + BigInt(balance), 0n);
  expect(`${sum}`).toBe(totals!.points);
});

test('two workers at once do it once', async () => {
  await givenHistory();
  const { totals } = await fill.dryRun(club);
  await fill.move(club, 'run');
  await Promise.all([work.processBackfills(), work.processBackfills(), work.processBackfills()]);
  const row = await fill.backfillRow(club);
  expect([row.state, row.orders_done]).toEqual(['done', 9]);
  const sum = Object.values(await balances()).reduce((total, balance) => total + BigInt(balance), 0n);
  expect(`${sum}`).toBe(totals!.points);
});

test('undone, every balance is what it was; a new backfill by other rules gives again', async () => {
  const { a } = await givenHistory();
  await shops.givePoints(club, a, 7n);
  const before = await balances();
  await fill.backfilled(club);
  expect(await balances()).not.toEqual(before);
  await fill.move(club, 'undo');
  await fill.workUntil(club, 'undone');
  expect(await balances()).toEqual(before);
  expect(await clubs.audit(club)).toEqual([]);
  const reasons = await select(
    `SELECT DISTINCT kind, reason FROM ledger_entries WHERE shop_id = $1 AND amount < 0`,
  );
  expect(reasons).toEqual([{ kind: 'cancel_reversal', reason: 'backfill_undone' }]);
  // Late events of undone orders give nothing.
  await shop.tell(...(await sandbox.control('GET', `/_control/orders?shop=${DEMO_SHOP}`)).body.orders);
  expect((await balances())[a]).toBe('7');

  await clubs.setRule(club, { includeTax: true, units: 20n });
  await fill.backfilled(club);
  expect((await balances())[a]).toBe('47');
  expect(await clubs.audit(club)).toEqual([]);
});

test('undone after some was spent: what is missing is owed, and later earnings pay it', async () => {
  const { b } = await givenHistory();
  await fill.backfilled(club);
  await db.pool.query(`UPDATE club_settings SET redemption_enabled = true WHERE shop_id = $1`, [club.shopId]);
  const redemption = await shops.reserved(club, b, 100n);
  await shop.tell(await shop.order(b, [1_000_000], { codes: [redemption.code] }));
  const spent = await clubs.walletOf(club, b);
  const { readUndoFigures } = await import('#app/modules/earning/backfill/undo-figures.server.ts');
  const { backfill_id: backfillId } = await fill.backfillRow(club);
  const figures = await readUndoFigures({ shopId: club.shopId, backfillId });
  expect(figures.find(({ unit }) => unit === 'POINTS')).toMatchObject({ customers: 3 });
  await fill.move(club, 'undo');
  await fill.workUntil(club, 'undone');
  const after = await clubs.walletOf(club, b);
  expect(after.balance).toBe(spent.balance - 610n);
  const { spent: alreadySpent, missing } = figures.find(({ unit }) => unit === 'POINTS')!;
  expect([alreadySpent, missing]).toEqual([100n, 10n]);
  expect(after.debt).toBe(missing);
  expect(await clubs.audit(club)).toEqual([]);
});

test('cancelled before the run: nothing was posted, what was collected is gone', async () => {
  await givenHistory();
  await fill.dryRun(club);
  await fill.move(club, 'cancel');
  expect(await entryCount()).toBe(0);
  expect(await select('SELECT 1 FROM backfill_orders WHERE shop_id = $1')).toEqual([]);
  await expect(fill.move(club, 'undo')).rejects.toThrow('elsewhere');
  await fill.start(club);
});

test('one at a time; rules that changed since the dry run have it counted again', async () => {
  await givenHistory();
  await fill.dryRun(club);
  await expect(fill.start(club)).rejects.toThrow('active');
  await clubs.setRule(club, { includeTax: true, units: 30n });
  await expect(fill.move(club, 'run')).rejects.toThrow('rules_changed');
  const before = (await fill.backfillRow(club)).totals!.points;
  await fill.move(club, 'recount');
  const { totals } = await fill.workUntil(club, 'ready');
  expect(BigInt(totals!.points)).toBe(BigInt(before) * 3n);
});

test('only orders from the chosen day on', async () => {
  const [a] = club.customers as [number];
  await sandbox.control('POST', '/_control/clock', { offsetMs: -40 * 86_400_000 });
  await shop.order(a, [500_000]);
  await sandbox.control('POST', '/_control/clock', { offsetMs: 0 });
  await shop.order(a, [200_000]);
  const from = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
  expect((await fill.dryRun(club, from)).totals).toMatchObject({ points: '20' });
});

test('a file that breaks off is resumed where it stopped; an expired address is requested again', async () => {
  await givenHistory();
  const plain = (await fill.dryRun(club)).totals!;
  await fill.move(club, 'cancel');
  await sandbox.control('POST', '/_control/faults', { target: 'bulk', kind: 'partial', times: 100 });
  await fill.start(club);
  let cursor = '0';
  while (cursor === '0') {
    await work.processBackfills();
    [{ cursor = '0' }] = await select(
      `SELECT coalesce(cursor, '0') AS cursor FROM backfills WHERE shop_id = $1 ORDER BY backfill_id DESC LIMIT 1`,
    );
  }
  await sandbox.control('DELETE', '/_control/faults');
  await sandbox.control('POST', '/_control/faults', { target: 'bulk', kind: 'expired' });
  // Half of the file is there already and is not fetched again: twice the lines would make other orders.
  expect((await fill.backfillRow(club)).state).toBe('collecting');
  const { totals, orders_found } = await fill.workUntil(club, 'ready');
  expect([orders_found, totals!.earning, totals!.points]).toEqual([9, 4, plain.points]);
});

test('a start whose answer was lost is found again: one operation', async () => {
  await givenHistory();
  const lost = { target: 'graphql', kind: 'lostReply', operation: 'bulkOperationRunQuery' };
  await sandbox.control('POST', '/_control/faults', lost);
  await fill.dryRun(club);
  const starts = (await sandbox.control('GET', '/_control/requests?operation=RunBulkQuery')).body.requests;
  expect(starts).toHaveLength(1);
});

test.each([
  ['fails', 'shopify_failed'],
  ['expired', 'expired'],
] as const)('an operation that %s ends the backfill with the reason', async (kind, failure) => {
  await givenHistory();
  await sandbox.control('POST', '/_control/faults', { target: 'bulk', kind, times: 2 });
  await fill.start(club);
  await expect(fill.workUntil(club, 'ready')).rejects.toThrow(`failed: ${failure}`);
  expect(await select('SELECT 1 FROM backfill_orders WHERE shop_id = $1')).toEqual([]);
});

test('a customer whose data is erased is no longer in what was collected', async () => {
  const { a } = await givenHistory();
  await fill.dryRun(club);
  const { eraseCustomer } = await import('#app/modules/privacy/erase-customer.server.ts');
  const guest = { id: a, email: 'nobody@example.com', phone: null };
  const payload = { customer: guest, orders_to_redact: [] };
  await db.withTransaction((tx) =>
    eraseCustomer(tx, { shopId: club.shopId, topic: 'customers/redact', triggeredAt: new Date(), payload }),
  );
  const rows = await select('SELECT payload::text AS text FROM backfill_orders WHERE shop_id = $1');
  expect(rows).toHaveLength(4);
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(`Customer/${a}|nobody@`));
});

test('no orders: done, with nothing in it', async () => {
  await fill.start(club);
  expect((await fill.workUntil(club, 'done')).totals).toMatchObject({
    earning: 0,
    customers: 0,
    points: '0',
    nothing: {},
  });
});
