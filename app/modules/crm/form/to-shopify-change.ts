/** What of a customer's form goes to Shopify. */
import type { CustomerChange } from '#app/integrations/shopify/customers.server.ts';
import { encodeMetafields } from '#app/modules/customers/rules/metafields.ts';
import { toShopifyAddress } from '#app/modules/regions/to-shopify-address.server.ts';
import type { CustomerDraft } from './read-customer-form.ts';

/**
 * The change for Shopify: nothing of what only the club knows. The district of an address is a metafield there; the village
 * stays here (docs/decisions/0048).
 */
export function changeAtShopify(
  { fields, smsConsent, emailConsent }: CustomerDraft,
  consentAt: { sms: Date | null; email: Date | null },
): CustomerChange {
  const {
    address,
    gender,
    birthDate,
    weddingDate,
    housing,
    weightGrams,
    heightMm,
    interests,
    social,
    smsConsent: _sms,
    emailConsent: _email,
    ...scalars
  } = fields;
  const metafields = {
    ...(gender === undefined ? {} : { gender }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(weddingDate === undefined ? {} : { weddingDate }),
    ...(housing === undefined ? {} : { housing }),
    ...(weightGrams === undefined ? {} : { weightGrams }),
    ...(heightMm === undefined ? {} : { heightMm }),
    ...(interests === undefined ? {} : { interests }),
    ...(social === undefined ? {} : { social }),
    ...(address === undefined ? {} : { district: address?.district ?? null }),
  };
  return {
    ...scalars,
    ...(address === undefined ? {} : { address: address && toShopifyAddress(address) }),
    ...(Object.keys(metafields).length === 0 ? {} : { metafields: encodeMetafields(metafields) }),
    ...(smsConsent && consentAt.sms ? { smsConsent: { state: smsConsent.state, at: consentAt.sms } } : {}),
    ...(emailConsent && consentAt.email
      ? { emailConsent: { state: emailConsent.state, at: consentAt.email } }
      : {}),
  };
}
