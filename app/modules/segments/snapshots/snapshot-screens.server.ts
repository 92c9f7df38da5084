/** The screen of snapshots, and what it asks for. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { referencesOf } from '../tree/evaluate.ts';
import { readTree } from '../tree/tree.ts';
import {
  deleteSnapshot,
  renameSnapshot,
  takeSnapshot,
  type SnapshotChanged,
} from './change-snapshots.server.ts';

export interface ListedSnapshot {
  snapshotId: bigint;
  name: string;
  segmentName: string;
  takenAt: Date;
  customers: number;
  /** Names of the segments whose rules name it: without it they can't be computed. */
  usedBy: string[];
}

const LIST = `
  SELECT snapshot_id AS "snapshotId", name, segment_name AS "segmentName", taken_at AS "takenAt", customers
  FROM segment_snapshots WHERE shop_id = $1 ORDER BY taken_at DESC, snapshot_id DESC`;

/** The shop's snapshots, the newest first. */
export async function listSnapshots(shopId: bigint): Promise<ListedSnapshot[]> {
  const [{ rows }, segments] = await Promise.all([
    pool.query<Omit<ListedSnapshot, 'usedBy'>>(LIST, [shopId]),
    pool.query<{ name: string; rule: unknown }>(
      'SELECT name, rule FROM segments WHERE shop_id = $1 ORDER BY lower(name)',
      [shopId],
    ),
  ]);
  const uses = segments.rows.flatMap(({ name, rule }) => {
    const read = readTree(rule);
    const references = read.ok ? referencesOf(read.tree) : [];
    return references.filter(({ to }) => to === 'snapshot').map(({ id }) => ({ id, name }));
  });
  return rows.map((row) => ({
    ...row,
    usedBy: uses.filter(({ id }) => id === row.snapshotId.toString()).map(({ name }) => name),
  }));
}

export type SnapshotAnswer = { ok: true } | { ok: false; errors: FieldErrors };

const text = z.string().catch('');
const formSchema = z.object({ intent: text, segmentId: text, snapshotId: text, name: text });

/** Does what a screen of snapshots asks for. */
export async function actOnSnapshots(
  shopId: bigint,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<SnapshotAnswer> {
  const { intent, segmentId, snapshotId, name } = formSchema.parse(values);
  const changed = await change(intent, readIdParam(intent === 'take' ? segmentId : snapshotId));
  if (changed === null) return { ok: false, errors: { form: { code: 'invalid' } } };
  return changed.ok ? { ok: true } : { ok: false, errors: { [changed.field]: { code: changed.code } } };

  async function change(what: string, id: bigint | null): Promise<SnapshotChanged | null> {
    if (id === null) return null;
    switch (what) {
      case 'take':
        return takeSnapshot(shopId, { segmentId: id, name }, await readActor());
      case 'rename':
        return renameSnapshot(shopId, { snapshotId: id, name });
      case 'delete':
        return deleteSnapshot(shopId, id);
      default:
        return null;
    }
  }
}
