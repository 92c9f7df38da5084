import { randomUUID } from 'node:crypto';
import { pool } from '#app/db.server.ts';

/** A shop as installing would leave it, with one spend program: every 10.00 gives 10 points. */
export async function givenShop(
  shop: { domain?: string; currency?: string; timeZone?: string } = {},
): Promise<{ shopId: bigint; domain: string }> {
  const domain = shop.domain ?? `shop-${randomUUID().slice(0, 8)}.myshopify.com`;
  const { rows } = await pool.query<{ shop_id: bigint }>(
    `INSERT INTO shops (domain, name, currency, time_zone, installed_at) VALUES ($1, $1, $2, $3, '2020-01-01') RETURNING shop_id`,
    [domain, shop.currency ?? 'USD', shop.timeZone ?? 'UTC'],
  );
  const shopId = rows[0]!.shop_id;
  await pool.query(`INSERT INTO club_settings (shop_id) VALUES ($1)`, [shopId]);
  const rule = {
    kind: 'spend',
    stepMinor: '1000',
    units: '10',
    pendingDays: 0,
    lifetimeDays: null,
    includeTax: false,
    includeShipping: false,
  };
  await pool.query(
    `INSERT INTO programs (shop_id, name, kind, unit, rule) VALUES ($1, 'Spend', 'spend', 'POINTS', $2)`,
    [shopId, JSON.stringify(rule)],
  );
  return { shopId, domain };
}

/** Puts an event into the inbox as the webhook endpoint would; returns its inbox id. */
export async function givenEvent(
  shopId: bigint,
  topic: string,
  body: unknown,
  given: { triggeredAt?: string } = {},
): Promise<bigint> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const { rows } = await pool.query<{ inbox_id: bigint }>(
    `INSERT INTO webhook_events (shop_id, webhook_id, event_id, topic, api_version, triggered_at, headers, body)
     VALUES ($1, $2, $2, $3, '2026-07', $4, '{}', $5) RETURNING inbox_id`,
    [shopId, randomUUID(), topic, given.triggeredAt ?? '2026-11-21T12:00:00Z', text],
  );
  return rows[0]!.inbox_id;
}

/** A paid web order of one line, in the shape of the 2026-02 capture (fixtures/webhooks). Amounts in USD. */
export function paidOrder(order: {
  id: number | string;
  customer?: number;
  firstName?: string;
  price?: string;
  updatedAt?: string;
  email?: string | null;
  phone?: string | null;
}) {
  const price = order.price ?? '100.00';
  const money = {
    shop_money: { amount: price, currency_code: 'USD' },
    presentment_money: { amount: price, currency_code: 'USD' },
  };
  const email = order.email === undefined ? 'siti@example.com' : order.email;
  return {
    id: order.id,
    admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
    name: `#${order.id}`,
    currency: 'USD',
    created_at: '2026-11-20T10:00:00Z',
    processed_at: '2026-11-20T10:00:00Z',
    updated_at: order.updatedAt ?? '2026-11-20T10:00:00Z',
    cancelled_at: null,
    financial_status: 'paid',
    test: false,
    taxes_included: false,
    email,
    phone: order.phone ?? null,
    total_price: price,
    total_price_set: money,
    customer:
      order.customer === undefined
        ? null
        : {
            id: order.customer,
            admin_graphql_api_id: `gid://shopify/Customer/${order.customer}`,
            first_name: order.firstName ?? 'Siti',
            last_name: 'Rahayu',
            email,
            phone: order.phone ?? null,
            updated_at: order.updatedAt ?? '2026-11-20T10:00:00Z',
          },
    discount_codes: [],
    discount_applications: [],
    shipping_lines: [],
    refunds: [],
    line_items: [
      {
        id: Number(order.id) * 10,
        admin_graphql_api_id: `gid://shopify/LineItem/${order.id}0`,
        product_id: 1,
        variant_id: 2,
        quantity: 1,
        current_quantity: 1,
        price,
        price_set: money,
        gift_card: false,
        discount_allocations: [],
        tax_lines: [],
      },
    ],
  };
}
