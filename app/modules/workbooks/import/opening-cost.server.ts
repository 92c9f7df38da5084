/** What the opening balances of a checked import come to, before any of them is given. */
import { pool } from '#app/db.server.ts';
import { currencyDigits } from '#app/lib/money.ts';
import { readGiveBack } from '#app/modules/shops/give-back.server.ts';
import {
  exampleOrderMinor,
  judgeMany,
  type GiveBackRules,
  type Verdict,
} from '#app/modules/shops/rules/give-back.ts';
import type { Mapping } from '../rules/import-fields.ts';
import { verdictsToRun, type ImportChoices } from './import-choices.ts';
import type { ImportKey } from './import-rows.server.ts';

/** The opening balances of all rows that the choices leave to import. */
export interface OpeningCost {
  customers: number;
  points: bigint;
  /** Minor units. */
  creditMinor: bigint;
  /** Of both. */
  worthMinor: bigint;
  /** How many rows have so much that it would have to be meant for one customer. */
  large: number;
  /** Whether all of it may be given without a question. */
  judgement: Verdict;
}

/** A row whose balance is large. */
export interface LargeOpening {
  row: number;
  name: string;
  points: bigint;
  creditMinor: bigint;
}

interface Decided {
  mapping: Mapping;
  choices: ImportChoices;
}

type Club = Pick<GiveBackRules, 'currency' | 'rate'>;

/** `$3`: verdicts; `$4`: how many points are worth how many minor units, how many of these are one unit, and what is large. */
const OPENINGS = `
  SELECT o.*, o.worth > ($4::numeric[])[4] AS is_large FROM (
    SELECT a.*, div(points * ($4::numeric[])[2], ($4::numeric[])[1]) + credit AS worth FROM (
      SELECT row_number, values, coalesce((values->>'openingPoints')::numeric, 0) AS points,
        coalesce((values->>'openingCredit')::numeric, 0) * ($4::numeric[])[3] AS credit
      FROM import_rows WHERE shop_id = $1 AND import_id = $2 AND verdict = ANY ($3::text[])) a) o
  WHERE o.worth > 0 OR o.points > 0`;

const COUNT = `
  SELECT count(*)::int AS customers, count(*) FILTER (WHERE is_large)::int AS large, trunc(coalesce(sum(points), 0))::text AS points,
    trunc(coalesce(sum(credit), 0))::text AS credit, trunc(coalesce(sum(worth), 0))::text AS worth FROM (${OPENINGS}) openings`;

/** Reads what the balances come to; null for an import without any. */
export async function readOpeningCost(key: ImportKey, decided: Decided): Promise<OpeningCost | null> {
  if (!hasOpenings(decided)) return null;
  const club = await readGiveBack(pool, key.shopId);
  const { rows } = await pool.query<{
    customers: number;
    large: number;
    points: string;
    credit: string;
    worth: string;
  }>(COUNT, parameters(key, decided, club));
  const [row] = rows;
  if (!row || row.customers === 0) return null;
  const { customers, large } = row;
  const worthMinor = BigInt(row.worth);
  return {
    customers,
    points: BigInt(row.points),
    creditMinor: BigInt(row.credit),
    worthMinor,
    large,
    judgement: judgeMany({ customers, worthMinor, large }, club.currency),
  };
}

/** The rows with a large balance in order, from `after` on. */
export async function listLargeOpenings(
  key: ImportKey,
  decided: Decided,
  after: number,
  limit: number,
): Promise<LargeOpening[]> {
  if (!hasOpenings(decided)) return [];
  const club = await readGiveBack(pool, key.shopId);
  const { rows } = await pool.query<{ row: number; name: string; points: string; credit: string }>(
    `SELECT row_number AS row, trunc(points)::text AS points, trunc(credit)::text AS credit,
       coalesce(values->>'fullName', nullif(concat_ws(' ', values->>'firstName', values->>'lastName'), ''), '') AS name
     FROM (${OPENINGS}) openings WHERE is_large AND row_number > $5 ORDER BY row_number LIMIT $6`,
    [...parameters(key, decided, club), after, limit],
  );
  return rows.map(({ row, name, points, credit }) => ({
    row,
    name,
    points: BigInt(points),
    creditMinor: BigInt(credit),
  }));
}

function parameters({ shopId, importId }: ImportKey, { choices }: Decided, { currency, rate }: Club) {
  const minorInUnit = 10n ** BigInt(currencyDigits(currency));
  const terms = [rate.units, rate.amountMinor, minorInUnit, exampleOrderMinor(currency)];
  return [shopId, importId, verdictsToRun(choices), terms.map(String)];
}

function hasOpenings({ mapping }: Decided): boolean {
  return Object.values(mapping).some((field) => field === 'openingPoints' || field === 'openingCredit');
}
