/** The history of a customer's record: who changed what, when, and which values lost. */
import { pool } from '#app/db.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';
import { CHANGE_SOURCES, type ChangeSource, type RecordField } from './rules/customer-record.ts';
import { isRecordField } from './rules/merge-fields.ts';

export interface RecordChange {
  changeId: string;
  field: RecordField | 'category';
  before: string | null;
  after: string | null;
  source: ChangeSource;
  /** The staff member's name, if it is known; null for others. */
  staffName: string | null;
  /** False: what was known was newer and stayed. */
  isKept: boolean;
  changedAt: Date;
}

export interface HistoryPage {
  changes: RecordChange[];
  /** Where the older ones begin; null when there are none. */
  older: string | null;
}

const PAGE = 10;

interface Row {
  change_id: bigint;
  field: string;
  before: string | null;
  after: string | null;
  source: string;
  actor: string;
  is_kept: boolean;
  changed_at: Date;
}

/** Ten changes of a customer, the newest first, older than the change `before`. */
export async function readHistory(
  shopId: bigint,
  customerId: bigint,
  before: bigint | null,
): Promise<HistoryPage> {
  const { rows } = await pool.query<Row>(
    `SELECT change_id, field, before, after, source, actor, is_kept, changed_at FROM customer_changes
     WHERE shop_id = $1 AND customer_id = $2 AND ($3::bigint IS NULL OR change_id < $3)
     ORDER BY change_id DESC LIMIT ${PAGE + 1}`,
    [shopId, customerId, before],
  );
  const shown = rows.slice(0, PAGE);
  const names = await staffNames(
    shopId,
    shown.map(({ actor }) => actor),
  );
  return {
    changes: shown.flatMap((row) => {
      const source = CHANGE_SOURCES.find((each) => each === row.source);
      const field = row.field === 'category' || isRecordField(row.field) ? row.field : null;
      if (!source || field === null) return [];
      return [
        {
          changeId: row.change_id.toString(),
          field,
          before: row.before,
          after: row.after,
          source,
          staffName: names.get(row.actor) ?? null,
          isKept: row.is_kept,
          changedAt: row.changed_at,
        },
      ];
    }),
    older: rows.length > PAGE ? (shown.at(-1)?.change_id.toString() ?? null) : null,
  };
}
