/** What a signed-in customer pays for a product: by the arithmetic of the Function, and nothing for anyone else. */
import { beforeEach, expect, test } from 'vitest';
import { club, sandbox, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { pool } from '#app/db.server.ts';
import { readOwnPrices } from '#app/modules/pricing/shopper/read-own-prices.server.ts';

useSandboxShop({ hasOrders: false });

let customer: bigint;
let product: { id: bigint; variant: bigint };

beforeEach(async () => {
  const tea = sandbox.world.findProduct(DEMO_SHOP, 'teh-melati-premium');
  product = { id: BigInt(tea?.id ?? 0), variant: BigInt(tea?.variants[0]?.id ?? 0) };
  customer = BigInt(club.customers[0] ?? 0);
  await pool.query(
    `INSERT INTO price_settings (shop_id, is_on) VALUES ($1, true) ON CONFLICT (shop_id) DO UPDATE SET is_on = true`,
    [club.shopId],
  );
  const { rows } = await pool.query<{ id: bigint }>(
    `INSERT INTO categories (shop_id, name, key, discount_bp, breaks) VALUES ($1, 'Traders', 'traders', 1000, '[{"quantity": 10, "bp": 2000}]')
     RETURNING category_id AS id`,
    [club.shopId],
  );
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, category_id) VALUES ($1, $2, $3)
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET category_id = EXCLUDED.category_id`,
    [club.shopId, customer, rows[0]?.id],
  );
});

const read = (customerId: bigint) =>
  readOwnPrices({
    shop: { shopId: club.shopId, domain: DEMO_SHOP, currency: 'IDR', timeZone: 'Asia/Jakarta' },
    customerId,
    productId: product.id,
  });

test('a trader has the percent and its break', async () => {
  expect(await read(customer)).toEqual([
    {
      variantId: product.variant,
      prices: [
        { quantity: 1, unitMinor: 4_050_000n },
        { quantity: 10, unitMinor: 3_600_000n },
      ],
    },
  ]);
});

test('others have none, and no one has while prices are off', async () => {
  expect(await read(BigInt(club.customers[1] ?? 0))).toEqual([]);
  await pool.query('UPDATE price_settings SET is_on = false WHERE shop_id = $1', [club.shopId]);
  expect(await read(customer)).toEqual([]);
});
