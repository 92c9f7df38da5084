/** What numbers asked for, in their own words: the other half of the proof (the log of customers' consents is the first). */
import { pool } from '#app/db.server.ts';

export interface ConsentEventLine {
  eventId: bigint;
  channel: string;
  /** Null once the person was erased. */
  address: string | null;
  what: 'suppressed' | 'lifted' | 'reviewed';
  source: string;
  /** Which rule decided, with which list of words. */
  rule: number | null;
  wordsVersion: string | null;
  /** What the person wrote. */
  text: string | null;
  actor: string | null;
  at: Date;
}

/** A page of the shop's events, the newest first. */
export async function listConsentEvents(
  shopId: bigint,
  before: bigint | null,
  limit: number,
): Promise<{ events: ConsentEventLine[]; olderThan: bigint | null }> {
  const { rows } = await pool.query<ConsentEventLine>(
    `SELECT e.event_id AS "eventId", e.channel, s.address, e.what, e.source, e.rule, e.words_version AS "wordsVersion",
       nullif(i.text, '') AS text, e.actor, e.at
      FROM (SELECT * FROM consent_events WHERE shop_id = $1 AND ($2::bigint IS NULL OR event_id < $2)
        ORDER BY event_id DESC LIMIT ${limit + 1}) e
      LEFT JOIN suppressions s USING (shop_id, channel, address_hash)
      LEFT JOIN inbound_messages i ON i.shop_id = e.shop_id AND i.message_sid = e.message_sid
      ORDER BY e.event_id DESC`,
    [shopId, before],
  );
  const events = rows.slice(0, limit);
  return { events, olderThan: rows.length > limit ? (events.at(-1)?.eventId ?? null) : null };
}
