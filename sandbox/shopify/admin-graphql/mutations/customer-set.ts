import { GraphQLError } from 'graphql';
import { isValidPhoneNumber } from 'libphonenumber-js';
import { z } from 'zod';

import type { Address, Customer } from '../../../state.ts';
import { idOf } from '../../../world.ts';
import { addressesOf } from '../../customer-parts.ts';
import { createCustomer, type CustomerInput, updateCustomer } from '../../customers.ts';
import { countryName, provinceName } from '../../provinces.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { customerSource } from '../sources/customer.ts';
import { userError, type UserErrorSource } from '../user-error.ts';

const NAME_MAX = 255;
const NOTE_MAX = 5_000;

const text = z.string().nullish();
const addressInput = z.strictObject({
  id: z.string().nullish(),
  firstName: text,
  lastName: text,
  company: text,
  address1: text,
  address2: text,
  city: text,
  provinceCode: text,
  countryCode: text,
  zip: text,
  phone: text,
});

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
 * `customerSet`: a new customer, or with an identifier the one that it names. What is not sent stays; a list that is
 * sent replaces the whole one, so that addresses that are not in it are deleted. One with its `id` is kept and changed.
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
  const addresses = (input.addresses ?? []).map((each, index) => readAddress(context, held, each, index));
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
  if (id) return state.customers.find((each) => each.id === idOf(id)) ?? 'missing';
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

function readAddress(
  { world }: AdminContext,
  held: Customer | null,
  input: z.output<typeof addressInput>,
  index: number,
): Address | UserErrorSource {
  const field = (name: string) => ['input', 'addresses', String(index), name];
  const { id, provinceCode, countryCode, ...given } = input;
  const known = id && held ? addressesOf(held).find((each) => each.id === idOf(id)) : undefined;
  if (id && !known) return userError(field('id'), 'Address not found', 'NOT_FOUND');
  const country = countryCode ?? known?.countryCode;
  if (!country) return userError(field('countryCode'), "Country can't be blank", 'BLANK');
  const code = provinceCode === undefined ? (known?.provinceCode ?? null) : provinceCode || null;
  const province = code === null ? '' : provinceName(country, code);
  if (province === null) return userError(field('provinceCode'), 'Province is not valid', 'INVALID');
  const textOf = (name: keyof typeof given) =>
    given[name] === undefined ? (known?.[name] ?? '') : (given[name] ?? '');
  return {
    id: known?.id ?? world.nextId(),
    firstName: textOf('firstName') || (held?.firstName ?? ''),
    lastName: textOf('lastName') || (held?.lastName ?? ''),
    company: textOf('company') || null,
    address1: textOf('address1'),
    address2: textOf('address2') || null,
    city: textOf('city'),
    zip: textOf('zip'),
    phone: textOf('phone') || null,
    province,
    provinceCode: code,
    country: countryName(country),
    countryCode: country,
  };
}

/** The default address stays the default one while it is in the list; otherwise the first is. */
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
