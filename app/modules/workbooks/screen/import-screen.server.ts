/** What the screens of imports show. */
import { pool } from '#app/db.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import type { Remarks, Verdict } from '../import/check-rows.server.ts';
import type { Doubt } from '../import/find-people.server.ts';
import type { ImportKey } from '../import/import-rows.server.ts';
import {
  listLargeOpenings,
  readOpeningCost,
  type LargeOpening,
  type OpeningCost,
} from '../import/opening-cost.server.ts';
import {
  countVerdicts,
  listImports,
  readImportDetail,
  type ImportCounts,
  type ImportDetail,
  type ImportLine,
} from '../import/imports.queries.server.ts';
import { countOutcomes, type ImportTotals } from '../run/end-import.server.ts';
import { readRunningBulk, type RunningBulk } from '../run/bulk/chunk-rows.server.ts';
import type { RowRefusal } from '../run/row-plan.ts';
import { WORKING_STATES, type ImportState } from '../rules/import-states.ts';
import { UNDO_DAYS } from '../rules/undo-days.ts';

export interface HistoryLine extends ImportLine {
  staffName: string | null;
  totals: ImportTotals | null;
}

export interface HistoryView {
  imports: HistoryLine[];
  isFirstPage: boolean;
  olderThan: bigint | null;
  isStuck: boolean;
}

const IMPORTS_A_PAGE = 20;

/** The shop's imports, the newest first; `before`: those older than this one. */
export async function readHistory(shopId: bigint, before: bigint | null): Promise<HistoryView> {
  const lines = await listImports(shopId, before, IMPORTS_A_PAGE + 1);
  const imports = lines.slice(0, IMPORTS_A_PAGE);
  const [names, isStuck] = await Promise.all([
    staffNames(
      shopId,
      imports.map(({ actor }) => actor),
    ),
    imports.some(({ state }) => WORKING_STATES.includes(state)) ? hasNoWorker() : false,
  ]);
  return {
    imports: imports.map((line) => ({ ...line, staffName: names.get(line.actor) ?? null })),
    isFirstPage: before === null,
    olderThan: lines.length > IMPORTS_A_PAGE ? (imports.at(-1)?.importId ?? null) : null,
    isStuck,
  };
}

/** Whether no import of any shop has moved for a minute although one is due: a worker moves each batch within seconds. */
async function hasNoWorker(): Promise<boolean> {
  const { rows } = await pool.query<{ isStuck: boolean }>(
    `SELECT coalesce(max(updated_at) < clock_timestamp() - interval '60 seconds', false) AS "isStuck" FROM imports
     WHERE state IN ('reading', 'checking', 'running', 'cancelling', 'undoing')`,
  );
  return rows[0]?.isStuck ?? false;
}

/** Which rows are listed. */
export type RowList = 'wrong' | 'doubtful' | 'large' | 'new' | 'updated' | 'unchanged' | 'refused';

/** Those of an import that has not run, and of one that has. */
const CHECKED_LISTS: readonly RowList[] = ['wrong', 'doubtful', 'large', 'new', 'updated', 'unchanged'];
const RUN_LISTS: readonly RowList[] = ['refused', 'wrong', 'doubtful'];

export interface ListedRow {
  row: number;
  verdict: Verdict;
  remarks: Remarks | null;
  doubt: Doubt | null;
  doubtRow: number | null;
  refusal: RowRefusal[] | null;
  customerId: bigint | null;
  /** Whom it names. */
  name: string;
  /** The balance, in the list of large ones. */
  opening: Pick<LargeOpening, 'points' | 'creditMinor'> | null;
}

export interface ImportView {
  detail: ImportDetail;
  staffName: string | null;
  /** By what importing would do; null where the rows were not checked. */
  counts: ImportCounts | null;
  /** What the opening balances come to; null where there are none, or it has run. */
  opening: OpeningCost | null;
  /** By what became of them; null before it ran. */
  totals: ImportTotals | null;
  /** The rows that Shopify is writing at once, and how many it has; null for none. */
  bulk: RunningBulk | null;
  list: RowList;
  /** What else can be listed. */
  lists: readonly RowList[];
  rows: ListedRow[];
  isFirstPage: boolean;
  /** Where the next page begins; null on the last one. */
  nextAfter: number | null;
  isStuck: boolean;
  /** Until when it can be undone; null where it cannot. */
  undoUntil: Date | null;
  hasRows: boolean;
  hasFile: boolean;
}

const DAY_MS = 86_400_000;
const UNCHECKED: readonly ImportState[] = ['reading', 'checking', 'failed'];
const NOT_RUN: readonly ImportState[] = ['reading', 'checking', 'checked', 'failed'];

/** One import; `show` and `after` choose the rows that are listed. Null for one that is not this shop's. */
export async function readImportView(
  key: ImportKey,
  { show, after }: { show: string | null; after: number },
): Promise<ImportView | null> {
  const detail = await readImportDetail(key);
  if (detail === null) return null;
  const { state, finishedAt, startedAt } = detail;
  const hasRun = !NOT_RUN.includes(state) && startedAt !== null;
  const opening = state === 'checked' ? await readOpeningCost(key, detail) : null;
  const lists = listsOf(hasRun, opening);
  const list = lists.find((known) => known === show) ?? (hasRun ? 'refused' : 'wrong');
  const [names, counts, totals, rows, isStuck, hasRows, bulk] = await Promise.all([
    staffNames(key.shopId, [detail.actor]),
    UNCHECKED.includes(state) || hasRun ? null : countVerdicts(key),
    hasRun
      ? WORKING_STATES.includes(state) || state === 'paused'
        ? countOutcomes(pool, key)
        : detail.totals
      : null,
    UNCHECKED.includes(state) ? [] : listOf(key, detail, list, after),
    WORKING_STATES.includes(state) ? hasNoWorker() : false,
    hasAnyRow(key),
    hasRun && WORKING_STATES.includes(state) ? readRunningBulk(pool, key) : null,
  ]);
  const canUndo = (state === 'done' || state === 'cancelled') && startedAt !== null && finishedAt !== null;
  const undoUntil = canUndo ? new Date(finishedAt.getTime() + UNDO_DAYS * DAY_MS) : null;
  return {
    detail,
    staffName: names.get(detail.actor) ?? null,
    counts,
    opening,
    totals,
    bulk,
    list,
    lists,
    rows: rows.slice(0, ROWS_A_PAGE),
    isFirstPage: after === 0,
    nextAfter: rows.length > ROWS_A_PAGE ? (rows[ROWS_A_PAGE - 1]?.row ?? null) : null,
    isStuck,
    undoUntil: undoUntil !== null && undoUntil > new Date() && hasRows ? undoUntil : null,
    hasRows,
    hasFile: detail.hasFile,
  };
}

function listsOf(hasRun: boolean, opening: OpeningCost | null): readonly RowList[] {
  if (hasRun) return RUN_LISTS;
  return CHECKED_LISTS.filter((list) => list !== 'large' || (opening?.large ?? 0) > 0);
}

async function hasAnyRow({ shopId, importId }: ImportKey): Promise<boolean> {
  const { rowCount } = await pool.query(
    'SELECT FROM import_rows WHERE shop_id = $1 AND import_id = $2 LIMIT 1',
    [shopId, importId],
  );
  return rowCount === 1;
}

const ROWS_A_PAGE = 25;

/** The rows of a list in order, from `after` on, one more than a page. */
async function listOf(
  key: ImportKey,
  detail: ImportDetail,
  list: RowList,
  after: number,
): Promise<ListedRow[]> {
  if (list !== 'large') return listImportRows(key, list, after);
  const rows = await listLargeOpenings(key, detail, after, ROWS_A_PAGE + 1);
  const bare = { verdict: 'new', remarks: null, doubt: null, doubtRow: null, refusal: null } as const;
  return rows.map(({ row, name, ...opening }) => ({ ...bare, row, name, customerId: null, opening }));
}

async function listImportRows(
  { shopId, importId }: ImportKey,
  list: RowList,
  after: number,
): Promise<ListedRow[]> {
  const { rows } = await pool.query<ListedRow>(
    `SELECT row_number AS row, verdict, remarks, doubt, doubt_row AS "doubtRow", refusal, customer_id AS "customerId", NULL AS opening,
       coalesce(values->>'fullName', nullif(concat_ws(' ', values->>'firstName', values->>'lastName'), ''), phone, email, '') AS name
     FROM import_rows WHERE shop_id = $1 AND import_id = $2 AND ${list === 'refused' ? `state = 'refused' AND $4 = 'refused'` : 'verdict = $4'}
       AND row_number > $3 ORDER BY row_number LIMIT ${ROWS_A_PAGE + 1}`,
    [shopId, importId, after, list],
  );
  return rows;
}

const ROW_NUMBER = /^\d{1,7}$/;

/** Reads where a page begins; 0 for the first page and for what is no row. */
export function readAfter(text: string | null): number {
  return text !== null && ROW_NUMBER.test(text) ? Number(text) : 0;
}
