/** The row of an import, and whose turn it is to process it. */
import { randomUUID } from 'node:crypto';
import { pool, type Queryable } from '#app/db.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { isImportField, type Mapping } from '../rules/import-fields.ts';
import { IMPORT_STATES, type ImportState } from '../rules/import-states.ts';
import { readChoices, readMapping, type ImportChoices } from './import-choices.ts';
import { readSource, type ImportSource } from './import-source.ts';

export interface ImportKey {
  shopId: bigint;
  importId: bigint;
}

export interface Import extends ImportKey {
  state: ImportState;
  fileName: string;
  fileKey: string | null;
  /** Who started the run, and who undoes it: `staff:<user id>`. */
  runBy: string | null;
  undoneBy: string | null;
  source: ImportSource | null;
  mapping: Mapping;
  choices: ImportChoices;
  version: number;
  checkedVersion: number;
  readUpTo: number;
  checkedUpTo: number;
  /** The shop's. */
  domain: string;
  country: string | null;
  locale: string;
  currency: string | null;
  timeZone: string;
}

interface Row extends ImportKey {
  state: string;
  fileName: string;
  fileKey: string | null;
  runBy: string | null;
  undoneBy: string | null;
  source: unknown;
  mapping: unknown;
  choices: unknown;
  version: number;
  checkedVersion: number;
  readUpTo: number;
  checkedUpTo: number;
  domain: string;
  country: string | null;
  locale: string;
  currency: string | null;
  timeZone: string;
}

const COLUMNS = `i.shop_id AS "shopId", i.import_id AS "importId", i.state, i.file_name AS "fileName",
  i.file_key AS "fileKey", i.run_by AS "runBy", i.undone_by AS "undoneBy", i.source, i.mapping, i.choices,
  i.version, i.checked_version AS "checkedVersion", i.read_up_to AS "readUpTo", i.checked_up_to AS "checkedUpTo",
  s.domain, s.country, s.locale, s.currency, s.time_zone AS "timeZone"`;

function toImport(row: Row): Import {
  return {
    ...row,
    state: IMPORT_STATES.find((state) => state === row.state) ?? 'failed',
    source: readSource(row.source),
    mapping: readMapping(row.mapping) ?? {},
    choices: readChoices(row.choices) ?? readChoicesDefault(),
  };
}

function readChoicesDefault(): ImportChoices {
  const choices = readChoices({});
  if (choices === null) throw new Error('the default choices are none');
  return choices;
}

/** Reads an import; null when there is none of this shop. */
export async function readImport(db: Queryable, { shopId, importId }: ImportKey): Promise<Import | null> {
  const { rows } = await db.query<Row>(
    `SELECT ${COLUMNS} FROM imports i JOIN shops s USING (shop_id) WHERE i.shop_id = $1 AND i.import_id = $2`,
    [shopId, importId],
  );
  return rows[0] ? toImport(rows[0]) : null;
}

/** A worker's turn with an import. */
export interface Turn {
  seen: Import;
  leaseId: string;
}

/** Longer than any batch takes; after a worker died its import waits so long. */
export const LEASE_SECONDS = 60;

const IS_DUE = `i.state IN ('reading', 'checking', 'running', 'cancelling', 'undoing') AND i.leased_until < clock_timestamp() AND ${IS_INSTALLED_SQL}`;

const SHOPS_DUE = `SELECT DISTINCT i.shop_id AS "shopId" FROM imports i JOIN shops s USING (shop_id) WHERE ${IS_DUE} ORDER BY 1`;

/** Lists the shops with an import that has something to do. */
export async function listShopsWithImports(): Promise<{ shopId: bigint }[]> {
  return (await pool.query<{ shopId: bigint }>(SHOPS_DUE)).rows;
}

const TAKE = `
  WITH due AS (
    SELECT i.shop_id, i.import_id FROM imports i JOIN shops s USING (shop_id)
     WHERE i.shop_id = $2 AND ${IS_DUE} ORDER BY i.leased_until, i.import_id LIMIT 1 FOR UPDATE OF i SKIP LOCKED),
  taken AS (
    UPDATE imports i SET lease_id = $1, leased_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
      FROM due d WHERE i.shop_id = d.shop_id AND i.import_id = d.import_id RETURNING i.*)
  SELECT ${COLUMNS} FROM taken i JOIN shops s USING (shop_id)`;

/** Takes an import of the shop that has something to do and is no other worker's; null when there is none. */
export async function takeImport(shopId: bigint): Promise<Turn | null> {
  const leaseId = randomUUID();
  const { rows } = await pool.query<Row>(TAKE, [leaseId, shopId]);
  return rows[0] ? { seen: toImport(rows[0]), leaseId } : null;
}

/** Columns that a step may change with its batch. */
interface Progress {
  state?: ImportState;
  readUpTo?: number;
  checkedUpTo?: number;
  source?: ImportSource;
  mapping?: Mapping;
  proposal?: object;
}

/**
 * Keeps the turn and stores how far it got. False when it was lost: the import is another worker's now, or it was paused,
 * cancelled or changed. Then the batch must be rolled back.
 */
export async function keepTurn(tx: Queryable, { seen, leaseId }: Turn, progress: Progress): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE imports SET leased_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds', updated_at = clock_timestamp(),
       state = coalesce($5, state), read_up_to = coalesce($6, read_up_to), checked_up_to = coalesce($7, checked_up_to),
       source = coalesce($8, source), mapping = coalesce($9, mapping), proposal = coalesce($10, proposal)
     WHERE shop_id = $1 AND import_id = $2 AND lease_id = $3 AND state = $4`,
    [
      seen.shopId,
      seen.importId,
      leaseId,
      seen.state,
      progress.state ?? null,
      progress.readUpTo ?? null,
      progress.checkedUpTo ?? null,
      progress.source === undefined ? null : JSON.stringify(progress.source),
      progress.mapping === undefined ? null : JSON.stringify(progress.mapping),
      progress.proposal === undefined ? null : JSON.stringify(progress.proposal),
    ],
  );
  return rowCount === 1;
}

/** Thrown where `keepTurn` said no, to roll the batch back. */
export class TurnLost extends Error {
  constructor() {
    super('the import is no longer this worker’s');
    this.name = 'TurnLost';
  }
}

/** Thrown to end a turn that waits for Shopify: the import goes on after some seconds. */
export class TurnWaits extends Error {
  readonly afterSeconds: number;

  constructor(afterSeconds: number) {
    super('the import waits for Shopify');
    this.name = 'TurnWaits';
    this.afterSeconds = afterSeconds;
  }
}

const TURN_MS_MAX = 20_000;

/** Returns whether a turn has lasted long enough: then the imports of other shops have theirs. */
export function turnClock(): () => boolean {
  const start = performance.now();
  return () => performance.now() - start > TURN_MS_MAX;
}

/** Ends a turn: another worker, or this one later, may go on at once, or after some seconds. */
export async function endTurn({ seen, leaseId }: Turn, afterSeconds = 0): Promise<void> {
  await pool.query(
    `UPDATE imports SET lease_id = NULL, leased_until = CASE WHEN $4 = 0 THEN '-infinity'
       ELSE clock_timestamp() + make_interval(secs => $4) END
     WHERE shop_id = $1 AND import_id = $2 AND lease_id = $3`,
    [seen.shopId, seen.importId, leaseId, afterSeconds],
  );
}

/** Ends an import whose file cannot be imported: nothing of it stays. */
export async function failImport(
  tx: Queryable,
  { seen, leaseId }: Turn,
  failure: string,
  row: number | null,
): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE imports SET state = 'failed', failure = $4, failure_row = $5, finished_at = clock_timestamp(),
       updated_at = clock_timestamp() WHERE shop_id = $1 AND import_id = $2 AND lease_id = $3`,
    [seen.shopId, seen.importId, leaseId, failure, row],
  );
  if (rowCount === 1)
    await tx.query('DELETE FROM import_rows WHERE shop_id = $1 AND import_id = $2', [
      seen.shopId,
      seen.importId,
    ]);
}

/** How the shop mapped headings before: folded heading -> field. */
export async function readOwnHeadings(shopId: bigint) {
  const { rows } = await pool.query<{ heading: string; field: string }>(
    'SELECT heading, field FROM import_headings WHERE shop_id = $1 AND field IS NOT NULL',
    [shopId],
  );
  return new Map(
    rows.flatMap(({ heading, field }) => (isImportField(field) ? [[heading, field] as const] : [])),
  );
}
