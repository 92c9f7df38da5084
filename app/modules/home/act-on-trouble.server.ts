import { z } from 'zod';
import { releaseCredit } from '#app/modules/shops/release-credit.server.ts';
import { retryFailedTasks } from '#app/modules/shops/task-failures.server.ts';

const form = z.object({ intent: z.enum(['retry_tasks', 'keep_credit']) });

/**
 * Handles the buttons that try again what failed in the shop, and that keep the numbers of credit in its new currency;
 * returns null for another one.
 */
export async function actOnTrouble(
  shop: { shopId: bigint; userId: string },
  values: Record<string, unknown>,
): Promise<{ ok: true } | null> {
  const { success, data } = form.safeParse(values);
  if (!success) return null;
  if (data.intent === 'keep_credit') await releaseCredit(shop.shopId, `staff:${shop.userId}`);
  else await retryFailedTasks(shop.shopId);
  return { ok: true };
}
