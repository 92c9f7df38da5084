/** The rule of a stored segment, and whether it can be computed. */
import type { Queryable } from '#app/db.server.ts';
import type { Missing } from '../conditions/condition.ts';
import { findMissing } from '../find-missing.server.ts';
import { referencesOf } from '../tree/evaluate.ts';
import { readTree, type SegmentNode } from '../tree/tree.ts';

export interface StoredRule {
  /** Null for a stored rule that this version of the app can't read. */
  rule: SegmentNode | null;
  /** What it names that is gone, or not read yet. */
  missing: Missing[];
}

/** Reads stored rules, in their order, with what of each is gone. */
export async function readStoredRules(
  db: Queryable,
  shopId: bigint,
  stored: readonly unknown[],
): Promise<StoredRule[]> {
  const rules = stored.map((one) => {
    const read = readTree(one);
    return read.ok ? read.tree : null;
  });
  const parts = rules.filter((rule) => rule !== null);
  const gone = parts.length === 0 ? [] : await findMissing(db, shopId, { kind: 'all', parts });
  const missingOf = (rule: SegmentNode): Missing[] =>
    referencesOf(rule).flatMap(({ to, id }) => gone.filter((one) => one.to === to && one.id === id));
  return rules.map((rule) => ({ rule, missing: rule === null ? [] : missingOf(rule) }));
}

/** Whether a rule means anyone: one that names what is gone can't be computed, and means no one. */
export function isComputable({ rule, missing }: StoredRule): boolean {
  return rule !== null && missing.length === 0;
}

/** The rule to apply for a segment; null for a segment that is gone or can't be computed: it means no one. */
export async function readComputableRule(
  db: Queryable,
  shopId: bigint,
  segmentId: bigint,
): Promise<SegmentNode | null> {
  const { rows } = await db.query<{ rule: unknown }>(
    'SELECT rule FROM segments WHERE shop_id = $1 AND segment_id = $2',
    [shopId, segmentId],
  );
  const [stored] = await readStoredRules(
    db,
    shopId,
    rows.map(({ rule }) => rule),
  );
  return stored && isComputable(stored) ? stored.rule : null;
}
