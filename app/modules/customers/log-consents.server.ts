/** The proof of customers' consents: a line for each change, with how it is known, what was asked, and who wrote it down. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';

export type ConsentChannel = 'sms' | 'email';

/** Sources where nobody of the shop asked: the wording is not the shop's own. */
const ASKED_ELSEWHERE = ['shopify', 'text_message', 'import'];

/**
 * Adds what the customers' rows say now, where the last line says otherwise. Never to have been asked is no answer. Call it after the row was changed, in its
 * transaction: the row's lock keeps a second line away.
 */
const LOG = (channel: ConsentChannel) => `
  INSERT INTO consent_log (shop_id, customer_id, channel, state, source, said_at, wording_id, actor)
  SELECT c.shop_id, c.customer_id, '${channel}', c.${channel}_consent, s.source, c.${channel}_consent_at,
    CASE WHEN s.source <> ALL ($4::text[]) THEN (SELECT max(wording_id) FROM consent_wordings w
      WHERE w.shop_id = c.shop_id AND w.channel = '${channel}') END, $3
  FROM customers c CROSS JOIN LATERAL (SELECT coalesce(c.${channel}_consent_source, 'shopify') AS source) s
  LEFT JOIN LATERAL (SELECT state, source, said_at FROM consent_log l WHERE l.shop_id = c.shop_id
      AND l.customer_id = c.customer_id AND l.channel = '${channel}' ORDER BY log_id DESC LIMIT 1) last ON true
  WHERE (c.shop_id, c.customer_id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))
    AND (c.${channel}_consent <> 'not_subscribed' OR last.state IS NOT NULL)
    AND (last.state, last.source, last.said_at) IS DISTINCT FROM (c.${channel}_consent, s.source, c.${channel}_consent_at)
  ORDER BY c.shop_id, c.customer_id`;

/** Logs the consents of these customers over one channel. */
export async function logConsents(
  tx: Transaction,
  channel: ConsentChannel,
  customers: readonly { shopId: bigint; customerId: bigint }[],
  actor: string,
): Promise<void> {
  if (customers.length === 0) return;
  await tx.query(LOG(channel), [
    bigintArray(customers.map(({ shopId }) => shopId)),
    bigintArray(customers.map(({ customerId }) => customerId)),
    actor,
    ASKED_ELSEWHERE,
  ]);
}

export interface ConsentLine {
  logId: bigint;
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  email: string | null;
  channel: ConsentChannel;
  state: string | null;
  source: string;
  saidAt: Date | null;
  /** What they were asked. */
  wording: string | null;
  actor: string;
  recordedAt: Date;
}

/** A page of the shop's consents, the newest first; of one customer where `customerId` is set. */
export async function listConsents(
  db: Queryable,
  shopId: bigint,
  { customerId, before, limit }: { customerId: bigint | null; before: bigint | null; limit: number },
): Promise<{ lines: ConsentLine[]; olderThan: bigint | null }> {
  const { rows } = await db.query<ConsentLine>(
    `SELECT l.log_id AS "logId", l.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.phone,
       c.email, l.channel, l.state, l.source, l.said_at AS "saidAt", w.text AS wording, l.actor, l.recorded_at AS "recordedAt"
      FROM (SELECT * FROM consent_log WHERE shop_id = $1 AND ($2::bigint IS NULL OR customer_id = $2)
          AND ($3::bigint IS NULL OR log_id < $3) ORDER BY log_id DESC LIMIT ${limit + 1}) l
        LEFT JOIN customers c USING (shop_id, customer_id) LEFT JOIN consent_wordings w USING (shop_id, wording_id)
      ORDER BY l.log_id DESC`,
    [shopId, customerId, before],
  );
  const lines = rows.slice(0, limit);
  return { lines, olderThan: rows.length > limit ? (lines.at(-1)?.logId ?? null) : null };
}

/** What customers are asked now; empty where the shop never said. */
export async function readWording(
  db: Queryable,
  shopId: bigint,
  channel: ConsentChannel,
): Promise<{ text: string; since: Date | null }> {
  const { rows } = await db.query<{ text: string; since: Date }>(
    `SELECT text, created_at AS since FROM consent_wordings WHERE shop_id = $1 AND channel = $2 ORDER BY wording_id DESC LIMIT 1`,
    [shopId, channel],
  );
  return rows[0] ?? { text: '', since: null };
}

/** Saves what customers are asked from now on; the same text again is no new one. */
export async function saveWording(
  db: Queryable,
  shopId: bigint,
  wording: { channel: ConsentChannel; text: string; actor: string },
): Promise<void> {
  await db.query(
    `INSERT INTO consent_wordings (shop_id, channel, text, actor)
     SELECT $1::bigint, $2::text, $3::text, $4::text WHERE $3 IS DISTINCT FROM (SELECT text FROM consent_wordings
       WHERE shop_id = $1 AND channel = $2 ORDER BY wording_id DESC LIMIT 1)`,
    [shopId, wording.channel, wording.text, wording.actor],
  );
}
