/** What the sandbox hides of customers that Shopify has not approved the app for. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_SHOP, startTestSandbox, type Loose, type TestSandbox } from '../../support/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', {});
  sandbox.receiver.received.length = 0;
});

const approve = (approved: string[], more: object = {}) =>
  sandbox.control('POST', '/_control/protected-data', { approved, ...more });

const SITI = 'siti.rahmawati@example.com';
const CUSTOMER = `firstName lastName tags
  defaultEmailAddress { emailAddress marketingState } defaultPhoneNumber { marketingState }
  defaultAddress { address1 zip city }`;

async function read(fields = CUSTOMER): Promise<Loose> {
  const id = `gid://shopify/Customer/${sandbox.world.findCustomer(DEMO_SHOP, SITI)?.id}`;
  return sandbox.graphql(`query ($id: ID!) { customer(id: $id) { ${fields} } }`, { id });
}

async function received(topic: string): Promise<Loose[]> {
  await sandbox.webhooks.idle();
  return sandbox.receiver.received.filter((each) => each.topic === topic).map(({ payload }) => payload);
}

async function runBulk(query: string): Promise<Loose> {
  const started = await sandbox.graphql(
    `mutation ($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id } userErrors { message } } }`,
    { query },
  );
  const { id } = started.data.bulkOperationRunQuery.bulkOperation;
  for (;;) {
    const answer = await sandbox.graphql(`{ bulkOperation(id: "${String(id)}") { status errorCode } }`);
    if (!['CREATED', 'RUNNING'].includes(answer.data.bulkOperation.status)) return answer.data.bulkOperation;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('fields', () => {
  test('everything is approved from the start', async () => {
    const { data, errors } = await read();
    expect(errors).toBeUndefined();
    expect(data.customer).toMatchObject({ firstName: 'Siti', defaultEmailAddress: { emailAddress: SITI } });
  });

  test('what is not approved is null, with an error beside the data for each', async () => {
    await approve(['phone']);
    const { data, errors } = await read();
    expect(data.customer).toMatchObject({ firstName: null, defaultEmailAddress: null });
    expect(data.customer.defaultAddress).toMatchObject({ address1: null, zip: null });
    expect(data.customer.defaultAddress.city).not.toBeNull();
    expect(errors.map((each: Loose) => each.path.at(-1)).sort()).toEqual([
      'address1',
      'emailAddress',
      'firstName',
      'lastName',
      'zip',
    ]);
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('This app is not approved to use the firstName field.'),
      extensions: { code: 'ACCESS_DENIED' },
    });
  });

  test('a field that is not asked for is no error', async () => {
    await approve([]);
    const { data, errors } = await read(
      'tags defaultEmailAddress { marketingState } defaultAddress { city }',
    );
    expect(errors).toBeUndefined();
    expect(data.customer.defaultEmailAddress.marketingState).toBeDefined();
  });

  test('in the other mode it is null without a word', async () => {
    await approve(['name'], { mode: 'nulls' });
    const { data, errors } = await read();
    expect(errors).toBeUndefined();
    expect(data.customer).toMatchObject({ firstName: 'Siti', defaultEmailAddress: null });
    expect(data.customer.defaultAddress).toMatchObject({ address1: null, zip: null });
  });

  test('without customer data there is no customer and no order', async () => {
    await approve([], { isCustomerDataApproved: false });
    const customer = await read();
    expect(customer.data.customer).toBeNull();
    expect(customer.errors[0].message).toContain('not approved to access the Customer object');
    const orders = await sandbox.graphql('{ orders(first: 1) { nodes { id } } }');
    expect(orders.errors[0].message).toContain('not approved to access the Order object');
    const shop = await sandbox.graphql('{ shop { name } }');
    expect(shop.errors).toBeUndefined();
  });
});

describe('bulk operations', () => {
  const QUERY = '{ customers { edges { node { id firstName } } } }';

  test('end ACCESS_DENIED for a field that is not approved', async () => {
    await approve(['email', 'phone', 'address']);
    expect(await runBulk(QUERY)).toEqual({ status: 'FAILED', errorCode: 'ACCESS_DENIED' });
    await approve(['name']);
    expect(await runBulk(QUERY)).toEqual({ status: 'COMPLETED', errorCode: null });
  });

  test('complete with nulls in the other mode', async () => {
    await approve([], { mode: 'nulls' });
    expect(await runBulk(QUERY)).toEqual({ status: 'COMPLETED', errorCode: null });
  });
});

describe('webhooks', () => {
  const order = () =>
    sandbox.control('POST', '/_control/orders', {
      customer: SITI,
      lines: [{ product: 'sambal-roa-manado', quantity: 1 }],
    });

  test('carry null for what is not approved; an order keeps its name', async () => {
    await approve(['name']);
    await order();
    const [paid] = await received('orders/paid');
    expect(paid).toMatchObject({ email: null, contact_email: null, phone: null });
    expect(paid.name).toMatch(/^#\d+/);
    expect(paid.customer).toMatchObject({ first_name: 'Siti', email: null, phone: null });
    expect(paid.customer.default_address).toMatchObject({ address1: null, zip: null });
    expect(paid.customer.default_address.name).toContain('Siti');
    await approve([]);
    await order();
    const [, second] = await received('orders/paid');
    expect(second.customer.default_address.name).toBeNull();
    expect(second.line_items[0].name).not.toBeNull();
  });

  test('of customers and orders do not come without customer data; others do, and the privacy topics', async () => {
    await approve([], { isCustomerDataApproved: false });
    await order();
    await sandbox.control('POST', `/_control/customers/${SITI}`, { note: 'x' });
    await sandbox.control('POST', '/_control/products', { title: 'Teh', price: 100 });
    await sandbox.control('POST', '/_control/privacy', { topic: 'customers/redact', customer: SITI });
    await sandbox.webhooks.idle();
    const [redact] = await received('customers/redact');
    expect(redact.customer.email).toBe(SITI);
    expect(sandbox.receiver.received.map(({ topic }) => topic).sort()).toEqual([
      'customers/redact',
      'products/create',
    ]);
  });
});
