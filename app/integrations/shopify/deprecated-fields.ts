/**
 * What our operations use although Shopify's schema has deprecated it: `Type.field`, `Type.field(argument)` or
 * `InputType.field`, with what replaces it and since which API version. A test compares this with every operation and
 * with every request of the tests; an entry that is no longer used has to go.
 */
export const DEPRECATED_IN_USE: Readonly<Record<string, { replacement: string; since: string }>> = {
  'CustomerPhoneNumber.marketingState': {
    replacement: 'CustomerPhoneNumber.smsMarketingConsent.state',
    since: '2026-10',
  },
};
