import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_SHOP, startTestSandbox, type TestSandbox, USD_SHOP } from '#test/support/sandbox.ts';
import { openPage, overflow, textOf, untranslated, WIDTHS, withoutApp } from './pages.ts';
import { connectBrowser } from './suite.ts';

let browser: Browser;
let sandbox: TestSandbox;

beforeAll(async () => {
  [browser, sandbox] = await Promise.all([connectBrowser(), startTestSandbox()]);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

const store = (path = '') => `${sandbox.origin}/store/${DEMO_SHOP}${path}`;

async function putIntoCart(page: Page, ...titles: string[]): Promise<void> {
  for (const title of titles) {
    await page.goto(store());
    const product = page.locator('.product').filter({ hasText: title });
    await product.getByRole('button').click();
    await page.waitForURL('**/cart');
  }
}

/** Waits until the extension has said that nobody is signed in: without the app it asks nobody. */
async function openCheckoutAsGuest(page: Page): Promise<void> {
  await page.goto(store('/checkout'));
  await page.frameLocator('.extension-frame').getByText('Sign in to see and use your points.').waitFor();
}

describe.each(WIDTHS)('at the width of a $name', (size) => {
  test('from the shelf to an order', async () => {
    const { page, context, problems } = await openPage(browser, size);
    await putIntoCart(page, 'Teh Melati Premium', 'Sambal Roa Manado');
    await page.getByRole('button', { name: 'One more' }).first().click();
    await page.waitForURL('**/cart');
    expect(await textOf(page, '.cart-foot')).toContain('Rp 115,000');
    await openCheckoutAsGuest(page);
    expect(await overflow(page)).toBe(0);
    await page.getByLabel('E-mail').fill('tamu@example.com');
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    const shown = await textOf(page, 'main');
    const { body } = await sandbox.control('GET', `/_control/orders?shop=${DEMO_SHOP}`);
    const order = body.orders[0];
    expect(shown).toContain(order.name);
    expect(shown).toContain('Rp 135,000');
    expect(order).toMatchObject({
      total_price: '135000.00',
      financial_status: 'paid',
      email: 'tamu@example.com',
      customer: null,
    });
    expect(problems).toEqual([]);
    await context.close();
  });

  test('a signed-in shopper pays by bank transfer; staff marks the order as paid and refunds one unit', async () => {
    const { page, context, problems } = await openPage(browser, size);
    await putIntoCart(page, 'Teh Melati Premium');
    await page.goto(store('/sign-in'));
    await page.getByRole('button', { name: 'Dewi Lestari' }).click();
    await page.waitForURL(store());
    await page.goto(store('/checkout'));
    await page.getByLabel('Bank transfer').check();
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByText('The store is waiting for your bank transfer.').waitFor();
    await page.goto(store('/account'));
    expect(await textOf(page, '.order-card')).toContain('Payment pending');

    await page.goto(`${sandbox.origin}/admin/${DEMO_SHOP}/orders`);
    await page.locator('tbody a').first().click();
    await page.getByRole('button', { name: 'Mark as paid' }).click();
    await page.getByText('Rp 65,000 can be refunded.').waitFor();
    await page.locator('form[action$="/refund"] .quantity-row input').first().fill('1');
    await page.getByRole('button', { name: 'Refund', exact: true }).click();
    await page.getByText('Partially refunded').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(withoutApp(problems)).toEqual([]);
    await context.close();
  });

  test.each(['en-US', 'id-ID'])('every page is whole in %s', async (locale) => {
    const { page, context, problems } = await openPage(browser, size, locale);
    await sandbox.control('POST', '/_control/orders', {
      shop: DEMO_SHOP,
      customer: null,
      lines: [{ product: 'teh-melati-premium' }],
    });
    const { body } = await sandbox.control('GET', `/_control/orders?shop=${DEMO_SHOP}`);
    const paths = [
      '/',
      `/store/${DEMO_SHOP}`,
      `/store/${USD_SHOP}`,
      `/store/${DEMO_SHOP}/cart`,
      `/store/${DEMO_SHOP}/sign-in`,
      `/admin/${DEMO_SHOP}/orders`,
      `/admin/${DEMO_SHOP}/orders/${String(body.orders[0].id)}`,
      `/admin/${DEMO_SHOP}/customers`,
      ...['webhooks', 'orders', 'codes', 'customers', 'requests', 'phones', 'mails', 'faults'].map(
        (tab) => `/console#${tab}`,
      ),
    ];
    for (const path of paths) {
      // A new page for each tab: until another one is drawn, the panel is the one before.
      if (path.startsWith('/console')) await page.goto('about:blank');
      await page.goto(sandbox.origin + path);
      if (path.startsWith('/console')) await page.locator('#panel > *').first().waitFor();
      expect({ path, overflow: await overflow(page) }).toEqual({ path, overflow: 0 });
      expect({ path, untranslated: await untranslated(page) }).toEqual({ path, untranslated: [] });
    }
    expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2));
    expect(problems).toEqual([]);
    await context.close();
  });
});

test('the checkout takes a discount code for the right customer and says why it refuses others', async () => {
  const { page, context, problems } = await openPage(browser);
  const dewi = sandbox.world.findCustomer(DEMO_SHOP, 'dewi.lestari@example.com');
  addCode('SETIA-DEWI', 500_000, dewi?.id ?? 0);
  await putIntoCart(page, 'Teh Melati Premium');
  await openCheckoutAsGuest(page);
  const apply = async (code: string) => {
    await page.getByPlaceholder('Discount code').fill(code);
    await page.locator('#code-form button').click();
  };
  await apply('NOPE');
  await page.getByText('This discount code does not exist.').waitFor();
  await apply('setia-dewi');
  await page.getByText('Sign in to use this discount code.').waitFor();

  await page.goto(store(`/sign-in?back=/store/${DEMO_SHOP}/checkout`));
  await page.getByRole('button', { name: 'Dewi Lestari' }).click();
  await page.waitForURL('**/checkout');
  await apply('setia-dewi');
  await page.locator('.code-chip').waitFor();
  expect(await textOf(page, '[data-sum="total"]')).toBe('Rp 60,000');
  await page.locator('.code-chip button').click();
  await page.locator('.code-chip').waitFor({ state: 'detached' });
  expect(await textOf(page, '[data-sum="total"]')).toBe('Rp 65,000');
  expect(withoutApp(problems)).toEqual([]);
  await context.close();
});

test('the console sends a webhook again and sets a fault', async () => {
  const { page, context, problems } = await openPage(browser);
  await sandbox.control('POST', '/_control/reset', {});
  await sandbox.control('POST', '/_control/orders', {
    shop: DEMO_SHOP,
    customer: null,
    lines: [{ product: 'teh-melati-premium' }],
  });
  await sandbox.control('POST', '/_control/idle', {});
  const before = sandbox.receiver.received.length;
  await page.goto(`${sandbox.origin}/console?shop=${DEMO_SHOP}`);
  await page.getByRole('button', { name: 'Send 5 times' }).first().click();
  await page.getByText('Done.').waitFor();
  await expect.poll(() => sandbox.receiver.received.length).toBe(before + 5);

  await page.getByRole('tab', { name: /Faults/ }).click();
  await page.getByLabel('Where').selectOption('webhook');
  await page.getByLabel('What happens').selectOption('drop');
  await page.getByLabel('Only for').fill('orders/paid');
  await page.getByRole('button', { name: 'Set fault' }).click();
  await page.locator('tbody').getByText('Not sent').waitFor();
  const { body } = await sandbox.control('GET', '/_control/faults');
  expect(body.faults).toMatchObject([
    { target: 'webhook', kind: 'drop', operation: 'orders/paid', times: 1 },
  ]);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.locator('tbody').waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
  await context.close();
});

function addCode(code: string, amount: number, customerId: number): void {
  const now = sandbox.world.instant();
  sandbox.world.shop(DEMO_SHOP).discounts.push({
    id: sandbox.world.nextId(),
    redeemCodeId: sandbox.world.nextId(),
    title: code,
    code,
    value: { kind: 'fixed_amount', amount },
    customerIds: [customerId],
    minimumSubtotal: null,
    usageLimit: 1,
    appliesOncePerCustomer: true,
    startsAt: now,
    endsAt: null,
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    tags: [],
    uses: [],
    createdAt: now,
    updatedAt: now,
  });
}
