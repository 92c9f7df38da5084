/** The till's background: points of a code that was taken off the cart go back, those of a paid order don't. */
import { beforeEach, expect, test, vi } from 'vitest';
import { createStaffClient } from '../../extensions/shared/staff-client.ts';
import { PAID_GRACE_MS, watchCart } from '../../extensions/pos-club/src/watch-cart.ts';
import { REDEMPTION } from './club-server.ts';
import { makeTill, posCart, type PosHost } from './pos-host.ts';

let host: PosHost;
let waiting: { ms: number; go: () => void }[];
let watched: { paid: () => void };

const OURS = { amount: 5_000, type: 'Code', discountDescription: 'SETIA-ABCD' };
const APPLIED = { redemptionId: REDEMPTION.id, customerId: '7001', code: 'SETIA-ABCD' };
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};
const released = () => host.server.sent('POST redemptions/');

beforeEach(async () => {
  host = makeTill();
  waiting = [];
  vi.stubGlobal('fetch', host.server.fetch);
  host.server.on('POST redemptions/', { ok: true });
  host.stored.set('applied', APPLIED);
  host.cart.value = posCart({ customer: { id: 7001 }, cartDiscounts: [OURS] });
  const client = createStaffClient({ origin: 'https://app.example.test', token: async () => 'staff-token' });
  watched = watchCart({
    till: host.till,
    client,
    pause: (ms) => new Promise((go) => waiting.push({ ms, go: () => go() })),
  });
  await settle();
});

/** Lets the time pass that the background waits. */
async function pass(): Promise<void> {
  for (const { go } of waiting.splice(0)) go();
  await vi.waitFor(settle);
  await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a code that was removed by hand gives its points back, after the time of a payment', async () => {
  host.cart.value = posCart({ customer: { id: 7001 } });
  await settle();
  expect(waiting.map(({ ms }) => ms)).toContain(PAID_GRACE_MS);
  expect(released()).toEqual([]);
  await pass();
  expect(released()).toHaveLength(1);
  expect(released()[0]).toMatchObject({
    path: `redemptions/${REDEMPTION.id}/release`,
    body: { customerId: '7001' },
  });
  expect(host.stored.has('applied')).toBe(false);
});

test('an emptied cart gives them back, too', async () => {
  host.cart.value = posCart({ lineItems: [] });
  await settle();
  await pass();
  expect(released()).toHaveLength(1);
});

test('a payment empties the cart as well: nothing is given back', async () => {
  host.cart.value = posCart({ lineItems: [] });
  await settle();
  watched.paid();
  await pass();
  expect(released()).toEqual([]);
  expect(host.stored.has('applied')).toBe(false);
});

test('a code that is back on the cart meanwhile stays', async () => {
  host.cart.value = posCart({ customer: { id: 7001 } });
  await settle();
  host.cart.value = posCart({ customer: { id: 7001 }, cartDiscounts: [OURS] });
  await pass();
  expect(released()).toEqual([]);
  expect(host.stored.get('applied')).toEqual(APPLIED);
});

test('what was taken off while the till was closed is given back when it starts', async () => {
  host.cart.value = posCart();
  await settle();
  waiting = [];
  const client = createStaffClient({ origin: 'https://app.example.test', token: async () => 'staff-token' });
  watchCart({
    till: host.till,
    client,
    pause: (ms) => new Promise((go) => waiting.push({ ms, go: () => go() })),
  });
  await settle();
  await pass();
  expect(released()).toHaveLength(1);
});

test('a lost answer stays noted, and the next change of the cart tries again', async () => {
  host.server.on('POST redemptions/', 'lost', { ok: true });
  host.cart.value = posCart({ customer: { id: 7001 } });
  await settle();
  await pass();
  expect(host.stored.get('applied')).toEqual(APPLIED);
  host.cart.value = posCart({ subtotal: '1.00' });
  await settle();
  await pass();
  expect(released()).toHaveLength(2);
  expect(host.stored.has('applied')).toBe(false);
});
