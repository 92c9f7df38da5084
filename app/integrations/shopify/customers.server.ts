/** Customers at Shopify: read whole, written in part, deleted. Whatever is written can be written again. */
import { idToGid } from '#app/lib/ids.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type {
  Consent,
  CustomerAddress,
  CustomerRecord,
} from '#app/modules/customers/rules/customer-record.ts';
import type {
  AddressPartsFragment,
  DeleteCustomerMutation,
  FindCustomerQuery,
  ListAddressesQuery,
  ReadCustomerQuery,
  SetCustomerMutation,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import { addressesWith, streetOf } from './customer-addresses.ts';
import { decodeMetafields, type MetafieldValues } from './customer-metafields.ts';
import { hasMetafields, setConsent, setMetafields, type GivenConsent } from './customer-parts.server.ts';
import { idOfGid } from './gid.ts';
import {
  DELETE_CUSTOMER,
  FIND_CUSTOMER,
  LIST_ADDRESSES,
  READ_CUSTOMER,
  SET_CUSTOMER,
} from './operations/customers.ts';

type Scalars = Pick<CustomerRecord, 'firstName' | 'lastName' | 'email' | 'phone' | 'note'>;

/** A customer as they are at Shopify now. */
export interface ShopifyCustomer extends Scalars {
  customerId: bigint;
  createdAt: Date;
  updatedAt: Date;
  smsState: string | null;
  emailState: string | null;
  defaultAddressId: string | null;
  addresses: readonly AddressPartsFragment[];
  metafields: MetafieldValues;
}

/** What to change; fields that are left out stay as they are, the other addresses too. */
export interface CustomerChange extends Partial<Scalars> {
  address?: CustomerAddress | null;
  metafields?: Partial<MetafieldValues>;
  smsConsent?: GivenConsent;
  emailConsent?: GivenConsent;
}

/** What Shopify did not like: its name of the field (`phone`, `zip`; null for none) and why. */
export interface Refusal {
  field: string | null;
  reason: 'taken' | 'too_long' | 'required' | 'invalid';
}

export type CustomerWritten =
  | { outcome: 'written'; customerId: bigint; updatedAt: Date }
  | { outcome: 'refused'; refusals: Refusal[] }
  /** The shop has the customer no more. */
  | { outcome: 'gone' };

/** A customer with all addresses; null when the shop has them no more. Throws UpstreamError. */
export async function readCustomer(shopDomain: string, customerId: bigint): Promise<ShopifyCustomer | null> {
  const id = idToGid('Customer', customerId);
  const { customer } = await adminGraphql<ReadCustomerQuery>(shopDomain, READ_CUSTOMER, { id });
  if (!customer) return null;
  const addresses = [...customer.addressesV2.nodes];
  let { pageInfo } = customer.addressesV2;
  while (pageInfo.hasNextPage) {
    const page = await adminGraphql<ListAddressesQuery>(shopDomain, LIST_ADDRESSES, {
      id,
      after: pageInfo.endCursor,
    });
    if (!page.customer) return null;
    addresses.push(...page.customer.addressesV2.nodes);
    pageInfo = page.customer.addressesV2.pageInfo;
  }
  return {
    customerId,
    createdAt: new Date(customer.createdAt),
    updatedAt: new Date(customer.updatedAt),
    firstName: customer.firstName || null,
    lastName: customer.lastName || null,
    email: customer.defaultEmailAddress?.emailAddress.toLowerCase() ?? null,
    phone: customer.defaultPhoneNumber?.phoneNumber ?? null,
    note: customer.note || null,
    smsState: customer.defaultPhoneNumber?.marketingState ?? null,
    emailState: customer.defaultEmailAddress?.marketingState ?? null,
    defaultAddressId: customer.defaultAddress?.id ?? null,
    addresses,
    metafields: decodeMetafields(customer.metafields.nodes),
  };
}

/**
 * Makes a customer. An answer that was lost is looked for by e-mail address and phone: whoever has these and was made
 * after `since` is this one.
 * @throws UpstreamError when it is not certain that there is such a customer now
 */
export async function createCustomer(
  shopDomain: string,
  change: CustomerChange & Scalars,
  since: Date,
): Promise<CustomerWritten> {
  const { address, ...rest } = change;
  const input = { ...scalarsOf(rest), addresses: addressesWith([], null, address ?? null) };
  let made: CustomerWritten;
  try {
    made = await sendCustomer(shopDomain, null, input);
  } catch (error) {
    if (!isLost(error)) throw error;
    const found = await findCreated(shopDomain, change, since);
    if (!found) throw notDone(error);
    made = { outcome: 'written', ...found };
  }
  return made.outcome === 'written' ? writeParts(shopDomain, made, rest) : made;
}

/**
 * Changes a customer: first what Shopify may refuse, then metafields and consents. An answer that was lost is looked for.
 * @throws UpstreamError with `outcomeKnown: false` when a part of it may be written: no harm to write it again
 */
export async function changeCustomer(
  shopDomain: string,
  customerId: bigint,
  change: CustomerChange,
): Promise<CustomerWritten> {
  const { address, ...rest } = change;
  const known = await readCustomer(shopDomain, customerId);
  if (!known) return { outcome: 'gone' };
  const input = {
    ...scalarsOf(rest),
    ...(address === undefined
      ? {}
      : { addresses: addressesWith(known.addresses, known.defaultAddressId, address) }),
  };
  let written: CustomerWritten = { outcome: 'written', customerId, updatedAt: known.updatedAt };
  if (Object.keys(input).length > 0) {
    try {
      written = await sendCustomer(shopDomain, customerId, input);
    } catch (error) {
      if (!isLost(error)) throw error;
      const now = await readCustomer(shopDomain, customerId);
      if (!now || !isAs(now, change)) throw notDone(error);
      written = { outcome: 'written', customerId, updatedAt: now.updatedAt };
    }
  }
  return written.outcome === 'written' ? writeParts(shopDomain, written, rest) : written;
}

/** Whoever has this e-mail address or phone and was made after `since`; null for nobody. Throws UpstreamError. */
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

/** Shopify's moments are whole seconds of another clock. */
const CLOCKS_DIFFER_MS = 5_000;

/** Deletes a customer; who has ordered stays. Throws UpstreamError when it is not certain that they are gone. */
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
  // Refused: whom the shop has no more is gone all the same.
  return (await readCustomer(shopDomain, customerId)) === null ? 'deleted' : 'has_orders';
}

function scalarsOf({ firstName, lastName, email, phone, note }: CustomerChange): Record<string, unknown> {
  const given = Object.entries({ firstName, lastName, email, phone, note });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function isLost(error: unknown): boolean {
  return error instanceof UpstreamError && !error.outcomeKnown;
}

/** It was looked for and is not there. */
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
    refusals: userErrors.map(({ field, code }) => ({
      field: fieldOf(field ?? []),
      reason: REASONS.get(String(code)) ?? 'invalid',
    })),
  };
}

const REASONS = new Map<string, Refusal['reason']>([
  ['TAKEN', 'taken'],
  ['TOO_LONG', 'too_long'],
  ['BLANK', 'required'],
  ['MISSING_FIELD_REQUIRED', 'required'],
]);

/** `['input', 'addresses', '0', 'zip']` is about `zip`, `['input']` about nothing in particular. */
function fieldOf(path: readonly string[]): string | null {
  const last = path.at(-1);
  return last === undefined || last === 'input' ? null : last;
}

async function writeParts(
  shopDomain: string,
  written: Extract<CustomerWritten, { outcome: 'written' }>,
  { metafields, smsConsent, emailConsent }: CustomerChange,
): Promise<CustomerWritten> {
  const { customerId } = written;
  let isTouched = false;
  if (metafields && Object.keys(metafields).length > 0) {
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

/** Does it; when the answer is lost, what is there now decides. */
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

function isState(state: string | null | undefined, wanted: Consent): boolean {
  return state?.toLowerCase() === wanted;
}

/** Whether a customer is as a change wanted them, metafields and consents aside. */
function isAs(now: ShopifyCustomer, change: CustomerChange): boolean {
  const scalars = (['firstName', 'lastName', 'email', 'phone', 'note'] as const).every(
    (field) => change[field] === undefined || (change[field] ?? null) === now[field],
  );
  if (!scalars || change.address === undefined) return scalars;
  const held = now.addresses.find(({ id }) => id === now.defaultAddressId);
  const { address } = change;
  if (address === null || !held) return address === null && !held;
  return (
    streetOf(held) === address.street &&
    (held.city || null) === address.city &&
    (held.zip || null) === address.postalCode
  );
}
