/** Customers in the sandbox's Admin API: set, delete, consents, metafields; and the webhooks an app receives. */
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

const SITI = 'siti.rahmawati@example.com';
const gidOf = (reference: string) =>
  `gid://shopify/Customer/${sandbox.world.findCustomer(DEMO_SHOP, reference)?.id}`;

const FIELDS = `id firstName lastName email phone note tags canDelete
  defaultAddress { id city } addressesV2(first: 20) { nodes { id address1 city provinceCode province countryCodeV2 company } }
  defaultEmailAddress { emailAddress marketingState marketingUpdatedAt marketingOptInLevel }
  defaultPhoneNumber { phoneNumber marketingState marketingUpdatedAt }`;

async function set(input: Loose, id?: string): Promise<Loose> {
  const answer = await sandbox.graphql(
    `mutation ($identifier: CustomerSetIdentifiers, $input: CustomerSetInput!) {
      customerSet(identifier: $identifier, input: $input) { customer { ${FIELDS} } userErrors { field code message } } }`,
    { input, identifier: id === undefined ? null : { id } },
  );
  expect(answer.errors).toBeUndefined();
  return answer.data.customerSet;
}

async function read(id: string): Promise<Loose> {
  const answer = await sandbox.graphql(`query ($id: ID!) { customer(id: $id) { ${FIELDS} } }`, { id });
  expect(answer.errors).toBeUndefined();
  return answer.data.customer;
}

async function received(topic: string): Promise<Loose[]> {
  await sandbox.webhooks.idle();
  return sandbox.receiver.received.filter((each) => each.topic === topic).map(({ payload }) => payload);
}

const ADDRESS = {
  address1: 'Jl. Braga 1',
  city: 'Bandung',
  provinceCode: 'JB',
  countryCode: 'ID',
  zip: '40111',
};

describe('addresses one by one', () => {
  const run = async (field: string, args: string, variables: Loose, result: string): Promise<Loose> => {
    const answer = await sandbox.graphql(
      `mutation ($customerId: ID!, ${args.replaceAll(/(\w+): \$\w+/g, (_all, name: string) => `$${name}: ${name === 'address' ? 'MailingAddressInput!' : 'ID!'}`)}) {
        ${field}(customerId: $customerId, ${args}${field === 'customerAddressCreate' ? ', setAsDefault: true' : ''}) { ${result} userErrors { field message } } }`,
      { customerId: gidOf(SITI), ...variables },
    );
    expect(answer.errors).toBeUndefined();
    return answer.data[field];
  };
  const change = (addressId: string, address: Loose) =>
    run(
      'customerAddressUpdate',
      'addressId: $addressId, address: $address',
      { addressId, address },
      'address { id city address1 }',
    );

  test('a change leaves what is not sent, and the other addresses', async () => {
    const [first] = (await read(gidOf(SITI))).addressesV2.nodes;
    const added = await run(
      'customerAddressCreate',
      'address: $address',
      { address: ADDRESS },
      'address { id }',
    );
    expect(await read(gidOf(SITI))).toMatchObject({ defaultAddress: { id: added.address.id } });
    const changed = await change(added.address.id, { city: 'Cimahi' });
    expect(changed.address).toMatchObject({ city: 'Cimahi', address1: ADDRESS.address1 });
    expect((await read(gidOf(SITI))).addressesV2.nodes).toHaveLength(2);
    expect((await change(added.address.id, { provinceCode: 'XX' })).userErrors[0]).toMatchObject({
      field: ['address', 'provinceCode'],
    });
    const drop = (addressId: string) =>
      run('customerAddressDelete', 'addressId: $addressId', { addressId }, 'deletedAddressId');
    expect((await drop(added.address.id)).userErrors).toHaveLength(1);
    await run(
      'customerUpdateDefaultAddress',
      'addressId: $addressId',
      { addressId: first.id },
      'customer { id }',
    );
    expect(await drop(added.address.id)).toMatchObject({
      deletedAddressId: added.address.id,
      userErrors: [],
    });
    expect((await drop(first.id)).deletedAddressId).toBe(first.id);
    expect(await read(gidOf(SITI))).toMatchObject({ defaultAddress: null, addressesV2: { nodes: [] } });
  });
});

describe('customerSet', () => {
  test('without an identifier creates a customer and announces it', async () => {
    const { customer, userErrors } = await set({
      firstName: 'Wayan',
      email: 'Wayan@Example.com',
      phone: '+6281234567899',
      addresses: [ADDRESS],
    });
    expect(userErrors).toEqual([]);
    expect(customer).toMatchObject({ email: 'wayan@example.com', defaultAddress: { city: 'Bandung' } });
    expect(customer.addressesV2.nodes[0]).toMatchObject({ province: 'Jawa Barat', countryCodeV2: 'ID' });
    const [created] = await received('customers/create');
    expect(created).toMatchObject({
      admin_graphql_api_id: customer.id,
      default_address: { city: 'Bandung' },
    });
  });

  test('what is not sent stays; a list that is sent replaces the whole one', async () => {
    const id = gidOf(SITI);
    const before = await read(id);
    const kept = before.addressesV2.nodes[0].id;
    const two = await set({ addresses: [{ id: kept }, ADDRESS] }, id);
    expect(two.customer.addressesV2.nodes).toHaveLength(2);
    expect(two.customer).toMatchObject({ firstName: 'Siti', email: SITI, defaultAddress: { id: kept } });
    const note = await set({ note: 'vip' }, id);
    expect(note.customer.addressesV2.nodes).toHaveLength(2);
    const one = await set({ addresses: [{ ...ADDRESS, city: 'Cimahi' }] }, id);
    expect(one.customer.addressesV2.nodes).toMatchObject([{ city: 'Cimahi' }]);
    expect(one.customer.defaultAddress.city).toBe('Cimahi');
    expect(await received('customers/update')).toHaveLength(3);
  });

  test('refusals name their field', async () => {
    const id = gidOf(SITI);
    const refusals: [Loose, string[], string][] = [
      [{ email: 'budi.santoso@example.com' }, ['input', 'email'], 'TAKEN'],
      [{ phone: '+6281234567802' }, ['input', 'phone'], 'TAKEN'],
      [{ phone: '+6212' }, ['input', 'phone'], 'INVALID'],
      [{ email: 'budi' }, ['input', 'email'], 'INVALID'],
      [{ note: 'x'.repeat(5_001) }, ['input', 'note'], 'TOO_LONG'],
      [
        { addresses: [{ ...ADDRESS, provinceCode: 'XX' }] },
        ['input', 'addresses', '0', 'provinceCode'],
        'INVALID',
      ],
    ];
    for (const [input, field, code] of refusals) {
      const { customer, userErrors } = await set(input, id);
      expect(customer).toBeNull();
      expect(userErrors).toMatchObject([{ field, code }]);
    }
    expect((await set({ firstName: 'A' }, 'gid://shopify/Customer/1')).userErrors[0].code).toBe('NOT_FOUND');
    expect((await set({ note: 'nobody' })).userErrors[0].code).toBe('MISSING_FIELD_REQUIRED');
    expect(await received('customers/update')).toEqual([]);
  });

  test('one is found again by e-mail address and by phone', async () => {
    const find = async (identifier: Loose) =>
      (
        await sandbox.graphql(
          'query ($identifier: CustomerIdentifierInput!) { customerByIdentifier(identifier: $identifier) { id } }',
          { identifier },
        )
      ).data.customerByIdentifier;
    expect(await find({ emailAddress: SITI })).toEqual({ id: gidOf(SITI) });
    expect(await find({ phoneNumber: '+6281234567801' })).toEqual({ id: gidOf(SITI) });
    expect(await find({ phoneNumber: '+6281234567899' })).toBeNull();
  });
});

describe('customerDelete', () => {
  const remove = async (id: string) =>
    (
      await sandbox.graphql(
        'mutation ($id: ID!) { customerDelete(input: { id: $id }) { deletedCustomerId userErrors { field message } } }',
        { id },
      )
    ).data.customerDelete;

  test('deletes one without orders, refuses one with orders', async () => {
    const id = gidOf(SITI);
    await sandbox.control('POST', '/_control/orders', {
      customer: 'budi.santoso@example.com',
      lines: [{ product: 'sambal-roa-manado', quantity: 1 }],
    });
    expect((await read(gidOf('budi.santoso@example.com'))).canDelete).toBe(false);
    expect(await remove(gidOf('budi.santoso@example.com'))).toMatchObject({ deletedCustomerId: null });
    expect((await read(id)).canDelete).toBe(true);
    expect(await remove(id)).toEqual({ deletedCustomerId: id, userErrors: [] });
    expect(await remove(id)).toMatchObject({ userErrors: [{ field: ['id'] }] });
    expect(await received('customers/delete')).toHaveLength(1);
  });
});

describe('marketing consent', () => {
  const consent = async (channel: 'Sms' | 'Email', customerId: string, marketingState: string, more = {}) =>
    (
      await sandbox.graphql(
        `mutation ($input: Customer${channel}MarketingConsentUpdateInput!) {
          customer${channel}MarketingConsentUpdate(input: $input) { customer { ${FIELDS} } userErrors { field code } } }`,
        {
          input: {
            customerId,
            [`${channel.toLowerCase()}MarketingConsent`]: {
              marketingState,
              marketingOptInLevel: 'SINGLE_OPT_IN',
              ...more,
            },
          },
        },
      )
    ).data[`customer${channel}MarketingConsentUpdate`];

  test('is stored by channel and announced as a topic of its own', async () => {
    const id = gidOf(SITI);
    expect((await read(id)).defaultPhoneNumber.marketingState).toBe('NOT_SUBSCRIBED');
    const at = new Date(sandbox.world.now() - 86_400_000).toISOString();
    const { customer } = await consent('Sms', id, 'SUBSCRIBED', { consentUpdatedAt: at });
    expect(customer.defaultPhoneNumber.marketingState).toBe('SUBSCRIBED');
    expect(Date.parse(customer.defaultPhoneNumber.marketingUpdatedAt)).toBeCloseTo(Date.parse(at), -4);
    await consent('Email', id, 'UNSUBSCRIBED');
    expect((await read(id)).defaultEmailAddress.marketingState).toBe('UNSUBSCRIBED');
    const [sms] = await received('customers_marketing_consent/update');
    expect(sms).toMatchObject({
      phone: '+6281234567801',
      sms_marketing_consent: { state: 'subscribed', opt_in_level: 'single_opt_in' },
    });
    expect(await received('customers_email_marketing_consent/update')).toMatchObject([
      { email_address: SITI, email_marketing_consent: { state: 'unsubscribed' } },
    ]);
  });

  test('needs a phone, and states that apps may set', async () => {
    const rizky = gidOf('rizky.nasution@example.com');
    expect((await consent('Sms', rizky, 'SUBSCRIBED')).userErrors[0].code).toBe('MISSING_ARGUMENT');
    expect((await consent('Email', rizky, 'NOT_SUBSCRIBED')).userErrors[0].code).toBe('INCLUSION');
  });
});

describe('metafields of customers', () => {
  const metafieldsSet = async (metafields: Loose[]) =>
    (
      await sandbox.graphql(
        'mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { field code } } }',
        { m: metafields.map((each) => ({ namespace: '$app', ownerId: gidOf(SITI), ...each })) },
      )
    ).data.metafieldsSet;

  test('are defined from the start, checked by type, deleted, and read in bulk', async () => {
    const define = async () =>
      (
        await sandbox.graphql(
          `mutation ($d: MetafieldDefinitionInput!) { metafieldDefinitionCreate(definition: $d) {
            createdDefinition { ownerType } userErrors { code message } } }`,
          {
            d: {
              namespace: '$app',
              key: 'birth_date',
              name: 'Birth date',
              ownerType: 'CUSTOMER',
              type: 'date',
            },
          },
        )
      ).data.metafieldDefinitionCreate;
    expect((await define()).userErrors).toMatchObject([
      { code: 'TAKEN', message: expect.stringContaining('Customer') },
    ]);
    expect(
      (await metafieldsSet([{ key: 'birth_date', type: 'date', value: '1990-02-30x' }])).userErrors[0].code,
    ).toBe('INVALID_VALUE');
    const wrongType = { key: 'birth_date', type: 'single_line_text_field', value: 'x' };
    expect((await metafieldsSet([wrongType])).userErrors[0].code).toBe('INVALID_TYPE');
    const values = [
      { key: 'birth_date', type: 'date', value: '1990-02-28' },
      { key: 'interests', type: 'list.single_line_text_field', value: '["kopi"]' },
    ];
    expect((await metafieldsSet(values)).userErrors).toEqual([]);
    expect(await received('customers/update')).toHaveLength(1);
    const { data } = await sandbox.graphql(
      `mutation ($m: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $m) {
        deletedMetafields { key } userErrors { message } } }`,
      { m: ['interests', 'unknown'].map((key) => ({ ownerId: gidOf(SITI), namespace: '$app', key })) },
    );
    expect(data.metafieldsDelete).toEqual({
      deletedMetafields: [{ key: 'interests' }, null],
      userErrors: [],
    });
    const { data: left } = await sandbox.graphql(
      '{ customers(first: 1) { edges { node { id tags defaultAddress { city } defaultPhoneNumber { marketingState } metafields(first: 20, namespace: "$app") { edges { node { key value } } } } } } }',
    );
    expect(left.customers.edges[0].node.metafields.edges).toEqual([
      { node: { key: 'birth_date', value: '1990-02-28' } },
    ]);
  });
});
