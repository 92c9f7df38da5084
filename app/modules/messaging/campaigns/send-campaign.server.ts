/** Sending a campaign whose price is known: agreed to, approved where it has to be, and reserved. */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import type { FieldErrorCode, FieldErrors } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { findSmsChannel } from '../channels/channel-rows.server.ts';
import { loadSettings } from '../limits/load-limits.server.ts';
import { lastInstantOf } from '../limits/rules/send-time.ts';
import { zonesOf } from '../limits/rules/recipient-zones.ts';
import { reserveMoney, SpendingLimitReached } from '../wallet/post-wallet.server.ts';
import { lockCampaign, type Campaign } from './campaign-rows.server.ts';

export type Moved = { ok: true } | { ok: false; errors: FieldErrors };

/** A price and recipients that are older than this are worked out again first. */
const QUOTE_HOURS = 24;
const HOUR_MS = 3_600_000;

export const refuse = (code: FieldErrorCode): Moved => ({ ok: false, errors: { form: { code } } });

class Refused extends Error {
  readonly code: FieldErrorCode;
  constructor(code: FieldErrorCode) {
    super(code);
    this.code = code;
  }
}

/** What the sender saw and agreed to. */
export interface Agreed {
  version: number;
  micros: bigint;
  /** They confirmed the cost once more, which is asked above a limit. */
  isConfirmed: boolean;
}

/**
 * Reserves the whole price and starts sending, or plans it for its time. Above the shop's limit it is asked whether that is
 * meant, or someone else has to approve it. Refused when it costs more than was agreed to, when the wallet doesn't cover it,
 * and when there is no one to send to.
 */
export async function sendCampaign(
  shopId: bigint,
  campaignId: bigint,
  agreed: Agreed,
  actor: string,
): Promise<Moved> {
  try {
    await withTransaction((tx) => send(tx, { shopId, campaignId }, agreed, actor));
    return { ok: true };
  } catch (error) {
    if (error instanceof Refused) return refuse(error.code);
    if (error instanceof SpendingLimitReached) return refuse('over_monthly_limit');
    throw error;
  }
}

interface Key {
  shopId: bigint;
  campaignId: bigint;
}

async function send(tx: Transaction, key: Key, agreed: Agreed, actor: string): Promise<void> {
  const { shopId, campaignId } = key;
  const campaign = await lockCampaign(tx, shopId, campaignId);
  const channel = await findSmsChannel(tx, shopId);
  const isAsked = campaign?.state === 'ready' || campaign?.state === 'approval';
  if (!isAsked || campaign.version !== agreed.version || !channel) throw new Refused('changed_meanwhile');
  if (!campaign.frozenAt || Date.now() - campaign.frozenAt.getTime() > QUOTE_HOURS * HOUR_MS)
    throw new Refused('price_old');
  const { recipients, micros } = await sumPlanned(tx, key);
  if (recipients === 0) throw new Refused('no_recipients');
  if (micros > agreed.micros) throw new Refused('price_changed');
  const { approveAboveMicros, approveByOther } = await loadSettings(tx, shopId);
  if (approveAboveMicros !== null && micros > approveAboveMicros) {
    if (!agreed.isConfirmed) throw new Refused('not_confirmed');
    const isFirst = campaign.state === 'ready';
    if (approveByOther && isFirst) return ask(tx, key, actor);
    if (approveByOther && campaign.askedBy === actor) throw new Refused('second_person');
  }
  const holdId = channel.account === 'own' ? null : await reserve(tx, key, campaign, micros);
  await begin(tx, key, campaign, { holdId, micros, actor });
}

async function sumPlanned(tx: Transaction, { shopId, campaignId }: Key) {
  const { rows } = await tx.query<{ recipients: number; micros: bigint }>(
    `SELECT count(*)::int AS recipients, coalesce(sum(parts * price_micros), 0)::bigint AS micros
       FROM messages WHERE shop_id = $1 AND campaign_id = $2 AND state = 'planned'`,
    [shopId, campaignId],
  );
  return rows[0] ?? { recipients: 0, micros: 0n };
}

/** Someone else is to approve it. */
async function ask(tx: Transaction, { shopId, campaignId }: Key, actor: string): Promise<void> {
  await tx.query(
    `UPDATE campaigns SET state = 'approval', asked_by = $3 WHERE shop_id = $1 AND campaign_id = $2`,
    [shopId, campaignId, actor],
  );
}

async function reserve(
  tx: Transaction,
  { shopId, campaignId }: Key,
  { version }: Campaign,
  amountMicros: bigint,
): Promise<bigint> {
  const holdId = await reserveMoney(tx, shopId, { key: `campaign:${campaignId}:${version}`, amountMicros });
  if (holdId === null) throw new Refused('wallet_too_low');
  return holdId;
}

async function begin(
  tx: Transaction,
  key: Key,
  campaign: Campaign,
  { holdId, micros, actor }: { holdId: bigint | null; micros: bigint; actor: string },
): Promise<void> {
  const due = campaign.timing.kind === 'local' ? await firstDue(tx, key, campaign.timing.sendAt) : null;
  await tx.query(
    `UPDATE campaigns SET state = CASE WHEN $5::timestamptz IS NULL THEN 'running' ELSE 'scheduled' END, due_at = $5,
       started_at = CASE WHEN $5::timestamptz IS NULL THEN clock_timestamp() END, hold_id = $3, quoted_micros = $4, pause_reason = NULL,
       approved_by = CASE WHEN state = 'approval' THEN $6::text END
      WHERE shop_id = $1 AND campaign_id = $2`,
    [key.shopId, key.campaignId, holdId, micros, due, actor],
  );
  await wakeTask(tx, 'send-messages');
}

/** When the first recipient's clock shows the time. @throws Refused when all clocks have passed it */
async function firstDue(tx: Transaction, { shopId, campaignId }: Key, sendAt: string): Promise<Date> {
  const { rows } = await tx.query<{ country: string; zones: string | null }>(
    `SELECT DISTINCT country, zones FROM messages WHERE shop_id = $1 AND campaign_id = $2 AND state = 'planned' AND country IS NOT NULL`,
    [shopId, campaignId],
  );
  const times = rows.map((row) => lastInstantOf(sendAt, zonesOf(row)).getTime());
  if (Math.max(...times) <= Date.now()) throw new Refused('in_past');
  return new Date(Math.max(Math.min(...times), Date.now()));
}
