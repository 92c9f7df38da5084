import { pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';

/**
 * Counts the shop's credit in its currency of now, as staff decided: the numbers stay, and can be spent again. Returns
 * whether any was held back.
 */
export async function releaseCredit(shopId: bigint, actor: string): Promise<boolean> {
  const { rows } = await pool.query<{ before: string; now: string }>(
    `UPDATE shops s SET credit_currency = NULL FROM shops o WHERE o.shop_id = s.shop_id AND s.shop_id = $1
       AND s.credit_currency IS NOT NULL RETURNING o.credit_currency AS before, s.currency AS now`,
    [shopId],
  );
  const [change] = rows;
  if (change)
    logger.warn({ shopId: shopId.toString(), actor, ...change }, 'credit counts in the new currency');
  return change !== undefined;
}
