/** What staff do with exports: ask for one, break it off, try it again, delete it. */
import { z } from 'zod';
import { withTransaction, type Transaction } from '#app/db.server.ts';
import type { Locale } from '#app/i18n/locales.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { readFormRules } from '#app/modules/crm/form/known-customer.server.ts';
import { dropFiles } from '#app/modules/photos/file-removals.server.ts';
import { readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import { shopColumns } from './export-kinds.ts';
import { OPEN_MAX } from './export-limits.ts';
import type { ExportKey } from './export-rows.server.ts';
import { readAsked, type ExportAsked } from './export-selection.ts';

export type ExportAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const INVALID: ExportAnswer = { ok: false, errors: { form: { code: 'invalid' } } };
const CHANGED: ExportAnswer = { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
const DONE: ExportAnswer = { ok: true };

const intentSchema = z.object({ intent: z.string(), exportId: z.string().optional() });

/** Does what a screen asks for. `readActor` is only asked where it is written down. */
export async function actOnExports(
  shopId: bigint,
  { values, locale }: { values: Record<string, unknown>; locale: Locale },
  readActor: () => Promise<string>,
): Promise<ExportAnswer> {
  const form = intentSchema.safeParse(values).data;
  if (form?.intent === 'start') {
    const asked = readAsked({ ...values, locale });
    return asked === null ? INVALID : startExport(shopId, asked, await readActor());
  }
  const exportId = readIdParam(form?.exportId);
  const step = STEPS[form?.intent ?? ''];
  if (exportId === null || step === undefined) return INVALID;
  const isDone = await withTransaction((tx) => step(tx, { shopId, exportId }));
  return isDone ? DONE : CHANGED;
}

/** Queues an export and wakes the worker. */
export async function startExport(shopId: bigint, asked: ExportAsked, actor: string): Promise<ExportAnswer> {
  const { kind, format, scope, selection, locale } = asked;
  const known = shopColumns(kind, await readFormRules(shopId));
  const columns = known.filter((column) => asked.columns.includes(column));
  if (columns.length === 0) return { ok: false, errors: { columns: { code: 'required' } } };
  return withTransaction(async (tx): Promise<ExportAnswer> => {
    // Two at once are counted one after the other.
    await tx.query('SELECT FROM shops WHERE shop_id = $1 FOR NO KEY UPDATE', [shopId]);
    const { rowCount } = await tx.query(
      `INSERT INTO exports (shop_id, kind, format, columns, selection, scope, scope_name, locale, actor)
       SELECT $1, $2, $3, $4, $5, $6, (SELECT name FROM segments WHERE shop_id = $1 AND segment_id = $7), $8, $9
        WHERE (SELECT count(*) FROM exports WHERE shop_id = $1 AND kind <> 'template' AND state IN ('waiting', 'writing')) < ${OPEN_MAX}`,
      [shopId, kind, format, columns, JSON.stringify(selection), scope, segmentOf(asked), locale, actor],
    );
    if (rowCount === 0) return { ok: false, errors: { form: { code: 'too_many' } } };
    await wakeTask(tx, 'process-exports');
    return DONE;
  });
}

function segmentOf({ kind, selection }: ExportAsked): bigint | null {
  if (kind !== 'customers' || !('filter' in selection)) return null;
  return readCustomerFilter(new URLSearchParams(selection.filter)).segmentId;
}

type Step = (tx: Transaction, key: ExportKey) => Promise<boolean>;

const STEPS: Readonly<Record<string, Step>> = {
  cancel: async (tx, { shopId, exportId }) => {
    const { rowCount } = await tx.query(
      `UPDATE exports SET state = 'cancelled', lease_id = NULL, selection = NULL, finished_at = clock_timestamp(),
         updated_at = clock_timestamp()
       WHERE shop_id = $1 AND export_id = $2 AND kind <> 'template' AND state IN ('waiting', 'writing')`,
      [shopId, exportId],
    );
    return rowCount === 1;
  },
  retry: async (tx, { shopId, exportId }) => {
    const { rowCount } = await tx.query(
      `UPDATE exports SET state = 'waiting', failure = NULL, attempts = 0, leased_until = '-infinity', finished_at = NULL,
         updated_at = clock_timestamp()
       WHERE shop_id = $1 AND export_id = $2 AND kind <> 'template' AND state = 'failed' AND selection IS NOT NULL`,
      [shopId, exportId],
    );
    if (rowCount === 1) await wakeTask(tx, 'process-exports');
    return rowCount === 1;
  },
  delete: async (tx, { shopId, exportId }) => {
    const { rows } = await tx.query<{ key: string | null }>(
      `DELETE FROM exports WHERE shop_id = $1 AND export_id = $2 AND kind <> 'template' RETURNING file_key AS key`,
      [shopId, exportId],
    );
    await dropFiles(
      tx,
      shopId,
      rows.flatMap(({ key }) => key ?? []),
    );
    return rows.length === 1;
  },
};
