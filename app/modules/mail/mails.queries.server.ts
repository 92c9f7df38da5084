import type { Queryable } from '#app/db.server.ts';
import { MAIL_PROBLEMS, MAIL_STATES, type MailView } from './mail-states.ts';

interface Row extends Omit<MailView, 'state' | 'problem'> {
  state: string;
  problem: string | null;
}

/** Reads e-mails of a shop by id. */
export async function readMails(
  db: Queryable,
  shopId: bigint,
  mailIds: readonly string[],
): Promise<Map<string, MailView>> {
  if (mailIds.length === 0) return new Map();
  const { rows } = await db.query<Row>(
    `SELECT mail_id AS "mailId", state, recipient, subject, body, problem, server_said AS "serverSaid", created_at AS "createdAt",
       ended_at AS "endedAt" FROM mails WHERE shop_id = $1 AND mail_id = ANY($2::uuid[])`,
    [shopId, mailIds],
  );
  return new Map(
    rows.map((row) => [
      row.mailId,
      {
        ...row,
        state: MAIL_STATES.find((each) => each === row.state) ?? 'unknown',
        problem: MAIL_PROBLEMS.find((each) => each === row.problem) ?? null,
      },
    ]),
  );
}
