import { flagCondition } from '../kinds/flag.ts';

const has = (text: string | null) => text !== null && text !== '';

export const hasPhone = flagCondition('has_phone', {
  family: 'reach',
  sql: () => 's.has_phone',
  read: ({ phone }) => has(phone),
});

export const hasEmail = flagCondition('has_email', {
  family: 'reach',
  sql: () => 's.has_email',
  read: ({ email }) => has(email),
});

/** Has a number and said yes to marketing by text message. */
export const reachableBySms = flagCondition('reachable_by_sms', {
  family: 'reach',
  sql: () => `(s.has_phone AND s.sms_consent = 'subscribed')`,
  read: ({ phone, smsConsent }) => has(phone) && smsConsent === 'subscribed',
});

/** Has an address and said yes to marketing by e-mail. */
export const reachableByEmail = flagCondition('reachable_by_email', {
  family: 'reach',
  sql: () => `(s.has_email AND s.email_consent = 'subscribed')`,
  read: ({ email, emailConsent }) => has(email) && emailConsent === 'subscribed',
});
