// @vitest-environment node
/** What `npm run check-deploy` finds before a deploy: above all an extension that was built without its address. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleExtension } from '#sandbox/shopify/extensions/bundle-extension.ts';
import { leftOver, problemsOfDeploy } from '#scripts/lib/deploy-problems.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const APP_URL = 'https://club.example.com';

/** This repository as a developer sets it up: with a key and addresses of their own. */
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-deploy-'));
  const toml = fs.readFileSync(path.join(ROOT, 'shopify.app.toml'), 'utf8');
  const changed = toml
    .replace('setia-demo-key', '0123456789abcdef')
    .replaceAll('http://127.0.0.1:3000', APP_URL);
  fs.writeFileSync(path.join(folder, 'shopify.app.toml'), changed);
  const extension = path.join(folder, 'extensions/checkout-redeem');
  fs.mkdirSync(extension, { recursive: true });
  fs.copyFileSync(
    path.join(ROOT, 'extensions/checkout-redeem/shopify.extension.toml'),
    path.join(extension, 'shopify.extension.toml'),
  );
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

test('a bundle without APP_URL looks for it in the browser; with it nothing of process is left', async () => {
  expect(leftOver(await bundleExtension('checkout-redeem', {}))).toEqual(['APP_URL']);
  const bundle = await bundleExtension('checkout-redeem', { APP_URL });
  expect(leftOver(bundle)).toEqual([]);
  expect(bundle).not.toMatch(/\bprocess\b/);
  expect(bundle).toContain(APP_URL);
});

test('the check fails without APP_URL, and with another than the app’s', async () => {
  expect(await problemsOfDeploy(folder, {})).toEqual([
    'extensions/checkout-redeem: APP_URL is not set: add it to .env',
  ]);
  expect(await problemsOfDeploy(folder, { APP_URL: 'https://old.example.com' })).toHaveLength(1);
  expect(await problemsOfDeploy(folder, { APP_URL: `${APP_URL}/` })).toEqual([]);
});

test('it looks into what the Shopify CLI has built', async () => {
  const dist = path.join(folder, 'extensions/checkout-redeem/dist');
  fs.mkdirSync(dist);
  fs.writeFileSync(path.join(dist, 'checkout-redeem.js'), 'fetch(process.env.APP_URL + "/api/club")');
  expect(await problemsOfDeploy(folder, { APP_URL })).toEqual([
    'extensions/checkout-redeem/dist/checkout-redeem.js: was built without APP_URL',
  ]);
  fs.rmSync(dist, { recursive: true });
});

test("the demo's own configuration is not for a deploy", async () => {
  const problems = await problemsOfDeploy(ROOT, { APP_URL: 'http://127.0.0.1:3000' });
  expect(problems).toContain("shopify.app.toml: client_id is the demo's");
  expect(problems).toContain('shopify.app.toml: http://127.0.0.1:3000 is not https');
});
