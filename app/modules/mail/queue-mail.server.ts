/** Every e-mail of the app begins here: as a row, in the transaction of what it is about. */
import type { Queryable } from '#app/db.server.ts';
import { smtpServer } from '#app/integrations/smtp/send-mail.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';

export interface NewMail {
  /** Unique in the shop: what is queued twice under a key is one e-mail. */
  key: string;
  /** What it is about, for lists. */
  kind: string;
  customerId: bigint | null;
  recipient: string;
  subject: string;
  body: string;
}

/** Whether e-mails can be sent; otherwise their texts are shown to staff. */
export function canSendMail(): boolean {
  return smtpServer() !== null;
}

const ADD = `
  WITH n AS (SELECT * FROM jsonb_to_recordset($2::jsonb) AS n (key text, kind text, customer_id bigint, recipient text, subject text, body text)),
  added AS (INSERT INTO mails (shop_id, mail_key, kind, customer_id, recipient, subject, body, state, ended_at)
      SELECT $1, key, kind, customer_id, recipient, subject, body, $3, CASE WHEN $3 = 'unsent' THEN clock_timestamp() END FROM n
      ON CONFLICT (shop_id, mail_key) DO NOTHING RETURNING mail_id, mail_key)
  SELECT mail_id AS "mailId", mail_key AS key FROM added
  UNION ALL SELECT m.mail_id, m.mail_key FROM n JOIN mails m ON m.shop_id = $1 AND m.mail_key = n.key`;

/** Queues e-mails, which the worker sends after the commit. Returns their ids by key, that of the first one for a known key. */
export async function queueMails(
  tx: Queryable,
  shopId: bigint,
  mails: readonly NewMail[],
): Promise<Map<string, string>> {
  if (mails.length === 0) return new Map();
  const state = canSendMail() ? 'waiting' : 'unsent';
  const { rows } = await tx.query<{ mailId: string; key: string }>(ADD, [
    shopId,
    JSON.stringify(
      mails.map(({ customerId, ...mail }) => ({
        ...mail,
        customer_id: customerId === null ? null : String(customerId),
      })),
    ),
    state,
  ]);
  if (state === 'waiting') await wakeTask(tx, 'send-mails');
  return new Map(rows.map(({ key, mailId }) => [key, mailId]));
}

/** As `queueMails`, of one. */
export async function queueMail(tx: Queryable, shopId: bigint, mail: NewMail): Promise<string | null> {
  return (await queueMails(tx, shopId, [mail])).get(mail.key) ?? null;
}
