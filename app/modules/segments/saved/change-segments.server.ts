/** Stored segments: save, rename or change, duplicate, delete. */
import { isUniqueViolation } from '#app/lib/pg-errors.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import type { FieldErrorCode } from '#app/lib/field-errors.ts';
import { endPush, lockPush, requestCheck } from '../pushed/request-check.server.ts';
import { readTree, type SegmentNode } from '../tree/tree.ts';
import { findSegmentUses, type FindSegmentUses, type SegmentUse } from './find-uses.server.ts';
import { SEGMENT_NAME_LENGTH_MAX, SEGMENTS_MAX, tidyName } from './rules/segment-name.ts';

export type SegmentChanged =
  { ok: true; segmentId: bigint } | { ok: false; field: 'name' | 'form'; code: FieldErrorCode };

const refused = (field: 'name' | 'form', code: FieldErrorCode): SegmentChanged => ({
  ok: false,
  field,
  code,
});

function wrongWithName(name: string): SegmentChanged | null {
  if (name === '') return refused('name', 'required');
  return name.length > SEGMENT_NAME_LENGTH_MAX ? refused('name', 'too_long') : null;
}

/** A name that another segment of the shop has is refused by the index. */
async function refuseTakenName(change: () => Promise<SegmentChanged>): Promise<SegmentChanged> {
  try {
    return await change();
  } catch (error) {
    if (isUniqueViolation(error)) return refused('name', 'name_taken');
    throw error;
  }
}

const INSERT = `
  INSERT INTO segments (shop_id, name, rule, created_by, updated_by)
  SELECT $1, $2, $3::json, $4, $4 WHERE (SELECT count(*) FROM segments WHERE shop_id = $1) < ${SEGMENTS_MAX}
  RETURNING segment_id AS "segmentId"`;

/** Stores a rule under a name that no other segment of the shop has. */
export async function saveSegment(
  shopId: bigint,
  segment: { name: string; rule: SegmentNode },
  actor: string,
): Promise<SegmentChanged> {
  const name = tidyName(segment.name);
  const wrong = wrongWithName(name);
  if (wrong) return wrong;
  return refuseTakenName(async () => {
    const { rows } = await pool.query<{ segmentId: bigint }>(INSERT, [
      shopId,
      name,
      JSON.stringify(segment.rule),
      actor,
    ]);
    return rows[0] ? { ok: true, ...rows[0] } : refused('form', 'too_many');
  });
}

/**
 * Changes the name of the version that was read, and its rule unless that is null or the same. Another rule is another
 * set of customers: what was counted before is deleted.
 */
export async function changeSegment(
  shopId: bigint,
  segment: { segmentId: bigint; version: number; name: string; rule: SegmentNode | null },
  actor: string,
): Promise<SegmentChanged> {
  const { segmentId, version, rule } = segment;
  const name = tidyName(segment.name);
  const wrong = wrongWithName(name);
  if (wrong) return wrong;
  return refuseTakenName(() =>
    withTransaction(async (tx) => {
      const { rows } = await tx.query<{ version: number; rule: unknown }>(
        'SELECT version, rule FROM segments WHERE shop_id = $1 AND segment_id = $2 FOR UPDATE',
        [shopId, segmentId],
      );
      if (rows[0]?.version !== version) return refused('form', 'changed_meanwhile');
      await tx.query(
        `UPDATE segments SET name = $3, updated_by = $4, updated_at = ledger_now(), version = version + 1
         WHERE shop_id = $1 AND segment_id = $2`,
        [shopId, segmentId, name, actor],
      );
      await requestCheck(tx, shopId, segmentId);
      if (rule === null || isSameRule(rows[0].rule, rule)) return { ok: true, segmentId };
      await tx.query(
        'UPDATE segments SET rule = $3::json, counted_at = NULL, members_at = NULL, members_context = NULL WHERE shop_id = $1 AND segment_id = $2',
        [shopId, segmentId, JSON.stringify(rule)],
      );
      await tx.query('DELETE FROM segment_counts WHERE shop_id = $1 AND segment_id = $2', [
        shopId,
        segmentId,
      ]);
      return { ok: true, segmentId };
    }),
  );
}

function isSameRule(stored: unknown, rule: SegmentNode): boolean {
  const read = readTree(stored);
  return read.ok && JSON.stringify(read.tree) === JSON.stringify(rule);
}

/** Stores the rule of a segment again, under another name. */
export async function duplicateSegment(
  shopId: bigint,
  segment: { segmentId: bigint; name: string },
  actor: string,
): Promise<SegmentChanged> {
  const name = tidyName(segment.name);
  const wrong = wrongWithName(name);
  if (wrong) return wrong;
  return refuseTakenName(async () => {
    const { rows } = await pool.query<{ rule: unknown }>(
      'SELECT rule FROM segments WHERE shop_id = $1 AND segment_id = $2',
      [shopId, segment.segmentId],
    );
    if (!rows[0]) return refused('form', 'changed_meanwhile');
    const copy = await pool.query<{ segmentId: bigint }>(INSERT, [
      shopId,
      name,
      JSON.stringify(rows[0].rule),
      actor,
    ]);
    return copy.rows[0] ? { ok: true, ...copy.rows[0] } : refused('form', 'too_many');
  });
}

export type SegmentDeleted =
  | { ok: true }
  /** `uses`: what runs on it, and what else uses it. */
  | { ok: false; refusal: 'in_use'; uses: SegmentUse[] }
  /** It is pushed: whether it is deleted at Shopify, too, has no default. */
  | { ok: false; refusal: 'pushed' };

/**
 * Deletes a segment with its counts, unless something that runs uses it. One that is gone already is deleted, too.
 * `deletesThere`: whether the worker deletes the segment that was pushed to Shopify; null if that wasn't asked.
 */
export async function deleteSegment(
  shopId: bigint,
  segmentId: bigint,
  users: readonly FindSegmentUses[],
  deletesThere: boolean | null = null,
): Promise<SegmentDeleted> {
  return withTransaction(async (tx) => {
    // First the segment: a worker that stores a count of it holds its row until the count is there.
    await tx.query('SELECT FROM segments WHERE shop_id = $1 AND segment_id = $2 FOR UPDATE', [
      shopId,
      segmentId,
    ]);
    const uses = await findSegmentUses(tx, shopId, segmentId, users);
    if (uses.some(({ isRunning }) => isRunning)) return { ok: false, refusal: 'in_use', uses };
    if (await lockPush(tx, shopId, segmentId)) {
      if (deletesThere === null) return { ok: false, refusal: 'pushed' };
      await endPush(tx, shopId, segmentId, deletesThere);
    }
    await tx.query('DELETE FROM segments WHERE shop_id = $1 AND segment_id = $2', [shopId, segmentId]);
    await tx.query('DELETE FROM segment_counts WHERE shop_id = $1 AND segment_id = $2', [shopId, segmentId]);
    await tx.query('DELETE FROM segment_members WHERE shop_id = $1 AND segment_id = $2', [shopId, segmentId]);
    return { ok: true };
  });
}
