/** Starting, pausing, resuming and cancelling a campaign. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import type { FieldErrorCode, FieldErrors } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { findSmsChannel } from '../channels/channel-rows.server.ts';
import { decideCountry } from '../delivery/claim-messages.server.ts';
import { reserveMoney, SpendingLimitReached } from '../wallet/post-wallet.server.ts';
import { findCampaign, textOf } from './campaign-rows.server.ts';
import { planRecipients, type CampaignShop, type PlannedRecipient } from './plan-recipients.server.ts';
import { QuoteSum } from './quote-campaign.server.ts';

type Moved = { ok: true } | { ok: false; errors: FieldErrors };

/** What can't be sent within this time isn't sent any longer. */
const EXPIRES_HOURS = 48;
const HOUR_MS = 3_600_000;

const refuse = (code: FieldErrorCode): Moved => ({ ok: false, errors: { form: { code } } });

class Refused extends Error {
  readonly code: FieldErrorCode;
  constructor(code: FieldErrorCode) {
    super(code);
    this.code = code;
  }
}

/**
 * Freezes the recipients with their texts and prices, reserves the whole sum, and starts sending. Refused when it would cost
 * more than the merchant agreed to (`agreedMicros`), when the wallet doesn't cover it, and when there is no one to send to.
 */
export async function startCampaign(
  shop: CampaignShop,
  campaignId: bigint,
  agreed: { version: number; micros: bigint },
  actor: string,
): Promise<Moved> {
  try {
    await withTransaction((tx) => start(tx, shop, campaignId, agreed, actor));
    return { ok: true };
  } catch (error) {
    if (error instanceof Refused) return refuse(error.code);
    if (error instanceof SpendingLimitReached) return refuse('over_monthly_limit');
    throw error;
  }
}

async function start(
  tx: Transaction,
  shop: CampaignShop,
  campaignId: bigint,
  agreed: { version: number; micros: bigint },
  actor: string,
): Promise<void> {
  const { shopId } = shop;
  await tx.query('SELECT 1 FROM campaigns WHERE shop_id = $1 AND campaign_id = $2 FOR UPDATE', [
    shopId,
    campaignId,
  ]);
  const campaign = await findCampaign(tx, shopId, campaignId);
  const channel = await findSmsChannel(tx, shopId);
  if (campaign?.state !== 'draft' || campaign.version !== agreed.version || !channel)
    throw new Refused('changed_meanwhile');
  const sum = new QuoteSum();
  for await (const batch of planRecipients(tx, shop, textOf(campaign))) {
    sum.add(batch);
    await insertMessages(tx, { shopId, campaignId, channelId: channel.channelId, actor }, batch);
  }
  const { recipients, micros } = sum.total();
  if (recipients === 0) throw new Refused('no_recipients');
  if (micros > agreed.micros) throw new Refused('price_changed');
  const holdId =
    channel.account === 'own'
      ? null
      : await reserveMoney(tx, shopId, { key: `campaign:${campaignId}`, amountMicros: micros });
  if (channel.account === 'platform' && holdId === null) throw new Refused('wallet_too_low');
  await tx.query(
    `UPDATE campaigns SET state = 'running', started_at = clock_timestamp(), hold_id = $3, quoted_micros = $4
      WHERE shop_id = $1 AND campaign_id = $2`,
    [shopId, campaignId, holdId, micros],
  );
  await wakeTask(tx, 'send-messages');
}

const INSERT = `
  INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, address_hash, country, body, parts,
    price_micros, stop_code, state, reason, due_at, expires_at, actor, settled_at, finished_at)
  SELECT $1::bigint, 'campaign:' || $2::bigint || ':customer:' || n.customer_id, $2::bigint, n.customer_id, $3::bigint, n.to_address, n.hash, n.country, n.body, n.parts,
    n.price, n.stop_code, CASE WHEN n.reason IS NULL THEN 'queued' ELSE 'excluded' END, n.reason, n.due_at, $5::timestamptz, $4::text,
    CASE WHEN n.reason IS NOT NULL THEN clock_timestamp() END, CASE WHEN n.reason IS NOT NULL THEN clock_timestamp() END
  FROM unnest($6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::int[], $12::bigint[], $13::text[], $14::text[], $15::timestamptz[])
    AS n (customer_id, to_address, hash, country, body, parts, price, stop_code, reason, due_at)`;

async function insertMessages(
  tx: Transaction,
  of: { shopId: bigint; campaignId: bigint; channelId: bigint; actor: string },
  batch: readonly PlannedRecipient[],
): Promise<void> {
  const now = new Date();
  const dueByCountry = new Map<string, Date>();
  const dueOf = (country: string | null): Date => {
    if (country === null) return now;
    const known = dueByCountry.get(country);
    if (known) return known;
    const decided = decideCountry(country);
    const due = decided.decision === 'hold' ? decided.until : now;
    dueByCountry.set(country, due);
    return due;
  };
  await tx.query(INSERT, [
    of.shopId,
    of.campaignId,
    of.channelId,
    of.actor,
    new Date(now.getTime() + EXPIRES_HOURS * HOUR_MS),
    bigintArray(batch.map(({ customerId }) => customerId)),
    batch.map(({ to }) => to),
    batch.map(({ hash }) => hash),
    batch.map(({ country }) => country),
    batch.map(({ body }) => body),
    batch.map(({ parts }) => parts),
    bigintArray(batch.map(({ priceMicros }) => priceMicros)),
    batch.map(({ stopCode }) => stopCode),
    batch.map(({ excluded }) => excluded),
    timestampArray(batch.map(({ country }) => dueOf(country))),
  ]);
}

/** Stops sending, or goes on. What is being sent at this moment still goes out. */
export async function pauseCampaign(shopId: bigint, campaignId: bigint, isPaused: boolean): Promise<Moved> {
  const { rowCount } = await pool.query(
    `UPDATE campaigns SET state = $3, pause_code = NULL WHERE shop_id = $1 AND campaign_id = $2 AND state = $4`,
    isPaused ? [shopId, campaignId, 'paused', 'running'] : [shopId, campaignId, 'running', 'paused'],
  );
  if (rowCount === 0) return refuse('changed_meanwhile');
  if (!isPaused) await wakeTask(pool, 'send-messages');
  return { ok: true };
}

/** Ends a campaign: what was not sent never is, and its reserve returns. */
export async function cancelCampaign(shopId: bigint, campaignId: bigint): Promise<Moved> {
  return withTransaction(async (tx) => {
    const { rowCount } = await tx.query(
      `UPDATE campaigns SET state = 'canceled', finished_at = clock_timestamp()
        WHERE shop_id = $1 AND campaign_id = $2 AND state IN ('running', 'paused')`,
      [shopId, campaignId],
    );
    if (rowCount === 0) return refuse('changed_meanwhile');
    await tx.query(
      `UPDATE messages SET state = 'canceled', reason = 'campaign_canceled', finished_at = clock_timestamp()
        WHERE shop_id = $1 AND campaign_id = $2 AND state = 'queued'`,
      [shopId, campaignId],
    );
    await wakeTask(tx, 'send-messages');
    return { ok: true };
  });
}
