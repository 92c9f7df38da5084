/** Customers at Shopify: read whole, partly written, deleted. Every write can be repeated. */
import { idToGid } from '#app/lib/ids.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type {
  DeleteCustomerMutation,
  FindCustomerQuery,
  ReadCustomerQuery,
  SetCustomerMutation,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import {
  isDefaultAddress,
  newAddress,
  setDefaultAddress,
  type HeldAddresses,
  type WantedAddress,
} from './customer-addresses.server.ts';
import {
  hasMetafields,
  setConsent,
  setMetafields,
  type GivenConsent,
  type MarketingState,
  type MetafieldChange,
  type MetafieldText,
} from './customer-parts.server.ts';
import { fieldOfPath, refusalsOf, type Refusal } from './customer-refusals.ts';
import { idOfGid } from './gid.ts';
import { DELETE_CUSTOMER, FIND_CUSTOMER, READ_CUSTOMER, SET_CUSTOMER } from './operations/customers.ts';

interface Scalars {
  firstName: string | null;
  lastName: string | null;
  /** Lower case. */
  email: string | null;
  /** E.164 */
  phone: string | null;
  note: string | null;
}

/** A customer as they are at Shopify now. What Shopify doesn't show this app is absent. */
interface ShopifyCustomer extends Partial<Scalars>, HeldAddresses {
  updatedAt: Date;
  smsState: string | null;
  emailState: string | null;
  metafields: readonly MetafieldText[];
}

/** The changes; absent fields are left unchanged, and so are the other addresses. */
export interface CustomerChange extends Partial<Scalars> {
  address?: WantedAddress | null;
  metafields?: MetafieldChange;
  smsConsent?: GivenConsent;
  emailConsent?: GivenConsent;
}

export type CustomerWritten =
  | { outcome: 'written'; customerId: bigint; updatedAt: Date }
  | { outcome: 'refused'; refusals: Refusal[] }
  /** The customer was deleted at Shopify. */
  | { outcome: 'gone' };

/** Reads a customer; null when they were deleted. Throws UpstreamError. */
async function readCustomer(shopDomain: string, customerId: bigint): Promise<ShopifyCustomer | null> {
  const id = idToGid('Customer', customerId);
  const { customer } = await adminGraphql<ReadCustomerQuery>(shopDomain, READ_CUSTOMER, { id });
  if (!customer) return null;
  const { firstName, lastName, defaultEmailAddress: email, defaultPhoneNumber: phone } = customer;
  const defaultAddress = customer.defaultAddress ?? null;
  return {
    updatedAt: new Date(customer.updatedAt),
    ...(firstName === undefined ? {} : { firstName: firstName || null }),
    ...(lastName === undefined ? {} : { lastName: lastName || null }),
    ...(email && email.emailAddress === undefined
      ? {}
      : { email: email?.emailAddress?.toLowerCase() ?? null }),
    ...(phone && phone.phoneNumber === undefined ? {} : { phone: phone?.phoneNumber ?? null }),
    note: customer.note || null,
    smsState: phone?.marketingState ?? null,
    emailState: email?.marketingState ?? null,
    defaultAddress,
    otherId: customer.addressesV2.nodes.find(({ id: each }) => each !== defaultAddress?.id)?.id ?? null,
    metafields: customer.metafields.nodes,
  };
}

/**
 * Creates a customer. If the response is lost, the customer is looked up by e-mail address and phone: the one who has
 * these and was created after `since` is this one.
 * @throws UpstreamError when it isn't certain that the customer exists now
 */
export async function createCustomer(
  shopDomain: string,
  change: CustomerChange & Scalars,
  since: Date,
): Promise<CustomerWritten> {
  const { address, ...rest } = change;
  const input = { ...scalarsOf(rest), addresses: address ? [newAddress(address)] : [] };
  let made: CustomerWritten;
  try {
    made = await sendCustomer(shopDomain, null, input);
  } catch (error) {
    if (!isLost(error)) throw error;
    // Without either there is nothing to find them by.
    if (change.email === null && change.phone === null) throw error;
    const found = await findCreated(shopDomain, change, since);
    if (!found) throw notDone(error);
    made = { outcome: 'written', ...found };
  }
  return made.outcome === 'written' ? writeParts(shopDomain, made, rest) : made;
}

/**
 * Changes a customer: first the fields and then the address, which Shopify may refuse, then metafields and consents. If
 * a response is lost, the result is looked up.
 * @throws UpstreamError with `outcomeKnown: false` when part of it may be written; it can safely be written again
 */
export async function changeCustomer(
  shopDomain: string,
  customerId: bigint,
  change: CustomerChange,
): Promise<CustomerWritten> {
  const { address, ...rest } = change;
  const known = await readCustomer(shopDomain, customerId);
  if (!known) return { outcome: 'gone' };
  const input = scalarsOf(rest);
  let written: CustomerWritten = { outcome: 'written', customerId, updatedAt: known.updatedAt };
  if (Object.keys(input).length > 0) {
    try {
      written = await sendCustomer(shopDomain, customerId, input);
    } catch (error) {
      if (!isLost(error)) throw error;
      const now = await readCustomer(shopDomain, customerId);
      if (!now || !isAs(now, change, known.updatedAt)) throw notDone(error);
      written = { outcome: 'written', customerId, updatedAt: now.updatedAt };
    }
  }
  if (written.outcome !== 'written') return written;
  const refusals = address === undefined ? [] : await writeAddress(shopDomain, customerId, known, address);
  if (refusals.length > 0) return { outcome: 'refused', refusals };
  return writeParts(shopDomain, written, rest, address !== undefined);
}

async function writeAddress(
  shopDomain: string,
  customerId: bigint,
  known: ShopifyCustomer,
  address: WantedAddress | null,
): Promise<Refusal[]> {
  try {
    const errors = await setDefaultAddress(shopDomain, customerId, known, address);
    return errors.map(({ field }) => ({ field: fieldOfPath(field ?? []), reason: 'invalid' }));
  } catch (error) {
    if (!isLost(error)) throw error;
    const now = await readCustomer(shopDomain, customerId);
    if (!now || !isDefaultAddress(now.defaultAddress, address)) throw notDone(error);
    return [];
  }
}

/**
 * Finds the customer with this e-mail address or phone who was created after `since`; null for none. Throws
 * UpstreamError.
 */
export async function findCreated(
  shopDomain: string,
  { email, phone }: Pick<Scalars, 'email' | 'phone'>,
  since: Date,
): Promise<{ customerId: bigint; updatedAt: Date } | null> {
  const identifiers = [
    ...(email === null ? [] : [{ emailAddress: email }]),
    ...(phone === null ? [] : [{ phoneNumber: phone }]),
  ];
  for (const identifier of identifiers) {
    const data = await adminGraphql<FindCustomerQuery>(shopDomain, FIND_CUSTOMER, { identifier });
    const found = data.customerByIdentifier;
    if (!found || Date.parse(found.createdAt) < since.getTime() - CLOCKS_DIFFER_MS) continue;
    return { customerId: idOfGid(found.id, 'Customer'), updatedAt: new Date(found.updatedAt) };
  }
  return null;
}

/** Shopify's timestamps are whole seconds of another clock. */
const CLOCKS_DIFFER_MS = 5_000;

/**
 * Deletes a customer; one who has ordered can't be deleted. Throws UpstreamError when it isn't certain that they are
 * deleted.
 */
export async function deleteCustomer(
  shopDomain: string,
  customerId: bigint,
): Promise<'deleted' | 'has_orders'> {
  const id = idToGid('Customer', customerId);
  try {
    const data = await adminGraphql<DeleteCustomerMutation>(shopDomain, DELETE_CUSTOMER, { input: { id } });
    if (data.customerDelete?.deletedCustomerId) return 'deleted';
  } catch (error) {
    if (!isLost(error)) throw error;
    if ((await readCustomer(shopDomain, customerId)) !== null) throw error;
    return 'deleted';
  }
  // Refused, but a customer the shop no longer has is deleted anyway.
  return (await readCustomer(shopDomain, customerId)) === null ? 'deleted' : 'has_orders';
}

/** The fields of `customerSet`'s input. */
export function scalarsOf({
  firstName,
  lastName,
  email,
  phone,
  note,
}: CustomerChange): Record<string, unknown> {
  const given = Object.entries({ firstName, lastName, email, phone, note });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function isLost(error: unknown): boolean {
  return error instanceof UpstreamError && !error.outcomeKnown;
}

/** It was looked up and isn't there. */
function notDone(cause: unknown): UpstreamError {
  return new UpstreamError('Shopify did not do it', { retryable: true, outcomeKnown: true, cause });
}

async function sendCustomer(
  shopDomain: string,
  customerId: bigint | null,
  input: Record<string, unknown>,
): Promise<CustomerWritten> {
  const identifier = customerId === null ? null : { id: idToGid('Customer', customerId) };
  const data = await adminGraphql<SetCustomerMutation>(shopDomain, SET_CUSTOMER, { identifier, input });
  const { customer = null, userErrors = [] } = data.customerSet ?? {};
  if (customer)
    return {
      outcome: 'written',
      customerId: idOfGid(customer.id, 'Customer'),
      updatedAt: new Date(customer.updatedAt),
    };
  if (userErrors.some(({ code }) => String(code) === 'NOT_FOUND')) return { outcome: 'gone' };
  return {
    outcome: 'refused',
    refusals: refusalsOf(userErrors),
  };
}

async function writeParts(
  shopDomain: string,
  written: Extract<CustomerWritten, { outcome: 'written' }>,
  { metafields, smsConsent, emailConsent }: CustomerChange,
  isAddressTouched = false,
): Promise<CustomerWritten> {
  const { customerId } = written;
  let isTouched = isAddressTouched;
  if (metafields && metafields.set.length + metafields.clear.length > 0) {
    isTouched = true;
    await orReadBack(
      () => setMetafields(shopDomain, customerId, metafields),
      async () => hasMetafields((await readCustomer(shopDomain, customerId))?.metafields, metafields),
    );
  }
  const consents = [
    ['sms', smsConsent],
    ['email', emailConsent],
  ] as const;
  for (const [channel, consent] of consents) {
    if (!consent) continue;
    isTouched = true;
    await orReadBack(
      () => setConsent(shopDomain, customerId, channel, consent),
      async () => {
        const now = await readCustomer(shopDomain, customerId);
        return isState(channel === 'sms' ? now?.smsState : now?.emailState, consent.state);
      },
    );
  }
  if (!isTouched) return written;
  const now = await readCustomer(shopDomain, customerId);
  return now ? { ...written, updatedAt: now.updatedAt } : { outcome: 'gone' };
}

/** Runs the write; if the response is lost, the current state decides. */
async function orReadBack(write: () => Promise<void>, isDone: () => Promise<boolean>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isLost(error) && (await isDone())) return;
    throw new UpstreamError('a part of the customer is not written', {
      retryable: true,
      outcomeKnown: false,
      cause: error,
    });
  }
}

function isState(state: string | null | undefined, wanted: MarketingState): boolean {
  return state?.toLowerCase() === wanted;
}

/**
 * Returns whether a customer has the fields that the change wanted. Of a field that Shopify doesn't show, a change since
 * `before` has to do.
 */
function isAs(now: ShopifyCustomer, change: CustomerChange, before: Date): boolean {
  return (['firstName', 'lastName', 'email', 'phone', 'note'] as const).every((field) => {
    if (change[field] === undefined) return true;
    return now[field] === undefined ? now.updatedAt > before : (change[field] ?? null) === now[field];
  });
}
