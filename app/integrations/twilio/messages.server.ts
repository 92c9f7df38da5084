import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message.js';
import {
  toTwilioFailure,
  toTwilioUpstreamError,
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
  try {
    const found = await twilioClient(credentials).messages.list({
      to,
      pageSize: FOUND_MAX,
      limit: FOUND_MAX,
    });
    return found.map(toMessage);
  } catch (error) {
    throw toTwilioUpstreamError(error);
  }
}

/** One message as it is now. @throws UpstreamError */
export async function fetchTwilioMessage(
  credentials: TwilioCredentials,
  sid: string,
): Promise<TwilioMessage> {
  try {
    return toMessage(await twilioClient(credentials).messages(sid).fetch());
  } catch (error) {
    throw toTwilioUpstreamError(error);
  }
}

/** Empties the text of a message at Twilio, for the erasure of a person. @throws UpstreamError */
export async function redactTwilioMessage(credentials: TwilioCredentials, sid: string): Promise<void> {
  try {
    await twilioClient(credentials).messages(sid).update({ body: '' });
  } catch (error) {
    throw toTwilioUpstreamError(error);
  }
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
