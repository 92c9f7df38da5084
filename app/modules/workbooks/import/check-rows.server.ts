/** The check of a batch of rows: what each one means, which customer it is, what importing it would do. */
import type { Transaction } from '#app/db.server.ts';
import type { TableRow } from '#app/lib/table-cells.ts';
import { isKnownPlace, withoutPlace } from '../rules/known-place.ts';
import { changesNothing, changesOfRow, type ChangeContext } from '../rules/row-changes.ts';
import type { RowProblem, RowValues, Suggestion } from '../rules/import-fields.ts';
import type { RowRead } from '../values/read-row.ts';
import { findPeople, personOf, type Doubt, type People } from './find-people.server.ts';
import type { ImportChoices } from './import-choices.ts';
import type { ImportKey } from './import-rows.server.ts';
import { maskProblems, sealCells, sealValues } from './sealed-ids.server.ts';

export const VERDICTS = ['new', 'updated', 'unchanged', 'doubtful', 'wrong', 'empty'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** As `import_rows.remarks` has it. */
export interface Remarks {
  problems: RowProblem[];
  suggestions: Suggestion[];
}

export interface CheckContext extends ChangeContext {
  key: ImportKey;
  choices: ImportChoices;
  /** The columns that hold national IDs. */
  idColumns: ReadonlySet<string>;
  read: (row: TableRow) => RowRead;
}

const WRITE = `
  INSERT INTO import_rows (shop_id, import_id, row_number, raw, values, remarks, verdict, doubt, customer_id, phone, email)
  SELECT $1, $2, n.row, n.raw, n.values, n.remarks, n.verdict, n.doubt, n.customer, n.phone, n.email
    FROM json_to_recordset($3) AS n (row int, raw json, values json, remarks json, verdict text, doubt text, customer bigint,
      phone text, email text)
  ON CONFLICT (shop_id, import_id, row_number) DO UPDATE SET values = excluded.values,
    raw = CASE WHEN $4 THEN excluded.raw ELSE import_rows.raw END, remarks = excluded.remarks,
    verdict = excluded.verdict, doubt = excluded.doubt, doubt_row = NULL, customer_id = excluded.customer_id,
    phone = excluded.phone, email = excluded.email`;

/** A row as it was read, before it is compared with customers. */
export interface ReadRow {
  raw: TableRow['cells'];
  read: RowRead;
}

/** Reads what the cells of a row mean. */
export function readRow(context: CheckContext, row: TableRow): ReadRow {
  return { raw: row.cells, read: context.read(row) };
}

/** Checks rows and stores them with the result; rows that are stored already are checked again. */
export async function checkRows(
  tx: Transaction,
  context: CheckContext,
  all: readonly ReadRow[],
): Promise<void> {
  const people = await findPeople(
    tx,
    context.key.shopId,
    all.map(({ read }) => read.values),
  );
  const reads = all.map(({ raw, read }) => ({
    raw,
    read: settled(withoutKnownPlace(read, people, context), context.choices),
  }));
  const { shopId, importId } = context.key;
  const written = reads.map(({ raw, read }) => ({
    row: read.row,
    raw: sealCells(shopId, raw, context.idColumns),
    values: sealValues(shopId, read.values),
    remarks:
      read.problems.length + read.suggestions.length > 0
        ? { problems: maskProblems(read.problems), suggestions: read.suggestions }
        : null,
    ...verdictOf(read, people, context),
    phone: read.values.phone ?? null,
    email: read.values.email ?? null,
  }));
  await tx.query(WRITE, [shopId, importId, JSON.stringify(written), context.idColumns.size > 0]);
}

/** A row that names the places as its customer has them says nothing of them, also where no region is called so. */
function withoutKnownPlace(read: RowRead, people: People, { choices, country }: CheckContext): RowRead {
  const known = read.place && personOf(read.values, people, choices).person?.record.address;
  return known && isKnownPlace(read, known, country) ? withoutPlace(read) : read;
}

/** Suggestions that the merchant does not take are problems, and their values none. */
function settled(read: RowRead, { takesSuggestions }: ImportChoices): RowRead {
  if (takesSuggestions || read.suggestions.length === 0) return read;
  const values: RowValues = { ...read.values };
  const problems = [...read.problems];
  for (const { column, field, written } of read.suggestions) {
    delete values[field];
    problems.push({ column, field, code: 'region_unknown', written });
  }
  return { ...read, values, problems, suggestions: [] };
}

interface Judged {
  verdict: Verdict;
  doubt: Doubt | null;
  customer: string | null;
}

function verdictOf(read: RowRead, people: People, context: CheckContext): Judged {
  if (read.isEmpty) return { verdict: 'empty', doubt: null, customer: null };
  if (read.problems.length > 0) return { verdict: 'wrong', doubt: null, customer: null };
  const found = personOf(read.values, people, context.choices);
  if (found.doubt !== null)
    return { verdict: 'doubtful', doubt: found.doubt, customer: found.person?.customerId.toString() ?? null };
  if (found.person === null) return { verdict: 'new', doubt: null, customer: null };
  const changes = changesOfRow(read.values, found.person, context);
  const verdict = changesNothing(changes) && context.choices.tags.length === 0 ? 'unchanged' : 'updated';
  return { verdict, doubt: null, customer: found.person.customerId.toString() };
}

/** The first row with a phone, e-mail or customer counts; later ones are doubtful and name it. */
const repeatedBy = (column: 'phone' | 'email' | 'customer_id') => `
  WITH repeated AS MATERIALIZED (
    SELECT * FROM (
      SELECT row_number, first_value(row_number) OVER (PARTITION BY ${column} ORDER BY row_number) AS first
        FROM import_rows WHERE shop_id = $1 AND import_id = $2 AND ${column} IS NOT NULL AND verdict NOT IN ('wrong', 'empty')) ranked
     WHERE first < row_number)
  UPDATE import_rows r SET verdict = 'doubtful', doubt = 'repeated_in_file', doubt_row = n.first
    FROM repeated n WHERE r.shop_id = $1 AND r.import_id = $2 AND r.row_number = n.row_number
     AND r.doubt IS DISTINCT FROM 'repeated_in_file'`;

/**
 * Marks the rows that name what an earlier row names; call when all rows are checked. No statistics know of the rows yet:
 * left to choose, PostgreSQL compares each with each.
 */
export async function markRepeated(tx: Transaction, { shopId, importId }: ImportKey): Promise<void> {
  await tx.query('SET LOCAL enable_nestloop = off');
  for (const column of ['phone', 'email', 'customer_id'] as const)
    await tx.query(repeatedBy(column), [shopId, importId]);
  await tx.query('SET LOCAL enable_nestloop = on');
}
