import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageInstance, MessagePage } from 'twilio/lib/rest/api/v2010/account/message.js';
import {
  orUpstreamError,
  toTwilioFailure,
  twilioClient,
  type TwilioCredentials,
  type TwilioFailure,
} from './client.server.ts';

/** A text as Twilio gets it. */
export interface TwilioText {
  /** E.164. */
  to: string;
  body: string;
  messagingServiceSid: string;
  /** A sender of the service's; null leaves the choice to it. */
  from: string | null;
  statusCallback: string;
  /** How long Twilio may hold it back, 1 to 36,000 s; then it ends with 30036, not charged. */
  validitySeconds: number;
}

/** A message at Twilio. `status` is what Twilio says, also words that we do not know. */
export interface TwilioMessage {
  sid: string;
  status: string;
  to: string;
  from: string | null;
  body: string;
  /** Null until Twilio knows. */
  parts: number | null;
  messagingServiceSid: string | null;
  errorCode: number | null;
  /** As Twilio writes it, such as "-0.00790"; null until the carrier reported. */
  price: string | null;
  priceUnit: string | null;
  createdAt: Date;
}

/** Sends one text. There is no key that would make a second call harmless: after `unknown`, look before you send again. */
export async function createTwilioMessage(
  credentials: TwilioCredentials,
  text: TwilioText,
): Promise<{ is: 'accepted'; message: TwilioMessage } | TwilioFailure> {
  try {
    const message = await twilioClient(credentials).messages.create({
      to: text.to,
      body: text.body,
      messagingServiceSid: text.messagingServiceSid,
      ...(text.from === null ? {} : { from: text.from }),
      statusCallback: text.statusCallback,
      validityPeriod: text.validitySeconds,
      // On at the service it would change the body, which a look-up compares.
      smartEncoded: false,
    });
    return { is: 'accepted', message: toMessage(message) };
  } catch (error) {
    return toTwilioFailure(error);
  }
}

const FOUND_MAX = 50;

/**
 * The newest messages to this number, at most 50. Not filtered by the date of sending: a message not yet sent has none.
 * @throws UpstreamError
 */
export async function findTwilioMessages(
  credentials: TwilioCredentials,
  to: string,
): Promise<TwilioMessage[]> {
  return orUpstreamError(async () => {
    const found = await twilioClient(credentials).messages.list({
      to,
      pageSize: FOUND_MAX,
      limit: FOUND_MAX,
    });
    return found.map(toMessage);
  });
}

/** A text that a person sent to a number of the account's. */
export interface TwilioReceivedText {
  sid: string;
  from: string;
  to: string;
  body: string;
  media: number;
  at: Date;
}

const RECEIVED_A_CALL = 1_000;

/**
 * The texts that people sent to this number from a time until another, the oldest first.
 * @throws UpstreamError
 */
export async function listReceivedTexts(
  credentials: TwilioCredentials,
  { to, from, until }: { to: string; from: Date; until: Date },
): Promise<TwilioReceivedText[]> {
  return orUpstreamError(async () => {
    const found = await twilioClient(credentials).messages.list({
      to,
      dateSentAfter: from,
      dateSentBefore: until,
      pageSize: RECEIVED_A_CALL,
    });
    return found
      .filter(({ direction }) => direction === 'inbound')
      .map((message) => ({
        sid: message.sid,
        from: message.from,
        to: message.to,
        body: message.body,
        media: Number(message.numMedia) || 0,
        at: message.dateSent ?? message.dateCreated,
      }))
      .toSorted((one, other) => one.at.getTime() - other.at.getTime());
  });
}

const PRICES_A_CALL = 1_000;

/** What was charged for a message that the account sent. */
export interface TwilioCharge {
  sid: string;
  /** It went to a carrier, so that it costs something. */
  isBilled: boolean;
  /** As Twilio writes it, such as "-0.00790"; null until the carrier reported. */
  price: string | null;
  priceUnit: string | null;
}

interface AskedCharges {
  from: Date;
  until: Date;
  /** Between two calls. */
  pauseMs: number;
  pageSize?: number;
}

/**
 * What was charged for the messages that left in a time, up to 1,000 at once. What never left
 * has no date there, and is not among them. @throws UpstreamError
 */
export async function* listTwilioCharges(
  credentials: TwilioCredentials,
  { from, until, pauseMs, pageSize = PRICES_A_CALL }: AskedCharges,
): AsyncGenerator<TwilioCharge[]> {
  const asked = { dateSentAfter: from, dateSentBefore: until, pageSize };
  // What the next page is has another class.
  let page: Pick<MessagePage, 'instances' | 'nextPageUrl' | 'nextPage'> = await orUpstreamError(() =>
    twilioClient(credentials).messages.page(asked),
  );
  for (;;) {
    yield page.instances.filter(({ direction }) => direction !== 'inbound').map(toCharge);
    if (!page.nextPageUrl) return;
    await sleep(pauseMs);
    const current = page;
    const next = await orUpstreamError(async () => current.nextPage());
    if (!next) return;
    page = next;
  }
}

const BILLED = new Set<string>(['sent', 'delivered', 'undelivered', 'read', 'partially_delivered']);

function toCharge({ sid, status, price, priceUnit }: MessageInstance): TwilioCharge {
  return { sid, isBilled: BILLED.has(status), price: price || null, priceUnit: priceUnit || null };
}

/** One message as it is now. @throws UpstreamError */
export async function fetchTwilioMessage(
  credentials: TwilioCredentials,
  sid: string,
): Promise<TwilioMessage> {
  return orUpstreamError(async () => toMessage(await twilioClient(credentials).messages(sid).fetch()));
}

/** Empties the text of a message at Twilio, for the erasure of a person. @throws UpstreamError */
export async function redactTwilioMessage(credentials: TwilioCredentials, sid: string): Promise<void> {
  await orUpstreamError(() => twilioClient(credentials).messages(sid).update({ body: '' }));
}

function toMessage(message: MessageInstance): TwilioMessage {
  const parts = Number(message.numSegments);
  return {
    sid: message.sid,
    status: message.status,
    to: message.to,
    from: message.from || null,
    body: message.body,
    parts: Number.isInteger(parts) && parts > 0 ? parts : null,
    messagingServiceSid: message.messagingServiceSid || null,
    errorCode: message.errorCode || null,
    price: message.price || null,
    priceUnit: message.priceUnit || null,
    createdAt: message.dateCreated,
  };
}
