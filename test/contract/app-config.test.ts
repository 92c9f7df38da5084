/** Compares shopify.app.toml with the code: what Shopify is told is what the app does. */
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { SHOPIFY_API_VERSION } from '#app/integrations/shopify/api-version.ts';
import { OPTIONAL_SCOPES, SCOPES } from '#app/integrations/shopify/scopes.ts';
import { CUSTOMER_METAFIELDS, METAFIELD_NAMES } from '#app/modules/customers/rules/metafields.ts';
import { COMPLIANCE_TOPICS, TOPICS } from '#app/modules/inbox/topics.ts';
import type { Loose } from '#test/support/sandbox.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

const subscriptionSchema = z.object({
  topics: z.array(z.string()).default([]),
  compliance_topics: z.array(z.string()).default([]),
  uri: z.string(),
});
const configuration = z
  .object({
    access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()) }),
    webhooks: z.object({ api_version: z.string(), subscriptions: z.array(subscriptionSchema) }),
    customer: z.object({
      metafields: z.object({
        app: z.record(
          z.string(),
          z.object({
            name: z.string(),
            type: z.string(),
            access: z.object({ admin: z.string() }),
            capabilities: z.object({ admin_filterable: z.boolean() }).optional(),
          }),
        ),
      }),
    }),
  })
  .parse(parse(fs.readFileSync(path.join(ROOT, 'shopify.app.toml'), 'utf8')));
const { subscriptions } = configuration.webhooks;

test('every subscribed topic has a handler, and every topic with a handler is subscribed', () => {
  const subscribed = subscriptions.flatMap((entry) => [...entry.topics, ...entry.compliance_topics]);
  expect(subscribed.toSorted()).toEqual(Object.keys(TOPICS).toSorted());
});

test('the topics that the app store requires are under compliance_topics', () => {
  const compliance = subscriptions.flatMap((entry) => entry.compliance_topics);
  expect(compliance.toSorted()).toEqual(COMPLIANCE_TOPICS.toSorted());
});

test('all webhooks go to the same endpoint', () => {
  expect(new Set(subscriptions.map(({ uri }) => uri))).toEqual(new Set(['/webhooks']));
});

test('webhooks come in the API version that the app uses', () => {
  expect(configuration.webhooks.api_version).toBe(SHOPIFY_API_VERSION);
});

test('the requested scopes are those that the code needs', () => {
  const asked = configuration.access_scopes.scopes.split(',').map((scope) => scope.trim());
  expect(asked.toSorted()).toEqual(SCOPES.toSorted());
  expect(configuration.access_scopes.optional_scopes).toEqual(OPTIONAL_SCOPES);
});

test('the metafields of customers are those that the code writes; all that can be are filters', () => {
  const declared = Object.entries(configuration.customer.metafields.app);
  const written = METAFIELD_NAMES.map((name) => CUSTOMER_METAFIELDS[name]);
  expect(declared.map(([key, { name, type }]) => ({ key, title: name, type }))).toEqual(
    written.map(({ key, title, type }) => ({ key, title, type })),
  );
  for (const [, { type, access, capabilities }] of declared) {
    expect(access.admin).toBe('merchant_read_write');
    const canBeFilter = !type.startsWith('list.') && type !== 'json';
    expect(capabilities?.admin_filterable ?? false).toBe(canBeFilter);
  }
});

/** The tomls of all extensions. */
function extensionFiles() {
  const folder = path.join(ROOT, 'extensions');
  return fs
    .readdirSync(folder)
    .map((name) => path.join(folder, name, 'shopify.extension.toml'))
    .filter((file) => fs.existsSync(file))
    .map((file) => parse(fs.readFileSync(file, 'utf8')) as Loose);
}

/** A theme's extension and a group of others have no code that an API version could be of. */
const WITHOUT_API = ['theme', 'editor_extension_collection'];

test('each extension uses the same API version', () => {
  const typeOf = (file: Loose) => file.type ?? file.extensions[0].type;
  const versions = extensionFiles()
    .filter((file) => !WITHOUT_API.includes(typeOf(file)))
    .map(({ api_version }) => api_version);
  expect(new Set(versions)).toEqual(new Set([SHOPIFY_API_VERSION]));
});

test('a group of extensions names extensions that there are', () => {
  const all: Loose[] = extensionFiles().flatMap(({ extensions = [] }) => extensions);
  const handles = all.map(({ handle }) => handle);
  const groups = all.filter(({ type }) => type === 'editor_extension_collection');
  expect(groups.length).toBeGreaterThan(0);
  const surfaces = (handle: string): string[] =>
    all
      .filter((each) => each.handle === handle)
      .flatMap(({ targeting }) => targeting.map(({ target }: Loose) => target.split('.')[0]));
  for (const { name, handle, includes } of groups) {
    expect(name).toBe('t:name');
    for (const file of ['en.default.json', 'id.json']) {
      const texts = fs.readFileSync(path.join(ROOT, 'extensions', handle, 'locales', file), 'utf8');
      const shown = String(JSON.parse(texts).name);
      expect(shown.length).toBeLessThanOrEqual(50);
      // The editor shows the app's name beside it.
      expect(shown).not.toMatch(/setia/i);
    }
    expect(includes.filter((each: string) => !handles.includes(each))).toEqual([]);
    // Shopify takes extensions of these surfaces only.
    const [first, ...others] = new Set<string>(includes.flatMap(surfaces));
    expect([first, ...others].toSorted()).toEqual(['customer-account', 'purchase']);
  }
});
