/// <reference types="@shopify/ui-extensions/customer-account.order-status.block.render" />
/** What an order means for the club, on its page and after it, and the standing beside the orders, in Shopify's own tester. */
import { type Signal, signal } from '@preact/signals';
import { getExtension } from '@shopify/ui-extensions-tester';
import { waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { OrderPointsView } from '../../extensions/shared/account-api.ts';
import {
  accountOf,
  type App,
  APP_URL,
  control,
  createApp,
  CUSTOMER_ID,
  folderOf,
  give,
  ok,
  press,
  screenText,
  seeText,
  textsOf,
} from './account-host.ts';
import { club, REDEMPTION } from './club-server.ts';

const configSearchDir = folderOf('account-blocks');
const orderStatus = getExtension('customer-account.order-status.block.render', { configSearchDir });
const thankYou = getExtension('purchase.thank-you.block.render', { configSearchDir });
const orderIndex = getExtension('customer-account.order-index.block.render', { configSearchDir });

const POINTS = 'POST /api/orders/1234/points';
const CLAIM = 'POST /api/orders/1234/claim';

function view(changes: Partial<OrderPointsView> = {}): OrderPointsView {
  return {
    state: 'earned',
    points: '120',
    credit: '0',
    currency: 'IDR',
    currencyDigits: 2,
    clubTitle: 'Setia Club',
    used: [],
    usableFrom: null,
    available: '220',
    ...changes,
  };
}

const money = (amount: number) => ({ amount, currencyCode: 'IDR' });
const LINES = [
  {
    id: 'gid://shopify/CartLine/1',
    quantity: 2,
    merchandise: { id: 'gid://shopify/ProductVariant/11', product: { id: 'gid://shopify/Product/1' } },
    cost: { totalAmount: money(90_000) },
  },
  {
    id: 'gid://shopify/CartLine/2',
    quantity: 1,
    merchandise: { id: 'gid://shopify/ProductVariant/22', product: { id: 'gid://shopify/Product/2' } },
    cost: { totalAmount: money(60_000) },
  },
];
/** What the app is asked: the order's discount of 15,000 is shared out by amount. */
const ASKED = {
  currency: 'IDR',
  codes: ['SETIA-ABCD'],
  lines: [
    { productId: '1', variantId: '11', quantity: 2, gross: '90000.00', discount: '9000.00' },
    { productId: '2', variantId: '22', quantity: 1, gross: '60000.00', discount: '6000.00' },
  ],
};

interface Host {
  app: App;
  authentication: Signal<string>;
  logins: number;
  loginIsDismissed: boolean;
}

function giveOrder(shopify: object): void {
  give(shopify, 'lines', signal(LINES));
  give(shopify, 'discountCodes', signal([{ code: 'SETIA-ABCD' }]));
  give(
    shopify,
    'discountAllocations',
    signal([{ type: 'code', code: 'SETIA-ABCD', discountedAmount: money(15_000) }]),
  );
  give(shopify, 'sessionToken', { get: async () => 'token' });
}

function setUpOrderStatus(answers: App['answers'], locale: 'en' | 'id' = 'en'): Host {
  vi.stubEnv('APP_URL', APP_URL);
  orderStatus.setUp();
  const host: Host = {
    app: createApp(answers),
    authentication: signal('fully_authenticated'),
    logins: 0,
    loginIsDismissed: false,
  };
  orderStatus.fetch = host.app.fetch;
  const { shopify } = orderStatus;
  giveOrder(shopify);
  give(shopify, 'i18n', textsOf('account-blocks', locale));
  give(shopify, 'order', signal({ id: 'gid://shopify/Order/1234', name: '#1001' }));
  give(shopify, 'authenticationState', host.authentication);
  give(shopify, 'requireLogin', async () => {
    host.logins += 1;
    if (host.loginIsDismissed) throw new Error('dismissed');
  });
  return host;
}

function setUpThankYou(answers: App['answers'], customer: string | null): App {
  vi.stubEnv('APP_URL', APP_URL);
  thankYou.setUp();
  const app = createApp(answers);
  thankYou.fetch = app.fetch;
  const { shopify } = thankYou;
  giveOrder(shopify);
  give(shopify, 'i18n', textsOf('account-blocks', 'en'));
  give(
    shopify,
    'orderConfirmation',
    signal({ order: { id: 'gid://shopify/Order/1234' }, isFirstOrder: true }),
  );
  give(shopify, 'buyerIdentity', { customer: signal(customer === null ? undefined : { id: customer }) });
  give(shopify, 'shop', {
    myshopifyDomain: 'one.myshopify.com',
    storefrontUrl: 'https://store.example.test/',
  });
  return app;
}

afterEach(() => {
  vi.useRealTimers();
  for (const extension of [orderStatus, thankYou, orderIndex]) extension.tearDown();
  vi.unstubAllEnvs();
});

describe('the page of an order', () => {
  test('signed in: what it earned, what paid for it, and the balance', async () => {
    const used = [{ unit: 'POINTS' as const, units: '50', reward: null }];
    const { app } = setUpOrderStatus({ [POINTS]: [ok(view({ used }))] });
    await orderStatus.render();
    await seeText('You earned 120 points with this order.');
    expect(screenText()).toContain('You used 50 points.');
    expect(screenText()).toContain('You have 220 points to use.');
    expect(control('Open the club').getAttribute('href')).toBe('extension:account-club/');
    expect(app.sent(POINTS).map(({ body }) => body)).toEqual([ASKED]);
  });

  test('in Indonesian', async () => {
    setUpOrderStatus({ [POINTS]: [ok(view())] }, 'id');
    await orderStatus.render();
    await seeText('Anda mendapat 120 poin dari pesanan ini.');
  });

  test('opened from a link: the points of the order without a balance, and a sign-in that may be dismissed', async () => {
    const host = setUpOrderStatus({ [POINTS]: [ok(view({ state: 'waiting', available: null }))] });
    host.authentication.value = 'pre_authenticated';
    host.loginIsDismissed = true;
    await orderStatus.render();
    await seeText('120 points are waiting for this order.');
    expect(screenText()).not.toContain('You have');
    press('Sign in');
    await waitFor(() => expect(host.logins).toBe(1));
    await seeText('120 points are waiting for this order.');
  });

  test("a guest's order is claimed after the sign-in, and then it is theirs", async () => {
    const { app } = setUpOrderStatus({
      [POINTS]: [ok(view({ state: 'waiting', available: '0' })), ok(view())],
      [CLAIM]: [ok({ ok: true })],
    });
    await orderStatus.render();
    await seeText('120 points of this order are waiting for you.');
    press('Get my points');
    await seeText('You earned 120 points with this order.');
    expect(app.sent(CLAIM)).toHaveLength(1);
  });

  test.each([
    ['other_address', 'This order was made with another email address.'],
    ['unknown_order', 'The store hasn’t told us about this order yet.'],
  ])('a claim that is refused (%s) says why', async (reason, text) => {
    setUpOrderStatus({
      [POINTS]: [ok(view({ state: 'waiting', available: '0' }))],
      [CLAIM]: [{ status: 409, body: { ok: false, reason } }],
    });
    await orderStatus.render();
    await seeText('Get my points');
    press('Get my points');
    await seeText(text);
  });

  test('in the editor, where there is no token: a calm sentence, no error', async () => {
    const { app } = setUpOrderStatus({ [POINTS]: [ok(view())] });
    give(orderStatus.shopify, 'sessionToken', { get: () => Promise.reject(new Error('no session')) });
    await orderStatus.render();
    await seeText('Points for this show here.');
    expect(app.asked).toEqual([]);
    expect(document.querySelector('s-banner')).toBeNull();
  });

  test('an order that earns nothing shows nothing', async () => {
    const { app } = setUpOrderStatus({ [POINTS]: [ok(view({ state: 'none', points: '0' }))] });
    await orderStatus.render();
    await waitFor(() => expect(app.asked).toHaveLength(1));
    await waitFor(() => expect(document.querySelector('s-section')).toBeNull());
  });
});

describe('the page after the order', () => {
  test('expected at first; asked again after 3 and 10 seconds until the webhook came', async () => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout'],
      shouldAdvanceTime: true,
      advanceTimeDelta: 500,
    });
    const expected = ok(view({ state: 'expected', available: '100' }));
    const app = setUpThankYou({ [POINTS]: [expected, expected, ok(view())] }, CUSTOMER_ID);
    await thankYou.render();
    await seeText('You’ll earn 120 points when this order is paid.');
    await seeText('You earned 120 points with this order.');
    expect(app.sent(POINTS)).toHaveLength(3);
  });

  test('a guest is told what waits, and where to sign in', async () => {
    setUpThankYou({ [POINTS]: [ok(view({ state: 'waiting', available: null }))] }, null);
    await thankYou.render();
    await seeText('Sign in with the same email address to get them.');
    expect(control('Sign in').getAttribute('href')).toBe('https://store.example.test/account/login');
    expect(screenText()).not.toContain('You have');
  });
});

describe('beside the orders', () => {
  function setUpOrderIndex(answers: App['answers'], customer: string | null = CUSTOMER_ID): App {
    vi.stubEnv('APP_URL', APP_URL);
    orderIndex.setUp();
    const app = createApp(answers);
    orderIndex.fetch = app.fetch;
    const { shopify } = orderIndex;
    give(shopify, 'i18n', textsOf('account-blocks', 'en'));
    give(shopify, 'sessionToken', { get: async () => 'token' });
    give(shopify, 'authenticatedAccount', accountOf(customer));
    return app;
  }

  test('balance, tier, open code and the way to the page', async () => {
    const tier = { name: 'Gold', next: null };
    setUpOrderIndex({ 'GET /api/club': [ok(club({ tier, open: REDEMPTION }))] });
    await orderIndex.render();
    await seeText('You have 100 points to use.');
    expect(screenText()).toContain('Your tier: Gold');
    expect(screenText()).toContain('Your open code: SETIA-ABCD');
    expect(control('Open the club').getAttribute('href')).toBe('extension:account-club/');
  });

  test('signed out, and unreachable: calm sentences', async () => {
    const app = setUpOrderIndex({}, null);
    await orderIndex.render();
    await seeText('Sign in to see your points.');
    expect(app.asked).toEqual([]);
    orderIndex.tearDown();
    setUpOrderIndex({ 'GET /api/club': ['lost'] });
    await orderIndex.render();
    await seeText('Points for this show here.');
  });
});
