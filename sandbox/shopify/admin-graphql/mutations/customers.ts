import { z } from 'zod';

import type { Customer, MarketingConsent } from '../../../state.ts';
import { gid, idOf } from '../../../world.ts';
import { deleteCustomer, setConsent } from '../../customers.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { customerSource } from '../sources/customer.ts';
import { shopSource } from '../sources/shop.ts';
import { userError } from '../user-error.ts';
import { findById } from '../../../find-by-id.ts';

const deleteInput = z.object({ id: z.string() });

/** `customerDelete`: refused for a customer who has ordered. */
export function customerDelete(args: FieldArguments, context: AdminContext): Source {
  const { id } = deleteInput.parse(args.input);
  const customer = customerNamed(context, id);
  const shop = () => shopSource(context);
  const refusal = (message: string): Source => ({
    deletedCustomerId: null,
    shop,
    userErrors: [userError(['id'], message)],
  });
  if (!customer) return refusal("Customer can't be found");
  const outcome = deleteCustomer(context.world, context.domain, customer.id);
  if (!outcome.ok) return refusal('Customer can’t be deleted because they have associated orders');
  return { deletedCustomerId: gid('Customer', customer.id), shop, userErrors: [] };
}

const consent = z.strictObject({
  marketingState: z.enum(['NOT_SUBSCRIBED', 'PENDING', 'SUBSCRIBED', 'UNSUBSCRIBED', 'INVALID', 'REDACTED']),
  marketingOptInLevel: z.enum(['SINGLE_OPT_IN', 'CONFIRMED_OPT_IN', 'UNKNOWN']).nullish(),
  consentUpdatedAt: z.union([z.string(), z.date()]).nullish(),
});
const smsInput = z.strictObject({ customerId: z.string(), smsMarketingConsent: consent });
const emailInput = z.strictObject({ customerId: z.string(), emailMarketingConsent: consent });

/** `customerSmsMarketingConsentUpdate`: for a customer with a phone. */
export function customerSmsMarketingConsentUpdate(args: FieldArguments, context: AdminContext): Source {
  const { customerId, smsMarketingConsent } = smsInput.parse(args.input);
  return changeConsent(context, 'sms', customerId, smsMarketingConsent);
}

/** `customerEmailMarketingConsentUpdate`: for a customer with an e-mail address. */
export function customerEmailMarketingConsentUpdate(args: FieldArguments, context: AdminContext): Source {
  const { customerId, emailMarketingConsent } = emailInput.parse(args.input);
  return changeConsent(context, 'email', customerId, emailMarketingConsent);
}

/** States that Shopify sets itself. */
const NOT_FOR_APPS = new Set<MarketingConsent['state']>(['NOT_SUBSCRIBED', 'INVALID', 'REDACTED']);

function changeConsent(
  context: AdminContext,
  channel: 'sms' | 'email',
  customerId: string,
  given: z.output<typeof consent>,
): Source {
  const refusal = (field: string[], message: string, code: string): Source => ({
    customer: null,
    userErrors: [userError(['input', ...field], message, code)],
  });
  const name = `${channel}MarketingConsent`;
  const customer = customerNamed(context, customerId);
  if (!customer) return refusal(['customerId'], 'Customer not found', 'INVALID');
  if (channel === 'sms' && customer.phone === null)
    return refusal([name], 'A phone number is required to set the SMS consent state.', 'MISSING_ARGUMENT');
  if (channel === 'email' && customer.email === null)
    return refusal(
      [name],
      'An email address is required to set the email consent state.',
      'MISSING_ARGUMENT',
    );
  const { world, domain } = context;
  const at = given.consentUpdatedAt ? new Date(given.consentUpdatedAt) : new Date(world.now());
  if (at.getTime() > world.now())
    return refusal([name, 'consentUpdatedAt'], 'Consent updated at must not be in the future', 'INVALID');
  if (NOT_FOR_APPS.has(given.marketingState))
    return refusal([name, 'marketingState'], 'Marketing state specified is invalid', 'INCLUSION');
  setConsent(world, domain, customer, channel, {
    state: given.marketingState,
    optInLevel: given.marketingOptInLevel ?? 'SINGLE_OPT_IN',
    updatedAt: at.toISOString(),
  });
  return { customer: () => customerSource(context, customer), userErrors: [] };
}

function customerNamed({ state }: AdminContext, reference: string): Customer | undefined {
  const id = reference.startsWith('gid://shopify/Customer/') ? idOf(reference) : Number.NaN;
  return findById(state.customers, id);
}
