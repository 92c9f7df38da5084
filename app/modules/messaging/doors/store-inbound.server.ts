import { withTransaction, type Transaction } from '#app/db.server.ts';
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
  };
  if (!isSid(inbound.sid) || inbound.from === '') return false;
  await withTransaction((tx) => storeDecided(tx, inbound));
  return true;
}

async function storeDecided(tx: Transaction, inbound: Inbound): Promise<void> {
  const { shopId, from } = inbound;
  const hash = (await loadAddressHash(tx, shopId))('sms', from);
  const isSuppressed = (await findSuppression(tx, shopId, 'sms', hash)) !== null;
  const decision = decideText({
    text: inbound.text,
    country: countryOfPhone(from),
    isSuppressed,
    optOutType: inbound.optOutType,
  });
  if (!(await insert(tx, inbound, decision, answerTo(decision, isSuppressed)))) return;
  const address = { shopId, channel: 'sms' as const, hash, address: from };
  const proof = {
    at: new Date(),
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
       intent, suppresses, needs_review, answer)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
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
    ],
  );
  return rowCount === 1;
}
