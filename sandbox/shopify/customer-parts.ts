import type { Address, Customer, MarketingConsent } from '../state.ts';

/** The consent of a customer who was never asked. */
export const NO_CONSENT: MarketingConsent = {
  state: 'NOT_SUBSCRIBED',
  optInLevel: 'SINGLE_OPT_IN',
  updatedAt: null,
};

/** All addresses of a customer, the default one first. */
export function addressesOf({ address, otherAddresses = [] }: Customer): Address[] {
  return address ? [address, ...otherAddresses] : otherAddresses;
}
