import { pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { joinBatches, type FlushResult } from '#app/lib/join-batches.ts';
import { isDatabaseConflict, isDatabaseOutage } from '#app/lib/pg-errors.ts';
import { intakeBatchSize, webhooksStored } from '#app/lib/metrics.server.ts';
import { shopIdsOf } from '#app/modules/shops/find-shop.server.ts';
import type { WebhookFields } from './signature.server.ts';
import { wakeInboxSoon } from './wake-inbox.server.ts';

/** A verified webhook whose body is JSON in UTF-8. */
export interface VerifiedWebhook {
  fields: WebhookFields;
  rawBody: Buffer;
}

/** Two, so that one batch can be read from the network while the other is being committed. */
const LANES = 2;
const BATCH_ROWS_MAX = 200;
const BATCH_BYTES_MAX = 8 * 1024 * 1024;
/** More than this waiting in memory means that the database can't keep up. Better to refuse: Shopify retries. */
const WAITING_BYTES_MAX = 64 * 1024 * 1024;
/** Shopify gives up after 5 s; a later response is useless. */
const INSERT_TIMEOUT_MS = 4_000;
const CONFLICT_TRIES_MAX = 3;

/**
 * Bodies travel as one binary value that the server splits: an array of texts would have to be escaped here and
 * unescaped there. ON CONFLICT without a target covers every unique key: webhook id, and topic with event id.
 */
const INSERT = `
  INSERT INTO webhook_events (shop_id, webhook_id, event_id, topic, api_version, triggered_at, headers, body)
  SELECT shop_id, webhook_id, event_id, topic, api_version, triggered_at, headers,
         convert_from(substring($1::bytea FROM start_byte FOR byte_count), 'UTF8')
    FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::jsonb[],
                $9::int[], $10::int[])
      AS event (shop_id, webhook_id, event_id, topic, api_version, triggered_at, headers, start_byte, byte_count)
  ON CONFLICT DO NOTHING`;

const joiner = joinBatches<VerifiedWebhook>(storeBatch, {
  lanes: LANES,
  itemsMax: BATCH_ROWS_MAX,
  sizeMax: BATCH_BYTES_MAX,
  sizeOf: ({ rawBody }) => rawBody.length,
});

/**
 * Stores one webhook in the inbox, together with others that arrive meanwhile, and resolves once committed. A
 * duplicate is already stored and resolves too. Wakes the worker.
 * @throws when the database can't take it. Nothing is guaranteed then, and Shopify must send it again.
 */
export async function storeWebhook(webhook: VerifiedWebhook): Promise<void> {
  if (joiner.waitingSize() > WAITING_BYTES_MAX) throw new Error('webhook intake is saturated');
  await joiner.join(webhook);
}

async function storeBatch(batch: VerifiedWebhook[]): Promise<FlushResult> {
  try {
    await insertRows(batch);
  } catch (error) {
    if (batch.length === 1 || isDatabaseOutage(error)) throw error;
    // A row that PostgreSQL refuses must not fail its neighbours: each is inserted alone, and only the bad one fails.
    return Promise.allSettled(batch.map((webhook) => insertRows([webhook])));
  }
}

async function insertRows(batch: VerifiedWebhook[]): Promise<void> {
  const shopIds = await shopIdsOf(batch.map(({ fields }) => fields.domain));
  // Sorted: two processes that store the same webhooks must not deadlock.
  const rows = batch.toSorted((a, b) => (a.fields.webhookId < b.fields.webhookId ? -1 : 1));
  const values = toColumns(rows, shopIds);
  const start = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      const query = { name: 'store-webhooks', text: INSERT, values, query_timeout: INSERT_TIMEOUT_MS };
      const { rowCount } = await pool.query(query);
      const stored = rowCount ?? 0;
      webhooksStored.inc({ outcome: 'stored' }, stored);
      webhooksStored.inc({ outcome: 'duplicate' }, rows.length - stored);
      intakeBatchSize.observe(rows.length);
      if (stored > 0) wakeInboxSoon();
      logStored(rows, stored, performance.now() - start);
      return;
    } catch (error) {
      if (attempt >= CONFLICT_TRIES_MAX || !isDatabaseConflict(error)) throw error;
    }
  }
}

/** One line per batch, listing its events: a line per event would cost as much as the signature. */
function logStored(rows: readonly VerifiedWebhook[], stored: number, durationMs: number): void {
  const events = rows.map(({ fields: { domain: shop, topic, webhookId, eventId } }) => ({
    shop,
    topic,
    webhookId,
    eventId,
  }));
  const duplicates = rows.length - stored;
  logger.info({ stored, duplicates, durationMs: Math.round(durationMs), events }, 'webhooks stored');
}

function toColumns(rows: VerifiedWebhook[], shopIds: ReadonlyMap<string, bigint>): unknown[] {
  const starts: number[] = [];
  let start = 1;
  for (const { rawBody } of rows) {
    starts.push(start);
    start += rawBody.length;
  }
  return [
    Buffer.concat(rows.map(({ rawBody }) => rawBody)),
    rows.map(({ fields }) => shopIds.get(fields.domain)),
    rows.map(({ fields }) => fields.webhookId),
    rows.map(({ fields }) => fields.eventId),
    rows.map(({ fields }) => fields.topic),
    rows.map(({ fields }) => fields.apiVersion),
    rows.map(({ fields }) => fields.triggeredAt?.toISOString() ?? null),
    rows.map(({ fields }) => JSON.stringify(fields.headers)),
    starts,
    rows.map(({ rawBody }) => rawBody.length),
  ];
}
