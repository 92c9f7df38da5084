import type pg from 'pg';
import { SHOP_ID } from './shop-rows.ts';
import { createShopDatabase, oncePerRun } from './with-shop.ts';

export const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000);
const YEARS = 5;
/** A customer with this many orders of several lines each, for their own page. */
export const BUSY_CUSTOMER = 4_711;
const BUSY_ORDERS = 5_000;
const BUSY_PRODUCTS = 300;
const CATEGORIES = 6;
/** Of Indonesia's cities and regencies the largest has a ninth of the customers, the smallest one in ten thousand. */
const CITIES = 514;
/** One in three never ordered; of the others most ordered once or twice, and a few some hundred times. */
const NEVER_SHARE = 0.3;
const ORDERS_MAX = 400;

const FIRST_NAMES =
  `Siti Muhammad Budi Dewi Agus Sri Ahmad Nur Ani Rina Eko Dwi Tri Putri Rizky Fitri Hendra Yuni Andi Ratna
  Bambang Wahyu Lestari Indah Joko Maya Ayu Bayu Citra Dian Fajar Gita Hadi Intan Jaya Kartika Lina Made Nyoman Oki Putu
  Qori Rahmat Sari Taufik Umar Vina Wati Yanti Zainal`.split(/\s+/);
const LAST_NAMES =
  `Wijaya Santoso Hidayat Rahayu Saputra Kusuma Nugroho Setiawan Siregar Nasution Halim Gunawan Purnomo Utami
  Wibowo Lubis Hasibuan Pratama Susanto Tanjung Simanjuntak Ginting Harahap Permata Suryadi Mulyani Firmansyah Kurniawan
  Maulana Ramadhan Anggraini Puspita Handayani Iskandar Sitompul Panjaitan Manurung Pangestu Wulandari Prasetyo`.split(
    /\s+/,
  );

/** A shop of a million customers and three million orders, skewed as real ones are; once per run. */
export const customersWithOrders = oncePerRun((run) =>
  createShopDatabase(run, (client) => fillCustomers(client, (message) => run.tell(message))),
);

/** Fills the benches' shop with customers, orders, their sums and points. */
export async function fillCustomers(client: pg.Client, tell: (message: string) => void): Promise<void> {
  await client.query('SET synchronous_commit = off');
  await client.query(`UPDATE shops SET country = 'ID', time_zone = 'Asia/Jakarta'`);
  await client.query(`SELECT setseed(0.42)`);
  await client.query(
    `INSERT INTO categories (shop_id, key, name, position, is_default) SELECT $1, 'k' || n, 'Category ' || n, n, n = 1
     FROM generate_series(1, ${CATEGORIES}) n`,
    [SHOP_ID],
  );
  tell(`  ${CUSTOMERS} customers ...`);
  await insertCustomers(client);
  tell('  their orders ...');
  await insertOrders(client);
  await insertBusyCustomer(client);
  await countOrders(client);
  await insertPoints(client);
}

/** Their ids increase with time, as Shopify's do. */
async function insertCustomers(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name, email, phone, category_id, city_code, city, birth_date, created_at)
     SELECT $1, n, ($3::text[])[1 + floor(${FIRST_NAMES.length} * power(random(), 1.5))::int],
       ($4::text[])[1 + floor(${LAST_NAMES.length} * power(random(), 1.5))::int], 'c' || n || '@example.com', '+628' || (1100000000 + n::bigint * 7919 % 899999999),
       CASE WHEN random() < 0.2 THEN g.ids[1 + floor(${CATEGORIES} * power(random(), 3))::int] END,
       CASE WHEN random() < 0.9 THEN (1100 + c.city)::text END, 'Kota ' || c.city,
       CASE WHEN random() < 0.6 THEN '1960-01-01'::date + floor(random() * 16000)::int END,
       now() - (1 - n::float8 / $2) * interval '${YEARS} years'
     FROM generate_series(1, $2::int) n CROSS JOIN (SELECT array_agg(category_id ORDER BY position) AS ids FROM categories WHERE shop_id = $1) g
       CROSS JOIN LATERAL (SELECT floor(power(${CITIES}, random() + 0 * n))::int AS city) c`,
    [SHOP_ID, CUSTOMERS, FIRST_NAMES, LAST_NAMES],
  );
}

/** From a customer's first day until now; every twentieth order isn't paid yet, is cancelled or was refunded. */
async function insertOrders(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO orders (shop_id, order_id, customer_id, name, processed_at, updated_at, triggered_at, financial, cancelled_at, currency,
       total_minor, net_minor, items, state)
     SELECT $1, row_number() OVER () + 10000000, m.customer_id, '#' || row_number() OVER () + 1000, m.at, m.at, m.at, m.financial,
       CASE WHEN random() < 0.01 THEN m.at END, 'IDR', m.total, CASE WHEN m.financial IN ('paid', 'partially_refunded') THEN m.total ELSE 0 END,
       1 + floor(random() * 4)::int, '{}'
     FROM (SELECT c.customer_id, c.created_at + (now() - c.created_at) * power(random() + 0 * k, 1.3) AS at,
         (ARRAY['pending', 'refunded', 'partially_refunded', 'voided', 'paid'])[least(5, 1 + floor(random() * 80)::int)] AS financial,
         5000000 + floor(power(random(), 4) * 1000)::bigint * 100000 AS total
       FROM (SELECT customer_id, created_at, random() AS u FROM customers WHERE shop_id = $1) c
         CROSS JOIN LATERAL generate_series(1, CASE WHEN u < ${NEVER_SHARE} THEN 0
           ELSE least(${ORDERS_MAX}, floor(power((1 - u) / (1 - ${NEVER_SHARE}), -0.75) * 1.25)::int) END) k) m`,
    [SHOP_ID],
  );
}

/** Years of orders until a year ago, three lines each, with the points that they gave. */
async function insertBusyCustomer(client: pg.Client): Promise<void> {
  const orderId = '(2000000000::bigint + n)';
  const at = `now() - interval '400 days' - (${BUSY_ORDERS} - n) * interval '8 hours'`;
  await client.query(
    `INSERT INTO orders (shop_id, order_id, customer_id, name, processed_at, updated_at, triggered_at, financial, currency, total_minor,
       net_minor, items, state)
     SELECT $1, ${orderId}, $2, '#B' || n, ${at}, ${at}, ${at}, 'paid', 'IDR', 7500000, 7500000, 3, '{}' FROM generate_series(1, ${BUSY_ORDERS}) n`,
    [SHOP_ID, BUSY_CUSTOMER],
  );
  await client.query(
    `INSERT INTO order_lines (shop_id, order_id, line_id, customer_id, product_id, variant_id, title, quantity, kept_quantity, net_minor, bought_at)
     SELECT $1, ${orderId}, 10 * ${orderId} + line, $2, 1 + (n * line) % ${BUSY_PRODUCTS}, 1, 'Product ' || (n * line) % ${BUSY_PRODUCTS}, 1, 1, 2500000, ${at}
     FROM generate_series(1, ${BUSY_ORDERS}) n, generate_series(1, 3) line`,
    [SHOP_ID, BUSY_CUSTOMER],
  );
  await client.query(
    `INSERT INTO customer_products (shop_id, customer_id, product_id, variant_id, first_at, last_at, times, units, net_minor)
     SELECT shop_id, customer_id, product_id, variant_id, min(bought_at), max(bought_at), count(DISTINCT order_id), sum(kept_quantity),
       sum(net_minor) FROM order_lines WHERE shop_id = $1 AND customer_id = $2 GROUP BY 1, 2, 3, 4`,
    [SHOP_ID, BUSY_CUSTOMER],
  );
  await client.query(
    `WITH entries AS (
       INSERT INTO ledger_entries (shop_id, customer_id, unit, amount, kind, source, order_id, actor, idempotency_key, input_hash, balance_after,
         effective_at, created_at)
       SELECT $1, $2, 'POINTS', 10, 'order_spend', 'webhook', ${orderId}, 'setia', 'busy:' || n, '', 10 * n, ${at}, ${at}
       FROM generate_series(1, ${BUSY_ORDERS}) n RETURNING shop_id, entry_id, customer_id, unit, amount, order_id, effective_at)
     INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, order_id)
     SELECT shop_id, entry_id, customer_id, unit, amount, amount, effective_at, order_id FROM entries`,
    [SHOP_ID, BUSY_CUSTOMER],
  );
}

/** Points of customers with orders, in two lots. */
async function insertPoints(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO ledger_accounts (shop_id, customer_id, unit, balance) SELECT $1, customer_id, 'POINTS', 20 * orders_valid
     FROM customer_stats WHERE shop_id = $1 AND orders_valid > 0`,
    [SHOP_ID],
  );
  await client.query(
    `INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from)
     SELECT $1, 1000000000 + 2 * customer_id + lot, customer_id, 'POINTS', 10 * orders_valid, 10 * orders_valid, last_order_at
     FROM customer_stats, generate_series(0, 1) lot WHERE shop_id = $1 AND orders_valid > 0 AND customer_id <> $2`,
    [SHOP_ID, BUSY_CUSTOMER],
  );
}

async function countOrders(client: pg.Client): Promise<void> {
  const valid = `cancelled_at IS NULL AND financial IN ('paid', 'partially_refunded')`;
  await client.query(
    `UPDATE customer_stats s SET orders_all = n.orders_all, orders_valid = n.orders_valid, items = n.items, total_all_minor = n.total_all,
       spend_minor = n.spend, first_order_at = n.first, last_order_at = n.last, before_last_order_at = n.before_last,
       latest_order_id = n.latest_id, latest_order_at = n.latest, latest_order_status = n.status
     FROM (SELECT customer_id, count(*)::int AS orders_all, (count(*) FILTER (WHERE ${valid}))::int AS orders_valid,
         coalesce(sum(items) FILTER (WHERE ${valid}), 0)::int AS items, sum(total_minor) AS total_all,
         coalesce(sum(net_minor) FILTER (WHERE ${valid}), 0) AS spend, min(processed_at) FILTER (WHERE ${valid}) AS first,
         max(processed_at) FILTER (WHERE ${valid}) AS last,
         (array_agg(processed_at ORDER BY processed_at DESC) FILTER (WHERE ${valid}))[2] AS before_last,
         (array_agg(order_id ORDER BY processed_at DESC))[1] AS latest_id, max(processed_at) AS latest,
         (array_agg(CASE WHEN cancelled_at IS NULL THEN financial ELSE 'cancelled' END ORDER BY processed_at DESC))[1] AS status
       FROM orders WHERE shop_id = $1 GROUP BY 1) n
     WHERE s.shop_id = $1 AND s.customer_id = n.customer_id`,
    [SHOP_ID],
  );
}
