/// <reference types="@shopify/ui-extensions/customer-account.page.render" />
/** The club's page of the customer account in Shopify's own tester. */
import { getExtension } from '@shopify/ui-extensions-tester';
import { fireEvent, waitFor } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import {
  account,
  accountOf,
  type App,
  APP_URL,
  control,
  createApp,
  CUSTOMER_ID,
  field,
  folderOf,
  give,
  madeUpTexts,
  ok,
  press,
  screenText,
  seeText,
  textsOf,
  type,
} from './account-host.ts';
import { claim, club, REDEMPTION, reward, wallet } from './club-server.ts';

const extension = getExtension('customer-account.page.render', { configSearchDir: folderOf('account-club') });

interface Host {
  app: App;
  toasts: string[];
}

function setUp({
  locale = 'en',
  customer = CUSTOMER_ID,
}: { locale?: 'en' | 'id' | 'fa'; customer?: string | null } = {}): Host {
  vi.stubEnv('APP_URL', `${APP_URL}/`);
  extension.setUp();
  const host: Host = {
    app: createApp({
      'GET /api/club': [ok(club())],
      'GET /api/account': [ok(account())],
    }),
    toasts: [],
  };
  extension.fetch = host.app.fetch;
  const { shopify } = extension;
  give(
    shopify,
    'i18n',
    locale === 'fa' ? madeUpTexts('account-club', locale) : textsOf('account-club', locale),
  );
  give(shopify, 'authenticatedAccount', accountOf(customer));
  give(shopify, 'sessionToken', { get: async () => 'token' });
  give(shopify, 'toast', {
    show: async (content: string) => {
      host.toasts.push(content);
      return { hide: () => undefined };
    },
  });
  give(shopify, 'query', async () => ({
    data: { shop: { primaryDomain: { url: 'https://store.example.test/' } } },
  }));
  return host;
}

afterEach(() => {
  vi.useRealTimers();
  extension.tearDown();
  vi.unstubAllEnvs();
});

test('signed out: asks to sign in and asks the app nothing', async () => {
  const { app } = setUp({ customer: null });
  await extension.render();
  await seeText('Sign in to see your points and rewards.');
  expect(app.asked).toEqual([]);
});

test('shows balance, what is on its way, tier with the distance, lots and history', async () => {
  const { app } = setUp();
  const tier = { name: 'Silver', next: { name: 'Gold', measure: 'spend' as const, missing: '5000000' } };
  app.answers['GET /api/club'] = [ok(club({ tier }))];
  await extension.render();
  await seeText('100 points');
  for (const text of [
    'Setia Club',
    'Worth Rp 10,000',
    '20 points more on the way',
    'Silver',
    'Spend Rp 50,000 more to reach Gold.',
    '100 points until Dec 30, 2099',
    'From order #1001',
    'Order #1001',
    '+100 points',
  ])
    expect(screenText()).toContain(text);
  expect(app.asked.map(({ path, authorization }) => [path, authorization])).toEqual([
    ['/api/club', 'Bearer token'],
    ['/api/account', 'Bearer token'],
  ]);
});

test('in Persian no word is English but those of the shop, and digits are Persian', async () => {
  const { app } = setUp({ locale: 'fa' });
  await extension.render();
  await waitFor(() => expect(app.sent('GET /api/account')).toHaveLength(1));
  await waitFor(() => expect(screenText()).toMatch(/۱۰۰/));
  const said = JSON.stringify([club(), account()]);
  const words = screenText().match(/[A-Za-z]{3,}/g) ?? [];
  expect(words.filter((word) => !said.includes(word))).toEqual([]);
});

test('in Indonesian, down to the history', async () => {
  setUp({ locale: 'id' });
  await extension.render();
  await seeText('100 poin sampai 30 Des 2099');
  expect(screenText()).toContain('Pesanan #1001');
  expect(screenText()).not.toMatch(/\bpoints\b/);
});

test.each([
  ['lost' as const, 'Your club can’t be shown: there’s no connection.'],
  [{ status: 401, body: {} }, 'Your session has ended.'],
  [{ status: 500, body: {} }, 'Your club can’t be shown right now.'],
])('unreachable (%o): says so, and reads again', async (answer, text) => {
  const { app } = setUp();
  app.answers['GET /api/club'] = [answer, ok(club())];
  await extension.render();
  await seeText(text);
  press('Try again');
  await seeText('100 points');
});

test('a reward becomes a code that can be copied, used in the store and given back', async () => {
  const { app, toasts } = setUp();
  const offered = reward({ obstacle: null });
  const withCode = club({ open: { ...REDEMPTION, reward: offered }, rewards: [offered] });
  app.answers['GET /api/club'] = [
    ok(club({ rewards: [offered] })),
    ok(withCode),
    ok(club({ rewards: [offered] })),
  ];
  app.answers['POST /api/account/codes'] = [ok({ ok: true, redemption: REDEMPTION })];
  app.answers[`POST /api/redemptions/${REDEMPTION.id}/release`] = [ok({ ok: true })];
  await extension.render();
  await seeText('Ten off – 80 points: 10% off');
  press('Get a code');
  await seeText('SETIA-ABCD');
  expect(app.sent('POST /api/account/codes')[0]?.body).toMatchObject({ rewardId: '11' });
  expect(toasts).toEqual(['Your code for Ten off is ready.']);
  expect(control('Use in the store').getAttribute('href')).toBe(
    'https://store.example.test/discount/SETIA-ABCD?redirect=/cart',
  );
  expect(control('Copy code').getAttribute('command')).toBe('--copy');
  expect(document.querySelector('s-clipboard-item')?.getAttribute('text')).toBe('SETIA-ABCD');
  press('Return to my balance');
  await waitFor(() => expect(toasts).toContain('The points are back in your balance.'));
  await waitFor(() => expect(screenText()).not.toContain('SETIA-ABCD'));
});

test('a code begun in the cart is seen and given back here', async () => {
  const { app } = setUp();
  app.answers['GET /api/club'] = [ok(club({ open: REDEMPTION })), ok(club())];
  app.answers[`POST /api/redemptions/${REDEMPTION.id}/release`] = [
    { status: 409, body: { ok: false, reason: 'used' } },
  ];
  await extension.render();
  await seeText('Rp 5,000 off');
  expect(screenText()).toContain('“Buy it now” and express buttons skip it.');
  press('Return to my balance');
  await waitFor(() => expect(screenText()).not.toContain('SETIA-ABCD'));
});

test('a lost answer is asked for again with the same key, and spends once', async () => {
  const { app } = setUp();
  const offered = reward();
  app.answers['GET /api/club'] = [ok(club({ rewards: [offered] }))];
  app.answers['POST /api/account/codes'] = [
    'lost',
    { status: 503, body: {} },
    ok({ ok: true, redemption: REDEMPTION }),
  ];
  await extension.render();
  await seeText('Get a code');
  press('Get a code');
  await waitFor(() => expect(app.sent('POST /api/account/codes')).toHaveLength(3));
  const keys = app.sent('POST /api/account/codes').map(({ body }) => (body as { key: string }).key);
  expect(new Set(keys).size).toBe(1);
});

test.each([
  ['insufficient', 'You don’t have enough to use.'],
  ['already_open', 'You already have an open code.'],
  ['reward_gone', 'This reward is no longer offered.'],
  ['limit_total', 'Ten off has run out.'],
])('refused (%s): says why', async (reason, text) => {
  const { app } = setUp();
  app.answers['GET /api/club'] = [ok(club({ rewards: [reward()] }))];
  app.answers['POST /api/account/codes'] = [
    { status: 409, body: { ok: false, reason, available: '10', minimum: '80' } },
  ];
  await extension.render();
  await seeText('Get a code');
  press('Get a code');
  await seeText(text);
});

test('a reward out of reach has no button, but what is missing', async () => {
  const { app } = setUp();
  app.answers['GET /api/club'] = [
    ok(club({ rewards: [reward({ obstacle: 'insufficient', missing: '30' })] })),
  ];
  await extension.render();
  await seeText('30 points to go');
  expect(screenText()).not.toContain('Get a code');
});

test('a gift is asked for after a question only', async () => {
  const { app, toasts } = setUp();
  const phone = reward({ id: '12', name: 'Phone', kind: 'other', units: '90', percentBp: null });
  app.answers['GET /api/club'] = [
    ok(club({ rewards: [phone] })),
    ok(club({ rewards: [phone], claims: [claim()] })),
  ];
  app.answers['POST /api/claims'] = [ok({ ok: true, claim: claim() })];
  await extension.render();
  await seeText('Phone – 90 points');
  press('Request this gift');
  expect(app.sent('POST /api/claims')).toEqual([]);
  await seeText('90 points will be spent on Phone right away.');
  press('Yes, request');
  await seeText('Phone: the store has your request');
  expect(toasts).toEqual(['The store has your request for Phone.']);
});

test('the history is filtered and read on', async () => {
  const { app } = setUp();
  const [first] = account().history.entries;
  app.answers['GET /api/account'] = [ok(account({ history: { entries: [first!], next: '9' } }))];
  const spent = { ...first!, id: '5', amount: '-50', line: 'redeem', code: 'SETIA-X' };
  app.answers['GET /api/account/history'] = [
    ok({ entries: [{ ...first!, id: '4', order: '#1000' }], next: null }),
    ok({ entries: [spent], next: null }),
  ];
  await extension.render();
  await seeText('Show more');
  press('Show more');
  await seeText('Order #1000');
  press('Spent');
  await seeText('−50 points');
  expect(screenText()).toContain('Code SETIA-X');
  expect(app.sent('GET /api/account/history').map(({ path }) => path.split('?')[1])).toEqual([
    'filter=all&before=9',
    'filter=spent',
  ]);
});

test('joins, and leaves after a question', async () => {
  const { app, toasts } = setUp();
  const outside = { isMember: false, mayJoin: true };
  app.answers['GET /api/club'] = [
    ok(club({ membership: outside })),
    ok(club()),
    ok(club({ membership: outside })),
  ];
  app.answers['POST /api/membership'] = [ok({ ok: true })];
  app.answers['POST /api/membership/leave'] = [ok({ ok: true })];
  await extension.render();
  await seeText('Join the club for members’ benefits.');
  press('Join the club');
  await seeText('You’re a member of the club.');
  press('Leave the club');
  expect(app.sent('POST /api/membership/leave')).toEqual([]);
  press('Yes, leave');
  await seeText('Join the club for members’ benefits.');
  expect(toasts).toEqual([
    'Welcome! You’re a member of the club now.',
    'You’ve left the club. Your points stay yours.',
  ]);
});

test('a closed club says so', async () => {
  const { app } = setUp();
  app.answers['GET /api/club'] = [ok(club({ membership: { isMember: false, mayJoin: true } }))];
  app.answers['POST /api/membership'] = [{ status: 409, body: { ok: false, reason: 'closed' } }];
  await extension.render();
  await seeText('Join the club');
  press('Join the club');
  await seeText('The club isn’t taking new members right now.');
});

test('own day and consent: only what changed is sent, and a refusal names its field', async () => {
  const { app, toasts } = setUp();
  const profile = { ...account().profile!, birthDate: '1990-05-17', sms: 'subscribed' as const };
  app.answers['GET /api/account'] = [ok(account()), ok(account({ profile }))];
  app.answers['POST /api/account/profile'] = [
    { status: 409, body: { ok: false, reason: 'invalid', field: 'birthDate' } },
    ok({ ok: true, profile }),
  ];
  await extension.render();
  await seeText('You can enter it once.');
  type('Birthday', '1990-05-17');
  const sms = field('Messages with offers on my phone');
  sms.checked = true;
  fireEvent.change(sms);
  await waitFor(() => expect(control('Save').hasAttribute('disabled')).toBe(false));
  press('Save');
  await seeText('Check this entry.');
  press('Save');
  await seeText('Birthday: May 17, 1990');
  expect(app.sent('POST /api/account/profile').map(({ body }) => body)).toEqual([
    { birthDate: '1990-05-17', sms: 'subscribed' },
    { birthDate: '1990-05-17', sms: 'subscribed' },
  ]);
  expect(toasts).toEqual(['Saved']);
});

test('the wedding day is asked for only where the shop asks', async () => {
  const { app } = setUp();
  await extension.render();
  await seeText('Birthday');
  expect(screenText()).not.toContain('Wedding day');
  extension.tearDown();
  const again = setUp();
  again.app.answers['GET /api/account'] = [
    ok(account({ profile: { ...account().profile!, asksWeddingDate: true } })),
  ];
  await extension.render();
  await seeText('Wedding day');
  expect(app.asked.length).toBeGreaterThan(0);
});

test('credit has a wallet of its own', async () => {
  const { app } = setUp();
  const wallets = [wallet(), wallet({ unit: 'CREDIT', available: '2500000', pending: '0' })];
  app.answers['GET /api/club'] = [ok(club({ wallets }))];
  await extension.render();
  await seeText('Rp 25,000 credit');
});
