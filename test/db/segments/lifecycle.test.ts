/** New, regular, lapsed by what is in the orders table; the rule itself is in test/examples/lifecycle.ts. */
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { addDays, startOfDay } from '#app/lib/calendar-days.ts';
import { EVERYBODY } from '#app/modules/segments/customer-filter.ts';
import { readLifecycleGroup } from '#app/modules/segments/lifecycle.queries.server.ts';
import { listCustomers } from '#app/modules/segments/list-customers.server.ts';
import { momentNow } from '#app/modules/segments/read-moment.server.ts';
import { award, givenClub, orderEvent, setClub, type TestClub } from '#test/support/clubs.ts';
import type { OrderSpec } from '#test/support/orders.ts';

const DAY_MS = 86_400_000;
let number = 0;

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

async function ordered(club: TestClub, customer: number, days: number, rest: Partial<OrderSpec> = {}) {
  const id = (number += 1);
  await award(orderEvent(club, { id, customer, lines: [{ price: 1 }], processedAt: daysAgo(days), ...rest }));
}

test('two orders and none for more than 90 days are lapsed; a new order makes them come back', async () => {
  const club = await givenClub();
  await ordered(club, 1, 200);
  await ordered(club, 1, 100);
  expect(await readLifecycleGroup(club.shopId, 1n)).toBe('lapsed');
  await ordered(club, 1, 0);
  expect(await readLifecycleGroup(club.shopId, 1n)).toBeNull();
});

test('only valid orders count: paid, not cancelled, no tests; and only of this shop', async () => {
  const club = await givenClub();
  const other = await givenClub({ domain: 'other.myshopify.com' });
  expect(await readLifecycleGroup(club.shopId, 1n)).toBeNull();
  await ordered(club, 1, 3, { financial: 'pending' });
  await ordered(club, 1, 3, { cancelledAt: daysAgo(1) });
  await ordered(club, 1, 3, { test: true });
  await ordered(other, 1, 3);
  expect(await readLifecycleGroup(club.shopId, 1n)).toBeNull();
  await ordered(club, 1, 3);
  expect(await readLifecycleGroup(club.shopId, 1n)).toBe('new');
  await ordered(club, 1, 1);
  expect(await readLifecycleGroup(club.shopId, 1n)).toBe('regular');
});

test('the tab of regular customers counts days of the shop, whatever the hours between two orders', async () => {
  const club = await givenClub();
  await setClub(club, { regular_days: 30, new_customer_days: 1, lapsed_days: 60 });
  await pool.query(`UPDATE shops SET time_zone = 'Australia/Sydney' WHERE shop_id = $1`, [club.shopId]);
  const { today, timeZone } = await momentNow(club.shopId);
  const HOUR_MS = 3_600_000;
  let customer = 0n;
  for (const days of [28, 29, 30, 31, 32])
    for (const [first, last] of [
      [0.1, 23.9],
      [23.9, 0.1],
      [12, 12],
    ] as const) {
      customer += 1n;
      const at = (day: string, hour: number) =>
        new Date(startOfDay(day, timeZone).getTime() + hour * HOUR_MS).toISOString();
      for (const [day, hour] of [
        [addDays(today, -3 - days), first],
        [addDays(today, -3), last],
      ] as const)
        await ordered(club, Number(customer), 0, { processedAt: at(day, hour) });
    }
  const groups = await Promise.all(
    Array.from({ length: Number(customer) }, (_, index) =>
      readLifecycleGroup(club.shopId, BigInt(index + 1)),
    ),
  );
  const regular = groups.flatMap((group, index) => (group === 'regular' ? [BigInt(index + 1)] : []));
  const { customers } = await listCustomers(club.shopId, { ...EVERYBODY, tab: 'regular' });
  expect(customers.map(({ customerId }) => customerId).toSorted((a, b) => Number(a - b))).toEqual(regular);
  expect(regular).toHaveLength(9);
});

test('days of the groups begin at midnight of the shop', async () => {
  const club = await givenClub();
  const { today, lifecycle } = await momentNow(club.shopId);
  const midnight = Date.parse(`${today}T00:00:00+07:00`) - lifecycle.newDays * DAY_MS;
  await ordered(club, 1, 0, { processedAt: new Date(midnight).toISOString() });
  await ordered(club, 2, 0, { processedAt: new Date(midnight - 1_000).toISOString() });
  expect(await readLifecycleGroup(club.shopId, 1n)).toBe('new');
  expect(await readLifecycleGroup(club.shopId, 2n)).toBeNull();
  const { customers } = await listCustomers(club.shopId, { ...EVERYBODY, tab: 'new' });
  expect(customers.map(({ customerId }) => customerId)).toEqual([1n]);
});
