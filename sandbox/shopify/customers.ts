import type { Address, Customer, MarketingConsent } from '../state.ts';
import { UnknownError, type World } from '../world.ts';
import { addressesOf } from './customer-parts.ts';
import { emailConsentPayload, smsConsentPayload } from './payloads/consent.ts';
import { customerDeletedPayload, customerPayload, customersMergedPayload } from './payloads/customer.ts';
import { tagAnnouncements } from './payloads/tags.ts';

export type CustomerInput = {
  firstName?: string | undefined;
  lastName?: string | undefined;
  email?: string | null | undefined;
  /** E.164, or null. */
  phone?: string | null | undefined;
  locale?: string | undefined;
  note?: string | null | undefined;
  tags?: string[] | undefined;
  /** The default address; given together with the others. */
  address?: Customer['address'] | undefined;
  otherAddresses?: Address[] | undefined;
};

export type CustomerOutcome =
  { ok: true; customer: Customer } | { ok: false; reason: 'email_taken' | 'phone_taken' | 'has_orders' };

/** Adds a customer and announces customers/create. E-mail and phone are unique in a shop. */
export function createCustomer(world: World, domain: string, input: CustomerInput): CustomerOutcome {
  const state = world.shop(domain);
  const taken = takenBy(state.customers, input);
  if (taken) return { ok: false, reason: taken };
  const now = world.instant();
  const customer: Customer = {
    id: world.nextId(),
    firstName: '',
    lastName: '',
    email: null,
    phone: null,
    locale: state.shop.locale,
    note: null,
    tags: [],
    state: 'DISABLED',
    verifiedEmail: true,
    address: null,
    metafields: [],
    createdAt: now,
    updatedAt: now,
    ...given(input),
  };
  state.customers.push(customer);
  world.announce(domain, [
    { topic: 'customers/create', payload: customerPayload(world, domain, customer) },
    ...tagAnnouncements(world, customer, []),
  ]);
  return { ok: true, customer };
}

/** Changes a customer and announces customers/update. Throws `UnknownError` when there is none. */
export function updateCustomer(
  world: World,
  domain: string,
  id: number,
  input: CustomerInput,
): CustomerOutcome {
  const customer = requireCustomer(world, domain, id);
  const others = world.shop(domain).customers.filter((each) => each !== customer);
  const taken = takenBy(others, input);
  if (taken) return { ok: false, reason: taken };
  const tagsBefore = customer.tags;
  Object.assign(customer, given(input));
  customer.updatedAt = world.instant();
  world.announce(domain, [
    { topic: 'customers/update', payload: customerPayload(world, domain, customer) },
    ...tagAnnouncements(world, customer, tagsBefore),
  ]);
  return { ok: true, customer };
}

/** Sets a customer's consent over one channel and announces its topic, and customers/update. */
export function setConsent(
  world: World,
  domain: string,
  customer: Customer,
  channel: 'sms' | 'email',
  consent: MarketingConsent,
): void {
  if (channel === 'sms') customer.smsConsent = consent;
  else customer.emailConsent = consent;
  customer.updatedAt = world.instant();
  world.announce(domain, [
    channel === 'sms'
      ? { topic: 'customers_marketing_consent/update', payload: smsConsentPayload(world, domain, customer) }
      : {
          topic: 'customers_email_marketing_consent/update',
          payload: emailConsentPayload(world, domain, customer),
        },
    { topic: 'customers/update', payload: customerPayload(world, domain, customer) },
  ]);
}

/** Deletes a customer without orders and announces customers/delete; one with orders is refused, as at Shopify. */
export function deleteCustomer(world: World, domain: string, id: number): CustomerOutcome {
  const state = world.shop(domain);
  const customer = requireCustomer(world, domain, id);
  if (state.orders.some((order) => order.customerId === id)) return { ok: false, reason: 'has_orders' };
  state.customers = state.customers.filter((each) => each !== customer);
  world.announce(domain, [{ topic: 'customers/delete', payload: customerDeletedPayload(customer) }]);
  return { ok: true, customer };
}

/**
 * Merges two customers: `deleted` is removed, and `kept` gets their orders and any missing fields. Announces
 * customers/merge, and customers/update of the kept one.
 */
export function mergeCustomers(world: World, domain: string, keptId: number, deletedId: number): Customer {
  const state = world.shop(domain);
  const kept = requireCustomer(world, domain, keptId);
  const deleted = requireCustomer(world, domain, deletedId);
  if (kept === deleted) throw new UnknownError('a customer cannot be merged with themselves');
  state.customers = state.customers.filter((each) => each !== deleted);
  for (const order of state.orders) if (order.customerId === deleted.id) order.customerId = kept.id;
  const tagsBefore = kept.tags;
  Object.assign(kept, {
    email: kept.email ?? deleted.email,
    phone: kept.phone ?? deleted.phone,
    address: kept.address ?? deleted.address,
    otherAddresses: [
      ...(kept.otherAddresses ?? []),
      ...(kept.address ? addressesOf(deleted) : (deleted.otherAddresses ?? [])),
    ],
    tags: [...new Set([...kept.tags, ...deleted.tags])],
    updatedAt: world.instant(),
  });
  world.announce(domain, [
    { topic: 'customers/merge', payload: customersMergedPayload(kept, deleted) },
    { topic: 'customers/update', payload: customerPayload(world, domain, kept) },
    ...tagAnnouncements(world, kept, tagsBefore),
  ]);
  return kept;
}

function requireCustomer(world: World, domain: string, id: number): Customer {
  const customer = world.findCustomer(domain, id);
  if (!customer) throw new UnknownError(`no customer ${id} in ${domain}`);
  return customer;
}

function takenBy(customers: Customer[], input: CustomerInput): 'email_taken' | 'phone_taken' | null {
  if (input.email && customers.some((each) => each.email === input.email)) return 'email_taken';
  if (input.phone && customers.some((each) => each.phone === input.phone)) return 'phone_taken';
  return null;
}

/** The input without the fields that were left out. */
function given(input: CustomerInput): Partial<Customer> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}
