import { pool } from '#app/db.server.ts';
import type { SaveAnswer } from '#app/components/use-draft.ts';
import { logger } from '#app/lib/logger.server.ts';
import { hasActiveProgram } from '#app/modules/earning/programs/programs.queries.server.ts';
import { launchClub } from '#app/modules/shops/launch.server.ts';

/**
 * Handles Home's Launch; null for another button. Refused while no program is active: customers would wait for points
 * that never come. Launching twice is harmless.
 */
export async function launchFromHome(
  { shopId }: { shopId: bigint },
  values: Record<string, unknown>,
): Promise<SaveAnswer | null> {
  if (values.intent !== 'launch') return null;
  if (!(await hasActiveProgram(shopId))) return { ok: false, errors: { form: { code: 'nothing_earns' } } };
  if (await launchClub(pool, shopId)) logger.info({ shopId: shopId.toString() }, 'club launched');
  return { ok: true };
}
