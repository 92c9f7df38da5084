/** A change that comes while the one before it is on its way to Shopify: it is written next, and not taken for the one that is done. */
import { beforeEach, describe, expect, test } from 'vitest';
import { club, fault, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { waitUntil } from '#test/support/figures.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { pool } from '#app/db.server.ts';
import { actOnList } from '#app/modules/pricing/lists/act-on-list.server.ts';
import { writePrices } from '#app/modules/pricing/publish/write-prices.server.ts';
import { findMetafield } from '../../../sandbox/shopify/admin-graphql/sources/metafield.ts';

useSandboxShop({ hasOrders: false });

const shopThere = () => sandbox.world.shop(DEMO_SHOP);
const valueOf = (owner: Parameters<typeof findMetafield>[0], key: string): unknown => {
  const held = findMetafield(owner, '$app', key);
  return held && JSON.parse(held.value);
};

let siti: bigint;
let reseller: bigint;

beforeEach(async () => {
  siti = BigInt(shopThere().customers[0]!.id);
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  await pool.query(
    `INSERT INTO price_settings (shop_id, is_on, requested_at) VALUES ($1, true, clock_timestamp())
     ON CONFLICT (shop_id) DO UPDATE SET is_on = true, requested_at = clock_timestamp()`,
    [club.shopId],
  );
  await pool.query(
    'INSERT INTO customers (shop_id, customer_id) VALUES ($1, $2) ON CONFLICT (shop_id, customer_id) DO UPDATE SET category_id = NULL, person_discount_bp = NULL',
    [club.shopId, siti],
  );
  const [row] = await select(
    `SELECT category_id AS id FROM categories WHERE shop_id = $1 AND key = 'reseller'`,
  );
  reseller = row!.id as bigint;
  await writePrices();
});

const setPercent = (bp: number) =>
  pool.query(
    'UPDATE customers SET category_id = $3, person_discount_bp = $4 WHERE shop_id = $1 AND customer_id = $2',
    [club.shopId, siti, reseller, bp],
  );

/** Runs the worker, and `change` while its call to Shopify is under way. */
async function whileWritten(table: string, change: () => Promise<unknown>): Promise<void> {
  // Each call waits: what is left of the shop's set-up may be written before.
  await fault('delay', { operation: 'SetPriceMetafields', delayMs: 800, times: 10 });
  const worker = writePrices();
  const isTaken = async () =>
    (
      await select(
        `SELECT FROM ${table} WHERE shop_id = $1 AND changed_at IS NOT NULL AND next_attempt_at > clock_timestamp()`,
      )
    ).length === 1;
  await waitUntil('the worker took it', isTaken);
  await change();
  await worker;
}

describe('A customer', () => {
  const priceThere = () => valueOf(shopThere().customers[0]!, 'price');

  test('whose percent is changed again while it is written has the second one in the end', async () => {
    await setPercent(500);
    await whileWritten('price_customers', () => setPercent(700));
    await writePrices();
    expect(priceThere()).toEqual({ v: 1, cat: 'reseller', bp: 700 });
    expect(await select('SELECT changed_at FROM price_customers WHERE shop_id = $1')).toEqual([
      { changed_at: null },
    ]);
  });

  test('who is changed often keeps the place of the first change', async () => {
    await setPercent(500);
    const due = async () =>
      (
        await select(
          `SELECT date_trunc('millisecond', changed_at)::text AS at FROM price_customers WHERE shop_id = $1`,
        )
      )[0];
    const first = await due();
    await pool.query('SELECT pg_sleep(0.05)');
    await setPercent(600);
    expect(await due()).toEqual(first);
  });
});

test('a variant whose list price is changed again while it is written has the second one in the end', async () => {
  const [variant] = shopThere().products.flatMap(({ variants }) => variants.filter(({ sku }) => sku));
  const paste = (price: string) =>
    actOnList(
      { shopId: club.shopId, domain: DEMO_SHOP, currency: 'IDR' },
      { intent: 'paste', categoryId: String(reseller), text: `SKU\tPrice\n${variant!.sku}\t${price}` },
      'en',
    );
  expect(await paste('9000')).toMatchObject({ ok: true });
  await whileWritten('price_variants', async () => expect(await paste('8000')).toMatchObject({ ok: true }));
  await writePrices();
  expect(valueOf(variant!, 'prices')).toEqual({ v: 1, reseller: [[1, '800000']] });
});
