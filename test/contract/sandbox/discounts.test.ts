import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_SHOP, type Loose, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';

let sandbox: TestSandbox;
const BUDI = 'budi.santoso@example.com';
const DEWI = 'dewi.lestari@example.com';
const HOUR = 3_600_000;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', {});
});

const gidOf = (email: string) => `gid://shopify/Customer/${sandbox.world.findCustomer(DEMO_SHOP, email)?.id}`;

const CREATE = `mutation Create($discount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $discount) { codeDiscountNode { id } userErrors { field code message } } }`;

/** A code as the app issues it for a redemption. */
function redemptionCode(changes: Record<string, unknown> = {}) {
  return {
    title: 'Setia redemption',
    code: 'SETIA-K7QX',
    startsAt: new Date(sandbox.world.now() - 1_000).toISOString(),
    endsAt: new Date(sandbox.world.now() + HOUR).toISOString(),
    usageLimit: 1,
    appliesOncePerCustomer: true,
    context: { customers: { add: [gidOf(BUDI)] } },
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    customerGets: {
      items: { all: true },
      value: { discountAmount: { amount: '20000.00', appliesOnEachItem: false } },
    },
    ...changes,
  };
}

async function create(changes: Record<string, unknown> = {}): Promise<Loose> {
  const { data, errors } = await sandbox.graphql(CREATE, { discount: redemptionCode(changes) });
  return data?.discountCodeBasicCreate ?? { errors };
}

const order = (
  customer: string | null,
  discountCodes: string[],
  lines: unknown[] = [{ product: 'teh-melati-premium' }],
) => sandbox.control('POST', '/_control/orders', { customer, discountCodes, lines });

const guestOrder = (email: string, discountCodes: string[]) =>
  sandbox.control('POST', '/_control/orders', {
    customer: null,
    email,
    discountCodes,
    lines: [{ product: 'teh-melati-premium' }],
  });

describe('at the API', () => {
  test('a code is created, found by its code in any case, and counts its use', async () => {
    const { codeDiscountNode, userErrors } = await create();
    expect(userErrors).toEqual([]);
    await order(BUDI, ['setia-k7qx']);
    const { data, errors } = await sandbox.graphql(
      `{ codeDiscountNodeByCode(code: "setia-k7QX") { id codeDiscount { __typename ... on DiscountCodeBasic {
         title status usageLimit appliesOncePerCustomer asyncUsageCount startsAt endsAt codes(first: 1) { nodes { code } }
         combinesWith { orderDiscounts productDiscounts }
         context { __typename ... on DiscountCustomers { customers { id } } }
         customerGets { value { ... on DiscountAmount { amount { amount currencyCode } } } } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.codeDiscountNodeByCode).toMatchObject({
      id: codeDiscountNode.id,
      codeDiscount: {
        __typename: 'DiscountCodeBasic',
        status: 'ACTIVE',
        usageLimit: 1,
        asyncUsageCount: 1,
        codes: { nodes: [{ code: 'SETIA-K7QX' }] },
        context: { customers: [{ id: gidOf(BUDI) }] },
        customerGets: { value: { amount: { amount: '20000.0', currencyCode: 'IDR' } } },
      },
    });
  });

  test('a second code of the same name is TAKEN, in any case, and changes nothing', async () => {
    await create();
    const second = await create({ code: 'setia-K7qx' });
    expect(second.codeDiscountNode).toBeNull();
    expect(second.userErrors).toMatchObject([{ code: 'TAKEN', field: ['basicCodeDiscount', 'code'] }]);
    expect((await sandbox.control('GET', '/_control/codes')).body.codes).toHaveLength(1);
  });

  test.each([
    ['an end before the start', { endsAt: '2020-01-01T00:00:00Z' }, 'END_DATE_BEFORE_START_DATE'],
    ['no amount', { customerGets: { items: { all: true }, value: {} } }, 'BLANK'],
    [
      'an amount of zero',
      { customerGets: { items: { all: true }, value: { discountAmount: { amount: '0' } } } },
      'GREATER_THAN',
    ],
    [
      'a percentage above one',
      { customerGets: { items: { all: true }, value: { percentage: 15 } } },
      'VALUE_OUTSIDE_RANGE',
    ],
    [
      'a customer who is not there',
      { context: { customers: { add: ['gid://shopify/Customer/1'] } } },
      'INVALID',
    ],
    ['no code', { code: '' }, 'BLANK'],
    ['no context', { context: null }, 'BLANK'],
  ])('%s is a user error', async (_name, changes, code) => {
    const { codeDiscountNode, userErrors } = await create(changes);
    expect(codeDiscountNode).toBeNull();
    expect(userErrors.map((error: { code: string }) => error.code)).toContain(code);
  });

  test('parts of the input that are not simulated are refused by name', async () => {
    const { errors } = await create({
      customerGets: { items: { products: { productsToAdd: [] } }, value: { percentage: 0.1 } },
    });
    expect(errors[0].message).toMatch(
      /sandbox: DiscountCodeBasicInput .*customerGets\.items.* is not simulated/,
    );
  });

  test('deactivation ends a code, deletion removes it, and both of an unknown id are user errors', async () => {
    const { codeDiscountNode } = await create();
    const run = (name: string, id: string, selection: string) =>
      sandbox.graphql(
        `mutation($id: ID!) { ${name}(id: $id) { ${selection} userErrors { field code message } } }`,
        { id },
      );
    const ended = await run(
      'discountCodeDeactivate',
      codeDiscountNode.id,
      'codeDiscountNode { codeDiscount { ... on DiscountCodeBasic { status } } }',
    );
    expect(ended.data.discountCodeDeactivate.codeDiscountNode.codeDiscount.status).toBe('EXPIRED');
    expect((await order(BUDI, ['SETIA-K7QX'])).body.rejection).toBe('expired');
    const again = await run('discountCodeDeactivate', codeDiscountNode.id, 'codeDiscountNode { id }');
    expect(again.data.discountCodeDeactivate.userErrors).toEqual([]);
    const deleted = await run('discountCodeDelete', codeDiscountNode.id, 'deletedCodeDiscountId');
    expect(deleted.data.discountCodeDelete.deletedCodeDiscountId).toBe(codeDiscountNode.id);
    expect((await order(BUDI, ['SETIA-K7QX'])).body.rejection).toBe('unknown_code');
    const gone = await run('discountCodeDeactivate', codeDiscountNode.id, 'codeDiscountNode { id }');
    expect(gone.data.discountCodeDeactivate.userErrors).toHaveLength(1);
  });
});

describe('at the checkout', () => {
  test('only the customer whom the code is bound to may use it', async () => {
    await create();
    expect((await order(DEWI, ['SETIA-K7QX'])).body).toMatchObject({
      reason: 'discount_code',
      rejection: 'other_customer',
    });
    expect((await order(null, ['SETIA-K7QX'])).body.rejection).toBe('sign_in_required');
    expect((await guestOrder(DEWI, ['SETIA-K7QX'])).body.rejection).toBe('other_customer');
    expect((await guestOrder('new@example.com', ['SETIA-K7QX'])).body.rejection).toBe('sign_in_required');
    const accepted = await order(BUDI, ['SETIA-K7QX']);
    expect(accepted.status).toBe(201);
    expect(accepted.body.order.total_discounts).toBe('20000.00');
  });

  test('a guest with the e-mail address of the customer may use it too', async () => {
    await create();
    const accepted = await guestOrder(BUDI, ['SETIA-K7QX']);
    expect(accepted.status).toBe(201);
    expect(accepted.body.order).toMatchObject({ total_discounts: '20000.00', customer: null });
  });

  test('a single-use code is used up by one order', async () => {
    await create();
    await order(BUDI, ['SETIA-K7QX']);
    expect((await order(BUDI, ['SETIA-K7QX'])).body.rejection).toBe('used_up');
    expect((await sandbox.control('GET', '/_control/codes')).body.codes[0].usageCount).toBe(1);
  });

  test('once per customer holds when there are uses left', async () => {
    await create({ usageLimit: 5, context: { all: 'ALL' } });
    await order(BUDI, ['SETIA-K7QX']);
    expect((await order(BUDI, ['SETIA-K7QX'])).body.rejection).toBe('used_by_customer');
    expect((await order(DEWI, ['SETIA-K7QX'])).status).toBe(201);
  });

  test('the dates hold by the clock of the sandbox', async () => {
    await create({
      startsAt: new Date(sandbox.world.now() + HOUR).toISOString(),
      endsAt: new Date(sandbox.world.now() + 2 * HOUR).toISOString(),
    });
    expect((await order(BUDI, ['SETIA-K7QX'])).body.rejection).toBe('not_started');
    await sandbox.control('POST', '/_control/clock', { advanceMs: 3 * HOUR });
    expect((await order(BUDI, ['SETIA-K7QX'])).body.rejection).toBe('expired');
    await sandbox.control('POST', '/_control/clock', { advanceMs: -1.5 * HOUR });
    expect((await order(BUDI, ['SETIA-K7QX'])).status).toBe(201);
  });

  test('a minimum subtotal holds', async () => {
    await create({ minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: '90000.00' } } });
    expect((await order(BUDI, ['SETIA-K7QX'])).body.rejection).toBe('below_minimum');
    expect((await order(BUDI, ['SETIA-K7QX'], [{ product: 'teh-melati-premium', quantity: 2 }])).status).toBe(
      201,
    );
  });

  test('codes that do not combine are refused together; those that do share the cart', async () => {
    await create();
    await create({ code: 'SETIA-TWO' });
    expect((await order(BUDI, ['SETIA-K7QX', 'SETIA-TWO'])).body).toMatchObject({
      code: 'SETIA-TWO',
      rejection: 'not_combinable',
    });
    const open = { combinesWith: { orderDiscounts: true } };
    await create({ code: 'A', ...open });
    await create({ code: 'B', ...open });
    const { body } = await order(BUDI, ['A', 'B']);
    expect(body.order.total_discounts).toBe('40000.00');
    expect(body.order.discount_codes).toEqual([
      { code: 'A', amount: '20000.00', type: 'fixed_amount' },
      { code: 'B', amount: '20000.00', type: 'fixed_amount' },
    ]);
  });

  test('a code never takes more than the goods cost, and nothing off gift cards', async () => {
    await create({
      customerGets: { items: { all: true }, value: { discountAmount: { amount: '999999999' } } },
    });
    const { body } = await order(
      BUDI,
      ['SETIA-K7QX'],
      [{ product: 'teh-melati-premium' }, { product: 'kartu-hadiah-toko-setia' }],
    );
    expect(body.order.total_discounts).toBe('45000.00');
    expect(body.order.total_price).toBe('250000.00');
    expect(body.order.line_items[1]).toMatchObject({ gift_card: true, discount_allocations: [] });
  });

  test('a refused order leaves no trace: no order, no use, no webhook', async () => {
    await create();
    await sandbox.webhooks.idle();
    const before = sandbox.receiver.received.length;
    await order(DEWI, ['SETIA-K7QX']);
    await sandbox.webhooks.idle();
    expect(sandbox.world.shop(DEMO_SHOP).orders).toEqual([]);
    expect(sandbox.world.findDiscount(DEMO_SHOP, 'SETIA-K7QX')?.uses).toEqual([]);
    expect(sandbox.receiver.received).toHaveLength(before);
  });
});
