/// <reference types="@shopify/ui-extensions/purchase.checkout.block.render" />
import { act, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RETRY_PAUSES_MS } from '../../extensions/checkout-redeem/src/flow.ts';
import {
  CUSTOMER_ID,
  extension,
  press,
  screenText,
  seeText,
  setUpCheckout,
  tearDownCheckout,
} from './checkout-host.ts';
import { type Answer, clubAnswer, REDEMPTION, refused, reserved } from './club-server.ts';

const ALL_PAUSES_MS = RETRY_PAUSES_MS.reduce((sum, pause) => sum + pause, 0);

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});

afterEach(() => {
  vi.useRealTimers();
  tearDownCheckout();
});

const passTime = (ms: number) =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });

test.each<[string, Answer, string]>([
  ['offline', 'lost', 'You’re offline'],
  ['a server error', { status: 500, body: {} }, 'can’t be shown right now'],
])('%s: the checkout stays usable, a retry reads again', async (_name, answer, text) => {
  const host = setUpCheckout();
  host.server.club = [answer];
  await extension.render();
  await seeText(text);
  host.server.club = [clubAnswer()];
  press('Try again');
  await seeText('You have 100 points');
  expect(host.server.sent('club')).toHaveLength(2);
});

test.each([401, 403])('a rejected session (%i): asks to reload', async (status) => {
  const host = setUpCheckout();
  host.server.club = [{ status, body: {} }];
  await extension.render();
  await seeText('Your session has ended.');
  expect(host.server.sent('club')).toHaveLength(1);
});

test.each<[string, Answer]>([
  ['lost', 'lost'],
  ['a server error', { status: 502, body: {} }],
  ['"pending"', refused('pending')],
])('the outcome is %s: asked again with the same key until it is known', async (_name, answer) => {
  const host = setUpCheckout();
  host.server.reserve = [answer, answer, reserved()];
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await seeText('Checking whether your points were reserved');
  expect(host.stored.size).toBe(1);
  await passTime(ALL_PAUSES_MS);
  await seeText('Rp 5,000 off with 50 points');
  const bodies = host.server.sent('reserve').map(({ body }) => JSON.stringify(body));
  expect(bodies).toHaveLength(3);
  expect(new Set(bodies).size).toBe(1);
  expect(host.stored.size).toBe(0);
});

test('the outcome stays unknown: the shopper can ask again, still with the same key', async () => {
  const host = setUpCheckout();
  host.server.reserve = ['lost'];
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await seeText('Checking whether');
  await passTime(ALL_PAUSES_MS);
  await seeText('We’re still waiting for a response.');
  expect(host.server.sent('reserve')).toHaveLength(1 + RETRY_PAUSES_MS.length);
  host.server.reserve = [reserved()];
  press('Check again');
  await seeText('Rp 5,000 off with 50 points');
  expect(new Set(host.server.sent('reserve').map(({ body }) => body?.['key'])).size).toBe(1);
});

test('a lost reply and a reload: the same key is asked again', async () => {
  const first = setUpCheckout();
  first.server.reserve = ['lost'];
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await seeText('Checking whether');
  const stored = new Map(first.stored);
  const lostKey = first.server.sent('reserve')[0]?.body?.['key'];
  tearDownCheckout();

  const second = setUpCheckout();
  for (const [key, value] of stored) second.stored.set(key, value);
  await extension.render();
  await seeText('Rp 5,000 off with 50 points');
  expect(second.server.sent('reserve')[0]?.body?.['key']).toBe(lostKey);
});

test('a lost reply and a reload that finds the reservation: nothing is reserved again', async () => {
  const host = setUpCheckout();
  host.stored.set('attempt', attemptOf(CUSTOMER_ID, Date.now()));
  host.server.club = [clubAnswer({ open: REDEMPTION })];
  await extension.render();
  await seeText('50 points are reserved for you');
  await waitFor(() => expect(host.stored.size).toBe(0));
  expect(host.server.sent('reserve')).toEqual([]);
});

test.each([
  ["another customer's", 'gid://shopify/Customer/9', 0, {}],
  ['an old', CUSTOMER_ID, 16 * 60 * 1000, {}],
  ["an earlier version's", CUSTOMER_ID, 0, { endpoint: undefined }],
])('%s unfinished attempt is not asked again', async (_name, customerId, ageMs, change) => {
  const host = setUpCheckout();
  host.stored.set('attempt', { ...attemptOf(customerId, Date.now() - ageMs), ...change });
  await extension.render();
  await seeText('You have 100 points');
  await passTime(100);
  expect(host.server.sent('reserve')).toEqual([]);
});

test('the session ends while reserving: told, nothing applied', async () => {
  const host = setUpCheckout();
  host.server.reserve = [{ status: 401, body: {} }];
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await seeText('Your session has ended.');
  expect(host.changes).toEqual([]);
});

test('too many tries: told once, nothing applied', async () => {
  const host = setUpCheckout();
  host.server.reserve = [{ status: 429, body: { ok: false, reason: 'too_many' } }];
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await seeText('That was a lot of tries in a row.');
  expect(host.server.sent('reserve')).toHaveLength(1);
  expect([host.changes, host.stored.size]).toEqual([[], 0]);
});

test('too many tries after a lost reply: the outcome is still unknown, and asked again with the same key', async () => {
  const host = setUpCheckout();
  host.server.reserve = ['lost', { status: 429, body: {} }, reserved()];
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await passTime(ALL_PAUSES_MS);
  await seeText('Rp 5,000 off with 50 points');
  expect(new Set(host.server.sent('reserve').map(({ body }) => body?.['key'])).size).toBe(1);
});

test('a request the app does not understand: told', async () => {
  const host = setUpCheckout();
  host.server.reserve = [{ status: 400, body: { ok: false, reason: 'bad_request', field: 'units' } }];
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await seeText('Something went wrong. Reload this page and try again.');
  expect(host.changes).toEqual([]);
});

test.each([1, 2, 3])(
  'a fresh code that the checkout refuses %i times at first: applied',
  async (refusals) => {
    const host = setUpCheckout();
    Object.assign(host, { refuseChange: 'add', refusals });
    await extension.render();
    await seeText('You have 100 points');
    press('Apply');
    await passTime(2_500);
    await seeText('Rp 5,000 off with 50 points');
    expect(host.changes).toEqual(Array(refusals + 1).fill('add SETIA-ABCD'));
    expect(host.server.sent('release')).toEqual([]);
  },
);

test('the code fails and giving back fails: the reservation is shown, nothing is hidden', async () => {
  const host = setUpCheckout();
  host.refuseChange = 'add';
  host.server.release = ['lost'];
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await passTime(ALL_PAUSES_MS);
  await seeText('Your points are still reserved.');
  expect(screenText()).toContain('50 points are reserved for you');
});

test('giving back has no answer: tried again, then told that it happens by itself', async () => {
  const host = setUpCheckout();
  host.server.club = [clubAnswer({ open: REDEMPTION })];
  host.server.release = ['lost'];
  await extension.render();
  await seeText('Return to balance');
  press('Return to balance');
  await passTime(ALL_PAUSES_MS);
  await seeText('They return automatically when the reservation ends.');
  expect(host.server.sent('release').length).toBeGreaterThan(1);
});

function attemptOf(customerId: string, startedAt: number) {
  const request = {
    kind: 'pay',
    key: 'k',
    unit: 'POINTS',
    units: '50',
    cartAmount: '150000.00',
    currency: 'IDR',
  };
  return { endpoint: 'redemptions', request, customerId, startedAt };
}
