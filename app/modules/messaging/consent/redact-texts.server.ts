/** Twilio keeps what was written to and by a person: of one who was erased, the texts are emptied there as well. */
import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { credentialsOf, findSmsChannel, type Channel } from '../channels/channel-rows.server.ts';

const TEXTS_A_TURN = 200;
const NOT_FOUND = 404;
/** With pauses of 1, 2, 4 ... minutes, up to half a day: some two weeks. */
const FAILURES_MAX = 35;

/** Empties what is due. Returns how many texts. May run twice, late or on two machines. */
export async function redactTexts(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT shop_id AS "shopId" FROM shops WHERE ${IS_INSTALLED_SQL}
        AND shop_id IN (SELECT shop_id FROM text_redactions WHERE due_at <= clock_timestamp()) ORDER BY shop_id`,
  );
  return forEachShop('redact-texts', rows, ({ shopId }) => redactShop(shopId, signal), { signal });
}

async function redactShop(shopId: bigint, signal?: AbortSignal): Promise<number> {
  const channel = await findSmsChannel(pool, shopId);
  if (!channel) return giveUpAll(shopId);
  let done = 0;
  for (let isMore = true; isMore && !signal?.aborted;) {
    const { rows } = await pool.query<{ sid: string; failures: number }>(
      `SELECT provider_sid AS sid, failures FROM text_redactions WHERE shop_id = $1 AND due_at <= clock_timestamp()
        ORDER BY due_at LIMIT ${TEXTS_A_TURN}`,
      [shopId],
    );
    for (const each of rows) if (await redact(channel, each)) done += 1;
    isMore = rows.length === TEXTS_A_TURN;
  }
  return done;
}

/** The account was disconnected, and with it what opens it: its owner empties the texts there. */
async function giveUpAll(shopId: bigint): Promise<number> {
  const { rowCount } = await pool.query('DELETE FROM text_redactions WHERE shop_id = $1', [shopId]);
  logger.warn({ shopId: String(shopId), texts: rowCount }, 'texts not emptied at Twilio: no account');
  return 0;
}

/** A text of another account, or one that was deleted, is as good as emptied. One that is on its way is tried again. */
async function redact(
  channel: Channel,
  { sid, failures }: { sid: string; failures: number },
): Promise<boolean> {
  const { shopId } = channel;
  const { redactTwilioMessage } = await import('#app/integrations/twilio/messages.server.ts');
  try {
    await redactTwilioMessage(credentialsOf(channel), sid);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (!(await isGone(error)) && failures < FAILURES_MAX) {
      await postpone(shopId, sid);
      return false;
    }
    logger.warn({ shopId: String(shopId), sid, reason: safeErrorText(error) }, 'text not emptied at Twilio');
  }
  await pool.query('DELETE FROM text_redactions WHERE shop_id = $1 AND provider_sid = $2', [shopId, sid]);
  return true;
}

async function isGone({ cause }: UpstreamError): Promise<boolean> {
  const { toTwilioFailure } = await import('#app/integrations/twilio/client.server.ts');
  const failure = toTwilioFailure(cause);
  return failure.is === 'refused' && failure.status === NOT_FOUND;
}

async function postpone(shopId: bigint, sid: string): Promise<void> {
  await pool.query(
    `UPDATE text_redactions SET failures = failures + 1,
       due_at = clock_timestamp() + make_interval(mins => (2 ^ least(failures, 9))::int)
      WHERE shop_id = $1 AND provider_sid = $2`,
    [shopId, sid],
  );
}
