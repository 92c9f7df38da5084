/** Reads of planned messages: what customers will be told once messaging sends it. */
import { pool } from '#app/db.server.ts';
import { isUnit, type Unit } from '#app/lib/units.ts';
import type { MessageKind } from './message-kinds.ts';

export interface PlannedMessage {
  messageId: bigint;
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  kind: string;
  unit: Unit | null;
  amount: bigint | null;
  /** Of a reminder: the last day on which the value can be used (`YYYY-MM-DD`), and how many days before it is sent. */
  day: string | null;
  days: number | null;
  /** Of a change: what the movement was, and the balance after it. */
  entryKind: string | null;
  balance: bigint | null;
  state: string;
  dueAt: Date;
}

export interface MessagePage {
  messages: PlannedMessage[];
  /** The message that the next page starts after; null on the last page. */
  olderThan: bigint | null;
}

interface MessageFilter {
  kind: MessageKind | null;
  customerId: bigint | null;
  /** The last message of the page before (keyset). */
  before: bigint | null;
}

interface Row extends Omit<PlannedMessage, 'unit'> {
  unit: string | null;
}

const MESSAGES_A_PAGE = 25;

/** A page of the shop's planned messages, the last planned first. */
export async function listPlannedMessages(
  shopId: bigint,
  filter: MessageFilter,
  limit = MESSAGES_A_PAGE,
): Promise<MessagePage> {
  const parameters: unknown[] = [shopId];
  const conditions = ['m.shop_id = $1'];
  const add = (condition: string, value: unknown) => {
    if (value !== null) conditions.push(`${condition} $${parameters.push(value)}`);
  };
  add('m.kind =', filter.kind);
  add('m.customer_id =', filter.customerId);
  add('m.message_id <', filter.before);
  const { rows } = await pool.query<Row>(
    `SELECT m.message_id AS "messageId", m.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName",
       c.email, c.phone, m.kind, m.details->>'unit' AS unit, (m.details->>'amount')::bigint AS amount, m.details->>'day' AS day,
       (m.details->>'days')::int AS days, m.details->>'entryKind' AS "entryKind", (m.details->>'balance')::bigint AS balance,
       m.state, m.due_at AS "dueAt"
     FROM (SELECT * FROM planned_messages m WHERE ${conditions.join(' AND ')} ORDER BY m.message_id DESC LIMIT ${limit + 1}) m
     LEFT JOIN customers c USING (shop_id, customer_id) ORDER BY m.message_id DESC`,
    parameters,
  );
  const messages = rows
    .slice(0, limit)
    .map(({ unit, ...row }) => ({ ...row, unit: isUnit(unit) ? unit : null }));
  return { messages, olderThan: rows.length > limit ? (messages.at(-1)?.messageId ?? null) : null };
}
