/** A text that answers a campaign: its message is marked. */
import type { Queryable } from '#app/db.server.ts';

/** What is written later has another reason, as far as anyone can tell. */
export const ANSWER_HOURS = 72;

const NOTE = `
  UPDATE messages SET answered_at = $3 WHERE shop_id = $1 AND answered_at IS NULL AND message_id = (
    SELECT m.message_id FROM messages m JOIN customers c USING (shop_id, customer_id)
     WHERE m.shop_id = $1 AND c.phone = $2 AND m.to_address = $2 AND m.class = 'marketing' AND m.state IN ('accepted', 'sent', 'delivered')
       AND m.call_started_at <= $3 AND m.call_started_at > $3 - interval '${ANSWER_HOURS} hours'
     ORDER BY m.call_started_at DESC LIMIT 1)`;

/** Marks the last campaign message to the number, if it was sent within ${'`'}ANSWER_HOURS${'`'} before, as answered at that time. */
export async function noteAnswer(
  db: Queryable,
  shopId: bigint,
  { from, at }: { from: string; at: Date },
): Promise<void> {
  await db.query(NOTE, [shopId, from, at]);
}
