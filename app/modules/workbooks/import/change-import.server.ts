/** What the merchant decides while a file is read and checked. */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { foldWord } from '../rules/fold-text.ts';
import type { ImportField, Mapping } from '../rules/import-fields.ts';
import { CHECKED_CHOICES, readChoices, readMapping } from './import-choices.ts';
import { readImport, type Import, type ImportKey } from './import-rows.server.ts';
import { readProposal } from './import-source.ts';
import { idColumnsOf, maskSample } from './sealed-ids.server.ts';

export type ImportChanged =
  { ok: true } | { ok: false; reason: 'unknown' | 'too_early' | 'too_late' | 'invalid' };

const OPEN_STATES = ['reading', 'checking', 'checked'];

/**
 * Takes the mapping (column letters -> field) as the merchant wants it, remembers it for the headings of later files and
 * checks all rows again. The file is not opened again.
 */
export async function changeMapping(key: ImportKey, input: unknown): Promise<ImportChanged> {
  const mapping = readMapping(input);
  if (mapping === null) return { ok: false, reason: 'invalid' };
  return change(key, async (tx, seen) => {
    if (seen.source === null) return 'too_early';
    await tx.query(
      `UPDATE imports SET mapping = $3, is_mapping_confirmed = true WHERE shop_id = $1 AND import_id = $2`,
      [key.shopId, key.importId, JSON.stringify(mapping)],
    );
    await maskIds(tx, key, mapping);
    await rememberHeadings(tx, seen, mapping);
    if (!isSame(seen.mapping, mapping)) await checkAgain(tx, key);
    return null;
  });
}

/** Takes the choices; rows are checked again when one of them decides what they mean. */
export async function changeChoices(key: ImportKey, input: unknown): Promise<ImportChanged> {
  const choices = readChoices(input);
  if (choices === null) return { ok: false, reason: 'invalid' };
  return change(key, async (tx, seen) => {
    await tx.query('UPDATE imports SET choices = $3 WHERE shop_id = $1 AND import_id = $2', [
      key.shopId,
      key.importId,
      JSON.stringify(choices),
    ]);
    const hadTags = seen.choices.tags.length > 0;
    const isOther = CHECKED_CHOICES.some((name) => choices[name] !== seen.choices[name]);
    if (isOther || hadTags !== choices.tags.length > 0) await checkAgain(tx, key);
    return null;
  });
}

/** Ends an import before it ran; its rows go, the file stays in the history. */
export async function cancelImport(key: ImportKey): Promise<ImportChanged> {
  return change(key, async (tx) => {
    await tx.query(
      `UPDATE imports SET state = 'cancelled', finished_at = clock_timestamp(), lease_id = NULL, updated_at = clock_timestamp()
        WHERE shop_id = $1 AND import_id = $2`,
      [key.shopId, key.importId],
    );
    await tx.query('DELETE FROM import_rows WHERE shop_id = $1 AND import_id = $2', [
      key.shopId,
      key.importId,
    ]);
    return null;
  });
}

async function change(
  key: ImportKey,
  apply: (tx: Transaction, seen: Import) => Promise<'too_early' | null>,
): Promise<ImportChanged> {
  return withTransaction(async (tx): Promise<ImportChanged> => {
    await tx.query('SELECT FROM imports WHERE shop_id = $1 AND import_id = $2 FOR UPDATE', [
      key.shopId,
      key.importId,
    ]);
    const seen = await readImport(tx, key);
    if (seen === null) return { ok: false, reason: 'unknown' };
    if (!OPEN_STATES.includes(seen.state)) return { ok: false, reason: 'too_late' };
    const refusal = await apply(tx, seen);
    return refusal === null ? { ok: true } : { ok: false, reason: refusal };
  });
}

/** While the file is still being read, the check follows when all rows are there. A worker that checks loses its turn. */
async function checkAgain(tx: Transaction, { shopId, importId }: ImportKey): Promise<void> {
  await tx.query(
    `UPDATE imports SET version = version + 1, updated_at = clock_timestamp() WHERE shop_id = $1 AND import_id = $2`,
    [shopId, importId],
  );
  await tx.query(
    `UPDATE imports SET state = 'checking', checked_version = version, checked_up_to = 0, checked_at = NULL, lease_id = NULL,
       leased_until = '-infinity' WHERE shop_id = $1 AND import_id = $2 AND state IN ('checking', 'checked')`,
    [shopId, importId],
  );
  await wakeTask(tx, 'process-imports');
}

/** The first rows are kept for the screen: what turns out to be a national ID is masked there. */
async function maskIds(tx: Transaction, { shopId, importId }: ImportKey, mapping: Mapping): Promise<void> {
  const columns = idColumnsOf(mapping);
  if (columns.size === 0) return;
  const { rows } = await tx.query<{ proposal: unknown }>(
    'SELECT proposal FROM imports WHERE shop_id = $1 AND import_id = $2',
    [shopId, importId],
  );
  const proposal = readProposal(rows[0]?.proposal);
  if (proposal === null) return;
  await tx.query('UPDATE imports SET proposal = $3 WHERE shop_id = $1 AND import_id = $2', [
    shopId,
    importId,
    JSON.stringify(maskSample(proposal, columns)),
  ]);
}

async function rememberHeadings(
  tx: Transaction,
  { shopId, source }: Import,
  mapping: Readonly<Record<string, ImportField>>,
): Promise<void> {
  const fields = new Map<string, ImportField | null>();
  for (const [column, heading] of Object.entries(source?.headings ?? {})) {
    const word = foldWord(heading);
    if (word !== '' && !fields.has(word)) fields.set(word, mapping[column] ?? null);
  }
  await tx.query(
    `INSERT INTO import_headings (shop_id, heading, field) SELECT $1, heading, field FROM unnest($2::text[], $3::text[]) AS n (heading, field)
     ON CONFLICT (shop_id, heading) DO UPDATE SET field = excluded.field, updated_at = clock_timestamp()`,
    [shopId, [...fields.keys()], [...fields.values()]],
  );
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
