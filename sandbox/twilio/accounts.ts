import { randomBytes } from 'node:crypto';
import type { World } from '../world.ts';
import { refuse, type Answer, type Call } from './call.ts';
import { accountResource, newSid, numberResource } from './resources.ts';
import type { TwilioNumber } from './state.ts';

const NOT_FOUND = refuse(404, 20_404, 'The requested resource was not found');
const E164 = /^\+[1-9]\d{6,14}$/;

/** `CreateAccount`: a subaccount, with a token of its own. */
export function createAccount(world: World, { form, account }: Call): Answer {
  const now = world.instant();
  const created = {
    sid: newSid('AC'),
    authToken: randomBytes(16).toString('hex'),
    friendlyName: form.get('FriendlyName') ?? '',
    ownerSid: account.sid,
    status: 'active' as const,
    createdAt: now,
    updatedAt: now,
  };
  world.twilio.accounts.push(created);
  return { status: 201, body: accountResource(created) };
}

/** `FetchAccount` and `UpdateAccount` (its name, or to suspend and close it). */
export function ofOneAccount(world: World, call: Call): Answer {
  const found = world.twilio.accounts.find(
    ({ sid, ownerSid }) =>
      sid === call.pathParams['Sid'] && (sid === call.account.sid || ownerSid === call.account.sid),
  );
  if (!found) return NOT_FOUND;
  if (call.operation === 'UpdateAccount') {
    found.friendlyName = call.form.get('FriendlyName') ?? found.friendlyName;
    const status = call.form.get('Status');
    if (found.sid === found.ownerSid && status !== null)
      return refuse(400, 20_001, 'The status of a main account is not changed by API');
    if (found.status === 'closed') return refuse(400, 20_001, 'A closed account stays closed');
    if (status === 'active' || status === 'suspended' || status === 'closed') found.status = status;
    if (status === 'closed') releaseNumbers(world, found.sid);
    found.updatedAt = world.instant();
  }
  return { status: 200, body: accountResource(found) };
}

/** The numbers of an account that is closed are anyone's again. */
function releaseNumbers(world: World, accountSid: string): void {
  world.twilio.numbers = world.twilio.numbers.filter((number) => number.accountSid !== accountSid);
}

/** `ListAccount`: the account and its subaccounts. */
export function listAccounts(world: World, call: Call): Answer {
  const name = call.query.get('FriendlyName');
  const status = call.query.get('Status');
  const own = world.twilio.accounts.filter(
    (each) =>
      each.ownerSid === call.account.sid &&
      (name === null || each.friendlyName === name) &&
      (status === null || each.status === status),
  );
  return page(call, 'accounts', own.map(accountResource));
}

/** `CreateIncomingPhoneNumber`: any number that nobody has. */
export function createNumber(world: World, { form, account }: Call): Answer {
  const phoneNumber = form.get('PhoneNumber') ?? '';
  if (!E164.test(phoneNumber)) return refuse(400, 21_421, 'PhoneNumber is invalid');
  if (world.twilio.numbers.some((each) => each.phoneNumber === phoneNumber))
    return refuse(400, 21_422, `${phoneNumber} is not available`);
  const now = world.instant();
  const number: TwilioNumber = {
    sid: newSid('PN'),
    accountSid: account.sid,
    phoneNumber,
    smsUrl: form.get('SmsUrl'),
    createdAt: now,
    updatedAt: now,
  };
  world.twilio.numbers.push(number);
  return { status: 201, body: numberResource(number) };
}

/** `FetchIncomingPhoneNumber` and `UpdateIncomingPhoneNumber`. */
export function ofOneNumber(world: World, call: Call): Answer {
  const number = world.twilio.numbers.find(
    (each) => each.sid === call.pathParams['Sid'] && each.accountSid === call.account.sid,
  );
  if (!number) return NOT_FOUND;
  if (call.operation === 'UpdateIncomingPhoneNumber' && call.form.has('SmsUrl')) {
    number.smsUrl = call.form.get('SmsUrl');
    number.updatedAt = world.instant();
  }
  return { status: 200, body: numberResource(number) };
}

/** `ListIncomingPhoneNumber`. */
export function listOwnNumbers(world: World, call: Call): Answer {
  const wanted = call.query.get('PhoneNumber');
  const own = world.twilio.numbers.filter(
    (each) => each.accountSid === call.account.sid && (wanted === null || each.phoneNumber === wanted),
  );
  return page(call, 'incoming_phone_numbers', own.map(numberResource));
}

function page(call: Call, key: string, items: unknown[]): Answer {
  return {
    status: 200,
    body: {
      [key]: items,
      page: 0,
      page_size: Math.max(items.length, 1),
      start: 0,
      end: Math.max(items.length - 1, 0),
      uri: call.path,
      first_page_uri: call.path,
      previous_page_uri: null,
      next_page_uri: null,
    },
  };
}
