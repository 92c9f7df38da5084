import { CREATE_PURCHASE } from '#app/integrations/shopify/operations/purchases.ts';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_SHOP, type Loose, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

/** Every operation that the app sends, by name, with its fragments. */
const operations = new Map<string, string>();
const folder = new URL('../../../app/integrations/shopify/operations/', import.meta.url);
for (const file of readdirSync(folder)) {
  const module: Record<string, unknown> = await import(new URL(file, folder).href);
  for (const text of Object.values(module)) {
    const name = typeof text === 'string' ? /\b(?:query|mutation)\s+(\w+)/.exec(text)?.[1] : undefined;
    // Those for bulk operations have no pages: bulk.test.ts runs them as bulk operations.
    if (name && !name.startsWith('Bulk')) operations.set(name, String(text));
  }
}

const PRICE = { namespace: '$app', key: 'price' };
const BIRTH_DATE = { namespace: '$app', key: 'birth_date' };

let sandbox: TestSandbox;
let variables: Record<string, Record<string, unknown>>;

const STAGED = {
  resource: 'BULK_MUTATION_VARIABLES',
  filename: 'a.jsonl',
  mimeType: 'text/jsonl',
  httpMethod: 'POST',
};

/** Uploads a file of variables; returns its path. */
async function stage(text: string): Promise<string> {
  const { data } = await sandbox.graphql(operations.get('StageBulkVariables')!, { input: [STAGED] });
  const [{ url, parameters }] = data.stagedUploadsCreate.stagedTargets;
  const form = new FormData();
  for (const { name, value } of parameters) form.append(name, value);
  form.append('file', new File([text], 'a.jsonl'));
  await fetch(url, { method: 'POST', body: form });
  return parameters.find(({ name }: Loose) => name === 'key').value;
}

/** An order with everything one can have: a code, shipping, tax, two lines, a refund of units and one of money. */
beforeAll(async () => {
  sandbox = await startTestSandbox();
  const discount = {
    title: 'Setia',
    code: 'SETIA-OPS',
    startsAt: new Date(sandbox.world.now() - 1_000).toISOString(),
    endsAt: new Date(sandbox.world.now() + 3_600_000).toISOString(),
    usageLimit: 1,
    context: { all: 'ALL' },
    customerGets: { items: { all: true }, value: { discountAmount: { amount: '5000.00' } } },
  };
  await sandbox.graphql(
    'mutation($d: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $d) { userErrors { message } } }',
    { d: discount },
  );
  const { body } = await sandbox.control('POST', '/_control/orders', {
    customer: 'siti.rahmawati@example.com',
    lines: [{ product: 'batik-tulis-parang', quantity: 2 }, { product: 'kartu-hadiah-toko-setia' }],
    discountCodes: ['SETIA-OPS'],
    shipping: '20000',
  });
  await sandbox.control('POST', '/_control/refunds', {
    order: body.order.id,
    lines: [{ line: 0, quantity: 1 }],
  });
  await sandbox.control('POST', '/_control/refunds', { order: body.order.id, amount: '1000' });
  const id = body.order.admin_graphql_api_id;
  await sandbox.control('POST', `/_control/orders/${String(body.order.id)}/fulfill`, {});
  const fulfilled = await sandbox.graphql(
    `query($id: ID!) { order(id: $id) { fulfillments(first: 1) { id fulfillmentLineItems(first: 1) { pageInfo { endCursor } } } } }`,
    { id },
  );
  const [fulfillment] = fulfilled.data.order.fulfillments;
  const handedOver = { id: fulfillment.id, after: fulfillment.fulfillmentLineItems.pageInfo.endCursor };
  const reductions = await sandbox.graphql(
    'query($id: ID!) { order(id: $id) { discountApplications(first: 1) { pageInfo { endCursor } } } }',
    { id },
  );
  const gate = {
    functionHandle: 'members-only',
    title: 'Members only',
    enable: true,
    blockOnFailure: false,
    metafields: [
      { namespace: '$app', key: 'texts', type: 'json', value: '{"v":1,"default":"en","texts":{}}' },
    ],
  };
  const gated = await sandbox.graphql(operations.get('CreateValidation')!, { validation: gate });
  const { functionHandle: _handle, ...changed } = gate;
  const first = await sandbox.graphql(
    'query($id: ID!) { order(id: $id) { lineItems(first: 1) { pageInfo { endCursor } } } }',
    { id },
  );
  await sandbox.control('POST', '/_control/faults', { target: 'bulk', kind: 'slow', delayMs: 60_000 });
  const bulk = await sandbox.graphql(
    'mutation { bulkOperationRunQuery(query: "{ customers { edges { node { id } } } }", groupObjects: false) { bulkOperation { id } } }',
  );
  const customer = body.order.customer.admin_graphql_api_id;
  const purchase = {
    name: 'Setia: messages',
    price: { amount: '25.00', currencyCode: 'USD' },
    returnUrl: 'http://127.0.0.1:3000/app',
    test: true,
  };
  const bought = await sandbox.graphql(CREATE_PURCHASE, purchase);
  const storeCredit = { customer, credit: { creditAmount: { amount: '1000.00', currencyCode: 'IDR' } } };
  await sandbox.graphql(
    'mutation($c: ID!, $i: StoreCreditAccountCreditInput!) { storeCreditAccountCredit(id: $c, creditInput: $i) { userErrors { message } } }',
    { c: customer, i: storeCredit.credit },
  );
  const product = `gid://shopify/Product/${sandbox.world.findProduct(DEMO_SHOP, 'kopi-gayo-arabika-250-g')?.id}`;
  const collection = `gid://shopify/Collection/${sandbox.world.shop(DEMO_SHOP).collections[0]?.id}`;
  const { body: newcomer } = await sandbox.control('POST', '/_control/customers', { firstName: 'Baru' });
  const variant = `gid://shopify/ProductVariant/${sandbox.world.shop(DEMO_SHOP).products[0]?.variants[0]?.id}`;
  const priceDiscount = {
    title: 'Setia',
    functionHandle: 'category-price',
    startsAt: discount.startsAt,
    metafields: [
      { namespace: '$app', key: 'rules', type: 'json', value: '{"v":1}' },
      { namespace: '$app', key: 'vars', type: 'json', value: '{"a":[],"b":[]}' },
    ],
  };
  const created = await sandbox.graphql(operations.get('CreatePriceDiscount')!, { discount: priceDiscount });
  const prices: string = created.data.discountAutomaticAppCreate.automaticAppDiscount.discountId;
  await sandbox.graphql(operations.get('SetPriceMetafields')!, {
    metafields: [{ ...PRICE, ownerId: customer, type: 'json', value: '{"v":1}' }],
  });
  const held = sandbox.world.findDiscount(DEMO_SHOP, 'SETIA-OPS');
  const person = sandbox.world.findCustomer(DEMO_SHOP, 'siti.rahmawati@example.com')!;
  person.otherAddresses = [{ ...person.address!, id: 42 }];
  const ids = [person.address!.id, 42].map((each) => `gid://shopify/MailingAddress/${each}`);
  const made = await sandbox.control('POST', '/_control/segments', {
    name: 'All',
    query: 'number_of_orders >= 0',
  });
  const segment = String(made.body.segment.admin_graphql_api_id);
  const unwanted = await sandbox.control('POST', '/_control/segments', {
    name: 'Unwanted',
    query: 'number_of_orders = 0',
  });
  const begun = await sandbox.graphql(
    'mutation($id: ID!) { customerSegmentMembersQueryCreate(input: { segmentId: $id }) { customerSegmentMembersQuery { id } } }',
    { id: segment },
  );
  const membersQuery = String(begun.data.customerSegmentMembersQueryCreate.customerSegmentMembersQuery.id);
  sandbox.world.shop(DEMO_SHOP).memberQueries![0]!.readyAt = new Date(0).toISOString();
  variables = {
    ListSegments: { first: 250, sortKey: 'ID', reverse: false },
    StartMembersQuery: { input: { segmentId: segment } },
    ReadMembersQuery: { id: membersQuery },
    ListSegmentMembers: { queryId: membersQuery, first: 1_000 },
    CreateSegment: {
      name: 'Loyal',
      query: 'products_purchased NOT MATCHES (id = 1, date >= -30d, count > 1)',
    },
    UpdateSegment: { id: segment, name: 'Everyone', query: 'number_of_orders >= 0' },
    DeleteSegment: { id: String(unwanted.body.segment.admin_graphql_api_id) },
    CreateDiscountCode: { discount: { ...discount, code: 'SETIA-NEW' } },
    ChangeCombination: {
      id: `gid://shopify/DiscountCodeNode/${held?.id}`,
      discount: { combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true } },
    },
    SetPriceMetafields: { metafields: [{ ...PRICE, ownerId: customer, type: 'json', value: '{"v":1}' }] },
    DeletePriceMetafields: { metafields: [{ ...PRICE, ownerId: customer }] },
    ReadPriceMetafields: { ids: [customer, 'gid://shopify/Customer/1'], key: 'price' },
    ReadPriceDiscount: { id: prices.replace('DiscountAutomaticNode', 'DiscountNode') },
    ListPriceDiscounts: {},
    CreatePriceDiscount: { discount: { ...priceDiscount, title: 'Other prices' } },
    UpdatePriceDiscount: { id: prices, discount: { title: 'Changed prices' } },
    ActivatePriceDiscount: { id: prices },
    ReadPricedVariants: { ids: [product, variant] },
    ListPricedVariants: { first: 2, after: null, query: 'sku:"KOPI-B"' },
    ReadInstallationMetafield: { key: 'facts' },
    ListCollectionProducts: { id: collection, after: null },
    ListValidations: { after: null },
    CreateValidation: { validation: { ...gate, title: 'Another' } },
    UpdateValidation: {
      id: gated.data.validationCreate.validation.id,
      validation: { ...changed, enable: false },
    },
    ReadOrderDiscounts: { id, after: reductions.data.order.discountApplications.pageInfo.endCursor },
    FindPricedVariants: { query: 'sku:"KOPI-B" OR sku:"NIX"' },
    FindDiscountCode: { code: 'SETIA-OPS' },
    DeactivateDiscountCode: { id: `gid://shopify/DiscountCodeNode/${held?.id}` },
    DeleteDiscountCode: { id: `gid://shopify/DiscountCodeNode/${held?.id}` },
    ListChangedOrders: { first: 100, after: null, query: `updated_at:>='2026-01-01T00:00:00Z'` },
    ReadOrder: { id },
    ReadFulfillmentLines: handedOver,
    ReadOrderLines: { id, after: first.data.order.lineItems.pageInfo.endCursor },
    ReadShop: {},
    ListProducts: { first: 2, after: null, query: 'status:active,draft kopi*' },
    ListVariants: { id: product, first: 1, after: null },
    ListCollections: { first: 2, after: null, query: 'kopi*' },
    ReadProducts: { ids: [product, 'gid://shopify/Product/1'] },
    ReadCollections: { ids: [collection, 'gid://shopify/Collection/1'] },
    ReadProductCollections: { id: product, after: null },
    DefinePrintedPoints: {
      definition: {
        namespace: '$app:loyalty',
        key: 'points',
        type: 'number_integer',
        ownerType: 'PRODUCT',
        name: 'Loyalty points',
        validations: [{ name: 'min', value: '0' }],
        access: { admin: 'MERCHANT_READ_WRITE', storefront: 'PUBLIC_READ' },
        pin: true,
      },
    },
    SetPrintedPoints: {
      metafields: [
        {
          ownerId: product,
          namespace: '$app:loyalty',
          key: 'points',
          type: 'number_integer',
          value: '5',
        },
      ],
    },
    ReadStoreCredit: { customer, first: 50 },
    CreditStoreCredit: storeCredit,
    CreatePurchase: purchase,
    ReadPurchase: { id: bought.data.appPurchaseOneTimeCreate.appPurchaseOneTime.id },
    RunBulkQuery: { query: '{ orders { edges { node { id } } } }' },
    ReadBulkOperation: { id: bulk.data.bulkOperationRunQuery.bulkOperation.id },
    ListBulkOperations: {},
    StageBulkVariables: { input: [STAGED] },
    RunBulkMutation: {
      mutation: 'mutation($input: CustomerSetInput!) { customerSet(input: $input) { userErrors { code } } }',
      path: await stage(JSON.stringify({ input: { firstName: 'Sekaligus' } })),
      client: 'setia-operations',
    },
    ReadCustomer: { id: customer },
    ReadProtectedFields: {},
    ChangeAddress: { customerId: customer, addressId: ids[1], address: { city: 'Solo' } },
    AddDefaultAddress: { customerId: customer, address: { countryCode: 'ID', city: 'Bogor' } },
    SetDefaultAddress: { customerId: customer, addressId: ids[0] },
    DeleteAddress: { customerId: customer, addressId: ids[1] },
    FindCustomer: { identifier: { emailAddress: 'siti.rahmawati@example.com' } },
    SetCustomer: { identifier: { id: customer }, input: { note: 'Suka kopi' } },
    SetCustomerMetafields: {
      metafields: [{ ownerId: customer, ...BIRTH_DATE, type: 'date', value: '1990-02-28' }],
    },
    ClearCustomerMetafields: { metafields: [{ ownerId: customer, ...BIRTH_DATE }] },
    SetSmsConsent: {
      input: {
        customerId: customer,
        smsMarketingConsent: { marketingState: 'SUBSCRIBED', marketingOptInLevel: 'SINGLE_OPT_IN' },
      },
    },
    SetEmailConsent: {
      input: {
        customerId: customer,
        emailMarketingConsent: { marketingState: 'SUBSCRIBED', marketingOptInLevel: 'SINGLE_OPT_IN' },
      },
    },
    DeleteCustomer: { input: { id: newcomer.customer.admin_graphql_api_id } },
    ReadChangedCustomers: { first: 50, after: null, query: `updated_at:>='2026-01-01T00:00:00Z'` },
    AddTags: { id: customer, tags: ['kopi'] },
    RemoveTags: { id: customer, tags: ['kopi'] },
    CancelBulkOperation: { id: bulk.data.bulkOperationRunQuery.bulkOperation.id },
  };
});
afterAll(() => sandbox.close());

test.each([...operations])('%s of the app runs on the sandbox, field for field', async (name, text) => {
  expect(variables, `give ${name} variables in this test`).toHaveProperty(name);
  const answer: Loose = await sandbox.graphql(text, variables[name]);
  expect(answer.errors).toBeUndefined();
  expect(JSON.stringify(answer.data)).not.toMatch(/"userErrors":\[\{/);
});
