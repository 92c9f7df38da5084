/** Staff and Shopify change the same customer: the later wins per field, the history shows both (issue 4). */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { recordCustomers, type CustomerUpdate } from '#app/modules/customers/record-customers.server.ts';
import { deleteCustomer } from '#app/modules/customers/remove-records.server.ts';
import { upsertCustomers } from '#app/modules/customers/upsert-customers.server.ts';
import { award, givenClub, orderEvent, type TestClub } from '#test/support/clubs.ts';

const SITI = 9n;
const START = Date.UTC(2026, 10, 21, 10);
const second = (seconds: number) => new Date(START + seconds * 1000);

let club: TestClub;
beforeEach(async () => {
  club = await givenClub();
});

const record = (...seen: CustomerUpdate[]) => withTransaction((tx) => recordCustomers(tx, seen));
const staff = (
  at: Date,
  fields: CustomerUpdate['fields'],
  before?: CustomerUpdate['before'],
): CustomerUpdate => ({
  shopId: club.shopId,
  customerId: SITI,
  at,
  source: 'staff',
  actor: 'Ayu Pratiwi',
  fields,
  ...(before ? { before } : {}),
});

/** customers/update with this state, as Shopify words it. */
const update = (at: Date, state: Record<string, unknown>, triggeredAt = at) =>
  withTransaction((tx) =>
    upsertCustomers(tx, [
      {
        shopId: club.shopId,
        topic: 'customers/update',
        triggeredAt,
        payload: { id: Number(SITI), updated_at: at.toISOString(), ...state },
      },
    ]),
  );

async function siti(): Promise<Record<string, unknown>> {
  const { rows } = await pool.query('SELECT * FROM customers WHERE shop_id = $1 AND customer_id = $2', [
    club.shopId,
    SITI,
  ]);
  return rows[0];
}

async function history(): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT concat_ws(' ', actor, field, coalesce(before, '-'), '>', coalesce(after, '-'), CASE WHEN is_kept THEN 'won' ELSE 'lost' END) AS line
       FROM customer_changes WHERE shop_id = $1 ORDER BY change_id`,
    [club.shopId],
  );
  return rows.map(({ line }) => line);
}

describe('two who change one customer', () => {
  test('of different fields both stay, though the state of one shows the old value of the other', async () => {
    await update(second(0), { first_name: 'Siti', last_name: 'Rahma', note: null });
    await record(staff(second(10), { phone: '+6281234567890' }));
    // Made at Shopify a moment before the phone was saved; it arrives after.
    await update(second(9), { first_name: 'Siti', last_name: 'Rahmawati', phone: null });
    expect(await siti()).toMatchObject({ last_name: 'Rahmawati', phone: '+6281234567890' });
    expect(await history()).toEqual([
      'Ayu Pratiwi phone - > +6281234567890 won',
      'shopify lastName Rahma > Rahmawati won',
    ]);
  });

  test('of one field the later value wins in any order of arrival, and the history shows both', async () => {
    await update(second(0), { first_name: 'Siti' });
    await record(staff(second(20), { firstName: 'Sitti' }));
    await update(second(15), { first_name: 'Sity' });
    expect((await siti()).first_name).toBe('Sitti');
    await update(second(25), { first_name: 'Siti R.' });
    expect((await siti()).first_name).toBe('Siti R.');
    expect(await history()).toEqual([
      'Ayu Pratiwi firstName Siti > Sitti won',
      'shopify firstName Sitti > Sity lost',
      'shopify firstName Sitti > Siti R. won',
    ]);
    await update(second(15), { first_name: 'Sity' });
    expect(await history()).toHaveLength(3);
  });

  test("a change of staff's that Shopify's webhook brought first is still theirs", async () => {
    await update(second(0), { first_name: 'Siti', note: 'Suka kopi' });
    await update(second(10), { first_name: 'Sitti', note: 'Suka kopi' });
    await record(staff(second(10), { firstName: 'Sitti' }, { firstName: 'Siti' }));
    expect(await history()).toEqual(['Ayu Pratiwi firstName Siti > Sitti won']);
  });

  test('any states in any order, in batches, doubled and at the same time, end as the last of each field', async () => {
    const timestamp = fc.integer({ min: 0, max: 500 });
    const name = fc.constantFrom('A', 'B', 'C');
    const states = fc.uniqueArray(fc.record({ at: timestamp, first_name: name, note: name }), {
      selector: ({ at }) => at,
      minLength: 2,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        states.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length })),
        ),
        fc.nat({ max: 500 }),
        async ([all, heard], staffAt) => {
          await pool.query('DELETE FROM customers WHERE shop_id = $1', [club.shopId]);
          const missing = all.filter((one) => !heard.includes(one));
          await Promise.all([
            ...[...heard, ...missing].map(({ at, ...state }) => update(second(at), state)),
            record(staff(new Date(second(staffAt).getTime() + 1), { note: 'staff' })),
          ]);
          const last = all.toSorted((a, b) => b.at - a.at)[0]!;
          expect(await siti()).toMatchObject({
            first_name: last.first_name,
            note: last.at > staffAt ? last.note : 'staff',
          });
        },
      ),
      { numRuns: 25 },
    );
  });
});

test('within one second the moment of the webhook decides', async () => {
  await update(second(0), { first_name: 'New' }, new Date(START + 700));
  await update(second(0), { first_name: 'Old' }, new Date(START + 200));
  expect((await siti()).first_name).toBe('New');
});

test('every field is stored as it was sent', async () => {
  const fields: CustomerUpdate['fields'] = {
    firstName: 'Siti',
    lastName: 'Rahmawati',
    email: 'siti@example.com',
    phone: '+6281234567890',
    gender: 'female',
    birthDate: '1990-02-28',
    weddingDate: '2015-12-31',
    housing: 'townhouse',
    weightGrams: 52_500,
    heightMm: 1_580,
    interests: ['kopi', 'batik "tulis"'],
    social: { instagram: 'siti.r', line: 'sitir' },
    address: {
      countryCode: 'ID',
      provinceCode: 'JB',
      province: 'Jawa Barat',
      cityCode: '32.73',
      city: 'Kota Bandung',
      districtCode: '32.73.02',
      district: 'Coblong',
      villageCode: '32.73.02.1004',
      village: 'Dago',
      postalCode: '40132',
      street: 'Jl. Dago 1, RT 02/RW 05',
    },
    note: 'Suka kopi',
    smsConsent: 'subscribed',
    emailConsent: 'unsubscribed',
  };
  await record(staff(second(0), fields));
  expect(await siti()).toMatchObject({
    weight_grams: 52_500,
    interests: ['kopi', 'batik "tulis"'],
    district: 'Coblong',
    village: 'Dago',
  });
  expect(await history()).toHaveLength(16);
  // Said again it is no change: nothing was lost on the way there and back.
  await record(staff(second(5), fields));
  expect(await history()).toHaveLength(16);
});

test('places of an address get their codes, and a district stays when Shopify, which has none, sends the rest again', async () => {
  const shopifys = {
    address1: 'Jl. Dago 1',
    city: 'KOTA BANDUNG',
    province: 'West Java',
    country_code: 'ID',
    zip: '40132',
  };
  await update(second(0), { addresses: [shopifys], default_address: shopifys });
  const stored = await siti();
  expect(stored).toMatchObject({
    province_code: 'JB',
    city_code: '32.73',
    street: 'Jl. Dago 1',
    postal_code: '40132',
  });
  const address = {
    countryCode: 'ID',
    provinceCode: 'JB',
    province: String(stored.province),
    cityCode: '32.73',
    city: String(stored.city),
    districtCode: '32.73.02',
    district: 'Coblong',
    villageCode: '32.73.02.1004',
    village: 'Dago',
    postalCode: '40132',
    street: 'Jl. Dago 1',
  };
  await record(staff(second(10), { address }));
  await update(second(20), { addresses: [shopifys], default_address: shopifys });
  expect(await siti()).toMatchObject({ district: 'Coblong', village: 'Dago', village_code: '32.73.02.1004' });
  const moved = { ...shopifys, city: 'Kota Cimahi' };
  await update(second(25), { addresses: [moved], default_address: moved });
  expect(await siti()).toMatchObject({ city: 'Kota Cimahi', village: null, village_code: null });
  await update(second(30), { addresses: [] });
  expect(await siti()).toMatchObject({ city: null, district: null, street: null });
});

test('what orders say counts only until something better speaks of the customer', async () => {
  await award(orderEvent(club, { id: 1, customer: Number(SITI), lines: [{ price: 100_000 }] }));
  const fromOrder = await siti();
  expect(fromOrder.email).toBe('c9@example.com');
  await record(staff(new Date(), { email: 'siti@example.com' }));
  await award(orderEvent(club, { id: 2, customer: Number(SITI), lines: [{ price: 100_000 }] }));
  expect((await siti()).email).toBe('siti@example.com');
});

test('who is deleted does not come back, and nothing of the other shop changes', async () => {
  const other = await givenClub();
  await update(second(0), { first_name: 'Siti' });
  await withTransaction((tx) =>
    deleteCustomer(tx, {
      shopId: club.shopId,
      topic: 'customers/delete',
      triggeredAt: second(5),
      payload: { id: Number(SITI) },
    }),
  );
  await update(second(10), { first_name: 'Sari' });
  expect(await siti()).toMatchObject({ state: 'deleted', first_name: 'Siti' });
  const { rowCount } = await pool.query('SELECT 1 FROM customers WHERE shop_id = $1', [other.shopId]);
  expect(rowCount).toBe(0);
});
