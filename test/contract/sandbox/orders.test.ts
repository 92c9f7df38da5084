/** What a merchant does with an order or a customer besides paying and refunding, and its webhooks. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_SHOP, startTestSandbox, type Loose, type TestSandbox } from '../../support/sandbox.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.receiver.received.length = 0;
});

async function place(extra: Record<string, unknown> = {}): Promise<Loose> {
  const { body } = await sandbox.control('POST', '/_control/orders', {
    customer: 'budi.santoso@example.com',
    lines: [{ product: 'sandal-kulit-garut', quantity: 3 }, { product: 'teh-melati-premium' }],
    ...extra,
  });
  await sandbox.webhooks.idle();
  sandbox.receiver.received.length = 0;
  return body.order;
}

async function received(): Promise<Record<string, Loose>> {
  await sandbox.webhooks.idle();
  return Object.fromEntries(sandbox.receiver.received.map(({ topic, payload }) => [topic, payload]));
}

describe('fulfilling', () => {
  test('some units, then the rest', async () => {
    const order = await place();
    const path = `/_control/orders/${String(order.id)}/fulfill`;
    await sandbox.control('POST', path, { lines: [{ line: 0, quantity: 2 }] });
    const first = await received();
    expect(Object.keys(first).sort()).toEqual(['orders/partially_fulfilled', 'orders/updated']);
    expect(first['orders/partially_fulfilled']).toMatchObject({
      id: order.id,
      fulfillment_status: 'partial',
      fulfillments: [
        {
          order_id: order.id,
          status: 'success',
          line_items: [{ id: order.line_items[0].id, quantity: 2 }],
        },
      ],
      line_items: [
        { quantity: 3, fulfillable_quantity: 1, fulfillment_status: 'partial' },
        { fulfillable_quantity: 1, fulfillment_status: null },
      ],
    });
    sandbox.receiver.received.length = 0;
    await sandbox.control('POST', path, {});
    const rest = await received();
    expect(Object.keys(rest).sort()).toEqual(['orders/fulfilled', 'orders/updated']);
    expect(rest['orders/fulfilled']).toMatchObject({
      fulfillment_status: 'fulfilled',
      fulfillments: [{}, { line_items: [{ quantity: 1 }, { quantity: 1 }] }],
    });
    expect((await sandbox.control('POST', path, {})).body).toEqual({
      ok: false,
      reason: 'nothing_to_fulfill',
    });
  });

  test('shows in the Admin API as in the webhook', async () => {
    const order = await place();
    await sandbox.control('POST', `/_control/orders/${String(order.id)}/fulfill`, {
      lines: [{ line: 0, quantity: 2 }],
    });
    const { data } = await sandbox.graphql(
      `query($id: ID!) { order(id: $id) { displayFulfillmentStatus fulfillments(first: 5) { status
         fulfillmentLineItems(first: 5) { nodes { quantity lineItem { id } } } } } }`,
      { id: order.admin_graphql_api_id },
    );
    expect(data.order).toEqual({
      displayFulfillmentStatus: 'PARTIALLY_FULFILLED',
      fulfillments: [
        {
          status: 'SUCCESS',
          fulfillmentLineItems: {
            nodes: [{ quantity: 2, lineItem: { id: order.line_items[0].admin_graphql_api_id } }],
          },
        },
      ],
    });
  });

  test('is refused beyond what is left', async () => {
    const order = await place();
    await sandbox.control('POST', '/_control/refunds', {
      order: order.id,
      lines: [{ line: 0, quantity: 2 }],
    });
    const path = `/_control/orders/${String(order.id)}/fulfill`;
    const tooMany = await sandbox.control('POST', path, { lines: [{ line: 0, quantity: 2 }] });
    expect(tooMany).toEqual({ status: 422, body: { ok: false, reason: 'too_many_units' } });
    await sandbox.control('POST', `/_control/orders/${String(order.id)}/cancel`, {});
    expect((await sandbox.control('POST', path, {})).body.reason).toBe('cancelled');
  });
});

describe('editing', () => {
  test('sends the edit in one webhook and the order in another', async () => {
    const order = await place();
    const { body } = await sandbox.control('POST', `/_control/orders/${String(order.id)}/edit`, {
      lines: [
        { line: 0, quantity: 1 },
        { line: 1, quantity: 3 },
      ],
      add: [{ product: 'batik-tulis-parang' }],
      note: 'by phone',
    });
    const topics = await received();
    const [sandals, tea, batik] = body.order.line_items;
    expect(topics['orders/edited']).toEqual({
      order_edit: expect.objectContaining({
        order_id: order.id,
        staff_note: 'by phone',
        line_items: {
          additions: [
            { id: tea.id, delta: 2 },
            { id: batik.id, delta: 1 },
          ],
          removals: [{ id: sandals.id, delta: 2 }],
        },
      }),
    });
    expect(topics['orders/updated'].line_items).toMatchObject([
      { quantity: 3, current_quantity: 1 },
      { quantity: 3, current_quantity: 3 },
      { quantity: 1, current_quantity: 1 },
    ]);
  });

  test('is refused for fulfilled units, and for no change', async () => {
    const order = await place();
    await sandbox.control('POST', `/_control/orders/${String(order.id)}/fulfill`, {});
    const edit = (body: object) => sandbox.control('POST', `/_control/orders/${String(order.id)}/edit`, body);
    expect((await edit({ lines: [{ line: 0, quantity: 1 }] })).body.reason).toBe('already_fulfilled');
    expect((await edit({})).body.reason).toBe('nothing_to_edit');
  });
});

test('a draft order lists its manual discount among the codes, as real ones do', async () => {
  const order = await place({
    sourceName: 'shopify_draft_order',
    manualDiscount: { title: 'Teman lama', amount: '50000' },
  });
  expect(order).toMatchObject({
    source_name: 'shopify_draft_order',
    discount_applications: [{ type: 'manual', title: 'Teman lama', value: '50000.00' }],
    discount_codes: [{ code: 'Teman lama', amount: '50000.00', type: 'fixed_amount' }],
    total_discounts: '50000.00',
  });
  const taken = order.line_items.flatMap((line: Loose) => line.discount_allocations);
  expect(taken.reduce((sum: number, { amount }: Loose) => sum + Number(amount), 0)).toBe(50_000);
});

test('only an order that was cancelled or never paid can be deleted', async () => {
  const paid = await place();
  const open = await place({ paid: false });
  expect((await sandbox.control('DELETE', `/_control/orders/${String(paid.id)}`)).status).toBe(422);
  expect((await sandbox.control('DELETE', `/_control/orders/${String(open.id)}`)).status).toBe(200);
  expect(await received()).toEqual({ 'orders/delete': { id: open.id } });
});

test('merging two customers moves orders and names the kept one', async () => {
  const create = async (fields: object) =>
    (await sandbox.control('POST', '/_control/customers', fields)).body.customer;
  const kept = await create({ firstName: 'Sari', email: 'sari@example.com' });
  const gone = await create({ firstName: 'Sari', phone: '+6281111111111' });
  const order = await place({ customer: gone.id });
  const { body } = await sandbox.control('POST', '/_control/customers/merge', {
    kept: kept.id,
    deleted: gone.id,
  });
  expect(body.customer).toMatchObject({ id: kept.id, email: 'sari@example.com', phone: '+6281111111111' });
  expect((await received())['customers/merge']).toEqual({
    admin_graphql_api_customer_kept_id: kept.admin_graphql_api_id,
    admin_graphql_api_customer_deleted_id: gone.admin_graphql_api_id,
    admin_graphql_api_job_id: null,
    status: 'completed',
    errors: [],
  });
  expect(sandbox.world.findOrder(DEMO_SHOP, order.id)?.customerId).toBe(kept.id);
  const self = await sandbox.control('POST', '/_control/customers/merge', {
    kept: kept.id,
    deleted: kept.id,
  });
  expect(self.status).toBe(404);
});
