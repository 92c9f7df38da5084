import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { listWrongPhones } from '#app/modules/customers/list-wrong-phones.server.ts';
import { givenShop } from '#test/support/shops.ts';

test('lists stored numbers that are wrong, each with the number that was probably meant, and changes nothing', async () => {
  const { shopId } = await givenShop();
  const other = await givenShop();
  const rows: [shop: bigint, id: bigint, phone: string | null, whatsapp: string | null, state: string][] = [
    [shopId, 1n, '+62811123456', null, 'active'],
    [shopId, 2n, '+6262811123456', null, 'active'],
    [shopId, 3n, '+6262215551234', '+62811123457', 'active'],
    [shopId, 4n, '+6212', null, 'active'],
    [shopId, 5n, null, '+0811123456', 'active'],
    [shopId, 6n, '+6262811123456', null, 'deleted'],
    [other.shopId, 7n, '+6262811123456', null, 'active'],
  ];
  for (const [shop, id, phone, whatsapp, state] of rows)
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, phone, social, state) VALUES ($1, $2, $3, $4, $5)`,
      [shop, id, phone, whatsapp === null ? {} : { whatsapp }, state],
    );
  const stored = async () =>
    (await pool.query('SELECT phone, social FROM customers ORDER BY shop_id, customer_id')).rows;
  const before = await stored();
  expect(await listWrongPhones(pool, { shopId, country: 'ID' })).toEqual([
    { customerId: 2n, field: 'phone', stored: '+6262811123456', proposal: '+62811123456' },
    { customerId: 3n, field: 'phone', stored: '+6262215551234', proposal: '+62215551234' },
    { customerId: 4n, field: 'phone', stored: '+6212', proposal: null },
    { customerId: 5n, field: 'whatsapp', stored: '+0811123456', proposal: '+62811123456' },
  ]);
  expect(await stored()).toEqual(before);
});
