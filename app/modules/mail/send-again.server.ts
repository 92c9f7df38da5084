/** Staff send an e-mail again that failed, or that may not have arrived. */
import type { Queryable } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { canSendMail } from './queue-mail.server.ts';

/** Queues it again. False where it is sent or on its way, where there is none, or no mail server. */
export async function sendAgain(db: Queryable, shopId: bigint, mailId: string): Promise<boolean> {
  if (!canSendMail()) return false;
  const { rowCount } = await db.query(
    `UPDATE mails SET state = 'waiting', problem = NULL, server_said = NULL, attempts = 0, due_at = clock_timestamp(), ended_at = NULL
      WHERE shop_id = $1 AND mail_id = $2 AND state IN ('failed', 'unknown', 'unsent')`,
    [shopId, mailId],
  );
  if (rowCount === 1) await wakeTask(db, 'send-mails');
  return rowCount === 1;
}
