/** Imports for the screens: the history, and one import with its counts and the rows that need a look. */
import { pool } from '#app/db.server.ts';
import { VERDICTS, type Remarks, type Verdict } from './check-rows.server.ts';
import type { Doubt } from './find-people.server.ts';
import type { Mapping } from '../rules/import-fields.ts';
import type { ImportChoices } from './import-choices.ts';
import type { ImportTotals } from '../run/end-import.server.ts';
import type { ImportState } from '../rules/import-states.ts';
import { readImport, type ImportKey } from './import-rows.server.ts';
import { readProposal, type StoredProposal } from './import-source.ts';

export interface ImportLine {
  importId: bigint;
  state: ImportState;
  fileName: string;
  fileBytes: bigint;
  actor: string;
  createdAt: Date;
  finishedAt: Date | null;
  failure: string | null;
  failureRow: number | null;
  /** Counts of its rows when it ended. */
  totals: ImportTotals | null;
}

const LINE = `import_id AS "importId", state, file_name AS "fileName", file_bytes AS "fileBytes", actor,
  created_at AS "createdAt", finished_at AS "finishedAt", failure, failure_row AS "failureRow", totals`;

/** The shop's imports, the newest first. `before`: those older than this one. */
export async function listImports(
  shopId: bigint,
  before: bigint | null = null,
  limit = 50,
): Promise<ImportLine[]> {
  const { rows } = await pool.query<ImportLine>(
    `SELECT ${LINE} FROM imports WHERE shop_id = $1 AND ($2::bigint IS NULL OR import_id < $2) ORDER BY import_id DESC LIMIT $3`,
    [shopId, before, limit],
  );
  return rows;
}

export interface ImportDetail extends ImportLine {
  /** The columns and first rows; null until the file was opened. */
  proposal: StoredProposal | null;
  mapping: Mapping;
  choices: ImportChoices;
  isMappingConfirmed: boolean;
  /** The last row that was read, and of a later check the last that was checked. */
  readUpTo: number;
  checkedUpTo: number;
  /** When the import last moved: an old time while it is read means that no worker is there. */
  updatedAt: Date;
  startedAt: Date | null;
  undoneAt: Date | null;
  hasFile: boolean;
  isCsv: boolean;
  /** When the same file was uploaded before; null for a new one. */
  uploadedBeforeAt: Date | null;
}

type MomentOfDetail =
  'isMappingConfirmed' | 'updatedAt' | 'startedAt' | 'undoneAt' | 'hasFile' | 'uploadedBeforeAt';

/** One import with its columns and decisions; null when there is none of this shop. */
export async function readImportDetail({ shopId, importId }: ImportKey): Promise<ImportDetail | null> {
  const { rows } = await pool.query<ImportLine & Pick<ImportDetail, MomentOfDetail> & { proposal: unknown }>(
    `SELECT ${LINE}, proposal, is_mapping_confirmed AS "isMappingConfirmed", updated_at AS "updatedAt", started_at AS "startedAt",
       undone_at AS "undoneAt", file_key IS NOT NULL AS "hasFile",
       (SELECT max(o.created_at) FROM imports o WHERE o.shop_id = $1 AND o.file_sha256 = imports.file_sha256 AND o.import_id < $2)
         AS "uploadedBeforeAt"
     FROM imports WHERE shop_id = $1 AND import_id = $2`,
    [shopId, importId],
  );
  const seen = await readImport(pool, { shopId, importId });
  const [row] = rows;
  if (!row || !seen) return null;
  const { mapping, choices, readUpTo, checkedUpTo, source } = seen;
  const isCsv = source !== null && source.dialect !== null;
  return { ...row, proposal: readProposal(row.proposal), mapping, choices, readUpTo, checkedUpTo, isCsv };
}

export type ImportCounts = Record<Verdict, number>;

/** How many rows have each verdict. Counted from the rows, so that the parts are the whole. */
export async function countVerdicts({ shopId, importId }: ImportKey): Promise<ImportCounts> {
  const { rows } = await pool.query<{ verdict: Verdict; count: number }>(
    `SELECT verdict, count(*)::int AS count FROM import_rows WHERE shop_id = $1 AND import_id = $2 GROUP BY 1`,
    [shopId, importId],
  );
  const counts = new Map(rows.map(({ verdict, count }) => [verdict, count]));
  const of = (verdict: Verdict) => counts.get(verdict) ?? 0;
  return {
    new: of('new'),
    updated: of('updated'),
    unchanged: of('unchanged'),
    doubtful: of('doubtful'),
    wrong: of('wrong'),
    empty: of('empty'),
  };
}

export interface RemarkedRow {
  row: number;
  verdict: Verdict;
  remarks: Remarks | null;
  doubt: Doubt | null;
  /** The earlier row that names the same. */
  doubtRow: number | null;
  customerId: bigint | null;
}

const REMARKS_MAX = 50;

/** The rows of a verdict in order, from `after` on. */
export async function listRows(
  { shopId, importId }: ImportKey,
  verdict: Verdict,
  after = 0,
): Promise<RemarkedRow[]> {
  if (!VERDICTS.includes(verdict)) return [];
  const { rows } = await pool.query<RemarkedRow>(
    `SELECT row_number AS row, verdict, remarks, doubt, doubt_row AS "doubtRow", customer_id AS "customerId"
     FROM import_rows WHERE shop_id = $1 AND import_id = $2 AND verdict = $3 AND row_number > $4
     ORDER BY row_number LIMIT ${REMARKS_MAX}`,
    [shopId, importId, verdict, after],
  );
  return rows;
}
