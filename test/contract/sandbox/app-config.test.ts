/** The app's configuration in the sandbox: what a deploy refuses, which scopes are granted, and which are asked for. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readAppConfig } from '#sandbox/app-config.ts';
import { DEMO_SHOP, startTestSandbox, type Loose, type TestSandbox } from '../../support/sandbox.ts';

const TOML = fs.readFileSync(path.resolve(import.meta.dirname, '../../../shopify.app.toml'), 'utf8');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-toml-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function readChanged(change: (toml: string) => string) {
  const file = path.join(folder, 'shopify.app.toml');
  fs.writeFileSync(file, change(TOML));
  return readAppConfig(file);
}

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', {});
  await sandbox.control('POST', '/_control/scopes', { scopes: null });
  await sandbox.webhooks.idle();
  sandbox.receiver.received.length = 0;
});

const granted = async (): Promise<string[]> =>
  (
    await sandbox.graphql('{ currentAppInstallation { accessScopes { handle } } }')
  ).data.currentAppInstallation.accessScopes.map(({ handle }: Loose) => handle);
const ask = async (scopes: string[], isAgreed = true): Promise<Loose> => {
  const body = JSON.stringify({ scopes: isAgreed ? scopes : [], isAgreed });
  const response = await fetch(`${sandbox.origin}/admin/${DEMO_SHOP}/scopes`, { method: 'POST', body });
  return response.json();
};

test('a scope that Shopify does not have is refused, as by a deploy', () => {
  expect(() => readChanged((toml) => toml.replace('read_orders,', 'read_ordres,'))).toThrow('read_ordres');
  expect(() => readChanged((toml) => toml.replace('["read_all_orders"]', '["read_everything"]'))).toThrow(
    'read_everything',
  );
});

test('a list or JSON cannot be a filter', () => {
  const change = (toml: string) =>
    toml.replace('type = "json"', 'type = "json"\ncapabilities.admin_filterable = true');
  expect(() => readChanged(change)).toThrow('social: admin_filterable is not valid for json');
});

test('an app proxy needs its scope', () => {
  expect(() => readChanged((toml) => toml.replace(',write_app_proxy', ''))).toThrow('write_app_proxy');
  expect(readChanged((toml) => toml).proxy).toEqual({ url: '/proxy', prefix: 'apps', subpath: 'setia' });
});

test('an optional scope is not granted on install, but when the merchant agrees; the app is told', async () => {
  expect(await granted()).not.toContain('read_all_orders');
  expect(await ask(['read_all_orders'], false)).toMatchObject({ result: 'declined-all' });
  expect(await granted()).not.toContain('read_all_orders');
  const answer = await ask(['read_all_orders']);
  expect(answer).toMatchObject({ result: 'granted-all' });
  expect(answer.detail.granted).toContain('read_all_orders');
  expect(await granted()).toContain('read_all_orders');
  await sandbox.webhooks.idle();
  expect(sandbox.receiver.received.map(({ topic }) => topic)).toEqual(['app/scopes_update']);
});

test('what shopify.app.toml does not name, or Shopify has not approved, cannot be asked for', async () => {
  expect(await ask(['read_themes'])).toEqual({ error: 'not declared as optional: read_themes' });
  await sandbox.control('POST', '/_control/scopes', { scopes: null, isReadAllOrdersRefused: true });
  expect(await ask(['read_all_orders'])).toEqual({ error: 'missing_shopify_permission: read_all_orders' });
  expect(await granted()).not.toContain('read_all_orders');
  const { status } = await sandbox.control('POST', '/_control/scopes', { scopes: ['read_themes'] });
  expect(status).toBe(400);
});
