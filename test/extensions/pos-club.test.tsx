import { getExtension } from '@shopify/ui-extensions-tester';
import { fireEvent, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { club, REDEMPTION, reward } from './club-server.ts';
import { buttonOf, fill, pageText, pressButton, see } from './extension-page.ts';
import { installTill, makeTill, posCart, type PosHost } from './pos-host.ts';
import { staffCustomer, staffOrder } from './staff-server.ts';

const configSearchDir = `${process.cwd()}/extensions/pos-club`;
const action = getExtension('pos.customer-details.action.render', { configSearchDir });
const block = getExtension('pos.customer-details.block.render', { configSearchDir });
const tile = getExtension('pos.home.tile.render', { configSearchDir });
const modal = getExtension('pos.home.modal.render', { configSearchDir });
const paid = getExtension('pos.purchase.post.block.render', { configSearchDir });

let host: PosHost;
beforeEach(() => {
  host = makeTill();
});
afterEach(() => {
  for (const each of [action, block, tile, modal, paid]) each.tearDown();
  vi.unstubAllEnvs();
});

/** Opens the action of customer 7001. */
async function openAction(customer = staffCustomer()) {
  action.setUp();
  installTill(action.shopify, host);
  action.shopify.customer.id = 7001;
  host.server.on('GET customers/7001', customer);
  action.fetch = host.server.fetch;
  await action.render();
}

const RESERVED = { ok: true, redemption: REDEMPTION };

describe('spending', () => {
  test('reserves for this cart, puts customer and code on it, and says so', async () => {
    await openAction();
    await see('100 points, worth Rp 10,000');
    host.server.on('POST redemptions', RESERVED);
    fill('Points to use', '50');
    await pressButton('Use on this cart');
    await waitFor(() => expect(host.changes).toEqual(['customer 7001', 'add SETIA-ABCD']));
    const [request] = host.server.sent('POST redemptions');
    expect(request).toMatchObject({
      authorization: 'Bearer staff-token',
      body: { customerId: '7001', kind: 'pay', units: '50', cartAmount: '150000.00', currency: 'IDR' },
    });
    await waitFor(() => expect(host.toasts).toEqual(['Points are on the cart']));
    expect(host.stored.get('applied')).toMatchObject({ code: 'SETIA-ABCD', customerId: '7001' });
  });

  test('what the cart does not take goes back at once, with the reason', async () => {
    host.refusals = 3;
    await openAction();
    await see('100 points');
    host.server.on('POST redemptions', RESERVED).on('POST redemptions/', { ok: true });
    await pressButton('Use on this cart');
    await see('The cart didn’t take the discount. The points are back.');
    expect(host.server.sent('POST redemptions/')).toHaveLength(1);
    expect(host.stored.has('applied')).toBe(false);
  });

  test('a lost answer is asked for again with the same key: one redemption', async () => {
    await openAction();
    await see('100 points');
    host.server.on('POST redemptions', 'lost', RESERVED);
    await pressButton('Use on this cart');
    await waitFor(() => expect(host.changes).toContain('add SETIA-ABCD'));
    const keys = host.server.sent('POST redemptions').map(({ body }) => body.key);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  test('a wrong amount is said at the field and not sent', async () => {
    await openAction();
    await see('100 points');
    fill('Points to use', '500');
    await pressButton('Use on this cart');
    await see('The customer has 100 points to spend.');
    expect(host.server.sent('POST')).toEqual([]);
  });

  test('a refusal of the club is said in its words: the same rules as online', async () => {
    const offered = reward({ obstacle: null });
    await openAction(staffCustomer({ club: club({ rewards: [offered] }) }));
    await see(offered.name);
    host.server.on('POST redemptions', {
      ...{ status: 409, body: { ok: false, reason: 'below_minimum_cart', available: '100', minimum: '80' } },
    });
    await pressButton('Use this reward');
    await see('The cart is below the reward’s minimum. No points were used.');
    expect(host.changes).toEqual([]);
  });

  test('a cart that cannot be changed takes nothing', async () => {
    host.cart.value = posCart({ editable: false });
    await openAction();
    await see('This cart can’t be changed right now.');
    expect(pageText()).not.toContain('Use on this cart');
  });
});

describe('undo', () => {
  test('takes the code off and leaves codes of others on the cart', async () => {
    const others = { amount: 1_000, type: 'Code', discountDescription: 'HEMAT10' };
    const ours = { amount: 5_000, type: 'Code', discountDescription: 'setia-abcd' };
    host.cart.value = posCart({ customer: { id: 7001 }, cartDiscounts: [others, ours] });
    await openAction(staffCustomer({ club: club({ open: REDEMPTION }) }));
    host.server.on('POST redemptions/', { ok: true });
    await pressButton('Remove and return points');
    await waitFor(() => expect(host.server.sent('POST redemptions/')).toHaveLength(1));
    expect(host.changes).toEqual(['remove', 'add HEMAT10']);
    expect(host.server.sent('POST redemptions/')[0]?.body).toEqual({ customerId: '7001' });
  });

  test('a redemption that was begun online is used or returned here', async () => {
    await openAction(staffCustomer({ club: club({ open: REDEMPTION }) }));
    await pressButton('Use on this cart');
    await waitFor(() => expect(host.changes).toEqual(['customer 7001', 'add SETIA-ABCD']));
    expect(host.server.sent('POST')).toEqual([]);
  });
});

describe('consent', () => {
  test('is asked by a code before anything is reserved; the wrong one is said', async () => {
    await openAction(staffCustomer({ consent: 'code' }));
    await see('100 points');
    await pressButton('Use on this cart');
    await see('The customer confirms');
    expect(host.server.sent('POST')).toEqual([]);
    host.server.on('POST consent-codes', { ok: true, to: '+62 ••••• 890', validSeconds: 300 });
    await pressButton('Send the code');
    await see('Sent to +62 ••••• 890');
    fill('Code', '1234');
    host.server.on(
      'POST redemptions',
      { status: 409, body: { ok: false, reason: 'code_wrong', available: '0', minimum: '0' } },
      RESERVED,
    );
    await pressButton('Confirm and use');
    await see('That code is wrong.');
    const [sent] = host.server.sent('POST consent-codes');
    const [reserved] = host.server.sent('POST redemptions');
    expect(reserved?.body).toMatchObject({ consentCode: '1234', key: sent?.body.key });
    expect(host.changes).toEqual([]);
  });

  test('without a phone nothing can be spent, and it says why', async () => {
    await openAction(staffCustomer({ consent: 'no_phone' }));
    await see('This customer has no phone number');
    expect(pageText()).not.toContain('Pay with points');
  });
});

describe('the customer’s block', () => {
  async function openBlock() {
    block.setUp();
    installTill(block.shopify, host);
    block.shopify.customer.id = 7001;
    block.fetch = host.server.fetch;
    await block.render();
  }

  test('shows balance and standing, and keeps the balance for the receipt', async () => {
    host.server.on('GET customers/7001', staffCustomer());
    await openBlock();
    await see('100 points');
    await see('Club member');
    await waitFor(() =>
      expect(host.stored.get('balance')).toEqual({ customerId: '7001', text: '100 points' }),
    );
  });

  test('a user who may not use the app reads a sentence, and there is no button', async () => {
    host.mayUseApp = false;
    await openBlock();
    await see('You don’t have permission to use this app.');
    expect(document.querySelector('s-button')).toBeNull();
    expect(host.server.seen).toEqual([]);
  });

  test('offline it says so and asks nothing; back online it reads', async () => {
    host.connectivity.value = { internetConnected: 'Disconnected' };
    host.server.on('GET customers/7001', staffCustomer());
    await openBlock();
    await see('This till is offline.');
    expect(host.server.seen).toEqual([]);
    host.connectivity.value = { internetConnected: 'Connected' };
    await see('100 points');
  });
});

describe('the home tile and its modal', () => {
  test('shows the points of the cart’s customer, and the way to find one without', async () => {
    tile.setUp();
    installTill(tile.shopify, host);
    host.server.on('GET customers/7001', staffCustomer());
    tile.fetch = host.server.fetch;
    await tile.render();
    await see('Find or add a member');
    host.cart.value = posCart({ customer: { id: 7001 } });
    await see('100 points');
    host.connectivity.value = { internetConnected: 'Disconnected' };
    await see('Offline');
  });

  test('is off, with the reason, for a user who may not use the app', async () => {
    host.mayUseApp = false;
    host.cart.value = posCart({ customer: { id: 7001 } });
    tile.setUp();
    installTill(tile.shopify, host);
    tile.fetch = host.server.fetch;
    await tile.render();
    await see('No permission for this app');
    await waitFor(() => expect(document.querySelector('s-tile')?.hasAttribute('disabled')).toBe(true));
    expect(host.server.seen).toEqual([]);
  });

  test('takes the points of one customer off the cart of another', async () => {
    host.stored.set('applied', { redemptionId: REDEMPTION.id, customerId: '7001', code: 'SETIA-ABCD' });
    const ours = { amount: 5_000, type: 'Code', discountDescription: 'SETIA-ABCD' };
    host.cart.value = posCart({ customer: { id: 7001 }, cartDiscounts: [ours] });
    tile.setUp();
    installTill(tile.shopify, host);
    host.server.on('GET customers/', staffCustomer());
    tile.fetch = host.server.fetch;
    await tile.render();
    await see('100 points');
    expect(host.changes).toEqual([]);
    host.cart.value = { ...host.cart.value, customer: { id: 7002 } };
    await waitFor(() => expect(host.changes).toEqual(['remove']));
  });

  async function openModal() {
    modal.setUp();
    installTill(modal.shopify, host);
    modal.fetch = host.server.fetch;
    await modal.render();
  }

  test('finds a customer by phone and puts them on the cart', async () => {
    host.server
      .on('GET people', { ok: true, phone: '+6281234567890', people: [staffCustomer().person] })
      .on('GET customers/7001', staffCustomer());
    await openModal();
    fill('Phone number', '0812-3456-7890');
    await pressButton('Search');
    await pressButton('Wulan Sari · +6281234567890');
    await see('100 points');
    expect(host.changes).toEqual(['customer 7001']);
  });

  test('who is not found joins with a press; pressed again the key is the same', async () => {
    host.server
      .on('GET people', { ok: true, phone: '+6281298765432', people: [] })
      .on('POST customers', 'lost', { ok: true, customerId: '7001', isNew: true })
      .on('GET customers/7001', staffCustomer());
    await openModal();
    fill('Phone number', '081298765432');
    await pressButton('Search');
    await see('No one has this number yet.');
    fill('First name', 'Rama');
    await pressButton('Add to the club');
    await see('The app didn’t answer.');
    await pressButton('Add to the club');
    await see('100 points');
    const [first, second] = host.server.sent('POST customers');
    expect(first?.body).toMatchObject({ phone: '081298765432', firstName: 'Rama', smsConsent: false });
    expect(second?.body.key).toBe(first?.body.key);
  });

  test('text that is no phone number is said at the field', async () => {
    host.server.on('GET people', { ok: false, reason: 'unclear' });
    await openModal();
    fill('Phone number', '12');
    await pressButton('Search');
    await see('Enter a phone number');
  });
});

describe('after the payment', () => {
  async function openPaid(customerId?: number) {
    paid.setUp();
    installTill(paid.shopify, host);
    Object.defineProperty(paid.shopify, 'order', {
      value: { id: 5001, name: '#1001', customerId },
      configurable: true,
    });
    paid.fetch = host.server.fetch;
    await paid.render();
  }

  test('says what was earned and the new balance, also when Shopify tells of the order late', async () => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout'],
      shouldAdvanceTime: true,
      advanceTimeDelta: 500,
    });
    host.server
      .on('GET orders/5001', { status: 404, body: {} }, staffOrder())
      .on('GET customers/7001', staffCustomer());
    await openPaid(7001);
    await see('Points for this purchase are being counted.');
    await vi.advanceTimersByTimeAsync(3_500);
    await see('This purchase earned 20 points.');
    await see('Balance: 100 points');
    vi.useRealTimers();
  });

  test('a walk-in can join', async () => {
    await openPaid();
    await see('No customer on this order');
    expect(buttonOf('Add to the club')).toBeTruthy();
    expect(host.server.seen).toEqual([]);
  });
});

test('in Indonesian', async () => {
  host = makeTill('id');
  await openAction();
  await see('100 poin, senilai Rp 10.000');
  await see('Bayar dengan poin');
  expect(pageText()).not.toMatch(/[a-z]+\.[a-z]+\.[a-z]/);
});

test('the price of this customer is asked for and shown', async () => {
  await openAction();
  await see('100 points');
  host.server.on('GET prices', {
    ...{ lines: [], grossMinor: '15000000', totalMinor: '13500000', isOff: false, isUnavailable: false },
  });
  fireEvent.click(buttonOf('Show the price of this customer'));
  await see('Member price Rp 135,000, Rp 15,000 less');
  expect(host.server.sent('GET prices')[0]?.path).toContain('items=v11x2');
});

test('goods of the cart that are for others only are named, as the cart changes', async () => {
  await openAction(staffCustomer({ lockedProducts: ['5', '6'] }));
  await see('100 points');
  expect(pageText()).not.toContain('Not for this customer');
  const line = { variantId: 51, quantity: 1 };
  host.cart.value = posCart({
    lineItems: [
      { ...line, productId: 5, title: 'Batik Tulis' },
      { ...line, productId: 7, title: 'Teh' },
    ],
  });
  await see('Not for this customer: Batik Tulis');
  host.cart.value = posCart();
  await waitFor(() => expect(pageText()).not.toContain('Not for this customer'));
});
