/** Whether a customer has to confirm at the till that their points are spent, and whether they can be asked. */
import { pool } from '#app/db.server.ts';

/** `none`: nothing is asked; `code`: the customer is sent a code; else why it cannot be sent. */
export type TillConsent = 'none' | 'code' | 'no_phone' | 'no_channel';

/** Reads what a shop asks of a customer with this phone. */
export async function readTillConsent(shopId: bigint, phone: string | null): Promise<TillConsent> {
  const { rows } = await pool.query<{ isAsked: boolean; hasChannel: boolean }>(
    `SELECT coalesce((SELECT till_consent FROM club_settings WHERE shop_id = $1), false) AS "isAsked",
       EXISTS (SELECT FROM channels WHERE shop_id = $1 AND kind = 'sms') AS "hasChannel"`,
    [shopId],
  );
  if (!rows[0]?.isAsked) return 'none';
  if (phone === null) return 'no_phone';
  return rows[0].hasChannel ? 'code' : 'no_channel';
}
