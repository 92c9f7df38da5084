/** Contact history: every message that went out, or was to. */
import { pool } from '#app/db.server.ts';
import type { MessageState } from '../delivery/rules/message-state.ts';

const MESSAGES_A_PAGE = 25;

export interface SentMessage {
  messageId: bigint;
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  to: string | null;
  /** Null once the person was erased. */
  body: string | null;
  state: MessageState;
  errorCode: number | null;
  campaignId: bigint | null;
  campaign: string | null;
  createdAt: Date;
}

export interface SentFilter {
  customerId: bigint | null;
  campaignId: bigint | null;
  before: bigint | null;
}

/** A page of messages, the newest first; those left out of a campaign are not among them. */
export async function listSentMessages(
  shopId: bigint,
  { customerId, campaignId, before }: SentFilter,
): Promise<{ messages: SentMessage[]; olderThan: bigint | null }> {
  const values: unknown[] = [shopId];
  const conditions = [`m.shop_id = $1`, `m.state <> 'excluded'`];
  const add = (condition: string, value: bigint | null) => {
    if (value !== null) conditions.push(`${condition} $${values.push(value)}`);
  };
  add('m.customer_id =', customerId);
  add('m.campaign_id =', campaignId);
  add('m.message_id <', before);
  const { rows } = await pool.query<SentMessage>(
    `SELECT m.message_id AS "messageId", m.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName",
       m.to_address AS "to", m.body, m.state, m.error_code AS "errorCode", m.campaign_id AS "campaignId", g.name AS campaign,
       m.created_at AS "createdAt"
      FROM (SELECT * FROM messages m WHERE ${conditions.join(' AND ')} ORDER BY m.message_id DESC LIMIT ${MESSAGES_A_PAGE + 1}) m
      LEFT JOIN customers c USING (shop_id, customer_id) LEFT JOIN campaigns g USING (shop_id, campaign_id)
      ORDER BY m.message_id DESC`,
    values,
  );
  const messages = rows.slice(0, MESSAGES_A_PAGE);
  return {
    messages,
    olderThan: rows.length > MESSAGES_A_PAGE ? (messages.at(-1)?.messageId ?? null) : null,
  };
}
