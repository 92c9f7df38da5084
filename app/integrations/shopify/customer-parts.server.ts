/** What `customerSet` does not take: a customer's metafields, what the customer agreed to, and the definitions of both. */
import { idToGid } from '#app/lib/ids.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { Consent } from '#app/modules/customers/rules/customer-record.ts';
import type {
  ClearCustomerMetafieldsMutation,
  DefineCustomerMetafieldMutation,
  SetCustomerMetafieldsMutation,
  SetEmailConsentMutation,
  SetSmsConsentMutation,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import {
  CUSTOMER_METAFIELDS,
  CUSTOMER_NAMESPACE,
  encodeMetafields,
  METAFIELD_NAMES,
  type MetafieldValues,
} from './customer-metafields.ts';
import {
  CLEAR_CUSTOMER_METAFIELDS,
  DEFINE_CUSTOMER_METAFIELD,
  SET_CUSTOMER_METAFIELDS,
  SET_EMAIL_CONSENT,
  SET_SMS_CONSENT,
} from './operations/customers.ts';

/** What a customer said to marketing over one channel, and when. Apps may set `subscribed` and `unsubscribed`. */
export interface GivenConsent {
  state: Consent;
  at: Date;
}

/** Writes these metafields, or takes them away where nothing is left. Throws UpstreamError, for a refusal too. */
export async function setMetafields(
  shopDomain: string,
  customerId: bigint,
  values: Partial<MetafieldValues>,
): Promise<void> {
  const place = { ownerId: idToGid('Customer', customerId), namespace: CUSTOMER_NAMESPACE };
  const { set, clear } = encodeMetafields(values);
  if (set.length > 0) {
    const data = await adminGraphql<SetCustomerMetafieldsMutation>(shopDomain, SET_CUSTOMER_METAFIELDS, {
      metafields: set.map((each) => ({ ...place, ...each })),
    });
    demandNone(data.metafieldsSet?.userErrors ?? []);
  }
  if (clear.length > 0) {
    const data = await adminGraphql<ClearCustomerMetafieldsMutation>(shopDomain, CLEAR_CUSTOMER_METAFIELDS, {
      metafields: clear.map((key) => ({ ...place, key })),
    });
    demandNone(data.metafieldsDelete?.userErrors ?? []);
  }
}

/** Whether these values stand in what was read. */
export function hasMetafields(read: MetafieldValues | undefined, wanted: Partial<MetafieldValues>): boolean {
  if (!read) return false;
  const texts = (values: Partial<MetafieldValues>) => {
    const { set, clear } = encodeMetafields(values);
    return JSON.stringify([set, clear]);
  };
  const same = Object.fromEntries(
    METAFIELD_NAMES.filter((name) => wanted[name] !== undefined).map((name) => [name, read[name]]),
  );
  return texts(same) === texts(wanted);
}

/** Tells Shopify what a customer agreed to. Throws UpstreamError, for a refusal too. */
export async function setConsent(
  shopDomain: string,
  customerId: bigint,
  channel: 'sms' | 'email',
  { state, at }: GivenConsent,
): Promise<void> {
  const id = idToGid('Customer', customerId);
  const consent = {
    marketingState: state.toUpperCase(),
    marketingOptInLevel: 'SINGLE_OPT_IN',
    consentUpdatedAt: at.toISOString(),
  };
  if (channel === 'sms') {
    const input = { customerId: id, smsMarketingConsent: consent };
    const data = await adminGraphql<SetSmsConsentMutation>(shopDomain, SET_SMS_CONSENT, { input });
    demandNone(data.customerSmsMarketingConsentUpdate?.userErrors ?? []);
  } else {
    const input = { customerId: id, emailMarketingConsent: consent };
    const data = await adminGraphql<SetEmailConsentMutation>(shopDomain, SET_EMAIL_CONSENT, { input });
    demandNone(data.customerEmailMarketingConsentUpdate?.userErrors ?? []);
  }
}

/** The form has checked these: a refusal is no mistake of whoever filled it in. */
function demandNone(userErrors: readonly { message: string }[]): void {
  const [error] = userErrors;
  if (error) throw new UpstreamError(error.message, { retryable: false, outcomeKnown: true });
}

/** Shopify's code for a definition that is there already. */
const TAKEN = 'TAKEN';

/**
 * Makes sure that the metafields of customers are defined, so that merchants see them on Shopify's customer page and can
 * filter by them. Answers Shopify's first refusal, or null. Throws UpstreamError.
 */
export async function ensureCustomerFieldsDefined(shopDomain: string): Promise<string | null> {
  const answers = await Promise.all(
    METAFIELD_NAMES.map((name) => {
      const { key, type, title } = CUSTOMER_METAFIELDS[name];
      return adminGraphql<DefineCustomerMetafieldMutation>(shopDomain, DEFINE_CUSTOMER_METAFIELD, {
        definition: {
          namespace: CUSTOMER_NAMESPACE,
          key,
          type,
          name: title,
          ownerType: 'CUSTOMER',
          access: { admin: 'MERCHANT_READ_WRITE', storefront: 'NONE' },
        },
      });
    }),
  );
  const errors = answers.flatMap(
    ({ metafieldDefinitionCreate }) => metafieldDefinitionCreate?.userErrors ?? [],
  );
  return errors.find(({ code }) => String(code) !== TAKEN)?.message ?? null;
}
