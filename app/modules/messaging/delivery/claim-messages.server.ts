/** Which messages may be sent now: claimed, marked and fenced in one statement, before the call. */
import { pool, withTransaction, type Queryable } from '#app/db.server.ts';
import { rulesOfCountry, zonesOfCountry } from '../campaigns/rules/countries.ts';
import { decideQuiet } from './rules/quiet-hours.ts';

/** Calls at a time: a stop that comes in meanwhile is found by the next claim, within seconds. */
const CLAIM_MAX = 20;
export const LEASE_SECONDS = 60;

export interface ClaimedMessage {
  messageId: bigint;
  campaignId: bigint | null;
  to: string;
  hash: string;
  body: string;
  fence: number;
  expiresAt: Date | null;
}

/** What the shop's senders may take now: their pace, with a burst of one second. */
const CLAIM = `
  WITH pace AS (SELECT c.channel_id, s.per_second,
      floor(least(extract(epoch FROM clock_timestamp() - greatest(c.paced_until, clock_timestamp() - interval '1 second')) * s.per_second, ${CLAIM_MAX}))::int AS room
    FROM channels c, (SELECT coalesce(sum(per_second), 0)::int AS per_second FROM senders WHERE shop_id = $1 AND channel_id = $2) s
    WHERE c.shop_id = $1 AND c.channel_id = $2 AND c.paced_until < clock_timestamp() AND s.per_second > 0),
  picked AS (SELECT m.message_id, m.parts FROM messages m, pace WHERE m.shop_id = $1 AND m.state = 'queued' AND m.channel_id = $2
      AND m.due_at <= clock_timestamp() AND (m.expires_at IS NULL OR m.expires_at > clock_timestamp()) AND room > 0
      AND (m.campaign_id IS NULL OR EXISTS (SELECT 1 FROM campaigns c WHERE c.shop_id = $1 AND c.campaign_id = m.campaign_id AND c.state = 'running'))
      AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.shop_id = $1 AND s.channel = 'sms' AND s.address_hash = m.address_hash AND s.lifted_at IS NULL)
    ORDER BY m.due_at, m.message_id LIMIT ${CLAIM_MAX} FOR UPDATE OF m SKIP LOCKED),
  fit AS (SELECT p.message_id, p.parts, sum(p.parts) OVER (ORDER BY p.message_id) - p.parts AS before FROM picked p),
  taken AS (UPDATE messages m SET state = 'sending', fence = m.fence + 1, call_started_at = clock_timestamp(),
      lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    FROM fit, pace WHERE m.shop_id = $1 AND m.message_id = fit.message_id AND fit.before < pace.room
    RETURNING m.message_id, m.campaign_id, m.to_address, m.address_hash, m.body, m.fence, m.expires_at, m.parts),
  paid AS (UPDATE channels c SET paced_until = greatest(c.paced_until, clock_timestamp() - interval '1 second')
      + make_interval(secs => (SELECT coalesce(sum(parts), 0) FROM taken) / pace.per_second::float8)
    FROM pace WHERE c.shop_id = $1 AND c.channel_id = pace.channel_id)
  SELECT message_id AS "messageId", campaign_id AS "campaignId", to_address AS "to", address_hash AS hash, body, fence,
    expires_at AS "expiresAt" FROM taken ORDER BY message_id`;

/** Claims what may be sent now, at most 20 messages. */
export async function claimMessages(shopId: bigint, channelId: bigint): Promise<ClaimedMessage[]> {
  return withTransaction(async (tx) => {
    // One claim of a channel at a time: two would both see the same room.
    await tx.query('SELECT 1 FROM channels WHERE shop_id = $1 AND channel_id = $2 FOR NO KEY UPDATE', [
      shopId,
      channelId,
    ]);
    return (await tx.query<ClaimedMessage>(CLAIM, [shopId, channelId])).rows;
  });
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

/** Puts off what is due while the recipients' country is quiet: also what was paused, or is sent again. */
export async function holdQuiet(shopId: bigint): Promise<void> {
  const { rows } = await pool.query<{ country: string }>(
    `SELECT DISTINCT country FROM messages WHERE shop_id = $1 AND state = 'queued' AND due_at <= clock_timestamp() AND country IS NOT NULL`,
    [shopId],
  );
  for (const { country } of rows) {
    const decided = decideCountry(country);
    if (decided.decision === 'hold')
      await pool.query(
        `UPDATE messages SET due_at = $3 WHERE shop_id = $1 AND state = 'queued' AND country = $2 AND due_at <= clock_timestamp()`,
        [shopId, country, decided.until],
      );
  }
}

/** Whether marketing may be sent to a country now. */
export function decideCountry(country: string) {
  return decideQuiet({
    window: rulesOfCountry(country).window,
    zones: zonesOfCountry(country),
    kind: 'marketing',
    now: new Date(),
  });
}
