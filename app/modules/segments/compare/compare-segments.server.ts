/** Compares two segments, or a segment with a snapshot: how many are in both, and in only one. */
import { pool } from '#app/db.server.ts';
import { findMissing } from '../find-missing.server.ts';
import { momentNow } from '../read-moment.server.ts';
import { readComputableRule } from '../saved/segment-rule.server.ts';
import { compileValue } from '../tree/compile.ts';
import type { SegmentNode } from '../tree/tree.ts';
import { inSnapshot, PARTS, readSide, sideText, type Part, type Side } from './sides.ts';

/** What can be chosen, by name. */
export interface SideChoice {
  value: string;
  kind: Side['kind'];
  name: string;
}

export interface PartFigures {
  part: Part;
  customers: number;
  /** Of valid orders, net of refunds, in minor units of the shop's currency. */
  spendMinor: bigint;
}

export interface CompareView {
  choices: SideChoice[];
  a: Side | null;
  b: Side | null;
  /** Null until both are chosen, and while one of them can't be computed. */
  parts: PartFigures[] | null;
  /** The chosen sides that can't be computed, or are gone. */
  broken: ('a' | 'b')[];
}

const CHOICES = `
  SELECT 'segment' AS kind, segment_id AS id, name FROM segments WHERE shop_id = $1
  UNION ALL SELECT 'snapshot', snapshot_id, name FROM segment_snapshots WHERE shop_id = $1 ORDER BY name, id`;

/** Reads the screen for what its address chooses. */
export async function readCompareScreen(shopId: bigint, params: URLSearchParams): Promise<CompareView> {
  const [a, b] = [readSide(params.get('a') ?? ''), readSide(params.get('b') ?? '')];
  const [{ rows }, ruleA, ruleB] = await Promise.all([
    pool.query<Side & { name: string }>(CHOICES, [shopId]),
    a && ruleOf(shopId, a),
    b && ruleOf(shopId, b),
  ]);
  const broken = [
    ...(a && ruleA === null ? (['a'] as const) : []),
    ...(b && ruleB === null ? (['b'] as const) : []),
  ];
  return {
    choices: rows.map((row) => ({ value: sideText(row), kind: row.kind, name: row.name })),
    a,
    b,
    parts: ruleA && ruleB ? await countParts(shopId, ruleA, ruleB) : null,
    broken,
  };
}

async function ruleOf(shopId: bigint, { kind, id }: Side): Promise<SegmentNode | null> {
  if (kind === 'segment') return readComputableRule(pool, shopId, id);
  const rule = inSnapshot(id, true);
  return (await findMissing(pool, shopId, rule)).length === 0 ? rule : null;
}

async function countParts(shopId: bigint, a: SegmentNode, b: SegmentNode): Promise<PartFigures[]> {
  const moment = await momentNow(shopId, { kind: 'all', parts: [a, b] });
  const values: unknown[] = [shopId];
  const [isA, isB] = [compileValue(a, moment, values), compileValue(b, moment, values)];
  const { rows } = await pool.query<PartFigures>(
    `SELECT CASE WHEN x.a AND x.b THEN 'both' WHEN x.a THEN 'only_a' ELSE 'only_b' END AS part,
       count(*)::int AS customers, sum(x.spend_minor)::bigint AS "spendMinor"
     FROM (SELECT (${isA}) IS TRUE AS a, (${isB}) IS TRUE AS b, s.spend_minor FROM customer_stats s
       WHERE s.shop_id = $1 AND s.standing = 'active') x
     WHERE x.a OR x.b GROUP BY 1`,
    values,
  );
  return PARTS.map((part) => rows.find((row) => row.part === part) ?? { part, customers: 0, spendMinor: 0n });
}
