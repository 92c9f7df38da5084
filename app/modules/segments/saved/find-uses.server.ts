/** Where a stored segment is used. Modules that use segments say so by a finder each (`app/segment-users.server.ts`). */
import { pool, type Queryable } from '#app/db.server.ts';

/** One use of a segment. */
export interface SegmentUse {
  /** What uses it; its text is `segment_list.used_as.<what>`, which names `name`. */
  what: string;
  /** What staff call it. */
  name: string;
  /** The screen of it. */
  address: string;
  /** It needs the segment now or at a time to come: the segment can't be deleted until it is stopped. */
  isRunning: boolean;
}

/** Finds a module's uses of a segment, in a statement of its own that carries the shop. */
export type FindSegmentUses = (db: Queryable, shopId: bigint, segmentId: bigint) => Promise<SegmentUse[]>;

/** All uses of a segment, those that run first. */
export async function findSegmentUses(
  db: Queryable,
  shopId: bigint,
  segmentId: bigint,
  users: readonly FindSegmentUses[],
): Promise<SegmentUse[]> {
  const found: SegmentUse[] = [];
  // One after the other: a transaction has one connection.
  for (const find of users) found.push(...(await find(db, shopId, segmentId)));
  return found.toSorted((one, other) => Number(other.isRunning) - Number(one.isRunning));
}

/** `findSegmentUses` for a screen. */
export const readSegmentUses = (
  shopId: bigint,
  segmentId: bigint,
  users: readonly FindSegmentUses[],
): Promise<SegmentUse[]> => findSegmentUses(pool, shopId, segmentId, users);
