/**
 * A Shopify that takes only connections of nodes in bulk queries, as it documents: orders still come, by the first
 * sync and by a backfill, and give and count what they do by the query that is wanted.
 */
import { expect, test, vi } from 'vitest';
import { club, installAgain, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { logger } from '#app/lib/logger.server.ts';
import { backfilled } from '#test/support/backfills.ts';
import { audit, setRule } from '#test/support/clubs.ts';
import { startSync, syncUntilOver } from '#test/support/syncs.ts';

useSandboxShop({ hasOrders: false });

const SITI = 'siti.rahmawati@example.com';

async function givenOrders(): Promise<void> {
  for (const input of [
    { code: 'HEMAT', amount: 10_000, combinesWith: ['shipping'] },
    { code: 'ONGKIR', class: 'shipping', percent: 50, combinesWith: ['order'] },
  ])
    await sandbox.control('POST', '/_control/discounts', input);
  const order = (more: object) =>
    sandbox.control('POST', '/_control/orders', {
      customer: SITI,
      lines: [
        { product: 'batik-tulis-parang', quantity: 2 },
        { title: 'Kain', price: '123456.78' },
      ],
      ...more,
    });
  const placed = [
    await order({}),
    await order({ shipping: '20000', shippingTax: '1981.98' }),
    await order({ shipping: '20000', discountCodes: ['HEMAT', 'ONGKIR'] }),
    await order({ shipping: '9000', manualDiscount: { title: 'Sale', amount: '5000' } }),
  ];
  expect(placed.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
}

const refuseOthers = (isOfNodesOnly: boolean) =>
  sandbox.control('POST', '/_control/bulk-queries', { isOfNodesOnly });

async function outcome(): Promise<unknown> {
  await installAgain();
  await setRule(club, { stepMinor: 1_000_00n, units: 1n, includeTax: false, includeShipping: true });
  await startSync(club);
  const rows = await syncUntilOver(club);
  await backfilled(club);
  expect(await audit(club)).toEqual([]);
  return {
    sync: rows.orders,
    orders: await select(
      'SELECT order_id, net_minor, items, state FROM orders WHERE shop_id = $1 ORDER BY 1',
    ),
    points: await select(
      'SELECT amount, order_id FROM ledger_entries WHERE shop_id = $1 ORDER BY order_id, amount',
    ),
  };
}

/** How many orders were read one by one. */
async function readAlone(): Promise<number> {
  const { body } = await sandbox.control('GET', '/_control/requests?operation=ReadOrder&limit=1000');
  return body.requests.length;
}

test('the same orders, figures and points, where codes are read one by one, and the log says so', async () => {
  await givenOrders();
  const expected = await outcome();
  expect(expected).toMatchObject({ sync: { state: 'done', failure: null }, orders: { length: 4 } });
  expect(await readAlone()).toBe(0);
  await refuseOthers(true);
  const warn = vi.spyOn(logger, 'warn');
  expect(await outcome()).toEqual(expected);
  // The one with codes, for the sync and for the backfill.
  expect(await readAlone()).toBe(2);
  expect(warn.mock.calls.map(([, message]) => message)).toEqual([
    expect.stringContaining('those with codes are read one by one'),
    expect.stringContaining('those with codes are read one by one'),
  ]);
  warn.mockRestore();
});

test('where the other query is refused too, the sync ends as before', async () => {
  await sandbox.control('POST', '/_control/faults', {
    target: 'graphql',
    kind: 'userError',
    operation: 'bulkOperationRunQuery',
    times: 20,
    message: 'Internal trouble',
  });
  await startSync(club);
  expect((await syncUntilOver(club)).orders).toMatchObject({ state: 'failed', failure: 'refused' });
});
