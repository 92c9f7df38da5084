/** New, regular, lapsed by what is in the orders table; the rule itself is in test/examples/lifecycle.ts. */
import { expect, test } from 'vitest';
import { readLifecycleGroup } from '#app/modules/segments/lifecycle.queries.server.ts';
import { award, givenClub, orderEvent, type TestClub } from '#test/support/clubs.ts';
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
