import { getExtension } from '@shopify/ui-extensions-tester';
import { fireEvent, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { createStaffClient } from '../../extensions/shared/staff-client.ts';
import { shouldOffer } from '../../extensions/admin-apply/src/should-offer.ts';
import { installAdmin, type AdminHost } from './admin-host.ts';
import { buttonOf, fill, pageText, pressButton, see } from './extension-page.ts';
import { StaffServer, staffCustomer, staffOrder } from './staff-server.ts';

const folder = (name: string) => ({ configSearchDir: `${process.cwd()}/extensions/${name}` });
const customer = getExtension('admin.customer-details.block.render', folder('admin-customer'));
const adjust = getExtension('admin.customer-details.action.render', folder('admin-adjust'));
const order = getExtension('admin.order-details.block.render', folder('admin-order'));
const apply = getExtension('admin.order-details.action.render', folder('admin-apply'));
const bulk = getExtension('admin.customer-index.selection-action.render', folder('admin-bulk'));

interface Harness {
  setUp(): void;
  tearDown(): void;
  render(): Promise<void>;
  shopify: object;
  fetch: typeof globalThis.fetch;
}

afterEach(() => {
  for (const each of [customer, adjust, order, apply, bulk]) each.tearDown();
});

async function open(
  harness: Harness,
  name: string,
  ids: string[],
  prepare: (server: StaffServer) => void,
  locale?: 'id',
): Promise<AdminHost> {
  harness.setUp();
  const host = installAdmin(harness.shopify, name, ids, locale);
  prepare(host.server);
  harness.fetch = host.server.fetch;
  await harness.render();
  return host;
}

const CUSTOMER = 'gid://shopify/Customer/7001';
const ORDER = 'gid://shopify/Order/5001';

describe('the customer’s block', () => {
  test('shows balance, standing and the latest entries, and leads to the form and into the app', async () => {
    const host = await open(customer, 'admin-customer', [CUSTOMER], (server) =>
      server.on('GET customers/7001', staffCustomer({ percentBp: 750 })),
    );
    await see('100 points');
    await see('20 points pending');
    await see(/\+20 points · Purchase/);
    expect(pageText()).toMatch(/Club member.*Retail.*7\.5%/);
    // The admin adds the user's token itself: the extension sends none.
    expect(host.server.seen[0]).toMatchObject({ path: 'customers/7001', authorization: null });
    await pressButton('Adjust');
    expect(host.visited).toEqual(['extension://admin-adjust']);
    expect(buttonOf('Open in Setia').getAttribute('href')).toBe('app://app/customers/7001');
  });

  test('the line of the closed block has at most 30 characters', async () => {
    const long = staffCustomer();
    long.club.tier = { name: 'Pelanggan kehormatan seumur hidup', next: null };
    await open(customer, 'admin-customer', [CUSTOMER], (server) => server.on('GET customers/', long));
    await see('100 points');
    const summary = document.querySelector('s-admin-block')?.getAttribute('collapsedsummary') ?? '';
    expect(summary.startsWith('100 points · Pelanggan')).toBe(true);
    expect(summary.length).toBeLessThanOrEqual(30);
  });

  test('an app that does not answer can be asked again', async () => {
    await open(customer, 'admin-customer', [CUSTOMER], (server) =>
      server.on('GET customers/7001', 'lost', staffCustomer()),
    );
    await see('The app didn’t answer.');
    await pressButton('Try again');
    await see('100 points');
  });
});

describe('the adjust form', () => {
  const FORM = {
    ...{ person: staffCustomer().person, currency: 'IDR', currencyDigits: 2, today: '2026-11-29' },
    ...{ units: ['POINTS'], available: [{ unit: 'POINTS', units: '100' }] },
    reasons: ['loyal_customer', 'forgotten_order', 'deduct', 'fraud'],
    removes: ['deduct', 'fraud'],
    ...{ needsOrder: ['forgotten_order'], mayHaveOrder: ['forgotten_order'] },
    ...{ orders: [{ id: '5001', name: '#1001', at: '2026-11-20T03:00:00Z' }], staff: 'Ayu Pratiwi' },
  };

  test('posts what was typed once, in the name that it shows, and closes', async () => {
    const host = await open(adjust, 'admin-adjust', [CUSTOMER], (server) =>
      server
        .on('GET adjust-form/7001', FORM)
        .on('POST adjustments', 'lost', { ok: true, balanceAfter: '125' }),
    );
    await see('Wulan Sari has 100 points to spend.');
    await see('Saved as Ayu Pratiwi');
    fill('Points', '25');
    fill('Note (only your staff sees it)', 'Terima kasih');
    await pressButton('Add');
    await see('The app didn’t answer.');
    await pressButton('Add');
    await waitFor(() => expect(host.closed).toBe(1));
    const sent = host.server.sent('POST adjustments').map(({ body }) => body);
    expect(sent[0]).toMatchObject({
      ...{ customerId: '7001', reason: 'loyal_customer', unit: 'POINTS', amount: '25', note: 'Terima kasih' },
      ...{ effectiveOn: '2026-11-29', lifetime: 'never', locale: 'en' },
    });
    expect(sent[1].formKey).toBe(sent[0].formKey);
  });

  test('an error stands at its field; a deduction has no days', async () => {
    const host = await open(adjust, 'admin-adjust', [CUSTOMER], (server) =>
      server.on('GET adjust-form/7001', FORM).on('POST adjustments', {
        ...{ status: 409, body: { ok: false, errors: { amount: 'insufficient' }, available: '100' } },
      }),
    );
    await see('Can be used from');
    fill('Reason', 'deduct');
    await waitFor(() => expect(pageText()).not.toContain('Can be used from'));
    fill('Points', '500');
    await pressButton('Deduct');
    await see('You can deduct up to 100 points.');
    expect(host.closed).toBe(0);
  });

  test('an absurd amount is sent again only after it was typed again, and asked about again when it changes', async () => {
    const question = {
      ...{ figure: '1000000', number: '1000000', worthMinor: '10000000000', usual: '20' },
    };
    const host = await open(adjust, 'admin-adjust', [CUSTOMER], (server) =>
      server
        .on('GET adjust-form/7001', FORM)
        .on(
          'POST adjustments',
          { status: 409, body: { ok: false, errors: {}, question } },
          { ok: true, balanceAfter: '1000100' },
        ),
    );
    await see('Wulan Sari');
    fill('Points', '1000000');
    await pressButton('Add');
    await see(
      '1,000,000 points is worth Rp 100,000,000 at checkout. Customers usually get 20 points at a time.',
    );
    await pressButton('Add');
    await see('This isn’t 1,000,000.');
    fill('Type 1,000,000 again to confirm', '100000');
    await pressButton('Add');
    expect(host.server.sent('POST adjustments')).toHaveLength(1);
    fill('Points', '1000001');
    await waitFor(() => expect(pageText()).not.toContain('to confirm'));
    host.server.on(
      'POST adjustments',
      { status: 409, body: { ok: false, errors: {}, question } },
      { ok: true, balanceAfter: '1000100' },
    );
    fill('Points', '1000000');
    await pressButton('Add');
    await see('Type 1,000,000 again to confirm');
    fill('Type 1,000,000 again to confirm', '1000000');
    await pressButton('Add');
    await waitFor(() => expect(host.closed).toBe(1));
    const sent = host.server.sent('POST adjustments').map(({ body }) => body.meant ?? null);
    expect(sent).toEqual([null, null, '1000000']);
  });

  test('an order can be chosen where the reason is about one', async () => {
    await open(adjust, 'admin-adjust', [CUSTOMER], (server) => server.on('GET adjust-form/7001', FORM));
    await see('Wulan Sari');
    expect(pageText()).not.toContain('#1001');
    fill('Reason', 'forgotten_order');
    await see('Order (required)');
    await see('#1001');
  });

  test('a customer whom the club does not know has no form', async () => {
    await open(adjust, 'admin-adjust', [CUSTOMER], (server) =>
      server.on('GET adjust-form/7001', { status: 404, body: {} }),
    );
    await see('the club doesn’t know them');
    expect(pageText()).not.toContain('Reason');
  });
});

describe('the order’s block', () => {
  test('says by which rule the order earned what, and what was posted', async () => {
    await open(order, 'admin-order', [ORDER], (server) => server.on('GET orders/5001', staffOrder()));
    await see('This order earns 20 points.');
    await see('Poin belanja: 20 points');
    await see('Rp 250,000 counts: 2 × Rp 100,000, each earns 10 points.');
    expect(document.querySelector('s-admin-block')?.getAttribute('collapsedsummary')).toBe('20 points');
    expect(pageText()).not.toContain('Apply club rules now');
  });

  test('says why a rule, or the whole order, gave nothing; in Indonesian', async () => {
    const silent = { ...staffOrder().rules[0]!, units: '0', steps: null, silent: 'below_step' };
    await open(
      order,
      'admin-order',
      [ORDER],
      (server) =>
        server.on(
          'GET orders/5001',
          staffOrder({ rules: [silent], earns: [], posted: [], nothing: 'trial', isDue: true }),
        ),
      'id',
    );
    await see('Klub dalam mode uji coba');
    await see('Kurang dari satu langkah penuh.');
    await see('Terapkan aturan klub sekarang');
  });

  test('an order that has not arrived yet says so', async () => {
    await open(order, 'admin-order', [ORDER], (server) =>
      server.on('GET orders/5001', { status: 404, body: {} }),
    );
    await see('The club doesn’t know this order yet.');
  });
});

describe('"apply now"', () => {
  test('says what the rules give and what was posted, and what came of it', async () => {
    const host = await open(apply, 'admin-apply', [ORDER], (server) =>
      server
        .on('GET orders/5001', staffOrder({ posted: [], isDue: true }), staffOrder())
        .on('POST orders/5001/apply', { ok: true, gains: [{ unit: 'POINTS', units: '20' }], nothing: null }),
    );
    await see('The rules give: 20 points');
    await see('Posted so far: nothing');
    await pressButton('Apply now');
    await see('Posted: +20 points');
    await pressButton('Done');
    expect(host.closed).toBe(1);
  });

  test('Shopify that does not answer changes nothing, and says so', async () => {
    await open(apply, 'admin-apply', [ORDER], (server) =>
      server
        .on('GET orders/5001', staffOrder({ isDue: true }))
        .on('POST orders/5001/apply', { status: 409, body: { ok: false, reason: 'unreachable' } }),
    );
    await see('The rules give');
    await pressButton('Apply now');
    await see('Shopify didn’t answer. Nothing was changed; try again.');
  });

  test.each([
    ['an order with nothing to post', staffOrder(), false],
    ['an order that is due', staffOrder({ isDue: true }), true],
    ['an order that never arrived', { status: 404, body: {} }, true],
    ['an app that does not answer', 'lost' as const, true],
    ['a user who may not use the app', { status: 403, body: {} }, false],
  ])('%s: offered %s', async (_what, answer, isOffered) => {
    const server = new StaffServer().on('GET orders/5001', answer);
    const before = globalThis.fetch;
    globalThis.fetch = server.fetch;
    try {
      expect(await shouldOffer(createStaffClient({ origin: '', token: null }), '5001')).toBe(isOffered);
    } finally {
      globalThis.fetch = before;
    }
  });
});

describe('many customers', () => {
  const FORM = {
    ...{ today: '2026-11-29', currency: 'IDR', currencyDigits: 2, customersMax: 250 },
    reasons: ['loyal_customer', 'deduct'],
    categories: [{ id: '3', name: 'Dealer' }],
  };
  const IDS = [CUSTOMER, 'gid://shopify/Customer/7002'];

  test('get points; who was left out is counted', async () => {
    const host = await open(bulk, 'admin-bulk', IDS, (server) =>
      server
        .on('GET bulk-form', FORM)
        .on('POST bulk', { ok: true, changed: 1, left: { unknown_customer: 1 } }),
    );
    await see('2 customers are selected.');
    await see('Points for each');
    fill('Points for each', '25');
    await pressButton('Save for 2 customers');
    await see('Saved for 1 customer.');
    await see('1 customer isn’t in the club’s records and was left out.');
    expect(host.server.sent('POST bulk')[0]?.body).toMatchObject({
      ...{ what: 'points', customerIds: ['7001', '7002'], amount: '25', reason: 'loyal_customer' },
    });
  });

  test('get a fortune only after what it is worth was typed', async () => {
    const question = {
      ...{ figure: '20000000000', number: '200000000.00', worthMinor: '20000000000', usual: null },
    };
    const host = await open(bulk, 'admin-bulk', IDS, (server) =>
      server
        .on('GET bulk-form', FORM)
        .on(
          'POST bulk',
          { status: 409, body: { ok: false, errors: {}, question } },
          { ok: true, changed: 2, left: {} },
        ),
    );
    await see('Points for each');
    fill('Points for each', '1000000');
    await pressButton('Save for 2 customers');
    await see('Together this is worth Rp 200,000,000 at checkout.');
    await pressButton('Save for 2 customers');
    await see('This isn’t 200,000,000.');
    expect(host.server.sent('POST bulk')).toHaveLength(1);
    fill('Type 200,000,000 to confirm', '200000000');
    await pressButton('Save for 2 customers');
    await see('Saved for 2 customers.');
    expect(host.server.sent('POST bulk').map(({ body }) => body.meant ?? null)).toEqual([
      null,
      '20000000000',
    ]);
  });

  test('move into a category, or get a percent, with the error at its field', async () => {
    const host = await open(bulk, 'admin-bulk', IDS, (server) =>
      server
        .on('GET bulk-form', FORM)
        .on('POST bulk', { status: 409, body: { ok: false, errors: { discount: 'too_large' } } }),
    );
    await see('What to change');
    fill('What to change', 'percent');
    await see('Percent off');
    fill('Percent off', '101');
    await pressButton('Save for 2 customers');
    await see('This is too large.');
    fill('What to change', 'category');
    await see('New category');
    fill('New category', '3');
    host.server.on('POST bulk', { ok: true, changed: 2, left: {} });
    await pressButton('Move 2 customers');
    await see('Saved for 2 customers.');
    expect(host.server.sent('POST bulk').at(-1)?.body).toMatchObject({ what: 'category', categoryId: '3' });
  });

  test('more than fit are not sent', async () => {
    const many = Array.from({ length: 251 }, (_, index) => `gid://shopify/Customer/${index + 1}`);
    const host = await open(bulk, 'admin-bulk', many, (server) => server.on('GET bulk-form', FORM));
    await see('Select at most 250 customers at a time.');
    expect(pageText()).not.toContain('Save for');
    expect(host.server.sent('POST')).toEqual([]);
    fireEvent.click(buttonOf('Cancel'));
    expect(host.closed).toBe(1);
  });
});
