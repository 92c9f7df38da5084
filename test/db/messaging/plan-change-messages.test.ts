/** A message for each change of value: planned by a reaction, exactly once, however and on whichever worker it runs. */
import { beforeEach, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { reactToEvents } from '#app/jobs/reactions.ts';
import { mergeCustomers } from '#app/modules/crm/merge/merge-customers.server.ts';
import { award, givenClub, orderEvent, setClub, type TestClub } from '#test/support/clubs.ts';

const SITI = 1;
const BUDI = 2;

let club: TestClub;
beforeEach(async () => {
  club = await givenClub();
});

const order = (id: number, customer = SITI) =>
  orderEvent(club, { id, customer, lines: [{ price: 300_000 }] });

async function messages() {
  const { rows } = await pool.query(
    `SELECT kind, customer_id AS customer, details - 'entry' AS details FROM planned_messages WHERE shop_id = $1 ORDER BY message_id`,
    [club.shopId],
  );
  return rows;
}

async function countEvents(): Promise<number> {
  return (await pool.query('SELECT FROM events WHERE shop_id = $1', [club.shopId])).rowCount ?? 0;
}

test('every change of value plans one message while the merchant wants it; before, nothing is written', async () => {
  await award(order(1));
  expect(await countEvents()).toBe(0);
  await setClub(club, { message_on_change: true });
  await award(order(2), order(2));
  await award(order(2));
  expect(await messages()).toEqual([]);
  await reactToEvents();
  await reactToEvents();
  expect(await messages()).toEqual([
    {
      kind: 'change',
      customer: 1n,
      details: { unit: 'POINTS', amount: '30', balance: '60', entryKind: 'order_spend' },
    },
  ]);
});

test('the message is planned although the merchant changed their mind meanwhile: it was wanted when it happened', async () => {
  await setClub(club, { message_on_change: true });
  await award(order(1));
  await setClub(club, { message_on_change: false });
  await award(order(2));
  await reactToEvents();
  expect(await messages()).toMatchObject([{ details: { balance: '30' } }]);
});

test('what a backfill finds in past orders is told to no customer', async () => {
  await setClub(club, { message_on_change: true });
  await award({ ...order(1), backfillId: 1n }, order(2));
  await reactToEvents();
  expect(await messages()).toMatchObject([{ details: { balance: '60' } }]);
});

test('a customer who was merged since: the message goes to the one that is left, and the merge itself is not told', async () => {
  await setClub(club, { message_on_change: true });
  await award(order(1), order(2, BUDI));
  await withTransaction((tx) =>
    mergeCustomers(tx, [
      {
        shopId: club.shopId,
        topic: 'customers/merge',
        triggeredAt: new Date(),
        payload: {
          status: 'completed',
          admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${BUDI}`,
          admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${SITI}`,
        },
      },
    ]),
  );
  expect(await countEvents()).toBe(4);
  await reactToEvents();
  expect(await messages()).toMatchObject([
    { customer: 2n, details: { entryKind: 'order_spend' } },
    { customer: 2n, details: { entryKind: 'order_spend' } },
  ]);
});

test('a customer who was erased since is told nothing', async () => {
  await setClub(club, { message_on_change: true });
  await award(order(1), order(2, BUDI));
  await pool.query(`UPDATE customers SET state = 'redacted' WHERE shop_id = $1 AND customer_id = $2`, [
    club.shopId,
    SITI,
  ]);
  await reactToEvents();
  expect(await messages()).toMatchObject([{ customer: 2n }]);
});

test('two workers at the same time plan each message once, in order', async () => {
  await setClub(club, { message_on_change: true });
  for (let batch = 0; batch < 4; batch++)
    await award(...Array.from({ length: 300 }, (_, index) => order(batch * 300 + index + 1)));
  await Promise.all([reactToEvents(), reactToEvents(), reactToEvents()]);
  const balances = (await messages()).map(({ details }) => Number(details.balance));
  expect(balances).toEqual(Array.from({ length: 1_200 }, (_, index) => (index + 1) * 30));
});
