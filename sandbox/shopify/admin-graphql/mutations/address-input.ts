import { z } from 'zod';

import type { Address, Customer } from '../../../state.ts';
import { idOf } from '../../../world.ts';
import { addressesOf } from '../../customer-parts.ts';
import { countryName, provinceName } from '../../provinces.ts';
import type { AdminContext } from '../context.ts';
import { userError, type UserErrorSource } from '../user-error.ts';

const text = z.string().nullish();

/** The parts of an address that are simulated; `strict` names any other that is sent. */
export const addressInput = z.strictObject({
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

/**
 * Reads an address; with an id, or as `known`, an existing one: what isn't sent stays. Returns the error at `path` when a
 * part is refused.
 */
export function readAddress(
  { world }: AdminContext,
  held: Customer | null,
  input: z.output<typeof addressInput>,
  path: string[],
): Address | UserErrorSource {
  const field = (name: string) => [...path, name];
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
