import { randomBytes } from 'node:crypto';
import type { TwilioAccount, TwilioMessage, TwilioNumber, TwilioService } from './state.ts';

const API_VERSION = '2010-04-01';

/** A new sid: two letters and 32 hexadecimal digits. */
export function newSid(kind: 'AC' | 'SM' | 'MG' | 'PN' | 'AI'): string {
  return kind + randomBytes(16).toString('hex');
}

/** A moment as the older API writes it: `Sat, 28 Nov 2026 10:00:00 +0000`. */
export function rfc2822(instant: string): string {
  return new Date(instant).toUTCString().replace('GMT', '+0000');
}

/** An account, as its owner sees it: with its auth token. */
export function accountResource(account: TwilioAccount) {
  const uri = `/${API_VERSION}/Accounts/${account.sid}`;
  return {
    sid: account.sid,
    friendly_name: account.friendlyName,
    auth_token: account.authToken,
    owner_account_sid: account.ownerSid,
    status: account.status,
    type: 'Full',
    date_created: rfc2822(account.createdAt),
    date_updated: rfc2822(account.updatedAt),
    uri: `${uri}.json`,
    subresource_uris: { messages: `${uri}/Messages.json` },
  };
}

/** A message; what Twilio has not set yet is null, `num_segments` of a service's message "0". */
export function messageResource(message: TwilioMessage) {
  const uri = `/${API_VERSION}/Accounts/${message.accountSid}/Messages/${message.sid}`;
  const isUnsent = message.serviceSid !== null && message.status === 'accepted';
  return {
    sid: message.sid,
    account_sid: message.accountSid,
    messaging_service_sid: message.serviceSid,
    from: message.from,
    to: message.to,
    body: message.body,
    status: message.status,
    direction: message.direction,
    num_segments: isUnsent ? '0' : String(message.segments),
    num_media: '0',
    price: message.price,
    price_unit: message.price === null ? null : 'USD',
    error_code: message.errorCode,
    error_message: null,
    date_created: rfc2822(message.createdAt),
    date_updated: rfc2822(message.updatedAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    api_version: API_VERSION,
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
}

/** A Messaging Service. */
export function serviceResource(service: TwilioService) {
  const url = `https://messaging.twilio.com/v1/Services/${service.sid}`;
  return {
    sid: service.sid,
    account_sid: service.accountSid,
    friendly_name: service.friendlyName,
    inbound_request_url: service.inboundRequestUrl,
    inbound_method: 'POST',
    fallback_url: null,
    fallback_method: 'POST',
    status_callback: service.statusCallback,
    sticky_sender: service.stickySender,
    mms_converter: true,
    smart_encoding: service.smartEncoding,
    scan_message_content: 'inherit',
    fallback_to_long_code: true,
    area_code_geomatch: true,
    synchronous_validation: false,
    validity_period: service.validityPeriod,
    usecase: service.usecase,
    us_app_to_person_registered: false,
    use_inbound_webhook_on_number: service.useInboundWebhookOnNumber,
    date_created: service.createdAt,
    date_updated: service.updatedAt,
    url,
    links: { phone_numbers: `${url}/PhoneNumbers`, alpha_senders: `${url}/AlphaSenders` },
  };
}

/** A number of an account. */
export function numberResource(number: TwilioNumber) {
  return {
    sid: number.sid,
    account_sid: number.accountSid,
    phone_number: number.phoneNumber,
    friendly_name: number.phoneNumber,
    sms_url: number.smsUrl,
    sms_method: 'POST',
    sms_fallback_url: null,
    sms_fallback_method: 'POST',
    sms_application_sid: null,
    status_callback: null,
    status_callback_method: 'POST',
    voice_receive_mode: 'voice',
    voice_application_sid: null,
    voice_caller_id_lookup: false,
    voice_fallback_method: 'POST',
    voice_fallback_url: null,
    voice_method: 'POST',
    voice_url: null,
    address_sid: null,
    address_requirements: 'none',
    api_version: API_VERSION,
    beta: false,
    capabilities: { sms: true, mms: false, voice: true, fax: false },
    identity_sid: null,
    bundle_sid: null,
    trunk_sid: null,
    origin: 'twilio',
    status: 'in-use',
    emergency_status: 'Inactive',
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    date_created: rfc2822(number.createdAt),
    date_updated: rfc2822(number.updatedAt),
    uri: `/${API_VERSION}/Accounts/${number.accountSid}/IncomingPhoneNumbers/${number.sid}.json`,
  };
}

/** A number in a service. */
export function serviceNumberResource(service: TwilioService, number: TwilioNumber) {
  return {
    sid: number.sid,
    account_sid: service.accountSid,
    service_sid: service.sid,
    phone_number: number.phoneNumber,
    country_code: number.phoneNumber.startsWith('+1') ? 'US' : null,
    capabilities: ['SMS', 'Voice'],
    date_created: number.createdAt,
    date_updated: number.updatedAt,
    url: `https://messaging.twilio.com/v1/Services/${service.sid}/PhoneNumbers/${number.sid}`,
  };
}

/** A name as sender in a service. */
export function alphaSenderResource(service: TwilioService, sender: TwilioService['alphaSenders'][number]) {
  return {
    sid: sender.sid,
    account_sid: service.accountSid,
    service_sid: service.sid,
    alpha_sender: sender.value,
    capabilities: ['SMS'],
    date_created: sender.createdAt,
    date_updated: sender.createdAt,
    url: `https://messaging.twilio.com/v1/Services/${service.sid}/AlphaSenders/${sender.sid}`,
  };
}
