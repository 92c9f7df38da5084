/**
 * Compares the keys of every webhook of the sandbox with those in Shopify's reference: with a shape written from
 * memory the app's decoder could pass here and fail at Shopify.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOPICS } from '#app/modules/inbox/topics.ts';
import { type Loose, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

interface Reference {
  topics: string[];
  keys: string[];
  /** `part.key` of the parts that the app reads or that the sandbox fills. */
  below: string[];
}

const reference: { payloads: Reference[] } = JSON.parse(
  readFileSync(new URL('../../../fixtures/webhooks/reference-keys.json', import.meta.url), 'utf8'),
);
const keysByTopic = new Map(
  reference.payloads.flatMap(({ topics, keys, below }) =>
    topics.map((topic) => [topic, { keys, below }] as const),
  ),
);

const ORDER_TOPICS = [
  'orders/paid',
  'orders/updated',
  'orders/cancelled',
  'orders/fulfilled',
  'orders/partially_fulfilled',
];
const forTopics = (topics: readonly string[], keys: readonly string[]) =>
  Object.fromEntries(topics.map((topic) => [topic, keys]));

/** Keys that the sandbox may leave out, with the reason. */
const LEFT_OUT: Record<string, readonly string[]> = {
  // The shop as in the REST API, limited to what the sandbox's world knows; the app reads nothing of it.
  'app/uninstalled': keysByTopic.get('app/uninstalled')!.keys,
  // A customer without an address has none.
  ...forTopics(['customers/create', 'customers/update'], ['default_address']),
  // Limited to what the sandbox's world knows; the app reads nothing else.
  ...forTopics(
    ['products/create', 'products/update'],
    keysByTopic
      .get('products/update')!
      .keys.filter((key) => !['id', 'title', 'tags', 'updated_at'].includes(key)),
  ),
};
/** Keys that the sandbox adds, with the reason. */
const ADDED: Record<string, readonly string[]> = {
  'app/uninstalled': ['admin_graphql_api_id'],
  // In the genuine web order of 2026-02, not in the reference.
  ...forTopics(ORDER_TOPICS, ['checkout_id']),
  // Not in the reference; the app reads them where they are.
  'refunds/create': ['total_additional_fees_set', 'additional_fees'],
};

const CUSTOMER = 'siti.rahmawati@example.com';
const received = new Map<string, Loose[]>();
let sandbox: TestSandbox;

/** Consents are given through the Admin API. */
async function consent(channel: 'Sms' | 'Email', customerId: number): Promise<void> {
  const name = `customer${channel}MarketingConsentUpdate`;
  const { data } = await sandbox.graphql(
    `mutation ($input: Customer${channel}MarketingConsentUpdateInput!) { ${name}(input: $input) { userErrors { message } } }`,
    {
      input: {
        customerId: `gid://shopify/Customer/${customerId}`,
        [channel === 'Sms' ? 'smsMarketingConsent' : 'emailMarketingConsent']: {
          marketingState: 'SUBSCRIBED',
          marketingOptInLevel: 'SINGLE_OPT_IN',
        },
      },
    },
  );
  expect(data[name].userErrors).toEqual([]);
}

beforeAll(async () => {
  sandbox = await startTestSandbox();
  const post = async (path: string, body: object = {}) =>
    (await sandbox.control('POST', `/_control/${path}`, body)).body;
  const line = { product: 'sambal-roa-manado', quantity: 2 };
  const { order } = await post('orders', { customer: CUSTOMER, lines: [line], paid: true });
  await post(`orders/${String(order.id)}/edit`, { add: [{ product: 'teh-melati-premium', quantity: 1 }] });
  await post(`orders/${String(order.id)}/fulfill`, { lines: [{ line: 0, quantity: 1 }] });
  await post(`orders/${String(order.id)}/fulfill`);
  await post('refunds', { order: order.id, lines: [{ line: 0, quantity: 1 }] });
  const { order: other } = await post('orders', { customer: CUSTOMER, lines: [line], paid: true });
  await post(`orders/${String(other.id)}/cancel`);
  await sandbox.control('DELETE', `/_control/orders/${String(other.id)}`);
  const { customer } = await post('customers', { email: 'new@example.com', firstName: 'New' });
  const { customer: twin } = await post('customers', { email: 'twin@example.com', firstName: 'Twin' });
  await post(`customers/${String(customer.id)}`, {
    firstName: 'Newer',
    phone: '+628111222333',
    tags: ['vip'],
  });
  await post(`customers/${String(customer.id)}`, { tags: [] });
  await consent('Sms', customer.id);
  await consent('Email', customer.id);
  await post('customers/merge', { kept: customer.id, deleted: twin.id });
  const { customer: gone } = await post('customers', { email: 'gone@example.com', firstName: 'Gone' });
  await sandbox.control('DELETE', `/_control/customers/${String(gone.id)}`);
  const { product } = await post('products', { title: 'Kopi', price: '100000' });
  await post(`products/${String(product.id)}`, { title: 'Kopi Gayo' });
  await sandbox.control('DELETE', `/_control/products/${String(product.id)}`);
  for (const topic of ['customers/data_request', 'customers/redact', 'shop/redact'])
    await post('privacy', { topic, customer: CUSTOMER });
  await post('scopes', { scopes: ['read_orders'] });
  await post('uninstall');
  expect(await sandbox.webhooks.idle()).toBe(true);
  for (const { topic, rawBody } of sandbox.receiver.received)
    received.set(topic, [...(received.get(topic) ?? []), JSON.parse(rawBody)]);
});
afterAll(() => sandbox.close());

describe.each(Object.keys(TOPICS))('%s', (topic) => {
  test('has the keys of the reference, no other', () => {
    const published = keysByTopic.get(topic);
    expect(published, 'the reference knows the topic').toBeDefined();
    const payloads = received.get(topic) ?? [];
    expect(payloads.length, 'the sandbox sent one').toBeGreaterThan(0);
    for (const payload of payloads) {
      const ours = Object.keys(payload);
      expect(ours.filter((key) => !published!.keys.includes(key) && !ADDED[topic]?.includes(key))).toEqual(
        [],
      );
      expect(published!.keys.filter((key) => !ours.includes(key) && !LEFT_OUT[topic]?.includes(key))).toEqual(
        [],
      );
    }
  });

  test('has in its parts only keys of the reference', () => {
    const { below } = keysByTopic.get(topic)!;
    const parts = new Set(below.map((path) => path.split('.')[0]!));
    const unknown = (received.get(topic) ?? []).flatMap((payload) =>
      [...parts].flatMap((part) =>
        [payload[part]]
          .flat()
          .filter((each) => typeof each === 'object' && each !== null)
          .flatMap((each) => Object.keys(each))
          .map((key) => `${part}.${key}`)
          .filter((path) => !below.includes(path)),
      ),
    );
    expect([...new Set(unknown)]).toEqual([]);
  });
});
