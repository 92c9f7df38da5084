import type { World } from '../world.ts';
import { refuse, type Answer, type Call } from './call.ts';
import { alphaSenderResource, newSid, serviceNumberResource, serviceResource } from './resources.ts';
import type { TwilioService } from './state.ts';

const NOT_FOUND = refuse(404, 20_404, 'The requested resource was not found');
/** Up to 11 letters, digits and blanks, one letter at least (docs/glossary/what-alphanumeric-sender-id). */
const ALPHA_SENDER = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;

/** `CreateService`. */
export function createService(world: World, { form, account }: Call): Answer {
  const now = world.instant();
  const service: TwilioService = {
    sid: newSid('MG'),
    accountSid: account.sid,
    friendlyName: '',
    inboundRequestUrl: null,
    useInboundWebhookOnNumber: false,
    statusCallback: null,
    stickySender: true,
    smartEncoding: true,
    validityPeriod: 36_000,
    usecase: 'undeclared',
    numbers: [],
    alphaSenders: [],
    createdAt: now,
    updatedAt: now,
  };
  change(service, form);
  world.twilio.services.push(service);
  return { status: 201, body: serviceResource(service) };
}

function change(service: TwilioService, form: URLSearchParams): void {
  const text = (name: string, before: string) => form.get(name) ?? before;
  const flag = (name: string, before: boolean) => (form.has(name) ? form.get(name) === 'true' : before);
  service.friendlyName = text('FriendlyName', service.friendlyName);
  service.inboundRequestUrl = form.get('InboundRequestUrl') ?? service.inboundRequestUrl;
  service.statusCallback = form.get('StatusCallback') ?? service.statusCallback;
  service.usecase = text('Usecase', service.usecase);
  service.stickySender = flag('StickySender', service.stickySender);
  service.smartEncoding = flag('SmartEncoding', service.smartEncoding);
  service.useInboundWebhookOnNumber = flag('UseInboundWebhookOnNumber', service.useInboundWebhookOnNumber);
  service.validityPeriod = Number(text('ValidityPeriod', String(service.validityPeriod)));
}

/** `FetchService`, `UpdateService` and `DeleteService`. */
export function ofOneService(world: World, call: Call): Answer {
  const service = find(world, call, 'Sid');
  if (!service) return NOT_FOUND;
  if (call.operation === 'DeleteService') {
    world.twilio.services = world.twilio.services.filter((each) => each !== service);
    return { status: 204, body: null };
  }
  if (call.operation === 'UpdateService') {
    change(service, call.form);
    service.updatedAt = world.instant();
  }
  return { status: 200, body: serviceResource(service) };
}

/** `ListService`. */
export function listServices(world: World, call: Call): Answer {
  const own = world.twilio.services.filter(({ accountSid }) => accountSid === call.account.sid);
  return page(call, 'services', own.map(serviceResource));
}

/** `CreatePhoneNumber`: puts a number of the account into the service. */
export function addNumber(world: World, call: Call): Answer {
  const service = find(world, call, 'ServiceSid');
  const sid = call.form.get('PhoneNumberSid');
  const number = world.twilio.numbers.find(
    (each) => each.sid === sid && each.accountSid === call.account.sid,
  );
  if (!service || !number) return NOT_FOUND;
  if (world.twilio.services.some(({ numbers }) => numbers.includes(number.sid)))
    return refuse(409, 21_712, 'Phone Number is associated with another Messaging Service');
  service.numbers.push(number.sid);
  return { status: 201, body: serviceNumberResource(service, number) };
}

/** `ListPhoneNumber`. */
export function listNumbers(world: World, call: Call): Answer {
  const service = find(world, call, 'ServiceSid');
  if (!service) return NOT_FOUND;
  const own = world.twilio.numbers.filter(({ sid }) => service.numbers.includes(sid));
  return page(
    call,
    'phone_numbers',
    own.map((number) => serviceNumberResource(service, number)),
  );
}

/** `CreateAlphaSender`. */
export function addAlphaSender(world: World, call: Call): Answer {
  const service = find(world, call, 'ServiceSid');
  const value = call.form.get('AlphaSender') ?? '';
  if (!service) return NOT_FOUND;
  if (!ALPHA_SENDER.test(value)) return refuse(400, 21_709, 'Invalid Alpha Sender ID');
  const sender = { sid: newSid('AI'), value, createdAt: world.instant() };
  service.alphaSenders.push(sender);
  return { status: 201, body: alphaSenderResource(service, sender) };
}

/** `DeleteAlphaSender`. */
export function removeAlphaSender(world: World, call: Call): Answer {
  const service = find(world, call, 'ServiceSid');
  const sender = service?.alphaSenders.find(({ sid }) => sid === call.pathParams['Sid']);
  if (!service || !sender) return NOT_FOUND;
  service.alphaSenders = service.alphaSenders.filter((each) => each !== sender);
  return { status: 204, body: null };
}

/** `ListAlphaSender`. */
export function listAlphaSenders(world: World, call: Call): Answer {
  const service = find(world, call, 'ServiceSid');
  if (!service) return NOT_FOUND;
  const senders = service.alphaSenders.map((sender) => alphaSenderResource(service, sender));
  return page(call, 'alpha_senders', senders);
}

function find(world: World, { pathParams, account }: Call, name: string): TwilioService | null {
  const sid = pathParams[name];
  return world.twilio.services.find((each) => each.sid === sid && each.accountSid === account.sid) ?? null;
}

function page(call: Call, key: string, items: unknown[]): Answer {
  const url = `https://messaging.twilio.com${call.path}`;
  const meta = {
    key,
    url,
    first_page_url: url,
    previous_page_url: null,
    next_page_url: null,
    page: 0,
    page_size: Math.max(items.length, 1),
  };
  return { status: 200, body: { [key]: items, meta } };
}
