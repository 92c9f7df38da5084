/** Whom a search in the list of customers finds. */
import { beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { countCustomers } from '#app/modules/segments/count-customers.server.ts';
import { EVERYBODY } from '#app/modules/segments/customer-filter.ts';
import { listCustomers } from '#app/modules/segments/list-customers.server.ts';
import { FOUND_MAX } from '#app/modules/segments/resolve-search.server.ts';
import { hashNationalId, sealNationalId } from '#app/modules/customers/national-id.server.ts';
import { givenClub, setClub, type TestClub } from '#test/support/clubs.ts';
import { selected } from '#test/support/customer-model.ts';

interface Insert {
  id: number | bigint;
  first?: string | null;
  last?: string | null;
  email?: string | null;
  phone?: string | null;
}

async function givenCustomer({ shopId }: Pick<TestClub, 'shopId'>, row: Insert): Promise<void> {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name, email, phone) VALUES ($1, $2, $3, $4, $5, $6)`,
    [shopId, BigInt(row.id), row.first ?? null, row.last ?? null, row.email ?? null, row.phone ?? null],
  );
}

async function idsOf({ shopId }: Pick<TestClub, 'shopId'>, query: string): Promise<bigint[]> {
  const { customers } = await listCustomers(shopId, { ...EVERYBODY, query }, null, {
    by: 'newest',
    isDescending: false,
  });
  return customers.map(({ customerId }) => customerId);
}

describe('search', () => {
  let club: TestClub;
  beforeEach(async () => {
    club = await givenClub();
    await pool.query(`UPDATE shops SET country = 'ID' WHERE shop_id = $1`, [club.shopId]);
    await givenCustomer(club, {
      id: 1,
      first: 'Siti',
      last: 'Rahayu',
      email: 'siti@example.com',
      phone: '+6281234567890',
    });
    await givenCustomer(club, { id: 2, first: 'Budi', last: 'Anwar', phone: '+628571234567' });
    await givenCustomer(club, { id: 3, first: '100%', last: 'Diana_x' });
    await givenCustomer(club, { id: 4, first: '王', last: '伟' });
  });

  it.each([
    ['part of a name', 'aha', [1]],
    ['two parts in any order', 'RAHA sit', [1]],
    ['an e-mail', 'siti@exam', [1]],
    ['a phone as one dials it', '0812 3456', [1]],
    ['the same with the country', '+62 812-3456', [1]],
    ['with brackets', '(0812) 3456', [1]],
    ['and with both', '+62 (0)812 3456', [1]],
    ['the last digits', '67890', [1]],
    ['first digits of one, inner digits of the other', '08123', [1]],
    ['digits that no phone begins with', '01234567', [1, 2]],
    ['two letters begin a word', 'an', [2]],
    ['also the second word', 'ra', [1]],
    ['one letter', 'b', [2]],
    ['one sign of another writing', '王', [4]],
    ['signs that patterns know', '00%', [3]],
    ['and the other one', 'a_x', [3]],
    ['nothing', 'zzz', []],
    ['an order that nobody made', '#1001', []],
  ])('%s: %s', async (_words, query, ids) => {
    expect(await idsOf(club, query)).toEqual(ids.map(BigInt));
  });

  it('finds whose an order is by its number, also after a merge', async () => {
    await pool.query(
      `INSERT INTO orders (shop_id, order_id, customer_id, name, processed_at, updated_at, triggered_at, financial, currency, state)
       VALUES ($1, 1, 2, '#1001', now(), now(), now(), 'paid', 'IDR', '{}')`,
      [club.shopId],
    );
    expect(await idsOf(club, '#1001')).toEqual([2n]);
    expect(await idsOf(club, '1001')).toEqual([2n]);
    await pool.query(
      `UPDATE customers SET merged_into = 3, state = 'deleted' WHERE shop_id = $1 AND customer_id = 2`,
      [club.shopId],
    );
    expect(await idsOf(club, '#1001')).toEqual([3n]);
  });

  it('finds a national ID only where the shop keeps them', async () => {
    const text = '3273-0112 3456 0001';
    const { cipher, hash } = sealNationalId(club.shopId, text);
    await pool.query(
      'UPDATE customers SET national_id_cipher = $2, national_id_hash = $3 WHERE shop_id = $1 AND customer_id = 4',
      [club.shopId, cipher, hash],
    );
    expect(hashNationalId(club.shopId, text)).toContain(hash);
    expect(await idsOf(club, text)).toEqual([]);
    await setClub(club, { sensitive_fields: true });
    expect(await idsOf(club, text)).toEqual([4n]);
  });

  it('finds all of more people than are looked up at once', async () => {
    const many = FOUND_MAX + 100;
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, first_name) SELECT $1, n, CASE WHEN n > 2000 THEN 'Wulan ' ELSE 'Agus ' END || n
       FROM generate_series(10, 2000 + $2::int) n`,
      [club.shopId, many],
    );
    const filter = { ...EVERYBODY, query: 'wulan' };
    // Past more rows of others than the first look takes in.
    const first = await listCustomers(club.shopId, filter, null, { by: 'newest', isDescending: false });
    expect(first.customers.map(({ customerId }) => customerId)).toEqual(
      Array.from({ length: 25 }, (_, index) => BigInt(2_001 + index)),
    );
    expect(await countCustomers(club.shopId, filter)).toEqual({ count: many, isMore: false });
    expect(await selected(club.shopId, { filter })).toHaveLength(many);
  });

  it('finds no customer of another shop', async () => {
    const other = await givenClub({ domain: 'other-list.myshopify.com' });
    expect(await idsOf(other, 'siti')).toEqual([]);
    expect(await selected(other.shopId, { ids: [1n, 2n] })).toEqual([]);
  });
});
