import { pool } from '#app/db.server.ts';
import { isUnit } from '#app/lib/units.ts';
import { listRewards } from './reward-rows.server.ts';
import type { RewardListView } from './reward-screens.server.ts';

/** Reads the rewards of all of a shop's programs, running programs first; ended programs only with rewards. */
export async function readAllRewards(shopId: bigint): Promise<RewardListView[]> {
  const [programs, rewards] = await Promise.all([
    pool.query<{ programId: bigint; name: string; unit: string; isEnded: boolean }>(
      `SELECT program_id AS "programId", name, unit, status = 'ended' AS "isEnded" FROM programs
       WHERE shop_id = $1 ORDER BY status = 'ended', program_id`,
      [shopId],
    ),
    listRewards(shopId, null),
  ]);
  const ofProgram = Map.groupBy(rewards, ({ programId }) => programId);
  return programs.rows.flatMap(({ programId, name, unit, isEnded }) => {
    const own = ofProgram.get(programId) ?? [];
    return isUnit(unit) && (!isEnded || own.length > 0)
      ? [{ program: { programId, name, unit }, rewards: own }]
      : [];
  });
}
