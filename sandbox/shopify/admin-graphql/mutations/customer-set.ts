import { GraphQLError } from 'graphql';
import { isValidPhoneNumber } from 'libphonenumber-js';
import { z } from 'zod';

import type { Address, Customer } from '../../../state.ts';
import { idOf } from '../../../world.ts';
import { createCustomer, type CustomerInput, updateCustomer } from '../../customers.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { customerSource } from '../sources/customer.ts';
import { addressInput, readAddress } from './address-input.ts';
import { userError, type UserErrorSource } from '../user-error.ts';
import { findById } from '../../../find-by-id.ts';

const NAME_MAX = 255;
const NOTE_MAX = 5_000;

const text = z.string().nullish();
/** The parts of `CustomerSetInput` that are simulated; `strict` names any other that is sent. */
const setInput = z.strictObject({
  addresses: z.array(addressInput).nullish(),
  email: text,
  firstName: text,
  lastName: text,
  locale: text,
  note: text,
  phone: text,
  tags: z.array(z.string()).nullish(),
});

const identifiers = z.strictObject({ id: text, email: text, phone: text }).nullish();

type SetInput = z.output<typeof setInput>;

/**
 * `customerSet`: a new customer, or with an identifier an existing one. What isn't sent stays; a list that is sent
 * replaces the whole one, so addresses that aren't in it are deleted. An address with its `id` is kept and changed.
 */
export function customerSet(args: FieldArguments, context: AdminContext): Source {
  const parsed = setInput.safeParse(args.input);
  const named = identifiers.safeParse(args.identifier);
  if (!parsed.success || !named.success) throw notSimulated();
  const input = parsed.data;
  const held = findNamed(context, named.data);
  if (held === 'missing')
    return refused([userError(['identifier', 'id'], 'Customer not found', 'NOT_FOUND')]);
  const errors = problemsOf(input, held);
  const addresses = (input.addresses ?? []).map((each, index) =>
    readAddress(context, held, each, ['input', 'addresses', String(index)]),
  );
  errors.push(...addresses.filter((each) => 'message' in each));
  if (errors.length > 0) return refused(errors);
  const change = changeOf(
    input,
    held,
    addresses.filter((each) => 'address1' in each),
  );
  const { world, domain } = context;
  const outcome = held
    ? updateCustomer(world, domain, held.id, change)
    : createCustomer(world, domain, { email: named.data?.email, phone: named.data?.phone, ...change });
  if (outcome.ok) return { customer: () => customerSource(context, outcome.customer), userErrors: [] };
  const field = outcome.reason === 'phone_taken' ? 'phone' : 'email';
  const label = field === 'phone' ? 'Phone' : 'Email';
  return refused([userError(['input', field], `${label} has already been taken`, 'TAKEN')]);
}

function refused(userErrors: UserErrorSource[]): Source {
  return { customer: null, userErrors };
}

function findNamed(
  { state }: AdminContext,
  identifier: z.output<typeof identifiers>,
): Customer | 'missing' | null {
  if (!identifier) return null;
  const { id, email, phone } = identifier;
  if (id) return findById(state.customers, idOf(id)) ?? 'missing';
  if (email) return state.customers.find((each) => each.email === email.trim().toLowerCase()) ?? null;
  if (phone) return state.customers.find((each) => each.phone === phone) ?? null;
  throw notSimulated();
}

function problemsOf(input: SetInput, held: Customer | null): UserErrorSource[] {
  const { email, phone, firstName, lastName, note } = input;
  const errors: UserErrorSource[] = [];
  if (email && !z.email().safeParse(email.trim()).success)
    errors.push(userError(['input', 'email'], 'Email is invalid', 'INVALID'));
  if (phone && !isValidPhoneNumber(phone))
    errors.push(userError(['input', 'phone'], 'Phone is invalid', 'INVALID'));
  const tooLong = (field: string, label: string, most: number) =>
    userError(['input', field], `${label} is too long (maximum is ${most} characters)`, 'TOO_LONG');
  if ((firstName ?? '').length > NAME_MAX) errors.push(tooLong('firstName', 'First name', NAME_MAX));
  if ((lastName ?? '').length > NAME_MAX) errors.push(tooLong('lastName', 'Last name', NAME_MAX));
  if ((note ?? '').length > NOTE_MAX) errors.push(tooLong('note', 'Note', NOTE_MAX));
  const isNobody = !held && ![email, phone, firstName, lastName].some((each) => each?.trim());
  if (isNobody)
    errors.push(
      userError(
        ['input'],
        'A name, phone number, or email address must be present',
        'MISSING_FIELD_REQUIRED',
      ),
    );
  return errors;
}

/** The default address stays the default while it is in the list; otherwise the first one is. */
function changeOf(input: SetInput, held: Customer | null, addresses: Address[]): CustomerInput {
  const { email, phone, firstName, lastName, locale, note, tags } = input;
  const orNull = (value: string | null | undefined) =>
    value === undefined ? undefined : value?.trim() || null;
  const address = addresses.find(({ id }) => id === held?.address?.id) ?? addresses[0] ?? null;
  return {
    email: orNull(email)?.toLowerCase() ?? orNull(email),
    phone: orNull(phone),
    note: orNull(note),
    firstName: firstName === undefined ? undefined : (firstName ?? '').trim(),
    lastName: lastName === undefined ? undefined : (lastName ?? '').trim(),
    locale: locale ?? undefined,
    tags: tags ?? undefined,
    ...(input.addresses ? { address, otherAddresses: addresses.filter((each) => each !== address) } : {}),
  };
}

function notSimulated(): GraphQLError {
  return new GraphQLError('sandbox: this CustomerSetInput is not simulated', {
    extensions: { code: 'SANDBOX_NOT_SIMULATED' },
  });
}
