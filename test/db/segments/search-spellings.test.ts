/** One name, however it is written: stored in one spelling, sought in another (cases 10 and 11). */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { EVERYBODY } from '#app/modules/segments/customer-filter.ts';
import { listCustomers } from '#app/modules/segments/list-customers.server.ts';
import { givenClub, type TestClub } from '#test/support/clubs.ts';

let club: TestClub;
beforeEach(async () => {
  club = await givenClub();
});

async function givenName(customerId: number, first: string, last: string | null = null): Promise<void> {
  await pool.query(
    'INSERT INTO customers (shop_id, customer_id, first_name, last_name) VALUES ($1, $2, $3, $4)',
    [club.shopId, customerId, first, last],
  );
}

const idsOf = async (query: string): Promise<number[]> =>
  (await listCustomers(club.shopId, { ...EVERYBODY, query })).customers.map(({ customerId }) =>
    Number(customerId),
  );

const HALF_SPACE = '\u200C';

/** Every spelling of a group is the same name. */
const SPELLINGS: readonly (readonly string[])[] = [
  ['อำนาจ น้ำใจดี', 'อํานาจ นํ้าใจดี', 'อำนาจ น\u0E4D\u0E49\u0E32ใจดี'],
  ['แสงดาว', 'เเสงดาว'],
  ['ร้าน๙', 'ร้าน9'],
  ['علي كريمي', 'علی کریمی', 'على كريمى'],
  [`علی${HALF_SPACE}رضا`, 'علیرضا', 'علی رضا', 'عَلیرضا', 'علـی رضا'],
  ['آرزو', 'ارزو', 'ا\u0653رزو'],
  ['فاطمة', 'فاطمه'],
  ['شاپ ۱۲۳', 'شاپ ١٢٣', 'شاپ 123', 'شاپ १२३', 'شاپ ๑๒๓'],
  ['José Núñez', 'José Núñez'.normalize('NFD'), 'Jose Nunez', 'JOSÉ NÚÑEZ'],
  ['Nguyễn Thị Ánh', 'Nguyễn Thị Ánh'.normalize('NFD'), 'nguyen thi anh'],
  ['Łukasz Sørensen', 'lukasz sorensen'],
  ['Groß', 'GROSS', 'groß'],
  ['Đặng', 'dang'],
  ['İpek Işık', 'ipek isik', 'İPEK IŞIK'],
  ["D'Angelo", 'D’Angelo', 'dʼangelo'],
  ['Ｓｉｔｉ', 'Siti'],
  ['Σωκράτης', 'ΣΩΚΡΑΤΗΣ', 'σωκρατησ'],
];

describe('a search', () => {
  it.each(SPELLINGS.map((group) => [group[0], group] as const))(
    'finds %s in every spelling',
    async (_name, group) => {
      await givenName(99, 'Budi', 'Santoso');
      for (const [index, spelling] of group.entries()) await givenName(index + 1, spelling);
      const all = group.map((_spelling, index) => index + 1);
      for (const spelling of group)
        expect({ spelling, found: (await idsOf(spelling)).sort() }).toEqual({ spelling, found: all });
    },
  );

  it('still tells different names apart', async () => {
    await givenName(1, 'สมชาย');
    await givenName(2, 'สมหมาย');
    await givenName(3, '王');
    await givenName(4, '김');
    await givenName(5, 'ガン');
    expect(await idsOf('สมชาย')).toEqual([1]);
    expect(await idsOf('王')).toEqual([3]);
    expect(await idsOf('김')).toEqual([4]);
    expect(await idsOf('カン')).toEqual([]);
    expect(await idsOf(HALF_SPACE)).toEqual(await idsOf(''));
  });

  it('finds any text as it is stored, composed or decomposed, in any case', async () => {
    const letter = fc.constantFrom(...'aéüñçøłşığĐßæЙёاكيىةۀآئ۱٣กำ้แนाक३ガ가Ως\u200C'.split(''));
    const name = fc.array(letter, { minLength: 1, maxLength: 12 }).map((letters) => letters.join(''));
    await fc.assert(
      fc.asyncProperty(name, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), async (text, form) => {
        const { rows } = await pool.query<{ same: boolean; folded: string; again: string }>(
          'SELECT fold_text($1) = fold_text($2) AS same, fold_text($1) AS folded, fold_text(fold_text($1)) AS again',
          [text, text.normalize(form).toUpperCase()],
        );
        expect(rows[0]).toMatchObject({ same: true, again: rows[0]!.folded });
      }),
      { numRuns: 300, examples: [['้้ำa', 'NFC']] },
    );
  });
});

it('what folds a text is written into the statement: called for each row it takes ten times as long', async () => {
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (VERBOSE, COSTS OFF) SELECT fold_text(note) FROM customers WHERE fold_text(note) LIKE '%tea%'`,
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('translate(');
  expect(plan).not.toContain('fold_text(');
  const { rows: folded } = await pool.query('SELECT fold_text(NULL) AS nothing');
  expect(folded).toEqual([{ nothing: null }]);
});
