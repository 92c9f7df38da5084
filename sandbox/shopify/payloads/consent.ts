import type { Customer, MarketingConsent } from '../../state.ts';
import type { World } from '../../world.ts';
import { NO_CONSENT } from '../customer-parts.ts';
import { localTime } from './local-time.ts';

/** The payload of customers_marketing_consent/update: the customer is `id` here, and `customer_id` for e-mail. */
export function smsConsentPayload(world: World, domain: string, customer: Customer) {
  return {
    id: customer.id,
    phone: customer.phone,
    sms_marketing_consent: {
      ...consentPayload(world, domain, customer.smsConsent ?? NO_CONSENT),
      consent_collected_from: 'OTHER',
    },
  };
}

/** The payload of customers_email_marketing_consent/update. */
export function emailConsentPayload(world: World, domain: string, customer: Customer) {
  return {
    customer_id: customer.id,
    email_address: customer.email,
    email_marketing_consent: consentPayload(world, domain, customer.emailConsent ?? NO_CONSENT),
  };
}

function consentPayload(world: World, domain: string, { state, optInLevel, updatedAt }: MarketingConsent) {
  const zone = world.shop(domain).shop.timeZone;
  return {
    state: state.toLowerCase(),
    opt_in_level: optInLevel?.toLowerCase() ?? null,
    consent_updated_at: updatedAt === null ? null : localTime(updatedAt, zone),
  };
}
