/**
 * An extension runs where Shopify runs it, in a worker without a page: a bundle that needs one fails in the sandbox's checkout as it
 * would in Shopify's, and says so in the console.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleExtension } from '#sandbox/shopify/extensions/bundle-extension.ts';
import { DEMO_SHOP, startTestSandbox, type TestSandbox, USD_SHOP } from '#test/support/sandbox.ts';
import { openPage, type WatchedPage } from './pages.ts';
import { connectBrowser } from './suite.ts';

const TARGET = 'purchase.checkout.block.render';
const BUNDLE = '/_assets/extensions/checkout-redeem.js';

let browser: Browser;
let sandbox: TestSandbox;

beforeAll(async () => {
  [browser, sandbox] = await Promise.all([connectBrowser(), startTestSandbox()]);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
});

/** Opens a checkout whose extension is this script. */
async function openCheckout(bundle: string, shop = DEMO_SHOP, opened?: WatchedPage): Promise<WatchedPage> {
  const watched = opened ?? (await openPage(browser));
  const { page } = watched;
  await page.unroute(`**${BUNDLE}`);
  await page.route(`**${BUNDLE}`, (route) => route.fulfill({ contentType: 'text/javascript', body: bundle }));
  await page.goto(`${sandbox.origin}/store/${shop}`);
  await page.locator('.product').first().getByRole('button').click();
  await page.waitForURL('**/cart');
  await page.goto(`${sandbox.origin}/store/${shop}/checkout`);
  return watched;
}

/** A bundle that runs `code` when its target is rendered. */
const rendering = (code: string) => `shopify.extend('${TARGET}', async () => { ${code} });`;

/** Writes what `code` returns into the block. */
const showing = (code: string) =>
  rendering(`const text = document.createElement('s-text');
    text.append(String(await (async () => { ${code} })()));
    document.body.append(text);`);

test.each([
  ['window', rendering('window.location.reload();'), 'window is not defined'],
  ['a cookie', rendering("document.cookie.split(';');"), "reading 'split'"],
  ['localStorage', rendering("localStorage.getItem('attempt');"), 'localStorage is not defined'],
  ['process.env', rendering('process.env.APP_URL.replace(/x/, "");'), 'process is not defined'],
  ['the page when it is loaded', 'window.setTimeout(() => {}, 0);', 'window is not defined'],
  ['the page later', rendering('setTimeout(() => window.alert(1), 0);'), 'window is not defined'],
])('a bundle that touches %s fails', async (_what, bundle, problem) => {
  const { context, problems } = await openCheckout(bundle);
  await expect.poll(() => problems.join('\n')).toContain(problem);
  await context.close();
});

test('the block built without APP_URL fails', async () => {
  const { context, problems } = await openCheckout(await bundleExtension('checkout-redeem', {}));
  await expect.poll(() => problems.join('\n')).toContain('process is not defined');
  await context.close();
});

test('there is a worker around it, whose requests come from nowhere', async () => {
  const asked: (string | undefined)[] = [];
  const watched = await openPage(browser);
  await watched.page.route('**/from-the-worker', (route) => {
    asked.push(route.request().headers()['origin']);
    return route.fulfill({ headers: { 'access-control-allow-origin': '*' }, body: 'ok' });
  });
  await openCheckout(
    showing(`await fetch('${sandbox.origin}/from-the-worker', { method: 'POST' });
      return [typeof importScripts, typeof window, typeof process, location.protocol].join(' ');`),
    DEMO_SHOP,
    watched,
  );
  const frame = watched.page.frameLocator('.extension-frame');
  await frame.getByText('function undefined undefined data:').waitFor();
  expect(asked).toEqual(['null']);
  expect(watched.problems).toEqual([]);
  await watched.context.close();
});

test('what an extension stores outlives the page and stays in its shop', async () => {
  const keeping = showing(`const before = await shopify.storage.read('seen');
    await shopify.storage.write('seen', { times: (before?.times ?? 0) + 1 });
    return 'seen ' + (await shopify.storage.read('seen')).times;`);
  const watched = await openCheckout(keeping);
  const frame = watched.page.frameLocator('.extension-frame');
  await frame.getByText('seen 1').waitFor();
  await openCheckout(keeping, DEMO_SHOP, watched);
  await frame.getByText('seen 2').waitFor();
  await openCheckout(keeping, USD_SHOP, watched);
  await frame.getByText('seen 1').waitFor();
  expect(watched.problems).toEqual([]);
  await watched.context.close();
});

test.each([
  ['a component of no checkout', "document.createElement('s-page')", 'Element is not allowed: s-page'],
  ['HTML', "document.createElement('div')", 'Element is not allowed: div'],
  [
    'a property that a component lacks',
    "Object.assign(document.createElement('s-button'), { x: 1 }); element.setAttribute('colour', 'red')",
    '<s-button> has no property "colour"',
  ],
])('%s is reported', async (_what, make, problem) => {
  const { context, problems } = await openCheckout(
    rendering(`const element = ${make}; document.body.append(element);`),
  );
  await expect.poll(() => problems.join('\n')).toContain(problem);
  await context.close();
});
