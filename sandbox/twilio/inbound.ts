import type { World } from '../world.ts';
import type { TwilioCallbacks } from './callbacks.ts';
import { partsOf } from './delivery.ts';
import { newSid } from './resources.ts';
import type { TwilioMessage, TwilioNumber, TwilioService } from './state.ts';

/** Twilio's words for English; only a text that is nothing else counts (tutorials/advanced-opt-out). */
const WORDS = {
  STOP: ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout'],
  START: ['start', 'yes', 'unstop'],
  HELP: ['help', 'info'],
};
type OptOutType = keyof typeof WORDS;
const REPLIES: Record<OptOutType, string> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

export type InboundInput = { from: string; to: string; body: string };

/** The number that a text can be sent to, with the service it is in; null for a name, which nobody can answer. */
export function receiverOf(
  world: World,
  to: string,
): { number: TwilioNumber; service: TwilioService | null } | null {
  const number = world.twilio.numbers.find(({ phoneNumber }) => phoneNumber === to);
  if (!number) return null;
  return {
    number,
    service: world.twilio.services.find(({ numbers }) => numbers.includes(number.sid)) ?? null,
  };
}

/** Blocks of a sender: by its service when it is in one, otherwise by the number itself. */
export function scopeOf(serviceSid: string | null, from: string): string {
  return serviceSid ?? from;
}

/**
 * A phone sends a text to a number: Twilio obeys its own words, answers them, and tells the app. Returns the message, or null
 * when `to` hears nothing.
 */
export async function receiveText(
  world: World,
  callbacks: TwilioCallbacks,
  input: InboundInput,
): Promise<TwilioMessage | null> {
  const receiver = receiverOf(world, input.to);
  if (!receiver) return null;
  const { number, service } = receiver;
  const account = world.twilio.accounts.find(({ sid }) => sid === number.accountSid);
  if (!account) return null;
  const message = newMessage(world, { ...input, number, service });
  const word = input.body.trim().toLowerCase();
  const optOutType = (['STOP', 'START', 'HELP'] as const).find((type) => WORDS[type].includes(word)) ?? null;
  if (optOutType) obey(world, optOutType, message);
  const address = service && !service.useInboundWebhookOnNumber ? service.inboundRequestUrl : number.smsUrl;
  if (address !== null)
    await callbacks.send({
      kind: 'inbound',
      messageSid: message.sid,
      summary: input.body,
      address,
      authToken: account.authToken,
      parameters: inboundParameters(world, message, optOutType),
    });
  return message;
}

type NewMessage = InboundInput & { number: TwilioNumber; service: TwilioService | null };

function newMessage(world: World, { from, to, body, number, service }: NewMessage): TwilioMessage {
  const now = world.instant();
  const message: TwilioMessage = {
    sid: newSid('SM'),
    accountSid: number.accountSid,
    serviceSid: service?.sid ?? null,
    from,
    to,
    body,
    status: 'received',
    direction: 'inbound',
    segments: partsOf(body),
    price: null,
    errorCode: null,
    statusCallback: null,
    createdAt: now,
    updatedAt: now,
    sentAt: now,
  };
  world.twilio.messages.push(message);
  return message;
}

function obey(world: World, type: OptOutType, { from, to, serviceSid, accountSid }: TwilioMessage): void {
  const address = from ?? '';
  const scope = scopeOf(serviceSid, to);
  const isBlocked = (each: { scope: string; address: string }) =>
    each.scope === scope && each.address === address;
  const { twilio } = world;
  if (type === 'START') twilio.blocked = twilio.blocked.filter((each) => !isBlocked(each));
  if (type === 'STOP' && !twilio.blocked.some(isBlocked)) twilio.blocked.push({ scope, address });
  const now = world.instant();
  twilio.messages.push({
    sid: newSid('SM'),
    accountSid,
    serviceSid,
    from: to,
    to: address,
    body: REPLIES[type],
    status: 'delivered',
    direction: 'outbound-reply',
    segments: 1,
    price: null,
    errorCode: null,
    statusCallback: null,
    createdAt: now,
    updatedAt: now,
    sentAt: now,
  });
}

function inboundParameters(
  world: World,
  message: TwilioMessage,
  optOutType: OptOutType | null,
): Record<string, string> {
  const phone = world.twilio.phones.find(({ number }) => number === message.from);
  return {
    MessageSid: message.sid,
    SmsSid: message.sid,
    SmsMessageSid: message.sid,
    AccountSid: message.accountSid,
    ...(message.serviceSid === null ? {} : { MessagingServiceSid: message.serviceSid }),
    From: message.from ?? '',
    To: message.to,
    Body: message.body,
    NumMedia: '0',
    NumSegments: String(message.segments),
    SmsStatus: 'received',
    FromCountry: phone?.country ?? '',
    FromState: '',
    FromCity: '',
    FromZip: '',
    ApiVersion: '2010-04-01',
    ...(optOutType === null ? {} : { OptOutType: optOutType }),
  };
}
