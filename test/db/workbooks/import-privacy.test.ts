/** National IDs of imported files: encrypted in the rows, masked on the screen, used by the run and taken back by the undo. */
import { buffer } from 'node:stream/consumers';
import { beforeEach, expect, test } from 'vitest';
import { club, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import { readNationalId } from '#app/modules/customers/national-id.server.ts';
import { changeMapping } from '#app/modules/workbooks/import/change-import.server.ts';
import { readImport } from '#app/modules/workbooks/import/import-rows.server.ts';
import { readImportDetail } from '#app/modules/workbooks/import/imports.queries.server.ts';
import { processImports } from '#app/modules/workbooks/import/process-imports.server.ts';
import { streamErrorFile } from '#app/modules/workbooks/run/error-file.server.ts';
import { steerImport } from '#app/modules/workbooks/run/steer-import.server.ts';
import { checkedImport, upload } from '#test/support/imports.ts';

useSandboxShop({ hasOrders: false });

const ID = '3273014501900001';
const WRONG = 'KTP hilang';
let shopId: bigint;
beforeEach(async () => {
  ({ shopId } = club);
  await pool.query('DELETE FROM customers WHERE shop_id = $1', [shopId]);
  await pool.query(`UPDATE shops SET country = 'ID', locale = 'id' WHERE shop_id = $1`, [shopId]);
  await pool.query('UPDATE club_settings SET sensitive_fields = true WHERE shop_id = $1', [shopId]);
});

const stored = async () =>
  JSON.stringify([
    await select('SELECT raw, values, remarks, plan, before, after FROM import_rows WHERE shop_id = $1'),
    await select('SELECT proposal FROM imports WHERE shop_id = $1'),
  ]);
const ids = async () =>
  (
    await select(
      `SELECT national_id_cipher AS cipher FROM customers WHERE shop_id = $1 AND state = 'active' ORDER BY customer_id`,
    )
  ).map(({ cipher }) => readNationalId(shopId, cipher));

test('an ID is nowhere to be read in what is stored of the file, comes back in its error file, and is imported and taken back', async () => {
  const key = await checkedImport(shopId, [
    ['Nama', 'No HP', 'NIK'],
    ['Siti', '+6289933000001', ID],
    ['Budi', '12', ID],
    ['Ani', '+6289933000002', WRONG],
  ]);
  const texts = await stored();
  expect(texts).not.toContain(ID);
  expect(texts).not.toContain('hilang');
  const detail = await readImportDetail(key);
  expect(detail?.proposal?.sample[0]?.cells.C).toBe('••••••••••••0001');
  const seen = await readImport(pool, key);
  const bytes = await buffer(streamErrorFile(seen!, i18nFor('en').t)!.body);
  const again = await upload(shopId, bytes);
  await steerImport(key, 'start', 'staff:1');
  await processImports();
  expect(await ids()).toEqual([ID]);
  expect(await stored()).not.toContain(ID);
  const rows = await select(
    `SELECT row_number AS row, verdict FROM import_rows WHERE shop_id = $1 AND import_id = ${again.importId} ORDER BY 1`,
  );
  expect(rows.map(({ verdict }) => verdict)).toEqual(['wrong', 'wrong']);
  await pool.query('UPDATE customers SET first_name = $2 WHERE shop_id = $1', [shopId, 'Siti lain']);
  await steerImport(key, 'undo', 'staff:1');
  await processImports();
  expect(
    await select(`SELECT undo_outcome AS undo FROM import_rows WHERE shop_id = $1 AND after IS NOT NULL`),
  ).toHaveLength(1);
});

test('a column that turns out to hold IDs is encrypted with the next check', async () => {
  const key = await checkedImport(shopId, [
    ['Nama', 'No HP', 'Catatan saya'],
    ['Siti', '+6289933000001', ID],
  ]);
  expect(await stored()).toContain(ID);
  expect(await changeMapping(key, { A: 'fullName', B: 'phone', C: 'nationalId' })).toEqual({ ok: true });
  await processImports();
  expect(await stored()).not.toContain(ID);
  await changeMapping(key, { A: 'fullName', B: 'phone', C: 'note' });
  await processImports();
  expect(await select('SELECT values FROM import_rows WHERE shop_id = $1')).toMatchObject([
    { values: { note: ID } },
  ]);
});
