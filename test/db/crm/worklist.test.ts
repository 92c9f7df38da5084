/** Who lacks what (F11), against a plain model over random records. */
import { beforeAll, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import {
  bitsOf,
  COMPLETENESS_FIELDS,
  type CompletenessField,
  RECORD_FIELD_BITS,
} from '#app/modules/customers/rules/field-bits.ts';
import { completenessOf, FIELD_RULES } from '#app/modules/crm/worklist/rules/completeness.ts';
import {
  readNeighbours,
  readWorklist,
  type Lack,
} from '#app/modules/crm/worklist/worklist.queries.server.ts';
import { givenClub, setClub, type TestClub } from '#test/support/clubs.ts';
import { seededRandom } from '#test/support/random.ts';

/** What fills a field in. */
const FILLED: Record<CompletenessField, [column: string, value: string]> = {
  name: ['last_name', `'Rahma'`],
  phone: ['phone', `'+62812'`],
  email: ['email', `'a@b.id'`],
  birthDate: ['birth_date', `'1990-01-01'`],
  gender: ['gender', `'female'`],
  city: ['city', `'Bandung'`],
  street: ['street', `'Jl. Braga 1'`],
  postalCode: ['postal_code', `'40111'`],
  interests: ['interests', `'{tea}'`],
  social: ['social', `'{"x":"siti"}'`],
  nationalId: ['national_id_cipher', `'cipher'`],
  weddingDate: ['wedding_date', `'2015-01-01'`],
  housing: ['housing', `'flat'`],
  weightGrams: ['weight_grams', '60000'],
  heightMm: ['height_mm', '1600'],
};

let club: TestClub;
/** What each listed customer lacks. */
const lacking = new Map<bigint, CompletenessField[]>();

async function insert(id: bigint, missing: readonly CompletenessField[], more: Record<string, string> = {}) {
  const filled = COMPLETENESS_FIELDS.filter((field) => !missing.includes(field)).map(
    (field) => FILLED[field],
  );
  const columns = [...filled, ...Object.entries(more)];
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id${columns.map(([name]) => `, ${name}`).join('')})
     VALUES ($1, $2${columns.map(([, value]) => `, ${value}`).join('')})`,
    [club.shopId, id],
  );
}

beforeAll(async () => {
  club = await givenClub();
  const random = seededRandom('completeness');
  for (let id = 1n; id <= 90n; id += 1n) {
    const missing = random.chance(0.2) ? [] : COMPLETENESS_FIELDS.filter(() => random.chance(0.3));
    lacking.set(id, missing);
    await insert(id, missing);
  }
  await insert(200n, ['phone'], { state: `'deleted'` });
  await insert(201n, ['phone'], { merged_into: '1' });
  await insert(202n, ['phone'], { left_at: 'clock_timestamp()' });
});

test('the database keeps the same bits as the rules name', async () => {
  for (const field of COMPLETENESS_FIELDS) {
    const id = 1_000n + BigInt(RECORD_FIELD_BITS[field]);
    await insert(id, [field], { state: `'deleted'` });
    const { rows } = await pool.query<{ missing_fields: number }>(
      'SELECT missing_fields FROM customers WHERE shop_id = $1 AND customer_id = $2',
      [club.shopId, id],
    );
    expect([field, rows[0]?.missing_fields]).toEqual([field, RECORD_FIELD_BITS[field]]);
  }
});

test.each([
  { sensitive_fields: false, asked: COMPLETENESS_FIELDS.filter((f) => FIELD_RULES[f].asks === 'all') },
  { sensitive_fields: true, asked: [...COMPLETENESS_FIELDS] },
])(
  'every customer who lacks something is listed once, newest first (sensitive: $sensitive_fields)',
  async ({ sensitive_fields, asked }) => {
    await setClub(club, { sensitive_fields });
    const who = (lack: Lack) =>
      [...lacking]
        .filter(([, missing]) =>
          missing.some((field) => (lack === null ? asked.includes(field) : field === lack)),
        )
        .map(([id]) => id)
        .toSorted((a, b) => Number(b - a));
    for (const lack of [
      null,
      'phone',
      'social',
      ...(sensitive_fields ? ['housing' as const] : []),
    ] as const) {
      const pages: bigint[][] = [];
      let after: bigint | null = null;
      do {
        const list = await readWorklist(
          club.shopId,
          lack,
          after === null ? null : { side: 'after', customerId: after },
        );
        expect(list.counts.find(({ field }) => field === lack)?.count).toBe(who(lack).length);
        for (const { customerId, completeness } of list.customers)
          expect(completeness).toEqual(
            completenessOf(bitsOf(lacking.get(customerId)!), { sensitive: sensitive_fields, wedding: false }),
          );
        pages.push(list.customers.map(({ customerId }) => customerId));
        ({ after } = list);
      } while (after !== null);
      expect(pages.flat()).toEqual(who(lack));
      const [second, ...rest] = pages.slice(1);
      if (second && rest.length > 0) {
        const back = await readWorklist(club.shopId, lack, { side: 'before', customerId: rest[0]![0]! });
        expect(back.customers.map(({ customerId }) => customerId)).toEqual(second);
      }
    }
  },
);

test('previous and next go through the list, also from a customer who is complete by now', async () => {
  await setClub(club, { sensitive_fields: false });
  const ids = [...lacking].filter(([, missing]) => missing.includes('city')).map(([id]) => id);
  const [oldest] = ids;
  const newest = ids.at(-1)!;
  expect(await readNeighbours(club.shopId, 'city', ids[1]!)).toEqual({ previous: ids[2], next: oldest });
  expect((await readNeighbours(club.shopId, 'city', newest)).previous).toBeNull();
  expect((await readNeighbours(club.shopId, 'city', oldest!)).next).toBeNull();
  await pool.query(`UPDATE customers SET city = 'Solo' WHERE shop_id = $1 AND customer_id = $2`, [
    club.shopId,
    ids[1],
  ]);
  expect(await readNeighbours(club.shopId, 'city', ids[1]!)).toEqual({ previous: ids[2], next: oldest });
  expect(await readNeighbours(club.shopId, 'city', ids[2]!)).toMatchObject({ next: oldest });
});

test('a field that the shop does not ask for is any, and another shop has its own list', async () => {
  await setClub(club, { sensitive_fields: false });
  const any = await readWorklist(club.shopId, null, null);
  expect(await readWorklist(club.shopId, 'housing', null)).toEqual(any);
  const other = await givenClub();
  const empty = await readWorklist(other.shopId, null, null);
  expect(empty).toMatchObject({ customers: [], before: null, after: null });
  expect(empty.counts.every(({ count }) => count === 0)).toBe(true);
});
