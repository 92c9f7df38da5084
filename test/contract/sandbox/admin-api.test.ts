import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Loose, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', {});
});

const placeOrder = (quantity = 1, customer: string | null = 'budi.santoso@example.com') =>
  sandbox.control('POST', '/_control/orders', {
    customer,
    lines: [{ product: 'sambal-roa-manado', quantity }],
  });

describe('execution on the real schema', () => {
  test('the shop is what the seed says', async () => {
    const { data } = await sandbox.graphql(
      '{ shop { myshopifyDomain currencyCode ianaTimezone taxesIncluded } }',
    );
    expect(data.shop).toEqual({
      myshopifyDomain: 'setia-demo.myshopify.com',
      currencyCode: 'IDR',
      ianaTimezone: 'Asia/Jakarta',
      taxesIncluded: true,
    });
  });

  test('a field that the schema does not have is refused by validation', async () => {
    const { errors, data } = await sandbox.graphql('{ shop { favouriteColour } }');
    expect(errors[0].message).toContain('Cannot query field "favouriteColour" on type "Shop"');
    expect(data).toBeUndefined();
  });

  test('a field without a simulation is an error that names it, not a made-up value', async () => {
    const { errors, data } = await sandbox.graphql('{ shop { name timezoneAbbreviation } }');
    expect(errors[0].message).toBe('sandbox: Shop.timezoneAbbreviation is not simulated');
    expect(data).toBeNull();
    const root = await sandbox.graphql(
      'mutation { orderClose(input: { id: "gid://shopify/Order/1" }) { order { id } } }',
    );
    expect(root.errors[0].message).toMatch(/orderClose/);
  });

  test('nullable fields that are not simulated are errors too', async () => {
    const { errors } = await sandbox.graphql('{ customers(first: 1) { nodes { id multipassIdentifier } } }');
    expect(errors[0].message).toBe('sandbox: Customer.multipassIdentifier is not simulated');
  });

  test('an unknown id is null, a gid of another type is refused', async () => {
    const { data } = await sandbox.graphql('{ order(id: "gid://shopify/Order/1") { id } }');
    expect(data.order).toBeNull();
    const wrong = await sandbox.graphql('{ order(id: "gid://shopify/Customer/1") { id } }');
    expect(wrong.errors[0].extensions.code).toBe('RESOURCE_NOT_FOUND');
  });
});

describe('access', () => {
  test('no call without a live token', async () => {
    const response = await sandbox.send('{ shop { name } }', {}, 'shpat_of_nobody');
    expect(response.status).toBe(401);
  });

  test('a field outside the granted scopes is denied as Shopify words it', async () => {
    const { errors, data } = await sandbox.graphql('{ giftCards(first: 1) { nodes { id } } }');
    expect(data).toBeNull();
    expect(errors[0].message).toBe(
      'Access denied for giftCards field. Required access: `read_gift_cards` access scope.',
    );
    expect(errors[0].extensions.code).toBe('ACCESS_DENIED');
  });

  test('scopes taken away by the merchant close their fields at once', async () => {
    await placeOrder();
    const query = '{ orders(first: 1) { nodes { id customer { id } } } }';
    expect((await sandbox.graphql(query)).errors).toBeUndefined();
    await sandbox.control('POST', '/_control/scopes', { scopes: ['read_orders'] });
    const { errors, data } = await sandbox.graphql(query);
    expect(errors[0].path).toEqual(['orders', 'nodes', 0, 'customer']);
    expect(data.orders.nodes[0].customer).toBeNull();
    await sandbox.control('POST', '/_control/scopes', { scopes: null });
  });

  test('a writing scope is needed to write to a customer', async () => {
    const id = `gid://shopify/Customer/${sandbox.world.findCustomer('setia-demo.myshopify.com', 'dewi.lestari@example.com')?.id}`;
    await sandbox.control('POST', '/_control/scopes', { scopes: ['read_customers'] });
    const { errors } = await sandbox.graphql(
      'mutation($id: ID!) { tagsAdd(id: $id, tags: ["vip"]) { userErrors { message } } }',
      { id },
    );
    expect(errors[0].extensions.code).toBe('ACCESS_DENIED');
    await sandbox.control('POST', '/_control/scopes', { scopes: null });
  });
});

describe('cost', () => {
  test('every response has its cost and what is left', async () => {
    const { extensions } = await sandbox.graphql('{ products(first: 5) { nodes { id title } } }');
    expect(extensions.cost.requestedQueryCost).toBeGreaterThan(1);
    expect(extensions.cost.actualQueryCost).toBeLessThanOrEqual(extensions.cost.requestedQueryCost);
    expect(extensions.cost.throttleStatus).toMatchObject({ maximumAvailable: 20_000, restoreRate: 1_000 });
  });

  test('a query above 1,000 points is refused before it runs', async () => {
    const query = `{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { variant { product { variants(first: 250) { nodes { id product { id } } } } } } } } } }`;
    const { errors } = await sandbox.graphql(query);
    expect(errors[0].extensions).toMatchObject({ code: 'MAX_COST_EXCEEDED', maxCost: 1000 });
  });

  test('an empty bucket throttles and recovers', async () => {
    const own = await startTestSandbox({ throttle: { maximumAvailable: 200, restoreRate: 100 } });
    const mutation =
      'mutation { tagsRemove(id: "gid://shopify/Customer/1", tags: ["x"]) { userErrors { message } } }';
    const answers = [];
    for (let sent = 0; sent < 60; sent += 1) answers.push(await own.graphql(mutation));
    const throttled = answers.find((answer) => answer.errors);
    expect(throttled?.errors[0]).toMatchObject({ message: 'Throttled', extensions: { code: 'THROTTLED' } });
    expect(throttled?.extensions.cost.actualQueryCost).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await own.graphql(mutation)).errors).toBeUndefined();
    await own.close();
  });
});

describe('lists', () => {
  test('reconciliation finds every order changed since a timestamp, page by page, oldest change first', async () => {
    const placed = [];
    for (let order = 0; order < 5; order += 1) {
      await sandbox.control('POST', '/_control/clock', { advanceMs: 60_000 });
      placed.push((await placeOrder()).body.order.admin_graphql_api_id);
    }
    const first = placed[0];
    await sandbox.control('POST', '/_control/clock', { advanceMs: 60_000 });
    await sandbox.control('POST', '/_control/refunds', { order: first, full: true });
    const since = sandbox.world.findOrder('setia-demo.myshopify.com', placed[2])?.updatedAt;
    const found: string[] = [];
    let after: string | null = null;
    do {
      const { data }: Loose = await sandbox.graphql(
        `query($query: String!, $after: String) { orders(first: 2, after: $after, query: $query, sortKey: UPDATED_AT) {
           nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }`,
        { query: `updated_at:>='${since}'`, after },
      );
      found.push(...data.orders.nodes.map((order: { id: string }) => order.id));
      after = data.orders.pageInfo.hasNextPage ? data.orders.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual([placed[2], placed[3], placed[4], first]);
  });

  test('search that is not simulated is refused by name', async () => {
    const { errors } = await sandbox.graphql(
      '{ orders(first: 1, query: "risk_level:high") { nodes { id } } }',
    );
    expect(errors[0].message).toBe('sandbox: search field risk_level is not simulated');
    const or = await sandbox.graphql('{ orders(first: 1, query: "name:#1 OR name:#2") { nodes { id } } }');
    expect(or.errors[0].message).toContain('is not simulated');
  });

  test('a connection needs first or last, and at most 250', async () => {
    const none = await sandbox.graphql('{ customers { nodes { id } } }');
    expect(none.errors[0].message).toBe('you must provide one of first or last');
    const many = await sandbox.graphql('{ customers(first: 251) { nodes { id } } }');
    expect(many.errors[0].extensions.code).toBe('BAD_REQUEST');
  });

  test('an order carries what a reconciliation needs, in agreement with its webhook', async () => {
    await placeOrder(4);
    const { body } = await sandbox.control('GET', '/_control/orders');
    const [payload] = body.orders;
    await sandbox.control('POST', '/_control/refunds', {
      order: payload.id,
      lines: [{ line: 0, quantity: 1 }],
    });
    const { data, errors } = await sandbox.graphql(
      `query($id: ID!) { order(id: $id) {
        id name test sourceName taxesIncluded cancelledAt processedAt updatedAt displayFinancialStatus currencyCode
        customer { id displayName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }
        subtotalPriceSet { shopMoney { amount currencyCode } } totalPriceSet { shopMoney { amount } }
        totalRefundedSet { shopMoney { amount } } currentSubtotalPriceSet { shopMoney { amount } }
        shippingLines(first: 5) { nodes { discountedPriceSet { shopMoney { amount } } } }
        lineItems(first: 50) { nodes { id quantity currentQuantity isGiftCard originalUnitPriceSet { shopMoney { amount } }
          product { id } variant { id sku } taxLines { priceSet { shopMoney { amount } } } } }
        refunds { id createdAt totalRefundedSet { shopMoney { amount } }
          refundLineItems(first: 50) { nodes { quantity subtotalSet { shopMoney { amount } } lineItem { id } } }
          orderAdjustments(first: 10) { nodes { reason amountSet { shopMoney { amount } } } }
          transactions(first: 10) { nodes { kind status amountSet { shopMoney { amount } } } } } } }`,
      { id: payload.admin_graphql_api_id },
    );
    expect(errors).toBeUndefined();
    expect(data.order).toMatchObject({
      name: payload.name,
      displayFinancialStatus: 'PARTIALLY_REFUNDED',
      customer: { displayName: 'Budi Santoso', defaultPhoneNumber: { phoneNumber: '+6281234567802' } },
      subtotalPriceSet: { shopMoney: { amount: '100000.0', currencyCode: 'IDR' } },
      currentSubtotalPriceSet: { shopMoney: { amount: '75000.0' } },
      totalRefundedSet: { shopMoney: { amount: '25000.0' } },
      lineItems: { nodes: [{ quantity: 4, currentQuantity: 3, isGiftCard: false }] },
      refunds: [
        { refundLineItems: { nodes: [{ quantity: 1, subtotalSet: { shopMoney: { amount: '25000.0' } } }] } },
      ],
    });
    expect(Number(data.order.subtotalPriceSet.shopMoney.amount)).toBe(Number(payload.subtotal_price));
  });
});

describe('writing to customers', () => {
  const customerId = () =>
    `gid://shopify/Customer/${sandbox.world.findCustomer('setia-demo.myshopify.com', 'made.suartini@example.com')?.id}`;
  const SET = `mutation($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) {
    metafields { id namespace key jsonValue compareDigest } userErrors { field message code elementIndex } } }`;

  test('a metafield is written, read back, and guarded by its digest', async () => {
    const metafield = { ownerId: customerId(), key: 'loyalty', type: 'json', value: '{"points":"120"}' };
    const written = (await sandbox.graphql(SET, { metafields: [metafield] })).data.metafieldsSet;
    expect(written.userErrors).toEqual([]);
    expect(written.metafields[0].jsonValue).toEqual({ points: '120' });
    const read = await sandbox.graphql(
      'query($id: ID!) { customer(id: $id) { metafield(namespace: "$app", key: "loyalty") { jsonValue } } }',
      { id: customerId() },
    );
    expect(read.data.customer.metafield.jsonValue).toEqual({ points: '120' });
    const stale = await sandbox.graphql(SET, {
      metafields: [{ ...metafield, compareDigest: 'of-yesterday' }],
    });
    expect(stale.data.metafieldsSet.userErrors[0].code).toBe('STALE_OBJECT');
  });

  test('metafields are written all or none', async () => {
    const good = { ownerId: customerId(), key: 'a', type: 'number_integer', value: '7' };
    const bad = { ownerId: customerId(), key: 'b', type: 'json', value: '{' };
    const { data } = await sandbox.graphql(SET, { metafields: [good, bad] });
    expect(data.metafieldsSet.userErrors).toMatchObject([{ code: 'INVALID_VALUE', elementIndex: 1 }]);
    expect(sandbox.world.findCustomer('setia-demo.myshopify.com', customerId())?.metafields).toEqual([]);
  });

  test('tags are added once, ignoring case, and removed', async () => {
    const run = (name: string, tags: string[]) =>
      sandbox.graphql(
        `mutation($id: ID!, $tags: [String!]!) { ${name}(id: $id, tags: $tags) { node { ... on Customer { tags } } userErrors { message } } }`,
        { id: customerId(), tags },
      );
    await run('tagsAdd', ['Gold', 'vip']);
    expect((await run('tagsAdd', ['GOLD'])).data.tagsAdd.node.tags).toEqual(['Gold', 'vip']);
    expect((await run('tagsRemove', ['VIP'])).data.tagsRemove.node.tags).toEqual(['Gold']);
    expect((await run('tagsAdd', ['kopi, teh', 'gula'])).data.tagsAdd.node.tags).toEqual([
      'Gold',
      'gula',
      'kopi',
      'teh',
    ]);
  });
});
