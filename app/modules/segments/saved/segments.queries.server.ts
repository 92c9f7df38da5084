/** Reads stored segments for screens. */
import { pool } from '#app/db.server.ts';
import type { Missing } from '../conditions/condition.ts';
import type { SegmentNode } from '../tree/tree.ts';
import type { PushTrouble } from '../pushed/push-trouble.ts';
import { isComputable, readStoredRules } from './segment-rule.server.ts';

/** How a segment that is pushed stands at Shopify. */
export type PushStatus = 'in_step' | 'waiting' | 'ending' | 'changed' | 'gone' | PushTrouble;

export interface ListedSegment {
  segmentId: bigint;
  name: string;
  version: number;
  updatedBy: string;
  updatedAt: Date;
  /** The last count; null before the first one, and if it can't be computed. */
  customers: number | null;
  countedAt: Date | null;
  /** How many more customers than at the end of yesterday and of the day a week ago; null where that is not known. */
  sinceYesterday: number | null;
  sinceLastWeek: number | null;
  /** The last 30 days that were counted, oldest first. */
  history: number[];
  /** Whether it means anyone: it names nothing that is gone. */
  isComputable: boolean;
  missing: Missing[];
  /** Null for one that isn't pushed to Shopify. */
  pushed: PushStatus | null;
}

export interface StoredSegment extends ListedSegment {
  rule: SegmentNode | null;
}

type Row = Omit<ListedSegment, 'isComputable' | 'missing' | 'sinceYesterday' | 'sinceLastWeek'> & {
  rule: unknown;
  yesterday: number | null;
  lastWeek: number | null;
};

/** `$2` is one segment, or null for all. */
const READ = `
  SELECT g.segment_id AS "segmentId", g.name, g.version, g.rule, g.updated_by AS "updatedBy", g.updated_at AS "updatedAt",
    g.counted_at AS "countedAt", d.history[array_upper(d.history, 1)] AS customers, d.yesterday, d."lastWeek", d.history,
    CASE WHEN k.state = 'ending' THEN 'ending' ELSE coalesce(k.conflict, k.trouble,
      CASE WHEN k.is_confirmed AND k.version = g.version THEN 'in_step' WHEN k.state = 'on' THEN 'waiting' END) END AS pushed
  FROM segments g JOIN shops s USING (shop_id) LEFT JOIN segment_pushes k ON k.shop_id = g.shop_id AND k.segment_id = g.segment_id
    CROSS JOIN LATERAL (SELECT (ledger_now() AT TIME ZONE s.time_zone)::date AS today) n
    CROSS JOIN LATERAL (SELECT coalesce(array_agg(c.customers ORDER BY c.day), '{}') AS history,
        max(c.customers) FILTER (WHERE c.day = n.today - 1) AS yesterday,
        max(c.customers) FILTER (WHERE c.day = n.today - 7) AS "lastWeek"
      FROM segment_counts c WHERE c.shop_id = g.shop_id AND c.segment_id = g.segment_id AND c.day > n.today - 30) d
  WHERE g.shop_id = $1 AND ($2::bigint IS NULL OR g.segment_id = $2) ORDER BY lower(g.name), g.segment_id`;

async function readSegments(shopId: bigint, segmentId: bigint | null): Promise<StoredSegment[]> {
  const { rows } = await pool.query<Row>(READ, [shopId, segmentId]);
  const rules = await readStoredRules(
    pool,
    shopId,
    rows.map(({ rule }) => rule),
  );
  return rows.map(({ rule: _stored, yesterday, lastWeek, ...row }, index) => {
    const stored = rules[index] ?? { rule: null, missing: [] };
    const can = isComputable(stored);
    const customers = can ? row.customers : null;
    const since = (then: number | null) => (customers === null || then === null ? null : customers - then);
    return {
      ...row,
      ...stored,
      customers,
      isComputable: can,
      sinceYesterday: since(yesterday),
      sinceLastWeek: since(lastWeek),
    };
  });
}

/** The shop's segments, by name. */
export async function listSegments(shopId: bigint): Promise<ListedSegment[]> {
  const segments = await readSegments(shopId, null);
  return segments.map(({ rule: _rule, ...segment }) => segment);
}

/** One segment; null if it isn't there. */
export async function readSegment(shopId: bigint, segmentId: bigint): Promise<StoredSegment | null> {
  return (await readSegments(shopId, segmentId))[0] ?? null;
}
