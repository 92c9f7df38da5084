import type { Browser, FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest';
import { DEMO_SHOP, startTestSandbox, type TestSandbox } from '#test/support/sandbox.ts';
import { type AppPage, startAppPage } from './app-page.ts';
import { openPage, WIDTHS, type WatchedPage } from './pages.ts';
import { connectBrowser } from './suite.ts';

let browser: Browser;
let sandbox: TestSandbox;
let appPage: AppPage;
let watched: WatchedPage;
let app: FrameLocator;

beforeAll(async () => {
  appPage = await startAppPage();
  [browser, sandbox] = await Promise.all([connectBrowser(), startTestSandbox({ appUrl: appPage.url })]);
  appPage.bridgeOrigin = sandbox.origin;
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
  await appPage?.close();
});

beforeEach(async () => {
  watched = await openPage(browser);
  app = watched.page.frameLocator('.app-frame');
  await watched.page.goto(frameAddress('/app/programs'));
  await app.locator('#path').getByText('/app/programs').waitFor();
});

afterEach(async () => {
  expect(watched.problems).toEqual([]);
  await watched.context.close();
});

const frameAddress = (path: string) => `${sandbox.origin}/admin/${DEMO_SHOP}/apps/setia${path}`;

test('menu, title and buttons of the app stand in the frame', async () => {
  const { page } = watched;
  await page.locator('.app-nav a').nth(1).waitFor();
  expect(await page.locator('.app-nav a').allInnerTexts()).toEqual(['Customers', 'Program']);
  expect(await page.locator('.app-nav a[aria-current]').innerText()).toBe('Program');
  expect(await page.locator('.app-title').innerText()).toBe('Program');
  expect(await page.locator('.app-crumbs button').innerText()).toBe('Back');
});

test('the menu moves the app without a reload, the address follows, back goes back', async () => {
  const { page } = watched;
  await app.locator('body').evaluate((body) => body.setAttribute('data-same', 'yes'));
  await page.locator('.app-nav').getByText('Customers').click();
  await app.locator('#path').getByText('/app/customers').waitFor();
  await page.waitForURL(frameAddress('/app/customers'));
  await page.goBack();
  await app.locator('#path').getByText('/app/programs').waitFor();
  await page.waitForURL(frameAddress('/app/programs'));
  expect(await app.locator('body').getAttribute('data-same')).toBe('yes');
});

test('the save bar stands over the top bar, keeps the merchant here, saves and discards', async () => {
  const { page } = watched;
  await app.getByLabel('Name').fill('x');
  await page.locator('.has-save-bar').waitFor();
  await page.locator('.app-nav').getByText('Customers').click();
  await page.locator('.save-bar.warns').waitFor();
  expect(await app.locator('#path').innerText()).toBe('/app/programs');
  await page.locator('.save-bar .save').click();
  await app.locator('#log').getByText('saved').waitFor();
  await page.locator('.has-save-bar').waitFor({ state: 'detached' });
  await app.getByLabel('Name').fill('y');
  await page.locator('.save-bar .discard').click();
  await app.locator('#log').getByText('discarded').waitFor();
});

test('a button of the title bar shows a toast, its action comes back to the app', async () => {
  const { page } = watched;
  await page.locator('.app-actions').getByText('Create').click();
  await page.locator('.toast').getByText('Undo').click();
  await app.locator('#log').getByText('undone').waitFor();
  await page.locator('.toast').getByRole('button', { name: 'Close' }).click();
  await page.locator('.toast').waitFor({ state: 'detached' });
});

test('a modal shows its title, content and buttons', async () => {
  await app.locator('#open').click();
  await app.locator('dialog').getByText('Delete it').waitFor();
  expect(await app.locator('dialog').innerText()).toContain('Really?');
  await app.locator('dialog').getByRole('button', { name: 'Delete' }).click();
  await app.locator('#log').getByText('deleted').waitFor();
  await app.locator('dialog').waitFor({ state: 'detached' });
});

test('a call to the app carries an id token that the sandbox signed', async () => {
  await app.locator('#ask').click();
  await app.locator('#log').getByText(`https://${DEMO_SHOP}`).waitFor();
});

test('a page asked for without a token comes back with one, by way of the bounce page', async () => {
  const { page } = watched;
  const frame = page.frames().find((each) => each.url().startsWith(appPage.url));
  await frame?.evaluate(() => location.assign('/app/customers?embedded=1&shop=setia-demo.myshopify.com'));
  await app.locator('#path').getByText('/app/customers').waitFor();
  await page.waitForURL(frameAddress('/app/customers'));
});

test('a link to the admin opens the page of the sandbox', async () => {
  await app.getByText('Orders of the shop').click();
  await watched.page.waitForURL(`${sandbox.origin}/admin/${DEMO_SHOP}/orders`);
});

test('on a phone the menu opens from its button', async () => {
  const { page } = watched;
  await page.setViewportSize(WIDTHS[1]);
  await page.locator('.menu-button').click();
  await page.locator('.app-nav').getByText('Customers').click();
  await app.locator('#path').getByText('/app/customers').waitFor();
  await page.locator('.menu-open').waitFor({ state: 'detached' });
});

test('optional scopes: the merchant is asked, agrees or declines; others are refused', async () => {
  const { page } = watched;
  const call = (scopes: string[]) =>
    app.locator('body').evaluate(async (_body, wanted) => {
      const { shopify } = window as unknown as {
        shopify: { scopes: Record<string, (wanted?: string[]) => Promise<unknown>> };
      };
      return wanted.length === 0 ? shopify.scopes.query!() : shopify.scopes.request!(wanted).catch(String);
    }, scopes);
  const all = ['read_all_orders'];
  expect(await call([])).toMatchObject({ optional: all, granted: expect.not.arrayContaining(all) });
  page.once('dialog', (dialog) => void dialog.dismiss());
  expect(await call(all)).toMatchObject({ result: 'declined-all' });
  page.once('dialog', (dialog) => void dialog.accept());
  expect(await call(all)).toMatchObject({
    result: 'granted-all',
    detail: { granted: expect.arrayContaining(all) },
  });
  page.once('dialog', (dialog) => void dialog.accept());
  expect(await call(['read_themes'])).toContain('not declared as optional');
});
