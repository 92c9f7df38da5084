/** Reads the form of a customer: only the fields that changed since it was loaded. */
import type { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import {
  SOCIAL_NETWORKS,
  type Consent,
  type CustomerRecord,
} from '#app/modules/customers/rules/customer-record.ts';
import { type CustomerAddress } from '#app/modules/regions/rules/address.ts';
import type { PersonPercent } from '#app/modules/customers/store-terms.server.ts';
import { customerForm } from './customer-fields.ts';
import { GROUPS, socialField, type ConsentSource } from './form-values.ts';

/** A marketing consent, its day, and how staff know. */
export interface DraftConsent {
  state: Consent;
  on: string;
  source: ConsentSource;
}

/** The changes to save; absent fields stay unchanged. */
export interface CustomerDraft {
  fields: Partial<CustomerRecord>;
  categoryId?: bigint | null;
  percent?: PersonPercent | null;
  nationalId?: string | null;
  tier?: { tierId: bigint; reason: string };
  smsConsent?: DraftConsent;
  emailConsent?: DraftConsent;
}

/**
 * Reads the form. `input.loaded` is the form as it was loaded, as JSON: unchanged fields are not read at all, so that no one
 * overwrites a colleague's change, and old values that would not be valid today do no harm.
 */
export function readCustomerForm(
  input: Readonly<Record<string, unknown>>,
  context: { today: string; country: string | null },
): { ok: true; draft: CustomerDraft } | { ok: false; errors: FieldErrors } {
  const changed = changedFields(input, readLoaded(input.loaded));
  const given = Object.fromEntries([...changed].map((field) => [field, input[field] ?? nothingIn(field)]));
  const form = customerForm({ ...context, countries: [countryOf(input), context.country] })
    .partial()
    .safeParse(given);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const draft = draftOf(form.data);
  const address = draft.fields.address;
  if (address && address.countryCode === null)
    return { ok: false, errors: { countryCode: { code: 'required' } } };
  return { ok: true, draft };
}

/** The customer's country as it is in the form. */
function countryOf({ countryCode }: Readonly<Record<string, unknown>>): string | null {
  return typeof countryCode === 'string' && countryCode !== '' ? countryCode : null;
}

/** The value of a field that is missing in a changed group. */
function nothingIn(field: string): string | boolean {
  return field === 'removeNationalId' ? false : '';
}

function readLoaded(text: unknown): ReadonlyMap<string, unknown> {
  if (typeof text !== 'string') return new Map();
  try {
    const loaded: unknown = JSON.parse(text);
    return new Map(typeof loaded === 'object' && loaded !== null ? Object.entries(loaded) : []);
  } catch {
    return new Map();
  }
}

function changedFields(
  input: Readonly<Record<string, unknown>>,
  loaded: ReadonlyMap<string, unknown>,
): ReadonlySet<string> {
  const isChanged = (field: string) =>
    input[field] !== undefined && input[field] !== (loaded.get(field) ?? nothingIn(field));
  const changed = new Set(Object.keys(input).filter(isChanged));
  for (const group of GROUPS)
    if (group.some((field) => changed.has(field))) for (const field of group) changed.add(field);
  return changed;
}

type Fields = z.output<ReturnType<typeof customerForm>>;
type Read = { [Field in keyof Fields]?: Fields[Field] | undefined };

function draftOf(read: Read): CustomerDraft {
  const { nationalId, removeNationalId, smsConsent, emailConsent, tierId } = read;
  const removed = removeNationalId ? null : undefined;
  const draft: CustomerDraft = {
    fields: given({
      firstName: read.firstName,
      lastName: read.lastName,
      gender: read.gender,
      phone: read.phone,
      email: read.email,
      birthDate: read.birthDate,
      weddingDate: read.weddingDate,
      interests: read.interests,
      housing: read.housing,
      weightGrams: read.weight,
      heightMm: read.height,
      note: read.note,
      address: addressOf(read),
      social: socialOf(read),
      smsConsent,
      emailConsent,
    }),
    ...given({
      categoryId: read.categoryId,
      percent: percentOf(read),
      nationalId: nationalId === undefined ? undefined : nationalId || removed,
    }),
  };
  const { smsConsentOn, smsConsentSource, emailConsentOn, emailConsentSource } = read;
  if (smsConsent && smsConsentOn && smsConsentSource)
    draft.smsConsent = { state: smsConsent, on: smsConsentOn, source: smsConsentSource };
  if (emailConsent && emailConsentOn && emailConsentSource)
    draft.emailConsent = { state: emailConsent, on: emailConsentOn, source: emailConsentSource };
  if (tierId !== undefined) draft.tier = { tierId, reason: read.tierReason ?? '' };
  return draft;
}

/** The percent with its days and note, which are submitted together. */
function percentOf({ discount, discountFrom, discountUntil, discountNote }: Read) {
  if (discount === undefined || discount === null) return discount;
  return {
    bp: discount,
    from: discountFrom ?? null,
    until: discountUntil ?? null,
    note: discountNote ?? null,
  };
}

/** The object without the fields that are undefined. */
function given<T extends Record<string, unknown>>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const [key, value] of Object.entries(object))
    if (value !== undefined) Object.assign(known, { [key]: value });
  return known;
}

function addressOf(read: Read): CustomerAddress | null | undefined {
  if (read.countryCode === undefined) return undefined;
  const address: CustomerAddress = {
    countryCode: read.countryCode,
    provinceCode: read.provinceCode ?? null,
    province: read.province ?? null,
    cityCode: read.cityCode ?? null,
    city: read.city ?? null,
    districtCode: read.districtCode ?? null,
    district: read.district ?? null,
    villageCode: read.villageCode ?? null,
    village: read.village ?? null,
    postalCode: read.postalCode ?? null,
    street: read.street ?? null,
  };
  const { countryCode: _country, ...rest } = address;
  // A country alone is what the form starts with, no address.
  return Object.values(rest).every((part) => part === null) ? null : address;
}

function socialOf(read: Read): CustomerRecord['social'] | undefined {
  const names = new Map(Object.entries(read));
  if (!SOCIAL_NETWORKS.some((network) => names.has(socialField(network)))) return undefined;
  return Object.fromEntries(
    SOCIAL_NETWORKS.flatMap((network) => {
      const name = names.get(socialField(network));
      return typeof name === 'string' ? [[network, name]] : [];
    }),
  );
}
