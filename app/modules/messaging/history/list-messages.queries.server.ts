/** Contact history: every message that went out, or was to, the newest first. */
import { pool } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { MessageState } from '../delivery/rules/message-state.ts';

const MESSAGES_A_PAGE = 25;

export interface SentMessage {
  messageId: bigint;
  /** Null for a test, which goes to staff. */
  customerId: bigint | null;
  isTest: boolean;
  firstName: string | null;
  lastName: string | null;
  to: string | null;
  country: string | null;
  /** Null once the person was erased. */
  body: string | null;
  state: MessageState;
  /** Why it ended otherwise than at the carrier. */
  reason: string | null;
  errorCode: number | null;
  parts: number;
  /** What it cost, or what is reserved for it; null for an account of the shop's own. */
  micros: bigint | null;
  /** It is charged, or its reserve returned. */
  isSettled: boolean;
  campaignId: bigint | null;
  campaign: string | null;
  /** `staff:<user id>`, or what sent it. */
  actor: string;
  createdAt: Date;
  finishedAt: Date | null;
}

/** A filter with everything in it looked up. */
export interface SentFilter {
  customerIds: readonly bigint[] | null;
  addressHash: string | null;
  campaignId: bigint | null;
  states: readonly MessageState[] | null;
  actor: string | null;
  from: Date | null;
  /** Exclusive. */
  until: Date | null;
}

export const EVERY_MESSAGE: SentFilter = {
  customerIds: null,
  addressHash: null,
  campaignId: null,
  states: null,
  actor: null,
  from: null,
  until: null,
};

/** A place between two messages: it stays valid when others are sent. */
export type SentCursor = { side: 'after' | 'before'; position: string };

/** Reads the place that an address names; null for the newest. */
export function readCursor(params: URLSearchParams): SentCursor | null {
  const after = params.get('after');
  if (after !== null) return { side: 'after', position: after };
  const before = params.get('before');
  return before === null ? null : { side: 'before', position: before };
}

export interface SentPage {
  messages: SentMessage[];
  /** Position to page back from; null on the first page. */
  before: string | null;
  /** Position to page on from; null on the last page. */
  after: string | null;
}

const COLUMNS = `m.message_id AS "messageId", m.customer_id AS "customerId", m.class = 'test' AS "isTest", c.first_name AS "firstName", c.last_name AS "lastName",
  m.to_address AS "to", m.country, m.body, m.state, m.reason, m.error_code AS "errorCode", m.parts,
  CASE WHEN m.price_micros > 0 THEN coalesce(m.charged_micros, m.parts * m.price_micros) END AS micros,
  m.settled_at IS NOT NULL AS "isSettled", m.campaign_id AS "campaignId", g.name AS campaign, m.actor,
  m.created_at AS "createdAt", m.finished_at AS "finishedAt"`;

const POSITION = `(extract(epoch FROM m.created_at) * 1000000)::bigint || '~' || m.message_id`;
const POSITION_FORMAT = /^(\d{1,18})~(\d{1,18})$/;

/**
 * A page of messages, keyset in both directions; those left out of a campaign are not among them. A position that is none
 * starts at the newest.
 */
export async function listSentMessages(
  shopId: bigint,
  filter: SentFilter,
  cursor: SentCursor | null = null,
  limit: number = MESSAGES_A_PAGE,
): Promise<SentPage> {
  const hasCursor = POSITION_FORMAT.test(cursor?.position ?? '');
  const isBackward = hasCursor && cursor?.side === 'before';
  const { sql, values } = pageQuery(shopId, filter, hasCursor ? cursor : null, limit + 1);
  const order = isBackward ? 'ASC' : 'DESC';
  const { rows } = await pool.query<SentMessage & { position: string }>(
    `SELECT ${COLUMNS}, ${POSITION} AS position FROM (${sql}) m
       LEFT JOIN customers c USING (shop_id, customer_id) LEFT JOIN campaigns g USING (shop_id, campaign_id)
      ORDER BY m.created_at ${order}, m.message_id ${order}`,
    values,
  );
  const page = rows.slice(0, limit);
  if (isBackward) page.reverse();
  const hasMore = rows.length > limit;
  return {
    messages: page.map(({ position: _position, ...message }) => message),
    before: (isBackward ? hasMore : hasCursor) ? (page[0]?.position ?? null) : null,
    after: isBackward || hasMore ? (page.at(-1)?.position ?? null) : null,
  };
}

/** The rows of a page: whose messages leads, since a person has few; else an index in the order of the page. */
function pageQuery(
  shopId: bigint,
  filter: SentFilter,
  cursor: SentCursor | null,
  limit: number,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [shopId];
  const put = (value: unknown) => `$${values.push(value)}`;
  const order = cursor?.side === 'before' ? 'ASC' : 'DESC';
  const sorted = `ORDER BY created_at ${order}, message_id ${order} LIMIT ${limit}`;
  const who = whoseOf(filter, put);
  const others = conditionsOf(filter, cursor, put).join(' AND ');
  const from =
    who === null
      ? 'messages WHERE shop_id = $1'
      : `(SELECT * FROM messages WHERE shop_id = $1 AND ${IS_IN_HISTORY} AND ${who} OFFSET 0) whose WHERE true`;
  return { sql: `SELECT * FROM ${from} AND ${others} ${sorted}`, values };
}

/** As in the indexes of what was sent: who is asked for is found by one of them. */
const IS_IN_HISTORY = `state <> 'excluded' AND state <> 'planned'`;

type Put = (value: unknown) => string;

function whoseOf({ customerIds, addressHash }: SentFilter, put: Put): string | null {
  const conditions = [
    customerIds && `customer_id = ANY(${put(bigintArray([...customerIds]))}::bigint[])`,
    addressHash !== null && `address_hash = ${put(addressHash)}`,
  ].filter((condition) => typeof condition === 'string');
  // Either: a customer with this number now, and customers who had it before.
  return conditions.length === 0 ? null : `(${conditions.join(' OR ')})`;
}

function conditionsOf(
  { campaignId, states, actor, from, until }: SentFilter,
  cursor: SentCursor | null,
  put: Put,
): string[] {
  const conditions = [IS_IN_HISTORY];
  if (campaignId !== null) conditions.push(`campaign_id = ${put(campaignId)}`);
  // As words of the statement: the planner has to see that an index is for just these.
  if (states !== null) conditions.push(`state IN (${states.map((state) => `'${state}'`).join(', ')})`);
  if (actor !== null) conditions.push(`actor = ${put(actor)}`);
  if (from) conditions.push(`created_at >= ${put(from)}`);
  if (until) conditions.push(`created_at < ${put(until)}`);
  const [, micros, id] = POSITION_FORMAT.exec(cursor?.position ?? '') ?? [];
  if (micros !== undefined && id !== undefined) {
    const at = `('epoch'::timestamptz + ${put(micros)}::bigint * interval '1 microsecond', ${put(id)}::bigint)`;
    conditions.push(`(created_at, message_id) ${cursor?.side === 'before' ? '>' : '<'} ${at}`);
  }
  return conditions;
}
