/** Moves planned messages of campaigns that may send into the queue, each with the time at which it may go. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import { loadCountryLimits, windowOf, type CountryLimit } from '../limits/load-limits.server.ts';
import { zonesOf } from '../limits/rules/recipient-zones.ts';
import { dueAt } from '../limits/rules/send-time.ts';
import { lockCampaign, type Campaign } from './campaign-rows.server.ts';

/** Queued messages of a campaign: more wait until some are sent, so that none of it is in memory. */
const MESSAGES_A_TURN = 5_000;
/** What wasn't sent within this time after it could go isn't sent any longer. */
const EXPIRES_HOURS = 48;
const HOUR_MS = 3_600_000;
/** A worker that comes later than this asks before it sends: the evening's offer may be over. */
const LATE_HOURS = 3;

/** Starts scheduled campaigns whose time has come; one whose time is long past is paused and asks. */
export async function startScheduled(shopId: bigint): Promise<void> {
  await pool.query(
    `UPDATE campaigns SET started_at = clock_timestamp(),
       state = CASE WHEN due_at < clock_timestamp() - make_interval(hours => ${LATE_HOURS}) THEN 'paused' ELSE 'running' END,
       pause_reason = CASE WHEN due_at < clock_timestamp() - make_interval(hours => ${LATE_HOURS}) THEN 'late' END
      WHERE shop_id = $1 AND state = 'scheduled' AND due_at <= clock_timestamp()`,
    [shopId],
  );
}

/** Feeds the running campaigns of a shop; returns how many messages were queued. */
export async function feedCampaigns(shopId: bigint): Promise<number> {
  await startScheduled(shopId);
  const { rows } = await pool.query<{ campaignId: bigint }>(
    `SELECT c.campaign_id AS "campaignId" FROM campaigns c WHERE c.shop_id = $1 AND c.state = 'running'
        AND EXISTS (SELECT 1 FROM messages m WHERE m.shop_id = $1 AND m.campaign_id = c.campaign_id AND m.state = 'planned') ORDER BY 1`,
    [shopId],
  );
  const limits = rows.length === 0 ? new Map<string, CountryLimit>() : await loadCountryLimits(pool, shopId);
  let fed = 0;
  for (const { campaignId } of rows)
    fed += await withTransaction((tx) => feed(tx, shopId, campaignId, limits));
  return fed;
}

/** Where nothing is known of the recipient, no hour is quiet. */
const ANYWHERE = { zones: ['UTC'], window: { from: '00:00', to: '24:00' } };

interface Planned {
  messageId: bigint;
  country: string | null;
  zones: string | null;
}

async function feed(
  tx: Transaction,
  shopId: bigint,
  campaignId: bigint,
  limits: ReadonlyMap<string, CountryLimit>,
): Promise<number> {
  const campaign = await lockCampaign(tx, shopId, campaignId);
  if (campaign?.state !== 'running' || campaign.startedAt === null) return 0;
  const { rows: ready } = await tx.query<{ queued: number }>(
    `SELECT count(*)::int AS queued FROM (SELECT 1 FROM messages WHERE shop_id = $1 AND campaign_id = $2 AND state = 'queued'
       AND due_at <= clock_timestamp() LIMIT ${MESSAGES_A_TURN}) q`,
    [shopId, campaignId],
  );
  const room = MESSAGES_A_TURN - (ready[0]?.queued ?? 0);
  const { rows } = await tx.query<Planned>(
    `SELECT message_id AS "messageId", country, zones FROM messages WHERE shop_id = $1 AND campaign_id = $2 AND state = 'planned'
      ORDER BY message_id LIMIT $3 FOR UPDATE`,
    [shopId, campaignId, room],
  );
  await queue(tx, shopId, rows, timesOf(campaign, campaign.startedAt, rows, limits));
  return rows.length;
}

function timesOf(
  { timing }: Campaign,
  start: Date,
  rows: readonly Planned[],
  limits: ReadonlyMap<string, CountryLimit>,
): Date[] {
  const groups = new Map<string, { zones: string[]; window: { from: string; to: string } }>();
  const groupOf = (country: string, zones: string | null) => {
    const key = `${country} ${zones ?? ''}`;
    const known = groups.get(key) ?? {
      zones: zonesOf({ zones, country }),
      window: windowOf(limits, { country, zones }),
    };
    groups.set(key, known);
    return known;
  };
  return rows.map(({ messageId, country, zones }) =>
    dueAt(timing, country === null ? ANYWHERE : groupOf(country, zones), start, messageId),
  );
}

/** Of a person who was erased there is nothing to send. */
const QUEUE = `
  UPDATE messages m SET due_at = n.due, expires_at = n.expires,
    state = CASE WHEN m.to_address IS NULL THEN 'canceled' ELSE 'queued' END,
    reason = CASE WHEN m.to_address IS NULL THEN 'erased' END,
    finished_at = CASE WHEN m.to_address IS NULL THEN clock_timestamp() END
  FROM unnest($2::bigint[], $3::timestamptz[], $4::timestamptz[]) AS n (id, due, expires)
  WHERE m.shop_id = $1 AND m.message_id = n.id`;

async function queue(
  tx: Transaction,
  shopId: bigint,
  rows: readonly Planned[],
  times: readonly Date[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(QUEUE, [
    shopId,
    bigintArray(rows.map(({ messageId }) => messageId)),
    timestampArray(times),
    timestampArray(times.map((due) => new Date(due.getTime() + EXPIRES_HOURS * HOUR_MS))),
  ]);
}
