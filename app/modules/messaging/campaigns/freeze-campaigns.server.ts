/**
 * Works out the recipients of campaigns: the customers of the audience as they are now, then each one's text and price, a
 * batch in a transaction. Whatever ends the worker in between, the next one goes on after the last batch.
 */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { findCampaign, lockCampaign, type Campaign } from './campaign-rows.server.ts';
import { openPlan, planBatch, type Plan, type PlannedRecipient } from './plan-recipients.server.ts';
import { selectAudience } from './select-audience.server.ts';

const CUSTOMERS_A_BATCH = 2_000;
const SHOPS_AT_ONCE = 2;
/** Others wait for a shop's turn. */
const TURN_MS = 20_000;

/** Freezes what waits for it; returns how many customers were looked at. */
export async function freezeCampaigns(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT shop_id AS "shopId" FROM shops WHERE ${IS_INSTALLED_SQL}
        AND shop_id IN (SELECT shop_id FROM campaigns WHERE state = 'freezing') ORDER BY shop_id`,
  );
  return forEachShop('freeze-campaigns', rows, ({ shopId }) => freezeShop(shopId, signal), {
    signal,
    concurrency: SHOPS_AT_ONCE,
  });
}

async function freezeShop(shopId: bigint, signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ campaignId: bigint }>(
    `SELECT campaign_id AS "campaignId" FROM campaigns WHERE shop_id = $1 AND state = 'freezing' ORDER BY updated_at, campaign_id`,
    [shopId],
  );
  const end = performance.now() + TURN_MS;
  let done = 0;
  for (const { campaignId } of rows) {
    const turn = await beginTurn(shopId, campaignId);
    let batch = turn && (await planNext(turn, turn.campaign.freezeAfter));
    while (turn && batch && !signal?.aborted) {
      if (performance.now() > end) {
        await wakeTask(pool, 'freeze-campaigns');
        return done;
      }
      // The next customers' texts are worked out here while PostgreSQL stores these.
      const [isStored, next]: [boolean, Batch | null] = await Promise.all([
        storeBatch(turn, batch),
        batch.last === null ? null : planNext(turn, batch.last, batch.planned),
      ]);
      if (!isStored) break;
      done += batch.count;
      batch = next;
    }
  }
  return done;
}

interface Turn {
  plan: Plan;
  campaign: Campaign;
}

/** Customers of the audience after `after`, up to `last`; null where none is left. */
interface Batch {
  after: bigint;
  last: bigint | null;
  count: number;
  planned: readonly PlannedRecipient[];
}

/** Lists the customers where that is still to be done. Null when nothing can be planned: the campaign is a draft again. */
async function beginTurn(shopId: bigint, campaignId: bigint): Promise<Turn | null> {
  const seen = await findCampaign(pool, shopId, campaignId);
  if (seen?.state !== 'freezing') return null;
  const plan = await openPlan(pool, shopId, seen);
  if (!plan) {
    await pool.query(
      `UPDATE campaigns SET state = 'draft' WHERE shop_id = $1 AND campaign_id = $2 AND state = 'freezing'`,
      [shopId, campaignId],
    );
    return null;
  }
  if (seen.freezeTotal !== null) return { plan, campaign: seen };
  await withTransaction((tx) => listCustomers(tx, shopId, seen));
  return { plan, campaign: { ...seen, freezeAfter: 0n } };
}

async function listCustomers(tx: Transaction, shopId: bigint, seen: Campaign): Promise<void> {
  const { campaignId } = seen;
  const campaign = await lockCampaign(tx, shopId, campaignId);
  if (campaign?.state !== 'freezing' || campaign.freezeTotal !== null || campaign.version !== seen.version)
    return;
  // Of an earlier version: nothing of it was sent.
  await deletePlanned(tx, shopId, campaignId);
  const { sql, values } = await selectAudience(tx, shopId, campaign.audience);
  const { rowCount } = await tx.query(
    `INSERT INTO campaign_audience (shop_id, campaign_id, customer_id)
     SELECT $${values.length + 1}::bigint, $${values.length + 2}::bigint, customer_id FROM (${sql}) selected ON CONFLICT DO NOTHING`,
    [...values, shopId, campaignId],
  );
  await tx.query(
    `UPDATE campaigns SET freeze_total = $3, freeze_done = 0, freeze_after = 0 WHERE shop_id = $1 AND campaign_id = $2`,
    [shopId, campaignId, rowCount ?? 0],
  );
}

/** Deletes what was worked out for a campaign of which nothing was sent. */
export async function deletePlanned(tx: Transaction, shopId: bigint, campaignId: bigint): Promise<void> {
  await tx.query('DELETE FROM campaign_audience WHERE shop_id = $1 AND campaign_id = $2', [
    shopId,
    campaignId,
  ]);
  await tx.query(
    `DELETE FROM messages WHERE shop_id = $1 AND campaign_id = $2 AND state IN ('planned', 'excluded')`,
    [shopId, campaignId],
  );
}

const NEXT = `
  SELECT coalesce(array_agg(a.customer_id ORDER BY a.customer_id), '{}') AS ids FROM (
    SELECT customer_id FROM campaign_audience WHERE shop_id = $1 AND campaign_id = $2 AND customer_id > $3
     ORDER BY customer_id LIMIT ${CUSTOMERS_A_BATCH}) a`;

async function planNext(
  { plan, campaign: { campaignId } }: Turn,
  after: bigint,
  before: readonly PlannedRecipient[] = [],
): Promise<Batch> {
  const { rows } = await pool.query<{ ids: bigint[] }>(NEXT, [plan.shop.shopId, campaignId, after]);
  const ids = rows[0]?.ids ?? [];
  const planned = ids.length === 0 ? [] : await planBatch(pool, plan, ids, before);
  return { after, last: ids.at(-1) ?? null, count: ids.length, planned };
}

/** Stores a batch, or ends the freezing where it is empty; false when the campaign was changed meanwhile. */
async function storeBatch({ plan, campaign: seen }: Turn, batch: Batch): Promise<boolean> {
  const { shopId } = plan.shop;
  const { campaignId } = seen;
  return withTransaction(async (tx) => {
    const campaign = await lockCampaign(tx, shopId, campaignId);
    const isSame = campaign?.state === 'freezing' && campaign.version === seen.version;
    if (!isSame || campaign.freezeTotal === null || campaign.freezeAfter !== batch.after) return false;
    if (batch.last === null) {
      await finish(tx, shopId, campaignId);
      return true;
    }
    await insertMessages(tx, plan, campaign.createdBy, batch.planned);
    await tx.query(
      `UPDATE campaigns SET freeze_after = $3, freeze_done = freeze_done + $4 WHERE shop_id = $1 AND campaign_id = $2`,
      [shopId, campaignId, batch.last, batch.count],
    );
    return true;
  });
}

async function finish(tx: Transaction, shopId: bigint, campaignId: bigint): Promise<void> {
  await tx.query('DELETE FROM campaign_audience WHERE shop_id = $1 AND campaign_id = $2', [
    shopId,
    campaignId,
  ]);
  await tx.query(
    `UPDATE campaigns c SET state = 'ready', frozen_at = clock_timestamp(), recipients = p.recipients, quoted_micros = p.micros
       FROM (SELECT count(*)::int AS recipients, coalesce(sum(parts * price_micros), 0)::bigint AS micros FROM messages
         WHERE shop_id = $1 AND campaign_id = $2 AND state = 'planned') p
      WHERE c.shop_id = $1 AND c.campaign_id = $2`,
    [shopId, campaignId],
  );
}

const INSERT = `
  INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, address_hash, country, zones, body, parts,
    price_micros, stop_code, state, reason, actor, settled_at, finished_at)
  SELECT $1::bigint, 'campaign:' || $2::bigint || ':customer:' || n.customer_id, $2::bigint, n.customer_id, $3::bigint, n.to_address, n.hash,
    n.country, n.zones, n.body, n.parts, n.price, n.stop_code, CASE WHEN n.reason IS NULL THEN 'planned' ELSE 'excluded' END, n.reason,
    $4::text, CASE WHEN n.reason IS NOT NULL THEN clock_timestamp() END, CASE WHEN n.reason IS NOT NULL THEN clock_timestamp() END
  FROM unnest($5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::int[], $12::bigint[], $13::text[], $14::text[])
    AS n (customer_id, to_address, hash, country, zones, body, parts, price, stop_code, reason)`;

async function insertMessages(
  tx: Transaction,
  { shop, campaign, channel }: Plan,
  actor: string,
  batch: readonly PlannedRecipient[],
): Promise<void> {
  await tx.query(INSERT, [
    shop.shopId,
    campaign.campaignId,
    channel.channelId,
    actor,
    bigintArray(batch.map(({ customerId }) => customerId)),
    batch.map(({ to }) => to),
    batch.map(({ hash }) => hash),
    batch.map(({ country }) => country),
    batch.map(({ zones }) => zones?.join(',') ?? null),
    batch.map(({ body }) => body),
    batch.map(({ parts }) => parts),
    bigintArray(batch.map(({ priceMicros }) => priceMicros)),
    batch.map(({ code }) => code),
    batch.map(({ excluded }) => excluded),
  ]);
}
