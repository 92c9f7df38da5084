import { takeFault } from '../faults.ts';
import type { World } from '../world.ts';
import { partsOf, type TwilioDelivery } from './delivery.ts';
import { scopeOf } from './inbound.ts';
import { messageResource, newSid } from './resources.ts';
import { refuse, type Call, type Answer } from './call.ts';
import type { TwilioMessage, TwilioService } from './state.ts';

const BODY_UNITS_MAX = 1_600;
const E164 = /^\+[1-9]\d{6,14}$/;
/** Countries that Twilio serves nobody in, whatever the account's switches say (docs/api/errors/21408). */
const CLOSED = ['+98', '+963', '+53'];
/** Countries where a landline is told only by the carrier. */
const LANDLINE_UNTOLD = ['+1', '+44'];
/** How far behind the list is when the fault `indexLag` strikes. */
const INDEX_LAG_MS = 30_000;
const PAGE_SIZE = 50;

/** `CreateMessage`: refused as Twilio would, or accepted and on its way. */
export async function createMessage(world: World, delivery: TwilioDelivery, call: Call): Promise<Answer> {
  const parameter = (name: string) => call.form.get(name);
  const to = parameter('To') ?? '';
  const body = parameter('Body') ?? '';
  const service = serviceOf(world, call);
  if (parameter('MessagingServiceSid') !== null && !service)
    return refuse(404, 21_701, 'The Messaging Service does not exist');
  if (!service && parameter('From') === null) return refuse(400, 21_603, "A 'From' phone number is required");
  if (body === '') return refuse(400, 21_602, 'Message body is required.');
  if (body.length > BODY_UNITS_MAX)
    return refuse(400, 21_617, 'The concatenated message body exceeds the 1600 character limit.');
  const unreachable = refuseRecipient(world, to);
  if (unreachable) return unreachable;
  const from = parameter('From') ?? (service && senderOf(world, service, to));
  if (from === null) return refuse(400, 21_704, 'The Messaging Service contains no phone numbers.');
  if (!isSender(world, call.account.sid, from))
    return refuse(400, 21_606, `The From phone number ${from} is not a valid, SMS-capable phone number`);
  const scope = scopeOf(service?.sid ?? null, from);
  if (world.twilio.blocked.some((each) => each.scope === scope && each.address === to))
    return refuse(400, 21_610, 'Attempt to send to unsubscribed recipient');
  if (delivery.isQueueFull(from)) return refuse(429, 21_611, 'This From number has exceeded the maximum');
  const message = newMessage(world, { to, body, service, call });
  const early = takeFault(world, 'receipt', message.accountSid, ['CreateMessage'], ['early']);
  if (early) await delivery.finishNow(message, from);
  const answer = { status: 201, body: { ...messageResource(message), ...(early ? FIRST : {}) } };
  if (early) return answer;
  // A message of a service has no sender in its first answer.
  if (!service) message.from = from;
  const first = { status: 201, body: messageResource(message) };
  delivery.start(message, from);
  return first;
}

/** What the answer to a create says, however fast the carrier was. */
const FIRST = {
  status: 'accepted',
  from: null,
  num_segments: '0',
  price: null,
  price_unit: null,
  date_sent: null,
};

function refuseRecipient(world: World, to: string): Answer | null {
  if (!E164.test(to)) return refuse(400, 21_211, `Invalid 'To' Phone Number: ${to}`);
  if (CLOSED.some((code) => to.startsWith(code)))
    return refuse(400, 21_408, `Permission to send an SMS has not been enabled for the region: ${to}`);
  const isLandline = world.twilio.phones.some(({ number, state }) => number === to && state === 'landline');
  if (isLandline && !LANDLINE_UNTOLD.some((code) => to.startsWith(code)))
    return refuse(400, 21_614, `'To' number: ${to}, is not a mobile number`);
  return null;
}

function serviceOf(world: World, { form, account }: Call): TwilioService | null {
  const sid = form.get('MessagingServiceSid');
  return world.twilio.services.find((each) => each.sid === sid && each.accountSid === account.sid) ?? null;
}

/** The sender a service takes: a name outside North America, where it has one; else a number. */
function senderOf(world: World, service: TwilioService, to: string): string | null {
  const [name] = service.alphaSenders;
  const number = world.twilio.numbers.find(({ sid }) => service.numbers.includes(sid));
  if (name && !to.startsWith('+1')) return name.value;
  return number?.phoneNumber ?? null;
}

function isSender(world: World, accountSid: string, from: string): boolean {
  const { numbers, services } = world.twilio;
  return (
    numbers.some((each) => each.accountSid === accountSid && each.phoneNumber === from) ||
    services.some(
      (each) => each.accountSid === accountSid && each.alphaSenders.some(({ value }) => value === from),
    )
  );
}

interface NewMessage {
  to: string;
  body: string;
  service: TwilioService | null;
  call: Call;
}

function newMessage(world: World, { to, body, service, call }: NewMessage): TwilioMessage {
  const now = world.instant();
  const message: TwilioMessage = {
    sid: newSid('SM'),
    accountSid: call.account.sid,
    serviceSid: service?.sid ?? null,
    from: null,
    to,
    body,
    status: service ? 'accepted' : 'queued',
    direction: 'outbound-api',
    // Of a service's message the first answer has none.
    segments: service ? 0 : partsOf(body),
    price: null,
    errorCode: null,
    statusCallback: call.form.get('StatusCallback') ?? service?.statusCallback ?? null,
    createdAt: now,
    updatedAt: now,
    sentAt: null,
  };
  world.twilio.messages.push(message);
  return message;
}

/** `FetchMessage`, `UpdateMessage` (redacts: an empty body) and `DeleteMessage`. */
export function ofOneMessage(world: World, call: Call): Answer {
  const { messages } = world.twilio;
  const message = messages.find(
    ({ sid, accountSid }) => sid === call.pathParams['Sid'] && accountSid === call.account.sid,
  );
  if (!message) return refuse(404, 20_404, 'The requested resource was not found');
  if (call.operation === 'UpdateMessage' && call.form.get('Body') === '') message.body = '';
  if (call.operation === 'DeleteMessage') {
    messages.splice(messages.indexOf(message), 1);
    return { status: 204, body: null };
  }
  return { status: 200, body: messageResource(message) };
}

/** `ListMessage`, newest first. What was not sent yet has no date, so filters by date leave it out. */
export function listMessages(world: World, call: Call): Answer {
  const wanted = call.query;
  const lag = takeFault(world, 'twilio', call.account.sid, ['ListMessage'], ['indexLag']) ? INDEX_LAG_MS : 0;
  const before = world.now() - lag;
  const after = wanted.get('DateSent>');
  const until = wanted.get('DateSent<');
  const found = world.twilio.messages.filter(
    (each) =>
      each.accountSid === call.account.sid &&
      (wanted.get('To') ?? each.to) === each.to &&
      (wanted.get('From') ?? each.from) === each.from &&
      Date.parse(each.createdAt) <= before &&
      (after === null || (each.sentAt !== null && Date.parse(each.sentAt) >= Date.parse(after))) &&
      (until === null || (each.sentAt !== null && Date.parse(each.sentAt) <= Date.parse(until))),
  );
  const size = Number(wanted.get('PageSize') ?? PAGE_SIZE);
  const page = Number(wanted.get('Page') ?? 0);
  const start = page * size;
  const shown = found.toReversed().slice(start, start + size);
  // The address of another page carries what was asked for.
  const address = (number: number) => {
    const asked = new URLSearchParams(wanted);
    asked.set('PageSize', String(size));
    asked.set('Page', String(number));
    return `${call.path}?${asked.toString()}`;
  };
  return {
    status: 200,
    body: {
      messages: shown.map(messageResource),
      page,
      page_size: size,
      start,
      end: start + Math.max(shown.length - 1, 0),
      uri: address(page),
      first_page_uri: address(0),
      previous_page_uri: page === 0 ? null : address(page - 1),
      next_page_uri: found.length > start + size ? address(page + 1) : null,
    },
  };
}
