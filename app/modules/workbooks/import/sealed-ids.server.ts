/** National IDs in the rows of an import: encrypted like those of customers, masked where a screen shows a row. */
import { readNationalId, sealIdText } from '#app/modules/customers/national-id.server.ts';
import { maskNationalId } from '#app/modules/customers/rules/national-id.ts';
import { parseJson } from '#app/lib/storable.ts';
import type { TableCell, TableRow } from '#app/lib/table-cells.ts';
import { textOfCell } from '../rules/cell-text.ts';
import type { Mapping, RowProblem, RowValues } from '../rules/import-fields.ts';
import { readStoredCells, type StoredProposal } from './import-source.ts';

/** The columns that hold national IDs, by their letters. */
export function idColumnsOf(mapping: Mapping): ReadonlySet<string> {
  return new Set(
    Object.entries(mapping).flatMap(([column, field]) => (field === 'nationalId' ? column : [])),
  );
}

/** The cells as they are stored. */
export function sealCells(
  shopId: bigint,
  cells: TableRow['cells'],
  columns: ReadonlySet<string>,
): Record<string, TableCell | { sealed: string }> {
  if (columns.size === 0) return cells;
  return Object.fromEntries(
    Object.entries(cells).map(([column, cell]) => [
      column,
      columns.has(column) ? { sealed: sealIdText(shopId, JSON.stringify(cell)) } : cell,
    ]),
  );
}

/** The cells as they were read from the file; one whose key is missing is left out. */
export function openCells(shopId: bigint, stored: unknown): Record<string, TableCell> {
  const cells: Record<string, TableCell> = {};
  for (const [column, cell] of Object.entries(readStoredCells(stored))) {
    if (typeof cell !== 'object' || !('sealed' in cell)) {
      cells[column] = cell;
      continue;
    }
    const text = readNationalId(shopId, cell.sealed);
    const opened = text === null ? undefined : readStoredCells({ [column]: parseJson(text) })[column];
    if (opened !== undefined && !(typeof opened === 'object' && 'sealed' in opened)) cells[column] = opened;
  }
  return cells;
}

/** A row's values as they are stored. */
export function sealValues(shopId: bigint, values: RowValues): RowValues {
  const { nationalId } = values;
  return typeof nationalId === 'string' ? { ...values, nationalId: sealIdText(shopId, nationalId) } : values;
}

const SEALED = /^enc:v\d+:/;

/** A row's values again; an ID whose key is missing is left out. */
export function openValues(shopId: bigint, values: RowValues): RowValues {
  const { nationalId, ...others } = values;
  if (typeof nationalId !== 'string' || !SEALED.test(nationalId)) return values;
  const id = readNationalId(shopId, nationalId);
  return id === null ? others : { ...others, nationalId: id };
}

/** Problems as they are stored and shown. */
export function maskProblems(problems: readonly RowProblem[]): RowProblem[] {
  return problems.map((problem) =>
    problem.field === 'nationalId' ? { ...problem, written: maskNationalId(problem.written) } : problem,
  );
}

/** The first rows as the screen shows them. */
export function maskSample<Proposal extends Pick<StoredProposal, 'sample'>>(
  proposal: Proposal,
  columns: ReadonlySet<string>,
): Proposal {
  if (columns.size === 0) return proposal;
  const mask = (cells: Readonly<Record<string, TableCell>>) =>
    Object.fromEntries(
      Object.entries(cells).map(([column, cell]) => [
        column,
        columns.has(column) ? maskNationalId(textOfCell(cell, false) ?? '') : cell,
      ]),
    );
  return { ...proposal, sample: proposal.sample.map(({ row, cells }) => ({ row, cells: mask(cells) })) };
}
