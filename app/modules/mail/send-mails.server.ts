/** The worker's task that sends e-mails: each once, as far as SMTP lets one know. */
import { pool } from '#app/db.server.ts';
import { Mailer, smtpServer, type MailOutcome } from '#app/integrations/smtp/send-mail.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { nextTryAfter } from './rules/next-try.ts';

/** Longer than sending one may take: the worker that had it has ended, and whether it was sent isn't known. */
const LOST_AFTER = `interval '10 minutes'`;
const IS_DUE = `(state = 'waiting' AND due_at <= clock_timestamp() OR state = 'sending' AND started_at < clock_timestamp() - ${LOST_AFTER})`;

const DUE = `
  SELECT s.shop_id AS "shopId", coalesce(s.name, s.domain) AS name FROM shops s
   WHERE ${IS_INSTALLED_SQL} AND s.shop_id IN (SELECT shop_id FROM mails WHERE ${IS_DUE}) ORDER BY 1`;

const GIVE_UP_LOST = `
  UPDATE mails SET state = 'unknown', ended_at = clock_timestamp()
   WHERE shop_id = $1 AND state = 'sending' AND started_at < clock_timestamp() - ${LOST_AFTER}`;

const GIVE_UP_ALL = `UPDATE mails SET state = 'unsent', ended_at = clock_timestamp() WHERE shop_id = $1 AND state = 'waiting'`;

/** Written down before anything is sent: a worker that ends in between leaves a row that isn't sent twice. */
const TAKE = `
  UPDATE mails SET state = 'sending', started_at = clock_timestamp(), attempts = attempts + 1
   WHERE shop_id = $1 AND mail_id = (SELECT mail_id FROM mails WHERE shop_id = $1 AND state = 'waiting' AND due_at <= clock_timestamp()
     ORDER BY due_at, mail_id LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING mail_id AS "mailId", recipient, subject, body, attempts`;

const END = `
  UPDATE mails SET state = $4, problem = $5, server_said = $6, due_at = clock_timestamp() + make_interval(secs => $7),
    ended_at = CASE WHEN $4 <> 'waiting' THEN clock_timestamp() END
   WHERE shop_id = $1 AND mail_id = $2 AND attempts = $3 AND state = 'sending'`;

interface TakenMail {
  mailId: string;
  recipient: string;
  subject: string;
  body: string;
  attempts: number;
}

/** Sends what is due. Returns how many were sent. May run twice, late or on two machines. */
export async function sendMails(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint; name: string }>(DUE);
  return forEachShop('send-mails', rows, (shop) => sendOfShop(shop, signal), { signal });
}

async function sendOfShop(
  { shopId, name }: { shopId: bigint; name: string },
  signal?: AbortSignal,
): Promise<number> {
  await pool.query(GIVE_UP_LOST, [shopId]);
  const server = smtpServer();
  if (!server) {
    await pool.query(GIVE_UP_ALL, [shopId]);
    return 0;
  }
  const mailer = new Mailer(server);
  let sent = 0;
  try {
    while (!signal?.aborted) {
      const { rows } = await pool.query<TakenMail>(TAKE, [shopId]);
      const [mail] = rows;
      if (!mail) break;
      const { mailId, recipient, subject, body } = mail;
      const outcome = await mailer.send({ id: mailId, senderName: name, recipient, subject, text: body });
      await end(shopId, mail, outcome);
      if (outcome.is === 'sent') sent += 1;
      // The next one would meet the same.
      if (outcome.is === 'later') break;
    }
  } finally {
    mailer.close();
  }
  return sent;
}

async function end(shopId: bigint, { mailId, attempts }: TakenMail, outcome: MailOutcome): Promise<void> {
  const waitSeconds = outcome.is === 'later' ? nextTryAfter(attempts) : null;
  const state = stateOf(outcome, waitSeconds);
  const problem = 'problem' in outcome ? outcome.problem : null;
  await pool.query(END, [
    shopId,
    mailId,
    attempts,
    state,
    problem,
    'said' in outcome ? outcome.said : null,
    waitSeconds ?? 0,
  ]);
  if (waitSeconds !== null) await wakeTask(pool, 'send-mails', { afterSeconds: waitSeconds });
  if (outcome.is !== 'sent')
    logger.warn({ shopId: String(shopId), mailId, state, problem }, 'e-mail not sent');
}

function stateOf({ is }: MailOutcome, waitSeconds: number | null): string {
  if (is === 'sent' || is === 'unknown') return is;
  return waitSeconds === null ? 'failed' : 'waiting';
}
