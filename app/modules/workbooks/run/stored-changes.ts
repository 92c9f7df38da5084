/** What a row changed, as it is stored for undoing: before and after, without the national ID. */
import { z } from 'zod';
import {
  CONSENTS,
  GENDERS,
  HOUSINGS,
  SOCIAL_NETWORKS,
  type SocialNetwork,
} from '#app/modules/customers/rules/customer-record.ts';
import { fieldsOf } from '#app/modules/customers/rules/merge-fields.ts';
import type { StoredChanges } from '../rules/plan-undo.ts';
import type { KnownPerson, RowChanges } from '../rules/row-changes.ts';

const text = z.string().nullable();
const number = z.number().int().nullable();

const addressSchema = z.object({
  countryCode: text,
  provinceCode: text,
  province: text,
  cityCode: text,
  city: text,
  districtCode: text,
  district: text,
  // Changes from before villages have none.
  villageCode: text.default(null),
  village: text.default(null),
  postalCode: text,
  street: text,
});

const social = z.partialRecord(z.enum(SOCIAL_NETWORKS), z.string()).transform((accounts) => {
  const known: Partial<Record<SocialNetwork, string>> = {};
  for (const network of SOCIAL_NETWORKS) {
    const account = accounts[network];
    if (account !== undefined) known[network] = account;
  }
  return known;
});

const recordSchema = z.object({
  firstName: text,
  lastName: text,
  email: text,
  phone: text,
  gender: z.enum(GENDERS).nullable(),
  birthDate: text,
  weddingDate: text,
  housing: z.enum(HOUSINGS).nullable(),
  weightGrams: number,
  heightMm: number,
  interests: z.array(z.string()),
  social,
  address: addressSchema.nullable(),
  note: text,
  smsConsent: z.enum(CONSENTS).nullable(),
  emailConsent: z.enum(CONSENTS).nullable(),
});

/** Changes as they are stored. */
export const changesSchema = z.object({
  fields: recordSchema.partial(),
  categoryId: text.optional(),
  tierId: text.optional(),
  personDiscountBp: number.optional(),
  tags: z.array(z.string()).optional(),
  hasNationalId: z.boolean().optional(),
  /** Whether opening balances were posted. */
  hasOpening: z.boolean().optional(),
});

/** Reads stored changes. @throws ZodError for what is none. */
export function readChanges(stored: unknown): StoredChanges {
  const { fields, ...own } = changesSchema.parse(stored);
  return { ...withoutUndefined(own), fields: withoutUndefined(fields) };
}

function withoutUndefined<T extends Record<string, unknown>>(
  object: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const [key, value] of Object.entries<unknown>(object))
    if (value !== undefined) Object.assign(known, { [key]: value });
  return known;
}

/** What the row wrote. */
export function afterOf(changes: RowChanges): StoredChanges {
  const { fields, categoryId, tierId, personDiscountBp, tags, nationalId, openingPoints, openingCredit } =
    changes;
  return {
    fields,
    ...(categoryId === undefined ? {} : { categoryId }),
    ...(tierId === undefined ? {} : { tierId }),
    ...(personDiscountBp === undefined ? {} : { personDiscountBp }),
    ...(tags === undefined ? {} : { tags }),
    ...(nationalId === undefined ? {} : { hasNationalId: true }),
    ...(openingPoints === undefined && openingCredit === undefined ? {} : { hasOpening: true }),
  };
}

/** What these fields were before. */
export function beforeOf(changes: RowChanges, person: KnownPerson): StoredChanges {
  return {
    fields: Object.fromEntries(fieldsOf(changes.fields).map((field) => [field, person.record[field]])),
    ...(changes.categoryId === undefined ? {} : { categoryId: person.categoryId }),
    ...(changes.tierId === undefined ? {} : { tierId: person.tierId }),
    ...(changes.personDiscountBp === undefined && changes.categoryId === undefined
      ? {}
      : { personDiscountBp: person.personDiscountBp }),
    ...(changes.nationalId === undefined ? {} : { hasNationalId: person.nationalIdHash !== null }),
  };
}
