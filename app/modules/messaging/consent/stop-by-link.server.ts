/**
 * The link to stop in a message: a page with one button, which stops, and then takes it back. Opening it changes nothing,
 * since carriers and phones fetch links.
 */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { shopOfCode } from '../link-code.ts';
import { liftSuppression, suppressAddress, type Proof } from './suppress.server.ts';

const LAST_DIGITS = 3;

interface StopTarget {
  shopId: bigint;
  channelId: bigint;
  shop: string;
  /** Null once the person was erased. */
  to: string | null;
  hash: string;
  isStopped: boolean;
  /** It was stopped by this link: who has it may take that back. Other stops only the number itself can. */
  canStart: boolean;
}

/** What the page says: which shop, which number, and whether it has stopped already. Null for a link that is none. */
export async function readStopPage(code: string) {
  const target = await find(code);
  return (
    target && {
      shop: target.shop,
      lastDigits: target.to?.slice(-LAST_DIGITS) ?? '',
      isStopped: target.isStopped,
      canStart: target.canStart,
    }
  );
}

/** Stops messages to the number. False for a link that is none. */
export async function stopByLink(code: string): Promise<boolean> {
  const target = await find(code);
  if (!target) return false;
  const { shopId, hash, to } = target;
  if (target.isStopped || to === null) return true;
  await withTransaction(async (tx) => {
    const address = { shopId, channel: 'sms' as const, hash, address: to };
    await suppressAddress(tx, address, { ...proofOf(code), source: 'link', needsReview: false });
    await say(tx, { ...target, to }, code, 'stop');
  });
  return true;
}

/** Takes back a stop by the same link. False for a link that is none. */
export async function startByLink(code: string): Promise<boolean> {
  const target = await find(code);
  if (!target) return false;
  const { shopId, hash, to } = target;
  if (!target.canStart || to === null) return true;
  await withTransaction(async (tx) => {
    const address = { shopId, channel: 'sms' as const, hash };
    if (await liftSuppression(tx, address, { ...proofOf(code), source: 'start' }))
      await say(tx, { ...target, to }, code, 'start');
  });
  return true;
}

const sidOf = (code: string): string => `link:${code}`;

function proofOf(code: string): Omit<Proof, 'source'> {
  return { at: new Date(), messageSid: sidOf(code), rule: null, wordsVersion: null, actor: null };
}

/** As a text that says STOP or START: the worker carries it to the customers' consent. */
async function say(
  tx: Transaction,
  { shopId, channelId, to }: StopTarget & { to: string },
  code: string,
  intent: 'stop' | 'start',
): Promise<void> {
  await tx.query(SAY, [shopId, sidOf(code), channelId, to, intent]);
  await wakeTask(tx, 'process-inbound');
}

const SAY = `
  INSERT INTO inbound_messages (shop_id, message_sid, channel_id, from_address, to_address, text, intent, suppresses)
  VALUES ($1, $2, $3, $4, '', '', $5, $5 = 'stop')
  ON CONFLICT (shop_id, message_sid) DO UPDATE SET intent = excluded.intent, suppresses = excluded.suppresses, processed_at = NULL,
    attempts = 0, due_at = clock_timestamp(), received_at = clock_timestamp()`;

async function find(code: string): Promise<StopTarget | null> {
  const shopId = shopOfCode(code);
  if (shopId === null) return null;
  const { rows } = await pool.query<StopTarget>(
    `SELECT m.shop_id AS "shopId", m.channel_id AS "channelId", coalesce(s.name, s.domain) AS shop, m.to_address AS "to",
       m.address_hash AS hash, p.source IS NOT NULL AS "isStopped",
       p.source IS NOT DISTINCT FROM 'link' AND p.message_sid = $3 AS "canStart"
      FROM messages m JOIN shops s USING (shop_id)
        LEFT JOIN suppressions p ON p.shop_id = m.shop_id AND p.channel = 'sms' AND p.address_hash = m.address_hash AND p.lifted_at IS NULL
      WHERE m.shop_id = $1 AND m.stop_code = $2`,
    [shopId, code, sidOf(code)],
  );
  return rows[0] ?? null;
}
