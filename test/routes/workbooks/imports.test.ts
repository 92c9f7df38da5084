/** The screens of imports by signed requests: a file arrives, is looked at, decided about, and downloaded. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pool } from '#app/db.server.ts';
import * as detail from '#app/routes/app.customers.import.$id.tsx';
import * as errors from '#app/routes/app.customers.import.$id_.errors.tsx';
import * as original from '#app/routes/app.customers.import.$id_.original.tsx';
import * as history from '#app/routes/app.customers.import._index.tsx';
import { action as uploadAction } from '#app/routes/app.customers.import.upload.tsx';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { receiveFile } from '#app/modules/workbooks/upload/receive-file.server.ts';
import { sheet } from '#test/support/imports.ts';
import { adminArgs, answerOf, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'imports.myshopify.com';
const OTHER = 'other-imports.myshopify.com';
let shopId: bigint;
let folder: string;

// Of this file alone: others upload at the same time, and killed ones leave theirs.
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'setia-imports-test-'));
  vi.stubEnv('TMPDIR', folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  await pool.query('DELETE FROM import_rows');
  await pool.query('DELETE FROM imports');
  await pool.query('DELETE FROM shops WHERE domain = ANY ($1)', [[SHOP, OTHER]]);
  ({ shopId } = await givenShop({ domain: SHOP, currency: 'IDR', timeZone: 'Asia/Jakarta' }));
  await pool.query(`UPDATE shops SET country = 'ID', locale = 'id' WHERE shop_id = $1`, [shopId]);
  await pool.query('SELECT seed_club($1, 10000)', [shopId]);
  await givenShop({ domain: OTHER, currency: 'IDR', timeZone: 'Asia/Jakarta' });
  await givenSession(SHOP);
  await givenSession(OTHER);
});

const FILE = sheet([
  ['Nama', 'No HP', 'Poin awal'],
  ['Ani', '081234567001', 10],
  ['Budi', '12', null],
]);

function uploadRequest(bytes: Uint8Array, name: string, domain = SHOP): Request {
  const { request } = adminArgs(domain, `/app/customers/import/upload?name=${encodeURIComponent(name)}`);
  const body = new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
  return new Request(request.url, {
    method: 'POST',
    headers: request.headers,
    body,
    duplex: 'half',
  });
}

async function upload(bytes: Uint8Array = FILE, name = 'pelanggan.xlsx', domain = SHOP) {
  const response = await uploadAction({
    request: uploadRequest(bytes, name, domain),
    params: {},
    context: {},
  });
  return {
    status: response.status,
    answer: (await response.json()) as { importId?: string; problem?: string },
  };
}

async function checked(): Promise<string> {
  const { answer } = await upload();
  await processImports();
  return answer.importId ?? '';
}

const load = (id: string, query = '', domain = SHOP) =>
  detail.loader(adminArgs(domain, `/app/customers/import/${id}${query}`, { params: { id } }));
const act = (id: string, json: unknown, domain = SHOP) =>
  detail.action(adminArgs(domain, `/app/customers/import/${id}`, { json, params: { id } }));
const temporary = () => readdir(folder);

describe('an upload', () => {
  // IMPORT-BUGS 27: names with signs that addresses and shells use.
  it.each(['a+b & c#d%20.xlsx', 'ลูกค้า.xlsx', 'مشتریان.xlsx', `${'x'.repeat(300)}.xlsx`])(
    'of %s is stored under that name and read',
    async (name) => {
      const { status, answer } = await upload(FILE, name);
      expect(status).toBe(200);
      await processImports();
      const view = await load(answer.importId!);
      expect(view.detail.fileName).toBe(name.slice(0, 255));
      expect(view.detail.state).toBe('checked');
      expect(await temporary()).toEqual([]);
    },
  );

  it('of nothing, of too much and without a session is refused, and nothing stays on the disk', async () => {
    expect(await upload(new Uint8Array())).toEqual({ status: 422, answer: { ok: false, problem: 'empty' } });
    const sender = { shopId, actor: 'staff:1', name: 'a.csv' };
    expect(await receiveFile(uploadRequest(new Uint8Array(2_000), 'a.csv'), sender, 1_000)).toEqual({
      ok: false,
      problem: 'too_large',
    });
    const request = new Request(uploadRequest(FILE, 'a.xlsx'), { headers: { 'user-agent': 'Mozilla/5.0' } });
    const { status } = await thrownBy(uploadAction({ request, params: {}, context: {} }));
    expect(status).toBeGreaterThanOrEqual(300);
    expect(await temporary()).toEqual([]);
    expect((await history.loader(adminArgs(SHOP, '/app/customers/import'))).imports).toEqual([]);
  });

  it('of a file that is no table says why, once it was read', async () => {
    const { answer } = await upload(Buffer.from('%PDF-1.7 ...'), 'daftar.xlsx');
    await processImports();
    expect((await load(answer.importId!)).detail).toMatchObject({
      state: 'failed',
      failure: 'not_a_workbook',
    });
  });

  it('of the same file again says so', async () => {
    const first = await checked();
    expect((await load(first)).detail.uploadedBeforeAt).toBeNull();
    expect((await load(await checked())).detail.uploadedBeforeAt).toBeInstanceOf(Date);
  });
});

describe('an import', () => {
  it('shows counts, columns, and the rows with what is wrong, a page at a time', async () => {
    const id = await checked();
    const view = await load(id);
    expect(view.counts).toEqual({ new: 1, updated: 0, unchanged: 0, doubtful: 0, wrong: 1, empty: 0 });
    expect(view.rows.map(({ row, name }) => [row, name])).toEqual([[3, 'Budi']]);
    expect(view.rows[0]?.remarks?.problems[0]).toMatchObject({
      column: 'B',
      code: 'not_a_phone',
      written: '12',
    });
    expect((await load(id, '?show=new')).rows.map(({ row }) => row)).toEqual([2]);
    expect((await load(id, '?show=new&after=2')).rows).toEqual([]);
    expect((await load(id, '?show=%00&after=x')).list).toBe('wrong');
    expect((await history.loader(adminArgs(SHOP, '/app/customers/import'))).imports).toMatchObject([
      { fileName: 'pelanggan.xlsx', state: 'checked' },
    ]);
  });

  it('takes columns, choices and each move, and refuses what cannot be', async () => {
    const id = await checked();
    const mapping = JSON.stringify({ A: 'fullName', B: 'note' });
    expect(await answerOf(act(id, { intent: 'mapping', mapping }))).toMatchObject({ status: 200 });
    await processImports();
    expect((await load(id)).counts).toMatchObject({ new: 2, wrong: 0 });
    for (const wrong of ['{', '{"A":"nonsense"}', '{"A":"phone","B":"phone"}'])
      expect(await answerOf(act(id, { intent: 'mapping', mapping: wrong }))).toMatchObject({ status: 422 });
    const choices = {
      intent: 'choices',
      mode: 'create',
      emptyCells: 'keep',
      identity: 'phone',
      takesDoubtful: 'true',
      takesSuggestions: 'false',
      consentSource: 'paper',
      dateOrder: 'dmy',
      tags: 'impor, grosir',
    };
    const { data } = await answerOf(act(id, { ...choices, openingUntil: '2001-01-01' }));
    expect(data).toEqual({ ok: false, errors: { openingUntil: { code: 'in_past' } } });
    expect(await answerOf(act(id, { ...choices, openingUntil: '' }))).toMatchObject({ status: 200 });
    expect((await load(id)).detail.choices).toMatchObject({ mode: 'create', tags: ['impor', 'grosir'] });
    await processImports();
    expect(await answerOf(act(id, { intent: 'start' }))).toMatchObject({ status: 200 });
    expect(await answerOf(act(id, { intent: 'mapping', mapping }))).toMatchObject({ status: 422 });
    expect(await answerOf(act(id, { intent: 'pause' }))).toMatchObject({ status: 200 });
    expect(await answerOf(act(id, { intent: 'resume' }))).toMatchObject({ status: 200 });
    expect(await answerOf(act(id, { intent: 'cancel' }))).toMatchObject({ status: 200 });
    expect(await answerOf(act(id, { intent: 'undo' }))).toMatchObject({ status: 422 });
    expect((await thrownBy(act(id, { intent: 'nonsense' }))).status).toBe(404);
  });

  it('with absurd opening balances says how many, shows them, and starts only once their worth was meant', async () => {
    const rows = [
      ['Nama', 'No HP', 'Poin awal', 'Kredit awal'],
      ['Ani', '081234567001', 1_000_000, null],
      ['Budi', '081234567002', 10, 50_000],
      ['Citra', '081234567003', 10_000, null],
      ['Dewi', '081234567004', null, 1_000_001],
      ['Eka', '12', 1_000_000, null],
    ];
    const { answer } = await upload(sheet(rows));
    const id = answer.importId!;
    await processImports();
    const { opening, lists } = await load(id);
    // Points at Rp 100; Rp 1,000,000 is not large yet, and a wrong row gives nothing.
    expect(opening).toMatchObject({
      ...{
        customers: 4,
        large: 2,
        points: 1_010_010n,
        creditMinor: 105_000_100n,
        worthMinor: 10_205_100_100n,
      },
    });
    expect(lists).toContain('large');
    expect((await load(id, '?show=large')).rows).toMatchObject([
      { row: 2, name: 'Ani', opening: { points: 1_000_000n, creditMinor: 0n } },
      { row: 5, name: 'Dewi', opening: { points: 0n, creditMinor: 100_000_100n } },
    ]);
    const start = async (json: object) => (await answerOf(act(id, { intent: 'start', ...json }))).data;
    const question = { kind: 'many', customers: 4, large: 2, worthMinor: opening!.worthMinor };
    expect(await start({})).toEqual({ ok: false, errors: {}, question: expect.objectContaining(question) });
    expect(await start({ meant: '1000000' })).toMatchObject({ ok: false });
    expect((await load(id)).detail.state).toBe('checked');
    expect(await start({ meant: String(opening!.worthMinor) })).toEqual({ ok: true });
    expect((await load(id)).detail.state).toBe('running');
  });

  it('with ordinary opening balances starts without a question, and one without any has no line about them', async () => {
    const id = await checked();
    expect((await load(id)).opening).toMatchObject({ customers: 1, large: 0, judgement: { is: 'fine' } });
    expect((await load(id)).lists).not.toContain('large');
    const mapping = JSON.stringify({ A: 'fullName', B: 'phone' });
    expect(await answerOf(act(id, { intent: 'mapping', mapping }))).toMatchObject({ status: 200 });
    await processImports();
    expect((await load(id)).opening).toBeNull();
    expect(await answerOf(act(id, { intent: 'start' }))).toMatchObject({ status: 200 });
  });

  it('says after a minute that no worker is there', async () => {
    const { answer } = await upload();
    expect((await load(answer.importId!)).isStuck).toBe(false);
    await pool.query(`UPDATE imports SET updated_at = now() - interval '61 seconds'`);
    expect((await load(answer.importId!)).isStuck).toBe(true);
    expect((await history.loader(adminArgs(SHOP, '/app/customers/import'))).isStuck).toBe(true);
  });

  it('can be downloaded as it came, and as what has to be mended', async () => {
    const id = await checked();
    const file = await original.loader(
      adminArgs(SHOP, `/app/customers/import/${id}/original`, { params: { id } }),
    );
    expect(Buffer.from(await file.arrayBuffer()).equals(FILE)).toBe(true);
    const wrong = await errors.loader(
      adminArgs(SHOP, `/app/customers/import/${id}/errors`, { params: { id } }),
    );
    expect(wrong.headers.get('content-disposition')).toContain('setia-import-errors.xlsx');
    expect(
      Buffer.from(await wrong.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    const { rows } = await pool.query(
      'SELECT what, subject, actor FROM shop_accesses WHERE shop_id = $1 ORDER BY access_id',
      [shopId],
    );
    expect(rows).toEqual([
      { what: 'import_download', subject: 'original', actor: 'staff:42' },
      { what: 'import_download', subject: 'errors.xlsx', actor: 'staff:42' },
    ]);
  });

  it('lists what a run left out, whatever was listed before it ran', async () => {
    const id = await checked();
    expect(await load(id, '?show=new')).toMatchObject({ list: 'new', rows: [{ row: 2 }] });
    await pool.query(
      `UPDATE imports SET state = 'done', started_at = now(), finished_at = now() WHERE import_id = $1`,
      [id],
    );
    expect(await load(id, '?show=new')).toMatchObject({ list: 'refused', rows: [] });
    expect(await load(id, '?show=wrong')).toMatchObject({ list: 'wrong', rows: [{ row: 3 }] });
  });

  it('of another shop is nowhere', async () => {
    const id = await checked();
    const args = adminArgs(OTHER, `/app/customers/import/${id}`, { params: { id } });
    expect((await thrownBy(load(id, '', OTHER))).status).toBe(404);
    expect((await thrownBy(act(id, { intent: 'start' }, OTHER))).status).toBe(404);
    expect((await thrownBy(errors.loader(args))).status).toBe(404);
    expect((await thrownBy(original.loader(args))).status).toBe(404);
    expect((await history.loader(adminArgs(OTHER, '/app/customers/import'))).imports).toEqual([]);
  });
});
