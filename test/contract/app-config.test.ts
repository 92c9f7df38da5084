/** shopify.app.toml against the code: what Shopify is told is what the app does. */
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { SHOPIFY_API_VERSION } from '#app/integrations/shopify/api-version.ts';
import { SCOPES } from '#app/integrations/shopify/scopes.ts';
import { COMPLIANCE_TOPICS, TOPICS } from '#app/modules/webhooks/topics.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

const subscriptionSchema = z.object({
  topics: z.array(z.string()).default([]),
  compliance_topics: z.array(z.string()).default([]),
  uri: z.string(),
});
const configuration = z
  .object({
    access_scopes: z.object({ scopes: z.string() }),
    webhooks: z.object({ api_version: z.string(), subscriptions: z.array(subscriptionSchema) }),
  })
  .parse(parse(fs.readFileSync(path.join(ROOT, 'shopify.app.toml'), 'utf8')));
const { subscriptions } = configuration.webhooks;

test('every topic that is subscribed is worked, and every topic that is worked is subscribed', () => {
  const subscribed = subscriptions.flatMap((entry) => [...entry.topics, ...entry.compliance_topics]);
  expect(subscribed.toSorted()).toEqual(Object.keys(TOPICS).toSorted());
});

test('the topics that the app store demands stand under compliance_topics', () => {
  const compliance = subscriptions.flatMap((entry) => entry.compliance_topics);
  expect(compliance.toSorted()).toEqual(COMPLIANCE_TOPICS.toSorted());
});

test('all webhooks go to the one door', () => {
  expect(new Set(subscriptions.map(({ uri }) => uri))).toEqual(new Set(['/webhooks']));
});

test('webhooks come in the API version that the app speaks', () => {
  expect(configuration.webhooks.api_version).toBe(SHOPIFY_API_VERSION);
});

test('the scopes asked for are those that the code counts on', () => {
  const asked = configuration.access_scopes.scopes.split(',').map((scope) => scope.trim());
  expect(asked.toSorted()).toEqual(SCOPES.toSorted());
});

test('each extension speaks the same API version', () => {
  const folder = path.join(ROOT, 'extensions');
  const files = fs
    .readdirSync(folder)
    .map((name) => path.join(folder, name, 'shopify.extension.toml'))
    .filter((file) => fs.existsSync(file));
  const versions = files.map((file) => parse(fs.readFileSync(file, 'utf8')).api_version);
  expect(new Set(versions)).toEqual(new Set([SHOPIFY_API_VERSION]));
});
