/** The row of an export, and whose turn it is to write its file. */
import { randomUUID } from 'node:crypto';
import { pool, type Queryable } from '#app/db.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import {
  EXPORT_FORMATS,
  EXPORT_KINDS,
  FILE_DAYS,
  type ExportFormat,
  type ExportKind,
} from './export-kinds.ts';
import { readStoredSelection, type StoredSelection } from './export-selection.ts';

export const EXPORT_STATES = ['waiting', 'writing', 'ready', 'failed', 'cancelled', 'expired'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** Why there is no file; each has a text `exports.failure.<reason>`. */
export const EXPORT_FAILURES = ['gave_up', 'erased'] as const;
export type ExportFailure = (typeof EXPORT_FAILURES)[number];

export interface ExportKey {
  shopId: bigint;
  exportId: bigint;
}

/** An export as the worker writes it. */
export interface ExportToWrite extends ExportKey {
  /** `template`: the workbook for an import, which is no list of rows (../template). */
  kind: ExportKind | 'template';
  format: ExportFormat;
  columns: readonly string[];
  /** Null when it can't be read. */
  selection: StoredSelection | null;
  locale: string;
  attempts: number;
  /** The shop's. */
  domain: string;
  currency: string;
  timeZone: string;
  shopLocale: string;
}

interface Row extends Omit<ExportToWrite, 'kind' | 'format' | 'selection'> {
  kind: string;
  format: string;
  selection: unknown;
}

/** A worker's turn with an export. */
export interface ExportTurn {
  seen: ExportToWrite;
  leaseId: string;
}

/** A template is written again after so long, or when it is another version. */
const TEMPLATE_DAYS = 90;
/** Several times the heartbeat; after a worker died its export waits so long. */
const LEASE_SECONDS = 60;
const LEASE = `clock_timestamp() + interval '${LEASE_SECONDS} seconds'`;

const IS_DUE = `e.state IN ('waiting', 'writing') AND e.leased_until < clock_timestamp() AND s.currency IS NOT NULL AND ${IS_INSTALLED_SQL}`;
const HAS_ENDED = `e.state = 'ready' AND e.expires_at < clock_timestamp()`;

/** Lists the shops with an export to write, or with a file whose days have passed. */
export async function listShopsWithExports(): Promise<{ shopId: bigint }[]> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT e.shop_id AS "shopId" FROM exports e JOIN shops s USING (shop_id) WHERE ${IS_DUE}
     UNION SELECT e.shop_id FROM exports e WHERE ${HAS_ENDED} ORDER BY 1`,
  );
  return rows;
}

const TAKE = `
  WITH due AS (
    SELECT e.shop_id, e.export_id FROM exports e JOIN shops s USING (shop_id)
     WHERE e.shop_id = $2 AND ${IS_DUE} ORDER BY e.leased_until, e.export_id LIMIT 1 FOR UPDATE OF e SKIP LOCKED),
  taken AS (
    UPDATE exports e SET lease_id = $1, leased_until = ${LEASE}, state = 'writing', attempts = e.attempts + 1, rows = 0, total = NULL,
        updated_at = clock_timestamp()
      FROM due d WHERE e.shop_id = d.shop_id AND e.export_id = d.export_id RETURNING e.*)
  SELECT e.shop_id AS "shopId", e.export_id AS "exportId", e.kind, e.format, e.columns, e.selection, e.locale, e.attempts,
    s.domain, s.currency, s.time_zone AS "timeZone", s.locale AS "shopLocale"
  FROM taken e JOIN shops s USING (shop_id)`;

/** Takes an export of the shop that is to be written and is no other worker's; null when there is none. */
export async function takeExport(shopId: bigint): Promise<ExportTurn | null> {
  const leaseId = randomUUID();
  const { rows } = await pool.query<Row>(TAKE, [leaseId, shopId]);
  const [row] = rows;
  return row ? { seen: toExport(row), leaseId } : null;
}

function toExport(row: Row): ExportToWrite {
  return {
    ...row,
    kind: EXPORT_KINDS.find((kind) => kind === row.kind) ?? 'template',
    format: EXPORT_FORMATS.find((format) => format === row.format) ?? 'xlsx',
    selection: readStoredSelection(row.selection),
  };
}

const IS_MINE = `shop_id = $1 AND export_id = $2 AND lease_id = $3 AND state = 'writing'`;
const keyOf = ({ seen, leaseId }: ExportTurn) => [seen.shopId, seen.exportId, leaseId];

/** Keeps the turn and stores how far it got. False when it was lost: cancelled, deleted, or another worker's. */
export async function keepExport(turn: ExportTurn, rows: number, total: number | null): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE exports SET leased_until = ${LEASE}, rows = $4, total = $5, updated_at = clock_timestamp() WHERE ${IS_MINE}`,
    [...keyOf(turn), rows, total],
  );
  return rowCount === 1;
}

/** The file is stored; false when the turn was lost and the file has to go. */
export async function finishExport(
  tx: Queryable,
  turn: ExportTurn,
  file: { key: string; bytes: number; rows: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE exports SET state = 'ready', expires_at = clock_timestamp() + make_interval(days => $7), file_key = $4, file_bytes = $5, rows = $6, total = $6, lease_id = NULL,
       finished_at = clock_timestamp(), updated_at = clock_timestamp()
     WHERE ${IS_MINE}`,
    [
      ...keyOf(turn),
      file.key,
      file.bytes,
      file.rows,
      turn.seen.kind === 'template' ? TEMPLATE_DAYS : FILE_DAYS,
    ],
  );
  return rowCount === 1;
}

/** There will be no file. */
export async function failExport(turn: ExportTurn, failure: ExportFailure): Promise<void> {
  await pool.query(
    `UPDATE exports SET state = 'failed', failure = $4, lease_id = NULL, finished_at = clock_timestamp(), updated_at = clock_timestamp()
     WHERE ${IS_MINE}`,
    [...keyOf(turn), failure],
  );
}

/** Hands the export back; it is written from the start after `seconds`. */
export async function releaseExport(turn: ExportTurn, seconds: number): Promise<void> {
  await pool.query(
    `UPDATE exports SET lease_id = NULL, leased_until = clock_timestamp() + make_interval(secs => $4), state = 'waiting', rows = 0,
       updated_at = clock_timestamp()
     WHERE ${IS_MINE}`,
    [...keyOf(turn), seconds],
  );
}
