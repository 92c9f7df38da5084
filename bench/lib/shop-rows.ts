import pg from 'pg';
import { ORDER_CURRENCY, orderPayloadTemplate } from './order-payload.ts';

/** The shop that all benches use; Shopify knows it as this. */
export const SHOP = 'bench.myshopify.com';
export const SHOP_ID = 1;

/** Every started 10.00 gives 10 points, as in the demo. */
const SPEND_RULE = {
  kind: 'spend',
  stepMinor: '1000',
  units: '10',
  pendingDays: 0,
  lifetimeDays: 365,
  includeTax: false,
  includeShipping: false,
};

/** Runs `work` on a connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A shop as installing leaves it, with one spend program. */
export async function insertShop(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO shops (shop_id, domain, name, currency, time_zone, installed_at)
     VALUES ($1, $2, 'Bench', $3, 'Australia/Sydney', '2020-01-01')`,
    [SHOP_ID, SHOP, ORDER_CURRENCY],
  );
  await client.query('INSERT INTO club_settings (shop_id) VALUES ($1)', [SHOP_ID]);
  await client.query(
    `INSERT INTO programs (shop_id, name, kind, unit, rule) VALUES ($1, 'Spend', 'spend', 'POINTS', $2)`,
    [SHOP_ID, JSON.stringify(SPEND_RULE)],
  );
}

/** Puts `count` orders/paid events of distinct orders and customers into the inbox, as the webhook endpoint would. */
export async function fillInbox(client: pg.Client, count: number): Promise<void> {
  const { text, orderId, customerId } = orderPayloadTemplate();
  await client.query(
    `INSERT INTO webhook_events (shop_id, webhook_id, event_id, topic, api_version, triggered_at, headers, body)
     SELECT $1, gen_random_uuid(), gen_random_uuid(), 'orders/paid', '2026-07', now(),
       jsonb_build_object('x-shopify-topic', 'orders/paid', 'x-shopify-shop-domain', $6::text,
         'x-shopify-hmac-sha256', encode(sha256(n::text::bytea), 'base64'), 'x-shopify-webhook-id', gen_random_uuid()),
       replace(replace($3, $4::text, ($4::bigint + n)::text), $5::text, ($5::bigint + n)::text)
     FROM generate_series(1, $2::int) AS n`,
    [SHOP_ID, count, text, orderId, customerId, SHOP],
  );
}
