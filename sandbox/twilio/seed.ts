import type { TwilioState } from './state.ts';

/** Credentials of the platform's account: what the demo's app is configured with. */
export const PLATFORM_ACCOUNT = {
  sid: 'AC00000000000000000000000000005e71',
  authToken: 'sandbox-platform-token',
};
/** An account that a merchant has, with a service that nothing of ours has touched. */
export const MERCHANT_ACCOUNT = {
  sid: 'AC0000000000000000000000000000ba71',
  authToken: 'sandbox-merchant-token',
  serviceSid: 'MG0000000000000000000000000000ba71',
};

const SEEDED_AT = '2026-01-05T08:00:00.000Z';

/** Two accounts, one number of the merchant, and phones in four countries. */
export function seedTwilio(): TwilioState {
  const account = { status: 'active' as const, createdAt: SEEDED_AT, updatedAt: SEEDED_AT };
  return {
    accounts: [
      { ...account, ...PLATFORM_ACCOUNT, ownerSid: PLATFORM_ACCOUNT.sid, friendlyName: 'Setia platform' },
      {
        ...account,
        sid: MERCHANT_ACCOUNT.sid,
        authToken: MERCHANT_ACCOUNT.authToken,
        ownerSid: MERCHANT_ACCOUNT.sid,
        friendlyName: 'Toko Setia',
      },
    ],
    services: [
      {
        sid: MERCHANT_ACCOUNT.serviceSid,
        accountSid: MERCHANT_ACCOUNT.sid,
        friendlyName: 'Toko Setia SMS',
        inboundRequestUrl: null,
        useInboundWebhookOnNumber: false,
        statusCallback: null,
        stickySender: true,
        smartEncoding: true,
        validityPeriod: 36_000,
        usecase: 'marketing',
        numbers: ['PN0000000000000000000000000000ba71'],
        alphaSenders: [],
        createdAt: SEEDED_AT,
        updatedAt: SEEDED_AT,
      },
    ],
    numbers: [
      {
        sid: 'PN0000000000000000000000000000ba71',
        accountSid: MERCHANT_ACCOUNT.sid,
        phoneNumber: '+14155550172',
        smsUrl: null,
        createdAt: SEEDED_AT,
        updatedAt: SEEDED_AT,
      },
    ],
    messages: [],
    phones: [
      { number: '+6281234567890', country: 'ID', language: 'id', state: 'on' },
      { number: '+66812345678', country: 'TH', language: 'th', state: 'on' },
      { number: '+14155550199', country: 'US', language: 'en', state: 'on' },
      { number: '+989121234567', country: 'IR', language: 'fa', state: 'on' },
    ],
    callbacks: [],
    requests: [],
    blocked: [],
    deactivated: [],
    busyUntil: {},
  };
}
