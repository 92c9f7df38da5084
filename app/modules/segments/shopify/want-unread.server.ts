import { pool } from '#app/db.server.ts';
import type { Missing } from '../conditions/condition.ts';
import { wantMembers } from './list-segments.server.ts';

/** Has the worker read what a rule waits for. Nothing is written once that is asked for. */
export async function wantUnread(shopId: bigint, missing: readonly Missing[]): Promise<void> {
  const ids = missing.filter(({ isUnread }) => isUnread).map(({ id }) => BigInt(id));
  await wantMembers(pool, shopId, ids);
}
