/// <reference types="@shopify/ui-extensions/purchase.checkout.block.render" />
import { waitFor } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import type { ClubView } from '../../extensions/shared/club-api.ts';
import {
  extension,
  press,
  screenText,
  seeText,
  setUpCheckout,
  tearDownCheckout,
  type,
} from './checkout-host.ts';
import { clubAnswer, REDEMPTION, refused, reserved, wallet } from './club-server.ts';

afterEach(() => {
  vi.useRealTimers();
  tearDownCheckout();
});

test('signed out: asks to sign in and asks the app nothing', async () => {
  const host = setUpCheckout();
  host.customer.value = undefined;
  await extension.render();
  await seeText('Sign in to see and use your points.');
  expect(host.server.seen).toEqual([]);
});

test('loading: keeps the room until the club is read', async () => {
  const host = setUpCheckout();
  const gate = Promise.withResolvers<void>();
  extension.fetch = async (...request) => {
    await gate.promise;
    return host.server.fetch(...request);
  };
  await extension.render();
  await waitFor(() => expect(document.body.querySelector('s-skeleton-paragraph')).not.toBeNull());
  expect(document.body.querySelector('[accessibilityLabel], [accessibilitylabel]')).not.toBeNull();
  gate.resolve();
  await seeText('You have 100 points');
});

test('asks about this cart, with the session token, at the address of the bundle', async () => {
  const host = setUpCheckout();
  await extension.render();
  await seeText('You have 100 points, worth Rp 10,000.20 points more pending.');
  expect(host.server.seen).toEqual([
    {
      method: 'GET',
      path: '/api/club?cartAmount=150000.00&currency=IDR',
      authorization: 'Bearer mock-session-token',
      body: null,
    },
  ]);
});

test('in Indonesian', async () => {
  setUpCheckout('id');
  await extension.render();
  await seeText('Anda punya 100 poin, senilai Rp 10.000.20 poin lagi akan segera masuk.');
  expect(screenText()).not.toContain('points');
});

const WITHOUT_FORM: [string, Partial<ClubView>, string][] = [
  [
    'no points',
    { wallets: [wallet({ available: '0', pending: '0' })] },
    'You don’t have any points to spend yet.',
  ],
  ['no wallet at all', { wallets: [] }, 'You don’t have any points to spend yet.'],
  ['fewer than the minimum', { wallets: [wallet({ available: '4' })] }, 'You can use points from 10 points.'],
  [
    'a cart that takes nothing',
    { wallets: [wallet({ spendable: { units: '0', amountMinor: '0' } })] },
    'Nothing in this cart can be paid with points.',
  ],
  ['spending switched off', { redemptionEnabled: false }, 'Paying with points is paused.'],
];
test.each(WITHOUT_FORM)('%s: says so and offers no amount', async (_name, changes, text) => {
  const host = setUpCheckout();
  host.server.club = [clubAnswer(changes)];
  await extension.render();
  await seeText(text);
  expect(document.body.querySelector('s-number-field')).toBeNull();
});

test('a checkout that takes no codes: says so and asks the app nothing', async () => {
  const host = setUpCheckout();
  extension.shopify.instructions.value.discounts.canUpdateDiscountCodes = false;
  await extension.render();
  await seeText('Points can’t be used in this checkout.');
  expect(host.server.seen).toEqual([]);
});

test('chooses an amount, sees its worth, applies it, and undoes it', async () => {
  const host = setUpCheckout();
  await extension.render();
  await seeText('Rp 10,000 off this order');
  press('50 points');
  await seeText('Rp 5,000 off this order');
  press('Apply');
  await seeText('Rp 5,000 off with 50 points');
  expect(host.changes).toEqual(['add SETIA-ABCD']);
  expect(host.server.sent('reserve')[0]?.body).toEqual({
    kind: 'pay',
    key: expect.stringMatching(/^[0-9a-f-]{36}$/),
    unit: 'POINTS',
    units: '50',
    cartAmount: '150000.00',
    currency: 'IDR',
  });
  expect(host.stored.size).toBe(0);

  press('Undo');
  await seeText('You have 100 points');
  expect(host.changes).toEqual(['add SETIA-ABCD', 'remove SETIA-ABCD']);
  expect(host.server.sent('release')[0]?.path).toBe(`/api/redemptions/${REDEMPTION.id}/release`);
});

test('"Use all" takes what the cart can take, down to a step', async () => {
  const host = setUpCheckout();
  host.server.club = [
    clubAnswer({ wallets: [wallet({ spendable: { units: '63', amountMinor: '630000' } })] }),
  ];
  await extension.render();
  await seeText('You have 100 points');
  press('Use all');
  press('Apply');
  await waitFor(() => expect(host.server.sent('reserve')[0]?.body?.['units']).toBe('60'));
});

test.each([
  ['', 'Enter an amount.'],
  ['12.5', 'Enter an amount.'],
  ['5', 'Use at least 10 points.'],
  ['12', 'Use a multiple of 5 points.'],
  ['500', 'You have 100 points to spend.'],
])('typed "%s": told at the field, nothing sent', async (text, error) => {
  const host = setUpCheckout();
  await extension.render();
  await seeText('You have 100 points');
  type(text);
  await seeText('You can use up to 100 points on this cart.');
  press('Apply');
  await waitFor(() => expect(document.querySelector('s-number-field')?.getAttribute('error')).toBe(error));
  expect(host.server.sent('reserve')).toEqual([]);
});

test.each([
  ['insufficient', 'You have 100 points to spend.'],
  ['below_minimum', 'Use at least 10 points.'],
  ['not_a_step', 'Use a multiple of 5 points.'],
  ['exceeds_cart', 'That’s more than you can use on this cart.'],
  ['disabled', 'Paying with points is turned off.'],
  ['refused', 'The store didn’t accept the discount.'],
])('refused because %s: shows why, reads again, another try has another key', async (reason, text) => {
  const host = setUpCheckout();
  host.server.reserve = [refused(reason), reserved()];
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await seeText(text);
  expect(host.server.sent('club')).toHaveLength(2);
  expect(host.changes).toEqual([]);
  press('Apply');
  await seeText('Rp 5,000 off with 50 points');
  const [first, second] = host.server.sent('reserve');
  expect(first?.body?.['key']).not.toBe(second?.body?.['key']);
});

test('refused because one is open already: shows that one', async () => {
  const host = setUpCheckout();
  host.server.club = [clubAnswer(), clubAnswer({ open: REDEMPTION })];
  host.server.reserve = [refused('already_open')];
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await seeText('You already have points reserved.');
  await seeText('50 points are reserved for you, worth Rp 5,000.');
  expect(host.changes).toEqual([]);
});

test('a reservation that is open: used again', async () => {
  const host = setUpCheckout();
  host.server.club = [clubAnswer({ open: REDEMPTION })];
  await extension.render();
  await seeText('50 points are reserved for you');
  press('Use them');
  await seeText('Rp 5,000 off with 50 points');
  expect(host.server.sent('reserve')).toEqual([]);
});

test('a reservation that is open: given back', async () => {
  const host = setUpCheckout();
  host.server.club = [clubAnswer({ open: REDEMPTION })];
  await extension.render();
  await seeText('50 points are reserved for you');
  press('Return to balance');
  await seeText('You have 100 points');
  expect(host.changes).toEqual([]);
});

test('the shopper removes the code in the summary: the reservation is offered again', async () => {
  const host = setUpCheckout();
  host.server.club = [clubAnswer({ open: REDEMPTION })];
  host.codes.value = [{ code: 'setia-abcd' }];
  await extension.render();
  await seeText('Rp 5,000 off with 50 points');
  host.codes.value = [];
  await seeText('50 points are reserved for you');
  expect(host.server.sent('release')).toEqual([]);
});

test('the checkout refuses the code after the reservation: given back, and told', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 });
  const host = setUpCheckout();
  host.refuseChange = 'add';
  await extension.render();
  await seeText('You have 100 points');
  press('Apply');
  await seeText('The discount couldn’t be added to this checkout. Your points are back in your balance.');
  expect(host.server.sent('release')).toHaveLength(1);
});

test.each([
  ['price_is_lower', 'Your own price saves more than these points would'],
  ['not_with_price', 'Points can’t be combined with your own price.'],
])(
  'the customer’s own price is why the code isn’t taken (%s): given back, and told so',
  async (because, text) => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 });
    const host = setUpCheckout();
    host.refuseChange = 'add';
    host.server.release = [{ status: 200, body: { ok: true, because } }];
    await extension.render();
    await seeText('You have 100 points');
    press('Apply');
    await seeText(text);
    expect(host.server.sent('release').map(({ path }) => path)).toEqual([
      `/api/redemptions/${REDEMPTION.id}/release?unapplied=yes`,
    ]);
  },
);

test('reserved points that the checkout doesn’t take are given back only where a price is why', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 });
  const host = setUpCheckout();
  host.server.club = [clubAnswer({ open: REDEMPTION })];
  host.refuseChange = 'add';
  host.server.release = [
    { status: 409, body: { ok: false, reason: 'kept' } },
    { status: 200, body: { ok: true, because: 'price_is_lower' } },
  ];
  await extension.render();
  await seeText('Use them');
  press('Use them');
  await seeText('Your points are still reserved.');
  press('Use them');
  await seeText('Your own price saves more than these points would');
  expect(host.server.sent('release').map(({ path }) => path.split('?')[1])).toEqual([
    'unapplied=price',
    'unapplied=price',
  ]);
});

test('the checkout refuses the removal: nothing is given back', async () => {
  const host = setUpCheckout();
  host.server.club = [clubAnswer({ open: REDEMPTION })];
  host.codes.value = [{ code: REDEMPTION.code }];
  host.refuseChange = 'remove';
  await extension.render();
  await seeText('Undo');
  press('Undo');
  await seeText('The discount couldn’t be removed.');
  expect(host.server.sent('release')).toEqual([]);
  expect(screenText()).toContain('Rp 5,000 off with 50 points');
});

test('giving back what an order has used: told', async () => {
  const host = setUpCheckout();
  host.server.club = [clubAnswer({ open: REDEMPTION })];
  host.server.release = [{ status: 409, body: { ok: false, reason: 'used' } }];
  await extension.render();
  await seeText('Return to balance');
  press('Return to balance');
  await seeText('These points have already been spent on an order.');
  expect(host.server.sent('release')).toHaveLength(1);
});

test('another cart amount: what it can take is read again', async () => {
  const host = setUpCheckout();
  await extension.render();
  await seeText('Rp 10,000 off this order');
  const lessWallet = wallet({ spendable: { units: '30', amountMinor: '300000' } });
  host.server.club = [clubAnswer({ wallets: [lessWallet] })];
  host.subtotal.value = { amount: 3000.5, currencyCode: 'IDR' };
  await seeText('Rp 3,000 off this order');
  expect(host.server.sent('club').at(-1)?.path).toContain('cartAmount=3000.50');
});

test('another customer signs in: read again', async () => {
  const host = setUpCheckout();
  await extension.render();
  await seeText('You have 100 points');
  host.customer.value = { id: 'gid://shopify/Customer/2' };
  await waitFor(() => expect(host.server.sent('club')).toHaveLength(2));
});

test('points and credit: pays with either', async () => {
  const host = setUpCheckout();
  const credit = wallet({
    unit: 'CREDIT',
    available: '2500050',
    pending: '0',
    rate: { units: '1', amountMinor: '1' },
    minimum: '1',
    step: '1',
    spendable: { units: '2500050', amountMinor: '2500050' },
  });
  host.server.club = [clubAnswer({ wallets: [wallet(), credit] })];
  await extension.render();
  await seeText('You have 100 points');
  press('Credit');
  await seeText('You have Rp 25,000.50 credit');
  type('20000,5');
  await seeText('Rp 20,000.50 off this order');
  press('Apply');
  await waitFor(() => expect(host.server.sent('reserve')[0]?.body?.['units']).toBe('2000050'));
  expect(host.server.sent('reserve')[0]?.body?.['unit']).toBe('CREDIT');
});
