/** Which messages may be sent now: claimed, marked and fenced in one statement, before the call. */
import { pool, withTransaction, type Queryable } from '#app/db.server.ts';
import { IS_UNITED_STATES, SENDER_OF_MESSAGE } from '../channels/choose-sender.sql.ts';
import {
  decideNow,
  DEFAULT_SETTINGS,
  loadCountryLimits,
  type MessagingSettings,
} from '../limits/load-limits.server.ts';
import { paceShareAt } from './slow-sender.server.ts';

/** Messages of one claim at most. */
export const CLAIM_MAX = 100;
export const LEASE_SECONDS = 60;
/** What may be caught up on, and the share of the pace that leaves room for it. */
const BURST_SECONDS = 0.2;
const PACE_SHARE = 0.83;
/** A rest of one part is one part, although its seconds are rounded. */
const ROUNDED = 0.001;

/** What a turn sends: everything, or what a person asked for alone, such as a code at the till. */
export type Lane = 'all' | 'asked';

/** Of messages `m`. A comparison that PostgreSQL finds in the index of what is due, unlike `<>`. */
export const IS_OF_LANE: Record<Lane, string> = { all: '', asked: `AND (m.class = 'marketing') <= false` };

export interface ClaimedMessage {
  messageId: bigint;
  campaignId: bigint | null;
  to: string;
  hash: string;
  /** The sender it leaves from. */
  from: string;
  body: string;
  fence: number;
  expiresAt: Date | null;
}

/** Of a person's messages these count for the cap: they went out, or may have. */
const COUNTS = `o.class = 'marketing' AND o.state NOT IN ('planned', 'queued', 'refused', 'canceled', 'expired', 'excluded')`;

/** Senders that may take something now, each at its own pace: a moment's rest may be caught up on, no more. Slower after a 429. */
const PACE = `
  SELECT s.address, s.is_unregistered, s.per_second, s.burst,
    floor(least(extract(epoch FROM s.at - greatest(s.paced_until, s.at - make_interval(secs => s.burst))) * s.per_second, ${CLAIM_MAX}) + ${ROUNDED})::int AS room
  FROM (SELECT p.*, greatest(${BURST_SECONDS}, 1 / p.per_second) AS burst FROM (
      SELECT address, unregistered_code IS NOT NULL AS is_unregistered, paced_until, clock.at, per_second * ${PACE_SHARE}::float8 * ${paceShareAt('clock.at')} AS per_second
        FROM senders, (SELECT clock_timestamp() AS at) clock WHERE shop_id = $1 AND channel_id = $2 AND paced_until < clock.at
         AND full_until <= clock.at) p) s`;

/**
 * What the shop's senders may take now: within any second each keeps its pace. What a person asked for comes before
 * campaigns, however long those wait. Marketing to a person who had enough of it
 * ($3 messages in $4 hours) waits until that is over; two at once for one person are taken one after the other.
 */
const claimSql = (lane: Lane): string => `
  WITH pace AS (${PACE}),
  picked AS (SELECT m.message_id, m.parts, m.customer_id, m.class = 'marketing' AS is_marketing, m.due_at, p.address,
      CASE WHEN m.class = 'marketing' AND $4::int > 0 THEN make_interval(hours => $4::int) + (SELECT o.call_started_at FROM messages o
        WHERE o.shop_id = $1 AND o.customer_id = m.customer_id AND o.message_id <> m.message_id AND ${COUNTS}
          AND o.call_started_at > clock_timestamp() - make_interval(hours => $4::int)
        ORDER BY o.call_started_at DESC OFFSET $3::int - 1 LIMIT 1) END AS free_at
    FROM messages m CROSS JOIN LATERAL (${SENDER_OF_MESSAGE}) sender JOIN pace p ON p.address = sender.address AND p.room > 0
      AND NOT (p.is_unregistered AND ${IS_UNITED_STATES})
    WHERE m.shop_id = $1 AND m.state = 'queued' AND m.channel_id = $2
      ${IS_OF_LANE[lane]}
      AND m.due_at <= clock_timestamp() AND (m.expires_at IS NULL OR m.expires_at > clock_timestamp())
      AND (m.campaign_id IS NULL OR EXISTS (SELECT 1 FROM campaigns c WHERE c.shop_id = $1 AND c.campaign_id = m.campaign_id AND c.state = 'running'))
      AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.shop_id = $1 AND s.channel = 'sms' AND s.address_hash = m.address_hash AND s.lifted_at IS NULL)
    ORDER BY (m.class = 'marketing'), m.due_at, m.message_id LIMIT $5::int FOR UPDATE OF m SKIP LOCKED),
  capped AS (UPDATE messages m SET due_at = p.free_at, state = CASE WHEN p.free_at >= m.expires_at THEN 'expired' ELSE m.state END,
      reason = CASE WHEN p.free_at >= m.expires_at THEN 'cap' ELSE m.reason END,
      finished_at = CASE WHEN p.free_at >= m.expires_at THEN clock_timestamp() END
    FROM picked p WHERE m.shop_id = $1 AND m.message_id = p.message_id AND p.free_at > clock_timestamp() RETURNING 1),
  single AS (SELECT p.message_id, p.parts, p.address, p.due_at, row_number() OVER (PARTITION BY is_marketing, customer_id ORDER BY message_id) AS turn, is_marketing
    FROM picked p WHERE p.free_at IS NULL OR p.free_at <= clock_timestamp()),
  fit AS (SELECT e.message_id, e.address, sum(e.parts) OVER (PARTITION BY e.address ORDER BY e.is_marketing, e.due_at, e.message_id) - e.parts AS before
    FROM single e WHERE turn = 1 OR NOT is_marketing),
  taken AS (UPDATE messages m SET state = 'sending', fence = m.fence + 1, error_code = NULL, call_started_at = clock_timestamp(),
      lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    FROM fit JOIN pace USING (address) WHERE m.shop_id = $1 AND m.message_id = fit.message_id AND fit.before < pace.room
    RETURNING m.message_id, m.campaign_id, m.to_address, m.address_hash, m.body, m.fence, m.expires_at, m.parts, m.class = 'marketing' AS is_marketing, address),
  paid AS (UPDATE senders s SET paced_until = greatest(s.paced_until, clock_timestamp() - make_interval(secs => pace.burst))
      + make_interval(secs => t.parts / pace.per_second)
    FROM pace JOIN (SELECT address, sum(parts) AS parts FROM taken GROUP BY address) t USING (address)
    WHERE s.shop_id = $1 AND s.channel_id = $2 AND s.address = pace.address)
  SELECT message_id AS "messageId", campaign_id AS "campaignId", to_address AS "to", address_hash AS hash, body, fence, address AS "from",
    expires_at AS "expiresAt", (SELECT count(*) FROM capped)::int AS capped FROM (SELECT 1) one LEFT JOIN taken ON true ORDER BY is_marketing, message_id`;

export interface Claim {
  messages: ClaimedMessage[];
  /** Messages that wait because their recipients had enough. */
  capped: number;
}

/** Locks a channel, and says whether it is not paused and any of its senders may take something. */
const LOCK = `
  SELECT paused_at IS NULL AND EXISTS (SELECT 1 FROM (${PACE}) pace WHERE room > 0) AS "isOpen"
    FROM channels WHERE shop_id = $1 AND channel_id = $2 FOR NO KEY UPDATE`;

/** Claims what may be sent now, at most `limit` messages of a lane; nothing while the channel is paused. */
export async function claimMessages(
  shopId: bigint,
  channelId: bigint,
  { capMessages, capHours }: Pick<MessagingSettings, 'capMessages' | 'capHours'> = DEFAULT_SETTINGS,
  { limit = CLAIM_MAX, lane = 'all' }: { limit?: number; lane?: Lane } = {},
): Promise<Claim> {
  return withTransaction(async (tx) => {
    // One claim of a channel at a time: two would both see the same room of a sender, and the same count of a person's messages.
    const { rows: locked } = await tx.query<{ isOpen: boolean }>(LOCK, [shopId, channelId]);
    // A slow sender may have thousands of messages waiting: they are not looked through for nothing.
    if (!locked[0]?.isOpen) return { messages: [], capped: 0 };
    const { rows } = await tx.query<
      (ClaimedMessage | { [K in keyof ClaimedMessage]: null }) & { capped: number }
    >(claimSql(lane), [shopId, channelId, capMessages, capHours, limit]);
    return {
      messages: rows.flatMap(({ capped: _capped, ...row }) => (row.messageId === null ? [] : [row])),
      capped: rows[0]?.capped ?? 0,
    };
  });
}

/** Queues what was claimed and is not called for: nothing came of it. */
export async function giveBack(shopId: bigint, messages: readonly ClaimedMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await pool.query(
    `UPDATE messages m SET state = 'queued', lease_until = NULL FROM unnest($2::bigint[], $3::int[]) AS n (message_id, fence)
      WHERE m.shop_id = $1 AND m.message_id = n.message_id AND m.fence = n.fence AND m.state = 'sending'`,
    [shopId, messages.map(({ messageId }) => messageId), messages.map(({ fence }) => fence)],
  );
}

/** Ends what must not be sent any longer: numbers that stopped meanwhile, and what came too late. */
export async function dropUnsendable(db: Queryable, shopId: bigint): Promise<void> {
  await db.query(
    `UPDATE messages m SET state = 'excluded', reason = 'opted_out', finished_at = clock_timestamp()
      WHERE m.shop_id = $1 AND m.state = 'queued' AND EXISTS (SELECT 1 FROM suppressions s
        WHERE s.shop_id = $1 AND s.channel = 'sms' AND s.address_hash = m.address_hash AND s.lifted_at IS NULL)`,
    [shopId],
  );
  await db.query(
    `UPDATE messages SET state = 'expired', reason = 'too_late', finished_at = clock_timestamp()
      WHERE shop_id = $1 AND state = 'queued' AND expires_at <= clock_timestamp()`,
    [shopId],
  );
}

/** `$4` is when it may go; null for never. */
const HOLD = `
  UPDATE messages m SET due_at = CASE WHEN h.ends THEN m.due_at ELSE $4::timestamptz + random() * interval '15 minutes' END,
    state = CASE WHEN h.ends THEN 'expired' ELSE m.state END, reason = CASE WHEN h.ends THEN 'too_late' ELSE m.reason END,
    finished_at = CASE WHEN h.ends THEN clock_timestamp() END
  FROM (SELECT message_id, coalesce(expires_at <= $4::timestamptz, $4 IS NULL) AS ends FROM messages WHERE shop_id = $1 AND state = 'queued'
    AND class = 'marketing' AND country = $2 AND zones IS NOT DISTINCT FROM $3 AND due_at <= clock_timestamp()) h
  WHERE m.shop_id = $1 AND m.message_id = h.message_id AND m.state = 'queued'`;

/**
 * Puts off marketing that is due while it is late for the recipients: also what was paused, or is sent again. In the morning
 * it goes within a quarter of an hour, not all at once; what means nothing by then has expired.
 */
export async function holdQuiet(shopId: bigint): Promise<void> {
  const { rows } = await pool.query<{ country: string; zones: string | null }>(
    `SELECT DISTINCT country, zones FROM messages WHERE shop_id = $1 AND state = 'queued' AND class = 'marketing'
        AND due_at <= clock_timestamp() AND country IS NOT NULL`,
    [shopId],
  );
  if (rows.length === 0) return;
  const limits = await loadCountryLimits(pool, shopId);
  for (const { country, zones } of rows) {
    const decided = decideNow(limits, { country, zones });
    if (decided.decision === 'send') continue;
    await pool.query(HOLD, [shopId, country, zones, decided.decision === 'hold' ? decided.until : null]);
  }
}
