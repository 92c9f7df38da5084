import type pg from 'pg';
import type { BenchRun } from './lib/bench-server.ts';
import type { Figure } from './lib/figures.ts';
import { SHOP_ID } from './lib/shop-rows.ts';
import { createShopDatabase, readFigures } from './lib/with-shop.ts';

const RESELLERS = Number(process.env.BENCH_RESELLERS ?? 100_000);

/**
 * A hundred thousand resellers with percents of their own, read by eight readers at once: the list's tabs, its end, and the page
 * of their category with its best customers, sales and discounts.
 */
export async function benchResellers(run: BenchRun): Promise<Figure[]> {
  const database = await createShopDatabase(run, fill);
  try {
    return await readFigures('resellers', 'read-resellers.ts', database.url);
  } finally {
    await database.drop();
  }
}

async function fill(client: pg.Client): Promise<void> {
  await client.query('SELECT seed_club($1, 10000)', [SHOP_ID]);
  await client.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name, email, phone, country_code, province, city, district, postal_code,
       street, birth_date, interests, tags, note, category_id, person_discount_bp, person_discount_from, person_discount_until,
       person_discount_note)
     SELECT $1, n, 'Reseller', n::text, 'r' || n || '@example.com', '+628' || (1100000000 + n), 'ID', 'Jawa Barat', 'Kota Bandung',
       'Coblong', '40132', 'Jl. Dago ' || n, '1960-01-01'::date + n % 16000, '{batik,kopi}', '{reseller}', 'Pelanggan lama ' || n,
       category_id, 500 + n % 2500, '2026-01-01', CASE WHEN n % 3 > 0 THEN current_date - 200 + (n % 400)::int END, 'Toko ' || n
     FROM generate_series(1, $2::int) n, categories WHERE shop_id = $1 AND key = 'reseller'`,
    [SHOP_ID, RESELLERS],
  );
  await client.query(
    `INSERT INTO person_percent_changes (shop_id, customer_id, percent_bp, actor)
     SELECT shop_id, customer_id, person_discount_bp, 'staff:1' FROM customers, generate_series(1, 2)`,
  );
  await client.query(
    `UPDATE customer_stats SET spend_minor = customer_id * 7919 % 100000000, orders_valid = 3 WHERE shop_id = $1`,
    [SHOP_ID],
  );
  await client.query(
    `INSERT INTO category_sales (shop_id, category_id, month, orders, sales_minor, discount_minor)
     SELECT shop_id, category_id, (date_trunc('month', now()) - m * interval '1 month')::date, 1000, 100000000, 10000000
     FROM categories, generate_series(0, 59) m`,
  );
}
