/** Exports for the screen. */
import { pool } from '#app/db.server.ts';
import { readFormRules } from '#app/modules/crm/form/known-customer.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import {
  EXPORT_KINDS,
  EXPORT_SCOPES,
  shopColumns,
  type ExportKind,
  type ExportScope,
} from './export-kinds.ts';
import {
  EXPORT_FAILURES,
  EXPORT_STATES,
  type ExportFailure,
  type ExportState,
} from './export-rows.server.ts';

export interface ExportLine {
  exportId: bigint;
  kind: ExportKind;
  format: string;
  scope: ExportScope;
  /** The segment's, as it was called. */
  scopeName: string | null;
  columns: number;
  state: ExportState;
  failure: ExportFailure | null;
  rows: number;
  /** Null where rows are not counted before. */
  total: number | null;
  fileBytes: bigint | null;
  actor: string;
  /** Null while we do not know it. */
  staffName: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  canRetry: boolean;
  /** It has not moved for a minute: no worker is there. */
  isStuck: boolean;
}

interface Row extends Omit<ExportLine, 'kind' | 'scope' | 'state' | 'failure' | 'staffName'> {
  kind: string;
  scope: string;
  state: string;
  failure: string | null;
}

export interface ExportScreenView {
  exports: ExportLine[];
  /** Position to page on from; null on the last page. */
  olderThan: bigint | null;
}

const LINES_A_PAGE = 25;
const STUCK_SECONDS = 60;

/** A file whose days have passed is gone, also before the worker has removed it. */
const STATE = `CASE WHEN e.state = 'ready' AND e.expires_at < clock_timestamp() THEN 'expired' ELSE e.state END`;

/** A page of the shop's exports, the newest first; `before`: those older than this one. */
export async function readExportScreen(shopId: bigint, before: bigint | null): Promise<ExportScreenView> {
  const { rows } = await pool.query<Row>(
    `SELECT e.export_id AS "exportId", e.kind, e.format, e.scope, e.scope_name AS "scopeName", cardinality(e.columns) AS columns,
       ${STATE} AS state, e.failure, e.rows, e.total, e.file_bytes AS "fileBytes", e.actor, e.created_at AS "createdAt",
       e.expires_at AS "expiresAt", e.state = 'failed' AND e.selection IS NOT NULL AS "canRetry",
       e.state IN ('waiting', 'writing') AND e.updated_at < clock_timestamp() - interval '${STUCK_SECONDS} seconds' AS "isStuck"
     FROM exports e WHERE e.shop_id = $1 AND e.kind <> 'template' AND ($2::bigint IS NULL OR e.export_id < $2)
     ORDER BY e.export_id DESC LIMIT ${LINES_A_PAGE + 1}`,
    [shopId, before],
  );
  const page = rows.slice(0, LINES_A_PAGE);
  const names = await staffNames(
    shopId,
    page.map(({ actor }) => actor),
  );
  return {
    exports: page.map((row) => toLine(row, names.get(row.actor) ?? null)),
    olderThan: rows.length > LINES_A_PAGE ? (page.at(-1)?.exportId ?? null) : null,
  };
}

function toLine(row: Row, staffName: string | null): ExportLine {
  return {
    ...row,
    staffName,
    kind: EXPORT_KINDS.find((kind) => kind === row.kind) ?? 'customers',
    scope: EXPORT_SCOPES.find((scope) => scope === row.scope) ?? 'all',
    state: EXPORT_STATES.find((state) => state === row.state) ?? 'failed',
    failure: EXPORT_FAILURES.find((failure) => failure === row.failure) ?? null,
  };
}

/** The columns that each kind of export has in this shop. */
export async function readExportColumns(shopId: bigint): Promise<Record<ExportKind, string[]>> {
  const asked = await readFormRules(shopId);
  return {
    customers: shopColumns('customers', asked),
    ledger: shopColumns('ledger', asked),
    orders: shopColumns('orders', asked),
    messages: shopColumns('messages', asked),
    campaign: shopColumns('campaign', asked),
    wallet: shopColumns('wallet', asked),
    consents: shopColumns('consents', asked),
  };
}
