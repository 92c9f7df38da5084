/** Exports: which rows a file has, who gets it and for how long, and that an import finds nothing new in it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { readFile as readStored } from '#app/integrations/storage/files.server.ts';
import { EMPTY_RECORD } from '#app/modules/crm/form/form-values.ts';
import type { CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { removeFiles } from '#app/modules/photos/remove-files.server.ts';
import { eraseCustomer } from '#app/modules/privacy/erase-customer.server.ts';
import { actOnExports } from '#app/modules/workbooks/export/act-on-exports.server.ts';
import { downloadExportFile } from '#app/modules/workbooks/export/download-export.server.ts';
import { RECORD_COLUMNS } from '#app/modules/workbooks/export/export-kinds.ts';
import {
  finishExport,
  keepExport,
  releaseExport,
  takeExport,
} from '#app/modules/workbooks/export/export-rows.server.ts';
import { readExportScreen } from '#app/modules/workbooks/export/exports.queries.server.ts';
import { ATTEMPTS_MAX, processExports } from '#app/modules/workbooks/export/process-exports.server.ts';
import { readImport } from '#app/modules/workbooks/import/import-rows.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { askExport, exportsOf, sheetRows, writtenExport } from '#test/support/exports.ts';
import { givenImportShop, givenPeople, rowsOf, upload } from '#test/support/imports.ts';

let shopId: bigint;
beforeEach(async () => {
  await pool.query('DELETE FROM exports');
  shopId = await givenImportShop();
});

const TIME_ZONE = 'Asia/Jakarta';
const SAY = { en: 'en', id: 'id' } as const;

const act = (intent: string, exportId: bigint, shop = shopId) =>
  actOnExports(shop, { values: { intent, exportId: String(exportId) }, locale: 'en' }, async () => 'staff:1');
const download = (exportId: bigint, shop = shopId) =>
  downloadExportFile({ shopId: shop, timeZone: TIME_ZONE }, exportId, 'staff:42');
const latest = async () => (await exportsOf(shopId))[0]!;
const names = async (bytes: Buffer) => (await sheetRows(bytes)).slice(1).map(([, , first]) => first);
const numbered = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [at + 1, { firstName: `Nama ${at + 1}` }]));
/** As time does after a worker was killed. */
const endLeases = () => pool.query(`UPDATE exports SET leased_until = '-infinity'`);

/** Everything that a record can hold, with what files spoil. */
const FULL: CustomerRecord = {
  ...EMPTY_RECORD,
  firstName: 'Siti',
  lastName: 'Rahayu Putri',
  email: 'siti@example.com',
  phone: '+6281234567801',
  gender: 'female',
  birthDate: '1990-02-28',
  weddingDate: '2015-06-01',
  housing: 'coop_or_mobile',
  weightGrams: 62_500,
  heightMm: 1_655,
  interests: ['Batik', 'kopi; teh', 'a "b", c'],
  social: { instagram: 'siti.rahayu', whatsapp: '+6281234567801', line: 'siti_line', x: 'siti' },
  address: {
    countryCode: 'ID',
    provinceCode: null,
    province: 'Jawa Barat',
    cityCode: null,
    city: 'Kota Bandung',
    districtCode: null,
    district: 'Coblong',
    villageCode: null,
    village: 'Dago',
    postalCode: '01234',
    street: 'Jl. Dago 5, RT 01/RW 02',
  },
  note: '=1+1\n; -2 "kutip"',
  smsConsent: 'subscribed',
  emailConsent: 'unsubscribed',
};
const PEOPLE: Record<number, Partial<CustomerRecord>> = {
  1: FULL,
  2: { firstName: '=HYPERLINK("http://x")', lastName: "'90an", phone: '+66812345678' },
  3: { firstName: '+Budi', email: 'budi@example.com', birthDate: '1900-01-15', emailConsent: 'pending' },
  4: {
    firstName: 'Dewi  Ayu',
    lastName: '-',
    note: '  dua  spasi ',
    phone: '+6281234567804',
    smsConsent: 'not_subscribed',
  },
  5: { firstName: 'نرگس', lastName: 'سمیعی', birthDate: '2024-02-29', phone: '+989121234567' },
  6: { firstName: 'Tanpa', lastName: 'Apa-apa' },
  7: {
    firstName: 'Kota',
    address: { ...FULL.address!, city: 'Kota yang tidak ada', district: 'Entah', village: 'Entah juga' },
  },
  8: {
    firstName: 'Lengkap',
    address: {
      ...FULL.address!,
      provinceCode: 'JB',
      cityCode: '32.73',
      districtCode: '32.73.02',
      villageCode: '32.73.02.1004',
    },
  },
};

async function givenRichPeople(): Promise<void> {
  await pool.query(
    `INSERT INTO club_settings (shop_id, sensitive_fields) VALUES ($1, true) ON CONFLICT (shop_id) DO UPDATE SET sensitive_fields = true`,
    [shopId],
  );
  await givenPeople(shopId, PEOPLE);
  await pool.query(
    `UPDATE customers SET category_id = (SELECT category_id FROM categories WHERE shop_id = $1 AND NOT is_default ORDER BY position LIMIT 1),
       tier_id = (SELECT tier_id FROM tiers WHERE shop_id = $1 ORDER BY 1 LIMIT 1), person_discount_bp = 1250,
       tags = ARRAY['vip', 'a;b', '=tag'] WHERE shop_id = $1 AND customer_id IN (1, 2)`,
    [shopId],
  );
}

describe('imported again, nothing changes', () => {
  test.each([
    ['xlsx', SAY.en],
    ['xlsx', SAY.id],
    ['csv', SAY.en],
    ['csv', SAY.id],
  ] as const)('%s in %s', async (format, locale) => {
    await givenRichPeople();
    const bytes = await writtenExport(shopId, { format, locale });
    const { importId } = await upload(shopId, bytes, `customers.${format}`);
    await processImports();
    const key = { shopId, importId };
    const { mapping = {}, state } = (await readImport(pool, key)) ?? {};
    expect(state).toBe('checked');
    expect(Object.values(mapping)).toEqual([...RECORD_COLUMNS]);
    const rows = await rowsOf(key);
    expect(rows.map(({ verdict, problems }) => [verdict, problems])).toEqual(
      Object.keys(PEOPLE).map(() => ['unchanged', []]),
    );
    expect(rows[0]?.values).toMatchObject({ weightGrams: 62_500, heightMm: 1_655, discountBp: 1250 });
    expect(rows[0]?.values.interests).toEqual(FULL.interests);
  });
});

describe('the rows', () => {
  test('are read page after page, each customer once, and ids of another shop are none', async () => {
    const other = await givenImportShop();
    await givenPeople(other, numbered(3));
    await givenPeople(shopId, numbered(2_345));
    await pool.query(`UPDATE customers SET state = 'deleted' WHERE shop_id = $1 AND customer_id = 7`, [
      shopId,
    ]);
    const all = await names(
      await writtenExport(shopId, { columns: ['customerId', 'category', 'firstName'] }),
    );
    expect(all).toHaveLength(2_344);
    expect(new Set(all).size).toBe(2_344);
    const ticked = await writtenExport(shopId, {
      scope: 'ticked',
      selection: { ids: ['2', '7', '5', '9999'] },
    });
    expect(await names(ticked)).toEqual(['Nama 2', 'Nama 5']);
    expect(await latest()).toMatchObject({ state: 'ready', rows: 2, total: 2 });
  });

  test('of a search and of a segment are those that match when they are read', async () => {
    await givenPeople(shopId, {
      1: { firstName: 'Siti', gender: 'female' },
      2: { firstName: 'Budi', gender: 'male' },
    });
    const found = await writtenExport(shopId, { scope: 'search', selection: { filter: 'q=budi' } });
    expect(await names(found)).toEqual(['Budi']);
    const rule = { kind: 'condition', code: 'gender', values: { op: 'anyOf', list: ['female'] } };
    const { rows } = await pool.query<{ id: bigint }>(
      `INSERT INTO segments (shop_id, name, rule, created_by, updated_by) VALUES ($1, 'Perempuan', $2, 'staff:1', 'staff:1') RETURNING segment_id AS id`,
      [shopId, JSON.stringify(rule)],
    );
    const segment = { filter: `segment=${rows[0]!.id}` };
    expect(await names(await writtenExport(shopId, { scope: 'segment', selection: segment }))).toEqual([
      'Siti',
    ]);
    expect((await latest()).scopeName).toBe('Perempuan');
    // A segment that is gone means no one, never everybody.
    await pool.query('DELETE FROM segments WHERE shop_id = $1', [shopId]);
    expect(await names(await writtenExport(shopId, { scope: 'segment', selection: segment }))).toEqual([]);
  });

  test('have the chosen columns in the order of the file, and never a field that the shop has turned off', async () => {
    await givenPeople(shopId, { 1: FULL });
    const [heading, row] = await sheetRows(
      await writtenExport(shopId, { columns: ['phone', 'weightGrams', 'birthDate', 'firstName'] }),
    );
    expect(heading).toEqual(['First name', 'Phone', 'Birth date']);
    expect(row).toEqual(['Siti', '+6281234567801', new Date('1990-02-28')]);
    const none = await actOnExports(
      shopId,
      {
        values: {
          intent: 'start',
          kind: 'customers',
          format: 'csv',
          scope: 'all',
          columns: ['housing'],
          selection: { filter: '' },
        },
        locale: 'en',
      },
      async () => 'staff:1',
    );
    expect(none).toEqual({ ok: false, errors: { columns: { code: 'required' } } });
  });

  test('in a CSV are texts that no spreadsheet evaluates, numbers and delimiters as the country writes them', async () => {
    await givenPeople(shopId, { 1: { ...FULL, note: '=cmd' } });
    const text = (
      await writtenExport(shopId, {
        format: 'csv',
        columns: ['firstName', 'phone', 'birthDate', 'note', 'sales'],
      })
    ).toString('utf8');
    expect(text.startsWith('\uFEFF"First name";"Phone";"Birth date";"Note";"Total spent (IDR)"\r\n')).toBe(
      true,
    );
    expect(text.split('\r\n')[1]).toBe(`"Siti";"+6281234567801";1990-02-28;"'=cmd";0`);
  });
});

describe('the worker', () => {
  test('killed while it writes: another one begins again, and what the first still stores counts for nothing', async () => {
    await givenPeople(shopId, numbered(3));
    await askExport(shopId);
    const killed = (await takeExport(shopId))!;
    expect(await takeExport(shopId)).toBeNull();
    expect(await keepExport(killed, 2, 3)).toBe(true);
    await endLeases();
    await processExports();
    expect(await latest()).toMatchObject({ state: 'ready', rows: 3, attempts: 2 });
    expect(await keepExport(killed, 3, 3)).toBe(false);
    const late = { key: 'shops/late', bytes: 1, rows: 3 };
    expect(await withTransaction((tx) => finishExport(tx, killed, late))).toBe(false);
    expect((await latest()).fileKey).not.toBe('shops/late');
  });

  test('gives up after several tries and says so; staff can have it tried again', async () => {
    await askExport(shopId);
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      await releaseExport((await takeExport(shopId))!, 0);
      await endLeases();
    }
    await processExports();
    expect(await latest()).toMatchObject({ state: 'failed', failure: 'gave_up', fileKey: null });
    expect((await readExportScreen(shopId, null)).exports[0]).toMatchObject({ canRetry: true });
    expect(await act('retry', (await latest()).exportId)).toEqual({ ok: true });
    await processExports();
    expect((await latest()).state).toBe('ready');
  });

  test('writes nothing for what was cancelled or deleted, and for a shop that uninstalled', async () => {
    await askExport(shopId);
    const turn = (await takeExport(shopId))!;
    expect(await act('cancel', (await latest()).exportId)).toEqual({ ok: true });
    expect(await keepExport(turn, 1, null)).toBe(false);
    await releaseExport(turn, 0);
    expect((await latest()).state).toBe('cancelled');
    expect(await act('cancel', (await latest()).exportId)).toMatchObject({ ok: false });
    await askExport(shopId);
    await pool.query('UPDATE shops SET uninstalled_at = now() WHERE shop_id = $1', [shopId]);
    await processExports();
    expect((await latest()).state).toBe('waiting');
  });
});

test('five wait at most, and what is no export is refused', async () => {
  for (let at = 0; at < 5; at += 1) await askExport(shopId);
  await expect(askExport(shopId)).rejects.toThrow('too_many');
  const refused = { ok: false, errors: { form: { code: 'invalid' } } };
  for (const values of [
    {},
    { intent: 'start' },
    {
      intent: 'start',
      kind: 'ledger',
      format: 'csv',
      scope: 'ticked',
      columns: ['entry'],
      selection: { ids: ['1'] },
    },
    {
      intent: 'start',
      kind: 'customers',
      format: 'pdf',
      scope: 'all',
      columns: ['phone'],
      selection: { filter: '' },
    },
    { intent: 'explode', exportId: '1' },
    { intent: 'cancel', exportId: 'x' },
  ])
    expect(await actOnExports(shopId, { values, locale: 'en' }, async () => 'staff:1')).toEqual(refused);
});

describe('the file', () => {
  test('is for its shop alone, and each download is written down', async () => {
    const other = await givenImportShop();
    await givenPeople(shopId, numbered(2));
    const bytes = await writtenExport(shopId);
    const { exportId } = await latest();
    const response = (await download(exportId))!;
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get('content-disposition')).toMatch(/setia-customers-\d{4}-\d\d-\d\d\.xlsx"$/);
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    expect(await download(exportId, other)).toBeNull();
    expect(await act('delete', exportId, other)).toMatchObject({ ok: false });
    const { rows } = await pool.query('SELECT shop_id, what, subject, rows, actor FROM shop_accesses');
    expect(rows).toEqual([
      { shop_id: shopId, what: 'export_download', subject: 'customers.xlsx', rows: 2, actor: 'staff:42' },
    ]);
  });

  test('is gone after its days, and with its row', async () => {
    await writtenExport(shopId);
    const { exportId, fileKey } = await latest();
    await pool.query(`UPDATE exports SET expires_at = now() - interval '1 second'`);
    expect(await download(exportId)).toBeNull();
    expect((await readExportScreen(shopId, null)).exports[0]).toMatchObject({ state: 'expired' });
    await processExports();
    await removeFiles();
    expect(await readStored(fileKey!)).toBeNull();
    expect((await latest()).state).toBe('expired');
    await writtenExport(shopId);
    expect((await exportsOf(shopId)).map(({ state }) => state)).toEqual(['ready', 'expired']);
    await pool.query(`UPDATE exports SET finished_at = now() - interval '31 days' WHERE state = 'expired'`);
    await askExport(shopId);
    await processExports();
    expect((await exportsOf(shopId)).map(({ state }) => state)).toEqual(['ready', 'ready']);
    const deleted = await latest();
    expect(await act('delete', deleted.exportId)).toEqual({ ok: true });
    await removeFiles();
    expect(await readStored(deleted.fileKey!)).toBeNull();
    expect(await exportsOf(shopId)).toHaveLength(1);
  });

  test('goes with a customer who is erased, unless it cannot hold them', async () => {
    await givenPeople(shopId, numbered(3));
    await writtenExport(shopId, { selection: { ids: ['2', '3'] }, scope: 'ticked' });
    await writtenExport(shopId, { selection: { ids: ['1', '2'] }, scope: 'ticked' });
    await writtenExport(shopId, { selection: { filter: 'q=nama' }, scope: 'search' });
    await askExport(shopId);
    const turn = (await takeExport(shopId))!;
    const [, search, ticked, without] = await exportsOf(shopId);
    await withTransaction((tx) =>
      eraseCustomer(tx, {
        shopId,
        eventId: 'erase',
        topic: 'customers/redact',
        triggeredAt: new Date(),
        payload: { customer: { id: 1 }, orders_to_redact: [] },
      } as never),
    );
    await removeFiles();
    expect(await readStored(search!.fileKey!)).toBeNull();
    expect(await readStored(ticked!.fileKey!)).toBeNull();
    expect(await readStored(without!.fileKey!)).not.toBeNull();
    expect((await exportsOf(shopId)).map(({ state, failure }) => [state, failure])).toEqual([
      ['waiting', null],
      ['expired', 'erased'],
      ['expired', 'erased'],
      ['ready', null],
    ]);
    const { rows } = await pool.query(`SELECT FROM exports WHERE selection->>'filter' LIKE '%nama%'`);
    expect(rows).toEqual([]);
    // The file that was being written then is written again, without them.
    expect(await keepExport(turn, 3, 3)).toBe(false);
    await processExports();
    expect(await latest()).toMatchObject({ state: 'ready', rows: 2 });
  });
});
