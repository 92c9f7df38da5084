/** The link to stop in a message: a page with one button. Opening it changes nothing, since carriers and phones fetch links. */
import { pool, withTransaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { suppressAddress } from './suppress.server.ts';

const CODE = /^([0-9a-z]{1,12})-([0-9A-HJKMNP-TV-Z]{10})$/;
const LAST_DIGITS = 3;
const RADIX = 36;

interface StopTarget {
  shopId: bigint;
  channelId: bigint;
  shop: string;
  /** Null once the person was erased. */
  to: string | null;
  hash: string;
  isStopped: boolean;
}

/** What the page says: which shop, which number, and whether it has stopped already. Null for a link that is none. */
export async function readStopPage(code: string) {
  const target = await find(code);
  return (
    target && {
      shop: target.shop,
      lastDigits: target.to?.slice(-LAST_DIGITS) ?? '',
      isStopped: target.isStopped,
    }
  );
}

/** Stops messages to the number. False for a link that is none. */
export async function stopByLink(code: string): Promise<boolean> {
  const target = await find(code);
  if (!target) return false;
  const { shopId, channelId, hash, to } = target;
  if (target.isStopped || to === null) return true;
  const messageSid = `link:${code}`;
  await withTransaction(async (tx) => {
    await suppressAddress(
      tx,
      { shopId, channel: 'sms', hash, address: to },
      {
        source: 'link',
        needsReview: false,
        at: new Date(),
        messageSid,
        rule: null,
        wordsVersion: null,
        actor: null,
      },
    );
    // As a text that says STOP: the worker carries it to the customers' consent.
    await tx.query(
      `INSERT INTO inbound_messages (shop_id, message_sid, channel_id, from_address, to_address, text, intent, suppresses)
       VALUES ($1, $2, $3, $4, '', '', 'stop', true)
       ON CONFLICT (shop_id, message_sid) DO UPDATE SET processed_at = NULL, attempts = 0, due_at = clock_timestamp(), received_at = clock_timestamp()`,
      [shopId, messageSid, channelId, to],
    );
    await wakeTask(tx, 'process-inbound');
  });
  return true;
}

async function find(code: string): Promise<StopTarget | null> {
  const [, shop] = CODE.exec(code) ?? [];
  if (shop === undefined) return null;
  const shopId = readShop(shop);
  const { rows } = await pool.query<StopTarget>(
    `SELECT m.shop_id AS "shopId", m.channel_id AS "channelId", coalesce(s.name, s.domain) AS shop, m.to_address AS "to",
       m.address_hash AS hash, EXISTS (SELECT 1 FROM suppressions p WHERE p.shop_id = m.shop_id AND p.channel = 'sms'
         AND p.address_hash = m.address_hash AND p.lifted_at IS NULL) AS "isStopped"
      FROM messages m JOIN shops s USING (shop_id) WHERE m.shop_id = $1 AND m.stop_code = $2`,
    [shopId, code],
  );
  return rows[0] ?? null;
}

const readShop = (text: string): bigint => BigInt(Number.parseInt(text, RADIX));
