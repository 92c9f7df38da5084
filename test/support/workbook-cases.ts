/** The files of fixtures/workbooks with what must come out of them, and reading one of them as an import does. */
import fs from 'node:fs';
import path from 'node:path';
import { UnreadableFile, type TableRow } from '#app/lib/table-cells.ts';
import { readCountries, readRegions } from '#app/modules/regions/regions.server.ts';
import { openTable, type OpenTable } from '#app/modules/workbooks/read/open-table.server.ts';
import {
  mappingOf,
  proposeColumns,
  type Proposal,
} from '#app/modules/workbooks/read/propose-columns.server.ts';
import { categoryChoices } from '#app/modules/workbooks/rules/choice-words.ts';
import type { ReadContext } from '#app/modules/workbooks/values/read-context.ts';
import { makeRowReader, type RowRead } from '#app/modules/workbooks/values/read-row.ts';

export const CASES = path.resolve(import.meta.dirname, '../../fixtures/workbooks');

export interface CaseShop {
  country: string;
  locale: string;
  currency: string;
  dateOrder: 'dmy';
}

export interface Case {
  file: string;
  about: string;
  shop?: CaseShop;
  verdict: 'accepted' | 'refused';
  reason: string | null;
  alsoAcceptable?: string[];
  sheet?: string | null;
  headingRow?: number;
  mapping?: Record<string, string>;
  ignoredColumns?: string[];
  rows: { row: number; values: Record<string, unknown> }[];
  rowErrors: { row: number; column: string; field: string; code: string }[];
  suggestions?: { row: number; column: string; field: string; written: string; suggests: string }[];
  doubtful?: { row: number; column: string; code: string; ofRow: number }[];
  fileNotes?: string[];
}

/** All of them, in the order of their names. */
export function readCases(): Case[] {
  return fs
    .readdirSync(CASES)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(fs.readFileSync(path.join(CASES, name), 'utf8')) as Case);
}

/** The day that is "today" for all of them. */
const CASES_TODAY = '2026-11-28';

const KINDS = ['leads', 'customer', 'reseller', 'dropshipper', 'agent', 'distributor'];

export function contextOf(shop: CaseShop, isFrom1904 = false): ReadContext {
  return {
    ...shop,
    today: CASES_TODAY,
    isFrom1904,
    categories: categoryChoices(KINDS.map((name) => ({ value: name, key: name, name }))),
    tiers: new Map(),
    regionsOf: readRegions,
  };
}

export interface ReadTable {
  proposal: Proposal;
  rows: RowRead[];
  raw: TableRow[];
}

/** Reads a file whole, without help; what it is refused for when it is. */
export async function readWholeTable(
  file: string,
  shop: CaseShop,
): Promise<ReadTable | { refused: string; row: number | null }> {
  let table: OpenTable | null = null;
  try {
    table = await openTable(file, { country: shop.country });
    const proposal = await proposeColumns(table);
    const read = makeRowReader({
      ...contextOf(shop, table.isFrom1904),
      mapping: mappingOf(proposal.columns),
      headings: Object.fromEntries(proposal.columns.map(({ column, heading }) => [column, heading])),
      countries: readCountries(),
    });
    const sheet = table.sheets.find(({ name }) => name === proposal.sheet);
    const rows: RowRead[] = [];
    const raw: TableRow[] = [];
    for await (const page of sheet?.readRows() ?? [])
      for (const row of page)
        if (row.row > proposal.headingRow) {
          raw.push(row);
          const one = read(row);
          if (!one.isEmpty) rows.push(one);
        }
    return { proposal, rows, raw };
  } catch (error) {
    if (error instanceof UnreadableFile) return { refused: error.problem, row: error.row };
    throw error;
  } finally {
    table?.close();
  }
}
