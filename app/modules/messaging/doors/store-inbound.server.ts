import { withTransaction, type Transaction } from '#app/db.server.ts';
import type { TwilioReceivedText } from '#app/integrations/twilio/messages.server.ts';
import { countryOfPhone } from '#app/lib/phone.ts';
import { cleanText } from '#app/lib/storable.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { loadAddressHash } from '../consent/address-hash.server.ts';
import { findSuppression, liftSuppression, suppressAddress } from '../consent/suppress.server.ts';
import { answerTo, type Answer } from '../inbound/rules/answers.ts';
import { decideText, type Decision } from '../inbound/rules/decide-text.ts';
import { WORDS_VERSION } from '../inbound/rules/words.ts';
import type { CallbackTarget } from './callback-target.ts';
import { isSid } from './store-receipt.server.ts';

/** Twilio's longest text has 1,600 characters. */
const TEXT_CHARACTERS_MAX = 2_000;
const ADDRESS_CHARACTERS_MAX = 64;
const MEDIA_MAX = 10;

interface Inbound extends CallbackTarget {
  sid: string;
  from: string;
  to: string;
  text: string;
  media: number;
  optOutType: string | null;
  at: Date;
  /** It was found at Twilio later: too late to be answered. */
  isMissed: boolean;
}

/**
 * Stores a text that a person sent, once. A stop holds when this resolves: what is sent afterwards finds it. What else
 * follows from the text is the worker's. False for a form that is none.
 */
export async function storeInbound(target: CallbackTarget, form: URLSearchParams): Promise<boolean> {
  const field = (name: string, max = ADDRESS_CHARACTERS_MAX) => cleanText(form.get(name) ?? '').slice(0, max);
  const media = Number.parseInt(field('NumMedia'), 10) || 0;
  const inbound: Inbound = {
    ...target,
    sid: field('MessageSid'),
    from: field('From'),
    to: field('To'),
    text: field('Body', TEXT_CHARACTERS_MAX),
    media: Math.min(Math.max(media, 0), MEDIA_MAX),
    optOutType: field('OptOutType') || null,
    at: new Date(),
    isMissed: false,
  };
  if (!isSid(inbound.sid) || inbound.from === '') return false;
  await withTransaction((tx) => storeDecided(tx, inbound));
  return true;
}

/**
 * Stores a text that Twilio has and the door never got. It counts from its own time: what the number said or staff did since
 * stays. False for one that is there.
 */
export async function storeMissedText(target: CallbackTarget, text: TwilioReceivedText): Promise<boolean> {
  const inbound: Inbound = {
    ...target,
    sid: text.sid,
    from: cleanText(text.from).slice(0, ADDRESS_CHARACTERS_MAX),
    to: cleanText(text.to).slice(0, ADDRESS_CHARACTERS_MAX),
    text: cleanText(text.body).slice(0, TEXT_CHARACTERS_MAX),
    media: Math.min(text.media, MEDIA_MAX),
    optOutType: null,
    at: text.at,
    isMissed: true,
  };
  if (!isSid(inbound.sid) || inbound.from === '') return false;
  return withTransaction((tx) => storeDecided(tx, inbound));
}

/** False for a text that is there. */
async function storeDecided(tx: Transaction, inbound: Inbound): Promise<boolean> {
  const { shopId, from, at, isMissed } = inbound;
  const hash = (await loadAddressHash(tx, shopId))('sms', from);
  const isSuppressed = (await findSuppression(tx, shopId, 'sms', hash)) !== null;
  const read = decideText({
    text: inbound.text,
    country: countryOfPhone(from),
    isSuppressed,
    optOutType: inbound.optOutType,
  });
  const isOvertaken = isMissed && (await wasDecidedSince(tx, { shopId, hash, from, at }));
  const decision: Decision = isOvertaken
    ? { ...read, intent: 'none', suppresses: false, needsReview: false }
    : read;
  const answer = isMissed ? null : answerTo(decision, isSuppressed);
  if (!(await insert(tx, inbound, decision, answer))) return false;
  const address = { shopId, channel: 'sms' as const, hash, address: from };
  const proof = {
    at,
    messageSid: inbound.sid,
    rule: decision.rule,
    wordsVersion: WORDS_VERSION,
    actor: null,
  };
  const { suppresses, needsReview } = decision;
  if (suppresses)
    await suppressAddress(tx, address, {
      ...proof,
      source: needsReview ? 'free_text' : 'keyword',
      needsReview,
    });
  else if (decision.intent === 'start') await liftSuppression(tx, address, { ...proof, source: 'start' });
  await wakeTask(tx, 'process-inbound');
  return true;
}

/** Whether staff or the number itself decided otherwise since. */
async function wasDecidedSince(
  tx: Transaction,
  { shopId, hash, from, at }: { shopId: bigint; hash: string; from: string; at: Date },
): Promise<boolean> {
  const { rows } = await tx.query<{ ok: boolean }>(
    `SELECT EXISTS (SELECT FROM suppressions WHERE shop_id = $1 AND channel = 'sms' AND address_hash = $2
         AND greatest(since, lifted_at) > $4)
       OR EXISTS (SELECT FROM inbound_messages WHERE shop_id = $1 AND from_address = $3 AND received_at > $4
         AND (suppresses OR intent = 'start')) AS ok`,
    [shopId, hash, from, at],
  );
  return rows[0]?.ok ?? false;
}

/** A message that came before is there already: false. */
async function insert(
  tx: Transaction,
  inbound: Inbound,
  decision: Decision,
  answer: Answer | null,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `INSERT INTO inbound_messages (shop_id, message_sid, channel_id, from_address, to_address, text, media, opt_out_type,
       intent, suppresses, needs_review, answer, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce($13, clock_timestamp())) ON CONFLICT DO NOTHING`,
    [
      inbound.shopId,
      inbound.sid,
      inbound.channelId,
      inbound.from,
      inbound.to,
      inbound.text,
      inbound.media,
      inbound.optOutType,
      decision.intent,
      decision.suppresses,
      decision.needsReview,
      answer,
      inbound.isMissed ? inbound.at : null,
    ],
  );
  return rowCount === 1;
}
