/** What a cart would earn, by the rules that real orders go through. */
import { beforeAll, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { previewCart, type CartLine } from '#app/modules/earning/preview/preview-cart.server.ts';
import { givenClub, type TestClub } from '#test/support/clubs.ts';

let club: TestClub;
beforeAll(async () => {
  // Every 100,000.00 with tax gives 10 points.
  club = await givenClub({ domain: 'preview.myshopify.com', rule: { includeTax: true } });
});

const line = (change: Partial<CartLine> = {}): CartLine => ({
  productId: 1n,
  variantId: 2n,
  quantity: 2,
  grossMinor: 25_000_000n,
  discountMinor: 0n,
  isGiftCard: false,
  ...change,
});
const preview = (lines: CartLine[], change: { customerId?: bigint; currency?: string } = {}) =>
  previewCart({ shopId: club.shopId, customerId: null, currency: 'IDR', ...change, lines });

test('full steps of what is paid, discounts left out', async () => {
  expect(await preview([line()])).toEqual({ points: 20n, credit: 0n });
  expect(await preview([line({ discountMinor: 6_000_000n })])).toEqual({ points: 10n, credit: 0n });
  expect(await preview([line(), line({ grossMinor: 5_000_000n })])).toEqual({ points: 30n, credit: 0n });
});

test('gift cards earn nothing', async () => {
  expect(await preview([line({ isGiftCard: true })])).toEqual({ points: 0n, credit: 0n });
});

test('nothing is said of a cart in another currency', async () => {
  expect(await preview([line()], { currency: 'USD' })).toBeNull();
});

test('a known customer and a guest earn alike where the rules ask no more', async () => {
  await pool.query(`INSERT INTO customers (shop_id, customer_id) VALUES ($1, 77) ON CONFLICT DO NOTHING`, [
    club.shopId,
  ]);
  expect(await preview([line()], { customerId: 77n })).toEqual({ points: 20n, credit: 0n });
});

test('one who left the club earns nothing', async () => {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, left_at) VALUES ($1, 78, now()) ON CONFLICT DO NOTHING`,
    [club.shopId],
  );
  expect(await preview([line()], { customerId: 78n })).toEqual({ points: 0n, credit: 0n });
});
