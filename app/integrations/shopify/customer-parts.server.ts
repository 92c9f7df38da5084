/**
 * What `customerSet` doesn't accept: a customer's metafields and their marketing consent. shopify.app.toml defines the
 * metafields.
 */
import { idToGid } from '#app/lib/ids.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type {
  ClearCustomerMetafieldsMutation,
  SetCustomerMetafieldsMutation,
  SetEmailConsentMutation,
  SetSmsConsentMutation,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import {
  CLEAR_CUSTOMER_METAFIELDS,
  SET_CUSTOMER_METAFIELDS,
  SET_EMAIL_CONSENT,
  SET_SMS_CONSENT,
} from './operations/customers.ts';

const CUSTOMER_NAMESPACE = '$app';

/** Shopify's marketing states, in lower case. */
export type MarketingState = 'subscribed' | 'unsubscribed' | 'pending' | 'not_subscribed';

/** A customer's metafields in the app's own namespace at Shopify. */
export interface MetafieldText {
  key: string;
  value: string;
}

/** Texts to set by key, and keys to clear. */
export interface MetafieldChange {
  set: readonly (MetafieldText & { type: string })[];
  clear: readonly string[];
}

/** A customer's marketing consent over one channel, and when it was given. Apps may set `subscribed` and `unsubscribed`. */
export interface GivenConsent {
  state: MarketingState;
  at: Date;
}

/** The variables of setting metafields. */
export function metafieldVariables(customerId: bigint, set: MetafieldChange['set']) {
  const place = { ownerId: idToGid('Customer', customerId), namespace: CUSTOMER_NAMESPACE };
  return { metafields: set.map((each) => ({ ...place, ...each })) };
}

/** The variables of updating a consent. */
export function consentVariables(customerId: bigint, channel: 'sms' | 'email', { state, at }: GivenConsent) {
  const consent = {
    marketingState: state.toUpperCase(),
    marketingOptInLevel: 'SINGLE_OPT_IN',
    consentUpdatedAt: at.toISOString(),
  };
  const id = idToGid('Customer', customerId);
  return {
    input: {
      customerId: id,
      ...(channel === 'sms' ? { smsMarketingConsent: consent } : { emailMarketingConsent: consent }),
    },
  };
}

/** Writes and clears these metafields. Throws UpstreamError, for a refusal too. */
export async function setMetafields(
  shopDomain: string,
  customerId: bigint,
  { set, clear }: MetafieldChange,
): Promise<void> {
  const place = { ownerId: idToGid('Customer', customerId), namespace: CUSTOMER_NAMESPACE };
  if (set.length > 0) {
    const data = await adminGraphql<SetCustomerMetafieldsMutation>(
      shopDomain,
      SET_CUSTOMER_METAFIELDS,
      metafieldVariables(customerId, set),
    );
    demandNone(data.metafieldsSet?.userErrors ?? []);
  }
  if (clear.length > 0) {
    const data = await adminGraphql<ClearCustomerMetafieldsMutation>(shopDomain, CLEAR_CUSTOMER_METAFIELDS, {
      metafields: clear.map((key) => ({ ...place, key })),
    });
    demandNone(data.metafieldsDelete?.userErrors ?? []);
  }
}

/** Returns whether the state that was read is the one the change wanted. */
export function hasMetafields(
  read: readonly MetafieldText[] | undefined,
  { set, clear }: MetafieldChange,
): boolean {
  if (!read) return false;
  const texts = new Map(read.map(({ key, value }) => [key, value]));
  return set.every(({ key, value }) => texts.get(key) === value) && clear.every((key) => !texts.has(key));
}

/** Updates a customer's marketing consent at Shopify. Throws UpstreamError, for a refusal too. */
export async function setConsent(
  shopDomain: string,
  customerId: bigint,
  channel: 'sms' | 'email',
  consent: GivenConsent,
): Promise<void> {
  const variables = consentVariables(customerId, channel, consent);
  if (channel === 'sms') {
    const data = await adminGraphql<SetSmsConsentMutation>(shopDomain, SET_SMS_CONSENT, variables);
    demandNone(data.customerSmsMarketingConsentUpdate?.userErrors ?? []);
  } else {
    const data = await adminGraphql<SetEmailConsentMutation>(shopDomain, SET_EMAIL_CONSENT, variables);
    demandNone(data.customerEmailMarketingConsentUpdate?.userErrors ?? []);
  }
}

/** The form has validated these: a refusal isn't the user's mistake. */
function demandNone(userErrors: readonly { message: string }[]): void {
  const [error] = userErrors;
  if (error) throw new UpstreamError(error.message, { retryable: false, outcomeKnown: true });
}
