/** The merchant's earn programs, as the screens read them. */
import { pool } from '#app/db.server.ts';
import type { EarnProgram } from '../rules/program.ts';
import type { ProgramStatus } from '../rules/program-phase.ts';
import { loadRule } from '../rules/rules-json.ts';
import { isUnit } from '#app/lib/units.ts';

export interface Program extends EarnProgram {
  status: ProgramStatus;
}

interface ProgramRow {
  program_id: bigint;
  name: string;
  version: number;
  status: string;
  unit: string;
  rule: unknown;
  starts_at: Date | null;
  ends_at: Date | null;
}

const COLUMNS = 'program_id, name, version, status, unit, rule, starts_at, ends_at';
const PROGRAMS_A_PAGE = 50;

/** How many programs of a shop may be open (active or paused): each of them is computed for every order. */
export const OPEN_PROGRAMS_MAX = 100;

/** A status as it lies in the database; what is unknown gives nothing, like an ended one. */
export function readStatus(text: string): ProgramStatus {
  return text === 'active' || text === 'paused' ? text : 'ended';
}

function programOf(row: ProgramRow): Program[] {
  const { unit } = row;
  if (!isUnit(unit)) return [];
  return [
    {
      programId: row.program_id,
      version: row.version,
      name: row.name,
      status: readStatus(row.status),
      unit,
      rule: loadRule(row.rule),
      startsAt: row.starts_at,
      endsAt: row.ends_at,
    },
  ];
}

export interface ProgramPage {
  programs: Program[];
  /** Where the next page begins; null on the last. */
  olderThan: bigint | null;
}

/** A page of the shop's open programs, or of its ended ones, newest first. */
export async function listPrograms(
  shopId: bigint,
  { isEnded, before, limit = PROGRAMS_A_PAGE }: { isEnded: boolean; before: bigint | null; limit?: number },
): Promise<ProgramPage> {
  const { rows } = await pool.query<ProgramRow>(
    `SELECT ${COLUMNS} FROM programs WHERE shop_id = $1 AND (status = 'ended') = $2 AND ($3::bigint IS NULL OR program_id < $3)
     ORDER BY program_id DESC LIMIT $4`,
    [shopId, isEnded, before, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    programs: page.flatMap(programOf),
    olderThan: rows.length > page.length ? (page.at(-1)?.program_id ?? null) : null,
  };
}

/** One program of the shop, or null when it has none with this id. */
export async function readProgram(shopId: bigint, programId: bigint): Promise<Program | null> {
  const { rows } = await pool.query<ProgramRow>(
    `SELECT ${COLUMNS} FROM programs WHERE shop_id = $1 AND program_id = $2`,
    [shopId, programId],
  );
  return rows.flatMap(programOf)[0] ?? null;
}

/** Whether any program gives something for orders of today. */
export async function hasActiveProgram(shopId: bigint): Promise<boolean> {
  const { rows } = await pool.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM programs WHERE shop_id = $1 AND status = 'active'
       AND coalesce(starts_at <= ledger_now(), true) AND coalesce(ends_at > ledger_now(), true)) AS found`,
    [shopId],
  );
  return rows[0]?.found ?? false;
}
