/** What went wrong in the imports of other products, in public reports; each number is one of them. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { seededRandom } from '#test/support/random.ts';
import { readWholeTable, type CaseShop, type ReadTable } from '#test/support/workbook-cases.ts';
import { makeZip, rowsXml, workbookEntries, type MadeCell, type ZipEntry } from '#test/support/zips.ts';

const ID: CaseShop = { country: 'ID', locale: 'id', currency: 'IDR', dateOrder: 'dmy' };
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-import-bugs-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

let files = 0;
async function outcome(bytes: Buffer | string, shop = ID, name = 'file') {
  const file = path.join(folder, `${(files += 1)} ${name}`);
  fs.writeFileSync(file, bytes);
  return readWholeTable(file, shop);
}

async function accepted(bytes: Buffer | string, shop = ID): Promise<ReadTable> {
  const table = await outcome(bytes, shop);
  if ('refused' in table) throw new Error(`refused: ${table.refused} at ${table.row}`);
  return table;
}

const workbook = (rows: (readonly MadeCell[])[], more?: Parameters<typeof workbookEntries>[1]): Buffer =>
  makeZip(workbookEntries(rowsXml(rows), more));
const csv = (rows: (readonly MadeCell[])[]): string =>
  rows.map((cells) => cells.map((cell) => `"${cell ?? ''}"`).join(',')).join('\r\n');

const phoneOf = (row: number): string => `0812${String(10_000_000 + row)}`;

describe.each([
  ['workbook', workbook],
  ['CSV', csv],
])('%s', (_, make) => {
  test('each row has its own values, and an empty cell takes nothing from the row before (1 to 4)', async () => {
    const rows: MadeCell[][] = [['Nama', 'No HP', 'Email', 'Catatan']];
    for (let row = 2; row <= 2_003; row += 1) {
      const hasEmail = row % 2 === 0;
      const note = row % 3 === 0 ? `catatan ${row}` : row % 3 === 1 ? '' : null;
      rows.push([`Pelanggan A${row}`, phoneOf(row), hasEmail ? `p${row}@example.com` : null, note]);
    }
    const { rows: read } = await accepted(make(rows));
    expect(read).toHaveLength(2_002);
    for (const { row, values, problems } of read) {
      expect(problems).toEqual([]);
      expect(values).toEqual({
        fullName: `Pelanggan A${row}`,
        phone: `+62${phoneOf(row).slice(1)}`,
        ...(row % 2 === 0 ? { email: `p${row}@example.com` } : {}),
        ...(row % 3 === 0 ? { note: `catatan ${row}` } : {}),
      });
    }
  });

  test('a problem names row, column and the value as it was written (9)', async () => {
    const { rows } = await accepted(
      make([
        ['Nama', 'Email'],
        ['Siti', 'siti@example'],
        ['Budi', ' BUDI@ＥＸＡＭＰＬＥ.com '],
      ]),
    );
    expect(rows[0]?.problems).toEqual([
      { column: 'B', field: 'email', code: 'not_an_email', written: 'siti@example' },
    ]);
    expect(rows[1]?.values.email).toBe('budi@example.com');
  });

  test('rows of empty cells and of spaces are empty and are counted as nothing (17)', async () => {
    const { rows } = await accepted(
      make([
        ['Nama', 'No HP'],
        [' ', '\t'],
        ['', ''],
        ['Siti', '081200000001'],
        ['\u200b', '\u00a0'],
      ]),
    );
    expect(rows.map(({ row }) => row)).toEqual([4]);
  });

  test('text that looks like a date or a number stays text; zeros before it stay (23, 24, 33)', async () => {
    const written = ['2024-01-02', '1/2', 'MAR5', '2500/1222', '1e5', '007', '1.000'];
    const rows = written.map((text, index) => [`Nama ${text}`, phoneOf(index), text, '00123']);
    const { rows: read } = await accepted(make([['Nama', 'No HP', 'Catatan', 'Kode Pos'], ...rows]));
    expect(read.map(({ values }) => values.note)).toEqual(written);
    expect(new Set(read.map(({ values }) => values.postalCode))).toEqual(new Set(['00123']));
  });

  test('no text is a phone because it is in that column (39)', async () => {
    const written = [
      'belum ada',
      '123',
      '0812',
      '12-34-56',
      '08120000000000000000',
      '0812 0000 0001, 0812 0000 0002',
      'a@b.co',
    ];
    const { rows } = await accepted(make([['Nama', 'No HP'], ...written.map((text) => ['Siti', text])]));
    expect(rows.filter(({ values }) => values.phone !== undefined)).toEqual([]);
    expect(rows.flatMap(({ problems }) => problems)).toHaveLength(written.length);
  });

  test('curly quotes, and headings with slips of the pen (41)', async () => {
    const { rows, proposal } = await accepted(
      make([
        ['Full nmae', 'Phone Nubmer', 'Emial'],
        ['“Siti” ‘C’', '081200000001', 's@example.com'],
      ]),
    );
    expect(proposal.columns.map(({ field }) => field)).toEqual(['fullName', 'phone', 'email']);
    expect(rows[0]?.values.fullName).toBe('“Siti” ‘C’');
  });
});

test('one list in four encodings, with and without mark, is the same list (7, 8)', async () => {
  const list = 'ชื่อ,เบอร์โทร\r\nสมหญิง น้ำเงิน,0812000001\r\nประเสริฐ,0812000002\r\n';
  const thai: CaseShop = { country: 'TH', locale: 'th', currency: 'THB', dateOrder: 'dmy' };
  const windows874 = Buffer.from(
    [...list].map((letter) => {
      const point = letter.codePointAt(0) ?? 0;
      return point < 128 ? point : point - 0x0e00 + 0xa0;
    }),
  );
  const utf16 = Buffer.from(`\ufeff${list}`, 'utf16le');
  const written = [
    Buffer.from(list),
    Buffer.from(`\ufeff${list}`),
    utf16,
    Buffer.from(utf16).swap16(),
    windows874,
  ];
  const read = await Promise.all(written.map(async (bytes) => (await accepted(bytes, thai)).rows));
  expect(read[0]?.map(({ values }) => values)).toEqual([
    { fullName: 'สมหญิง น้ำเงิน', phone: '+66812000001' },
    { fullName: 'ประเสริฐ', phone: '+66812000002' },
  ]);
  for (const other of read) expect(other).toEqual(read[0]);
});

test('each country reads its own decimal sign, and refuses what would be another number (20)', async () => {
  const written = ['1.250', '1,250', '62,5', '62.5'];
  const expected: Record<string, (number | string)[]> = {
    id: [1250, 'not_whole', 'not_whole', 'not_a_number'],
    en: ['not_whole', 1250, 'not_a_number', 'not_whole'],
    th: ['not_whole', 1250, 'not_a_number', 'not_whole'],
    fa: ['not_whole', 1250, 'not_a_number', 'not_whole'],
  };
  for (const [locale, numbers] of Object.entries(expected)) {
    const rows = written.map((text) => ['Siti', text]);
    const { rows: read } = await accepted(csv([['Nama', 'Poin Awal'], ...rows]), { ...ID, locale });
    expect(
      read.map(({ values, problems }) => values.openingPoints ?? problems[0]?.code),
      locale,
    ).toEqual(numbers);
  }
});

test('dates with and without a time, as cells and as texts, in one column (22)', async () => {
  const cells = [32874, 32874.5, '1990-01-01', '1990-01-01 00:00:00', '01/01/1990 10.30', '1 Januari 1990'];
  const rows = cells.map((cell, index) => [`Nama A${index}`, cell]);
  const { rows: read } = await accepted(workbook([['Nama', 'Tanggal Lahir'], ...rows]));
  expect(read.map(({ values }) => values.birthDate)).toEqual(cells.map(() => '1990-01-01'));
});

test('a quotation mark that is never closed is refused with the row where it was opened', async () => {
  const rows = Array.from({ length: 2_000 }, (_, index) => `Siti ${index},${phoneOf(index)}`);
  rows[1_200] = '"Siti,0812';
  expect(await outcome(`Nama,No HP\r\n${rows.join('\r\n')}`)).toEqual({ refused: 'broken_csv', row: 1_202 });
});

test('100,000 Thai and Persian letters in pieces of any size come out whole (43)', async () => {
  const random = seededRandom('letters across pieces');
  const letters = ['ก่', 'น้ำ', 'ผู้', 'علی', 'گی', '‌نمو', '👨‍👩‍👧', 'a', ' '];
  const rows: MadeCell[][] = [['Nama', 'No HP', 'Catatan']];
  for (let row = 0; row < 4_000; row += 1) {
    const text = Array.from({ length: 25 }, () => random.pick(letters)).join('');
    rows.push([`Nama A${row}`, phoneOf(row), `x${text}x`]);
  }
  const { rows: read } = await accepted(workbook(rows));
  const notes = read.map(({ values }) => values.note);
  expect(notes).toEqual(
    rows.slice(1).map(([, , note]) => String(note).normalize('NFC').replaceAll(/\s+/g, ' ')),
  );
});

test('validations and names over whole columns take no time (44, 45)', async () => {
  const validation = Array.from({ length: 10 }, (_, index) => {
    const column = String.fromCharCode(65 + index);
    return `<dataValidation type="list" sqref="${column}1:${column}1048576"><formula1>"a,b"</formula1></dataValidation>`;
  });
  const names =
    '<definedNames><definedName name="_xlnm._FilterDatabase" hidden="1">Data!$A$1:$IV$99999</definedName></definedNames>';
  const startedAt = performance.now();
  const { rows } = await accepted(
    workbook(
      [
        ['Nama', 'No HP'],
        ['Siti', '081200000001'],
      ],
      {
        behind: `<dataValidations count="10">${validation.join('')}</dataValidations>`,
        names,
      },
    ),
  );
  expect(rows).toHaveLength(1);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

describe('a directory that lies (47)', () => {
  const entries = workbookEntries(
    rowsXml([
      ['Nama', 'No HP'],
      ['Siti', '081200000001'],
    ]),
  );
  const withClaim = (claimedBytes: number): ZipEntry[] =>
    entries.map((entry) => (entry.name.endsWith('sheet1.xml') ? { ...entry, claimedBytes } : entry));

  test('of less than there is: refused when more comes', async () => {
    expect(await outcome(makeZip(withClaim(10)))).toMatchObject({ refused: 'broken_zip' });
  });

  test('of more than there is: refused, at once when it is gigabytes', async () => {
    expect(await outcome(makeZip(withClaim(5_000)))).toMatchObject({ refused: 'broken_zip' });
    expect(await outcome(makeZip(withClaim(4_000_000_000)))).toMatchObject({ refused: 'zip_bomb' });
  });

  test('of other bytes: the checksum does not fit', async () => {
    const bytes = makeZip(entries);
    const at = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    for (let entry = at; entry >= 0; entry = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'), entry + 4))
      bytes.writeUInt32LE(1, entry + 16);
    expect(await outcome(bytes)).toMatchObject({ refused: 'broken_zip' });
  });
});

test('a file that broke off anywhere is refused, and the reading ends', async () => {
  const rows: MadeCell[][] = [['Nama', 'No HP', 'Email']];
  for (let row = 0; row < 30_000; row += 1)
    rows.push([`Siti ${row * 7919}`, phoneOf(row), `s${row * 104_729}@example.com`]);
  const whole = workbook(rows);
  expect(whole.length).toBeGreaterThan(400_000);
  for (const part of [0.1, 0.5, 0.75, 0.9, 0.97, 0.9999])
    expect(await outcome(whole.subarray(0, Math.floor(whole.length * part)))).toMatchObject({
      refused: 'broken_zip',
    });
});

test('a bomb in a text, a tag or in depth ends the reading', async () => {
  const heading = rowsXml([
    ['Nama', 'No HP'],
    ['Siti', '081200000001'],
  ]);
  const long = 'x'.repeat(3_000_000);
  for (const more of [
    `<row r="3"><c r="A3" t="inlineStr"><is><t>${long}</t></is></c></row>`,
    `<row r="3" x="${long}"/>`,
    `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`,
  ])
    expect(await outcome(makeZip(workbookEntries(heading + more)))).toMatchObject({ refused: 'zip_bomb' });
});

test('the last row is there, 50 times (26)', async () => {
  const random = seededRandom('last rows');
  for (let time = 0; time < 50; time += 1) {
    const size = 1 + random.between(0, 299);
    const rows = Array.from({ length: size }, (_, row): MadeCell[] => [`Nama A${row}`, phoneOf(row)]);
    const make = time % 2 === 0 ? workbook : csv;
    const { rows: read } = await accepted(make([['Nama', 'No HP'], ...rows]));
    expect(read.at(-1)).toMatchObject({ row: size + 1, values: { fullName: `Nama A${size - 1}` } });
  }
});

test('names of uploads may hold anything (27)', async () => {
  const bytes = workbook([
    ['Nama', 'No HP'],
    ['Siti', '081200000001'],
  ]);
  for (const name of ['a+b & 100%.xlsx', '#1 ลูกค้า.xlsx', 'مشتریان.csv'])
    expect(await outcome(bytes, ID, name)).toMatchObject({ rows: [{ values: { fullName: 'Siti' } }] });
});
