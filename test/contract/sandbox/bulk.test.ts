/**
 * The sandbox's bulk operations compared with what is known of Shopify's: rules of queries, lines, files and faults.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CUSTOMER_METAFIELDS } from '#app/modules/customers/rules/metafields.ts';
import { decodeCustomerNode } from '#app/modules/customers/decode-customer-node.ts';
import { BULK_ORDERS } from '#app/integrations/shopify/operations/orders.ts';
import {
  BULK_CUSTOMERS,
  BULK_PRODUCTS,
  READ_CHANGED_CUSTOMERS,
} from '#app/integrations/shopify/operations/sync.ts';
import { DEMO_SHOP, type Loose, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control('DELETE', '/_control/faults'));

const RUN = `mutation($query: String!, $group: Boolean!) { bulkOperationRunQuery(query: $query, groupObjects: $group) {
  bulkOperation { id status type query objectCount url } userErrors { field message code } } }`;
const READ = `query($id: ID!) { bulkOperation(id: $id) {
  id status errorCode objectCount rootObjectCount fileSize url partialDataUrl completedAt } }`;

async function run(query: string, group = false): Promise<Loose> {
  const answer = await sandbox.graphql(RUN, { query, group });
  expect(answer.errors).toBeUndefined();
  return answer.data.bulkOperationRunQuery;
}
async function finished(id: string): Promise<Loose> {
  for (let tries = 0; tries < 200; tries++) {
    const { data } = await sandbox.graphql(READ, { id });
    if (!['CREATED', 'RUNNING', 'CANCELING'].includes(data.bulkOperation.status)) return data.bulkOperation;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${id} does not end`);
}
async function result(query: string, group = false): Promise<Loose> {
  return finished((await run(query, group)).bulkOperation.id);
}
async function linesOf(url: string): Promise<Loose[]> {
  const text = await (await fetch(url)).text();
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
async function order(change: object = {}): Promise<Loose> {
  const { body } = await sandbox.control('POST', '/_control/orders', {
    customer: 'siti.rahmawati@example.com',
    lines: [
      { title: 'Kain', price: '100000' },
      { title: 'Kopi', price: '50000', quantity: 2 },
    ],
    ...change,
  });
  return body.order;
}
const CUSTOMERS = '{ customers { edges { node { id firstName } } } }';

test('a result: one line per object, nested ones name their parent, grouped or not', async () => {
  const { admin_graphql_api_id: id } = await order();
  const query =
    '{ orders { edges { node { id name customer { id } lineItems { edges { node { id title } } } } } } }';
  const operation = await result(query);
  expect(operation).toMatchObject({ status: 'COMPLETED', errorCode: null, partialDataUrl: null });
  const lines = await linesOf(operation.url);
  expect(Number(operation.objectCount)).toBe(lines.length);
  expect(Number(operation.rootObjectCount)).toBe(lines.filter((line) => !line.__parentId).length);
  expect(lines.filter((line) => line.__parentId === id).map((line) => line.title)).toEqual(['Kain', 'Kopi']);
  const own = lines.find((line) => line.id === id);
  expect(Object.keys(own)).toEqual(['id', 'name', 'customer']);
  const size = (await (await fetch(operation.url)).arrayBuffer()).byteLength;
  expect(Number(operation.fileSize)).toBe(size);

  const grouped = await linesOf((await result(query, true)).url);
  const place = grouped.findIndex((line) => line.id === id);
  expect(grouped.slice(place + 1, place + 3).map((line) => line.__parentId)).toEqual([id, id]);
  expect(grouped).toHaveLength(lines.length);
});

test('more orders than a page are all there, and so are the lines of a long one', async () => {
  const long = await order({
    lines: Array.from({ length: 60 }, (_, at) => ({ title: `L${at}`, price: '1000' })),
  });
  const { url } = await result(
    '{ orders { edges { node { id lineItems(first: 1) { edges { node { id } } } } } } }',
  );
  const lines = (await linesOf(url)).filter((line) => line.__parentId === long.admin_graphql_api_id);
  expect(lines).toHaveLength(60);
});

test.each([
  ['nodes', '{ products { nodes { id } } }', /must select their contents using 'edges' > 'node'/],
  ['node', '{ node(id: "gid://shopify/Product/1") { id } }', /top level `node` field/],
  [
    'list',
    '{ orders { edges { node { id refunds { refundLineItems { edges { node { quantity } } } } } } } }',
    /connection field within a list field/,
  ],
  [
    'depth',
    '{ collections { edges { node { id products { edges { node { id variants { edges { node { id metafields { edges { node { id } } } } } } } } } } } } }',
    /nesting depth greater than 2/,
  ],
  [
    'id',
    '{ orders { edges { node { name lineItems { edges { node { id } } } } } } }',
    /without 'id': orders/,
  ],
  ['none', '{ shop { name } }', /at least one connection/],
  ['mutation', 'mutation { tagsAdd(id: "x", tags: []) { node { id } } }', /Only `query` operations/],
  ['syntax', '', /^Invalid bulk query: /],
])('a query that bulk operations do not take is refused: %s', async (_what, query, message) => {
  const { bulkOperation, userErrors } = await run(query);
  expect(bulkOperation).toBeNull();
  expect(userErrors).toContainEqual({
    field: ['query'],
    message: expect.stringMatching(message),
    code: 'INVALID',
  });
});

test('a field that is not simulated is named, at the start and not in an empty file', async () => {
  const query = '{ orders { edges { node { id agreements { edges { node { id } } } } } } }';
  const answer = await sandbox.graphql(RUN, { query, group: false });
  expect(answer.errors[0].message).toContain('is not simulated');
});

test.each([
  ['orders', BULK_ORDERS],
  ['customers', BULK_CUSTOMERS],
  ['products', BULK_PRODUCTS],
])("the app's query of %s is taken", async (_what, query) => {
  const operation = await result(query);
  expect(operation.status).toBe('COMPLETED');
});

test('a customer is one line with all that the sync reads, each metafield by name and requested', async () => {
  const keys = Object.values(CUSTOMER_METAFIELDS).map(({ key }) => key);
  for (const query of [BULK_CUSTOMERS, READ_CHANGED_CUSTOMERS])
    expect(
      [...query.matchAll(/metafield\(namespace: "\$app", key: "(\w+)"\)/g)].map(([, key]) => key),
    ).toEqual(keys);
  const lines = await linesOf((await result(BULK_CUSTOMERS)).url);
  expect(lines).toHaveLength(sandbox.world.shop(DEMO_SHOP).customers.length);
  const [siti] = lines.filter(({ firstName }) => firstName === 'Siti').map(decodeCustomerNode);
  expect(siti).toMatchObject({
    fields: {
      lastName: 'Rahmawati',
      email: 'siti.rahmawati@example.com',
      phone: '+6281234567801',
      emailConsent: 'not_subscribed',
      address: { countryCode: 'ID', provinceCode: 'JB', city: 'Bandung', postalCode: '40115' },
      interests: [],
      gender: null,
    },
  });
});

test('five at a time; a sixth is refused, and one that was cancelled makes room', async () => {
  await sandbox.control('POST', '/_control/faults', { target: 'bulk', kind: 'slow', delayMs: 400, times: 6 });
  const ids: string[] = [];
  for (let at = 0; at < 5; at++) ids.push((await run(CUSTOMERS)).bulkOperation.id);
  const sixth = await run(CUSTOMERS);
  expect(sixth.userErrors[0].code).toBe('LIMIT_REACHED');
  const cancel = `mutation($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }`;
  const answer = await sandbox.graphql(cancel, { id: ids[0] });
  expect(answer.data.bulkOperationCancel).toEqual({ bulkOperation: { status: 'CANCELING' }, userErrors: [] });
  expect((await finished(ids[0]!)).status).toBe('CANCELED');
  for (const id of ids.slice(1)) expect((await finished(id)).status).toBe('COMPLETED');
  const again = await sandbox.graphql(cancel, { id: ids[1] });
  expect(again.data.bulkOperationCancel.userErrors).toHaveLength(1);
});

test('lists: newest first; the deprecated current one is the newest', async () => {
  const { bulkOperation } = await run(CUSTOMERS);
  await finished(bulkOperation.id);
  const { data } = await sandbox.graphql(
    '{ bulkOperations(first: 2) { nodes { id query } } currentBulkOperation { id } }',
  );
  expect(data.bulkOperations.nodes[0]).toEqual({ id: bulkOperation.id, query: CUSTOMERS });
  expect(data.currentBulkOperation.id).toBe(bulkOperation.id);
});

test('a missing scope makes the operation fail; without read_all_orders only 60 days are seen', async () => {
  const before = sandbox.world.state.clockOffsetMs;
  await sandbox.control('POST', '/_control/clock', { offsetMs: -90 * 86_400_000 });
  const old = await order();
  await sandbox.control('POST', '/_control/clock', { offsetMs: before });
  const query = `{ orders(query: "id:${String(old.id)}") { edges { node { id } } } }`;
  const { scopes, optionalScopes } = sandbox.appConfig;
  await sandbox.control('POST', '/_control/scopes', { scopes: [...scopes, ...optionalScopes] });
  expect(await result(query)).toMatchObject({ objectCount: '1' });
  await sandbox.control('POST', '/_control/scopes', { scopes: ['read_orders'] });
  const token = await sandbox.accessToken();
  const start = async (text: string) => {
    const { data } = await sandbox.graphql(RUN, { query: text, group: false }, token);
    return finished(data.bulkOperationRunQuery.bulkOperation.id);
  };
  expect(await start(query)).toMatchObject({ status: 'COMPLETED', objectCount: '0', url: null });
  expect(await start(CUSTOMERS)).toMatchObject({ status: 'FAILED', errorCode: 'ACCESS_DENIED' });
  await sandbox.control('POST', '/_control/scopes', { scopes: null });
});

test('the file: from any byte on, gone after seven days', async () => {
  const { url, id } = await result(CUSTOMERS);
  const whole = await (await fetch(url)).text();
  const part = await fetch(url, { headers: { range: 'bytes=10-' } });
  expect([part.status, await part.text()]).toEqual([206, whole.slice(10)]);
  expect((await fetch(url, { headers: { range: `bytes=${whole.length}-` } })).status).toBe(416);
  const before = sandbox.world.state.clockOffsetMs;
  await sandbox.control('POST', '/_control/clock', { advanceMs: 8 * 86_400_000 });
  expect((await fetch(url)).status).toBe(403);
  expect(await finished(id)).toMatchObject({ status: 'EXPIRED', url: null });
  await sandbox.control('POST', '/_control/clock', { offsetMs: before });
});

test('faults: fails with partial data, an expired address, a file that breaks off', async () => {
  await sandbox.control('POST', '/_control/faults', { target: 'bulk', kind: 'fails' });
  const failed = await result(CUSTOMERS);
  expect(failed).toMatchObject({ status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR', url: null });
  await sandbox.control('POST', '/_control/faults', { target: 'bulk', kind: 'fails', message: 'TIMEOUT' });
  expect(await result(CUSTOMERS)).toMatchObject({ status: 'FAILED', errorCode: 'TIMEOUT' });
  const whole = await result(CUSTOMERS);
  const partial = await linesOf(failed.partialDataUrl);
  expect(partial.length).toBeLessThan((await linesOf(whole.url)).length);
  await sandbox.control('POST', '/_control/faults', { target: 'bulk', kind: 'expired' });
  expect((await fetch(whole.url)).status).toBe(403);
  await sandbox.control('POST', '/_control/faults', { target: 'bulk', kind: 'partial' });
  await expect(fetch(whole.url).then((response) => response.text())).rejects.toThrow();
  expect((await fetch(whole.url)).status).toBe(200);
});

test('the end is announced as a webhook of its own topic', async () => {
  const announced: Loose[] = [];
  sandbox.world.onAction((action) => announced.push(...action.messages));
  const { id } = await result(CUSTOMERS);
  const message = announced.find(({ topic }) => topic === 'bulk_operations/finish');
  expect(message.payload).toMatchObject({ admin_graphql_api_id: id, status: 'completed', type: 'query' });
  expect(sandbox.world.shop(DEMO_SHOP).orders.length).toBeGreaterThan(0);
});
