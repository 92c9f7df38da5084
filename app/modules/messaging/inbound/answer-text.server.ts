/** Our reply to a text, through the number it came to. Marked before it is sent and never tried again: at most one. */
import { pool } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { countryOfPhone } from '#app/lib/phone.ts';
import { credentialsOf, findChannel } from '../channels/channel-rows.server.ts';
import { statusAddress } from '../channels/callback-addresses.server.ts';
import { normalizeBody } from '../rules/message-body.ts';
import { ANSWERS, answerText } from './rules/answers.ts';

/** More texts of a number in an hour are read in silence. */
const ANSWERS_AN_HOUR_MAX = 10;
const VALIDITY_SECONDS = 3_600;
/** The status of an answer is of no message of ours. */
const NO_MESSAGE = 0n;

const MARK = `
  UPDATE inbound_messages i SET answered_at = clock_timestamp()
   WHERE shop_id = $1 AND message_sid = $2 AND answer IS NOT NULL AND answered_at IS NULL
     AND (SELECT count(*) FROM inbound_messages o WHERE o.shop_id = $1 AND o.from_address = i.from_address
       AND o.answered_at > clock_timestamp() - interval '1 hour') < ${ANSWERS_AN_HOUR_MAX}
  RETURNING channel_id AS "channelId", from_address AS "from", to_address AS "to", text, answer`;

interface Marked {
  channelId: bigint;
  from: string;
  to: string;
  text: string;
  answer: string;
}

/** Replies to a stop, a start or a call for help, if a reply is due and none was sent. */
export async function answerInbound(
  shop: { shopId: bigint; name: string },
  messageSid: string,
): Promise<void> {
  const { rows } = await pool.query<Marked>(MARK, [shop.shopId, messageSid]);
  const [marked] = rows;
  const answer = ANSWERS.find((each) => each === marked?.answer);
  const channel = marked && (await findChannel(pool, shop.shopId, marked.channelId));
  if (!marked || !answer || !channel) return;
  const { createTwilioMessage } = await import('#app/integrations/twilio/messages.server.ts');
  const country = countryOfPhone(marked.from);
  const outcome = await createTwilioMessage(credentialsOf(channel), {
    to: marked.from,
    body: normalizeBody(answerText(answer, { shop: shop.name, text: marked.text, country })),
    messagingServiceSid: channel.serviceSid,
    from: marked.to,
    statusCallback: statusAddress(shop.shopId, channel.channelId, NO_MESSAGE),
    validitySeconds: VALIDITY_SECONDS,
  });
  if (outcome.is !== 'accepted')
    logger.warn({ shopId: String(shop.shopId), messageSid, outcome: outcome.is }, 'text not answered');
}
