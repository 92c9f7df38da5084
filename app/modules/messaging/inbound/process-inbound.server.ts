/** The worker's part of a text that a person sent: it is answered, and the customers' consent follows it. */
import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { answerInbound } from './answer-text.server.ts';
import { noteAnswer } from './note-answer.server.ts';
import { followConsent } from '../consent/follow-consent.server.ts';

const TEXTS_A_BATCH = 50;
/** The suppression holds without Shopify: after this many tries its consent stays as it is. */
const ATTEMPTS_MAX = 12;
const FIRST_WAIT_SECONDS = 30;
const WAIT_SECONDS_MAX = 3_600;

/** Stop, start and help are words to the operator. */
const ANSWERS_TO_CAMPAIGNS: ReadonlySet<string> = new Set(['none', 'review']);

interface DueShop {
  shopId: bigint;
  domain: string;
  name: string;
}

const IS_DUE = 'processed_at IS NULL AND due_at <= clock_timestamp()';

/** Processes texts that have come in; returns how many. May run twice, late or on two machines. */
export async function processInbound(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<DueShop>(
    `SELECT shop_id AS "shopId", domain, coalesce(name, domain) AS name FROM shops WHERE ${IS_INSTALLED_SQL}
        AND shop_id IN (SELECT shop_id FROM inbound_messages WHERE ${IS_DUE}) ORDER BY shop_id`,
  );
  return forEachShop('process-inbound', rows, (shop) => processShop(shop, signal), { signal });
}

interface WaitingText {
  messageSid: string;
  from: string;
  intent: string;
  suppresses: boolean;
  receivedAt: Date;
  attempts: number;
}

async function processShop(shop: DueShop, signal?: AbortSignal): Promise<number> {
  for (let done = 0; ;) {
    const { rows } = await pool.query<WaitingText>(
      `SELECT message_sid AS "messageSid", from_address AS from, intent, suppresses, received_at AS "receivedAt", attempts
         FROM inbound_messages WHERE shop_id = $1 AND ${IS_DUE} ORDER BY received_at LIMIT ${TEXTS_A_BATCH}`,
      [shop.shopId],
    );
    for (const text of rows) {
      if (signal?.aborted) return done;
      await processText(shop, text);
      done += 1;
    }
    if (rows.length < TEXTS_A_BATCH) return done;
  }
}

async function processText(shop: DueShop, text: WaitingText): Promise<void> {
  // At once, also while Shopify is away.
  await answerInbound(shop, text.messageSid);
  if (ANSWERS_TO_CAMPAIGNS.has(text.intent) && !text.suppresses)
    await noteAnswer(pool, shop.shopId, { from: text.from, at: text.receivedAt });
  const state = text.suppresses ? 'unsubscribed' : text.intent === 'start' ? 'subscribed' : null;
  try {
    if (state !== null) await followConsent({ shop, address: text.from, state, at: text.receivedAt });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const line = { shop: shop.domain, messageSid: text.messageSid, attempts: text.attempts + 1 };
    logger.warn({ ...line, reason: safeErrorText(error) }, 'consent not told to Shopify');
    if (text.attempts + 1 < ATTEMPTS_MAX) return postpone(shop.shopId, text);
  }
  await pool.query(
    `UPDATE inbound_messages SET processed_at = clock_timestamp() WHERE shop_id = $1 AND message_sid = $2`,
    [shop.shopId, text.messageSid],
  );
}

async function postpone(shopId: bigint, { messageSid, attempts }: WaitingText): Promise<void> {
  const seconds = Math.min(FIRST_WAIT_SECONDS * 2 ** attempts, WAIT_SECONDS_MAX);
  await pool.query(
    `UPDATE inbound_messages SET attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => $3)
      WHERE shop_id = $1 AND message_sid = $2`,
    [shopId, messageSid, seconds],
  );
}
