/** What a row of an import would change of a customer. */
import type { CustomerRecord, SocialNetwork } from '#app/modules/customers/rules/customer-record.ts';
import { SOCIAL_NETWORKS } from '#app/modules/customers/rules/customer-record.ts';
import { mergeRecord } from '#app/modules/customers/rules/merge-fields.ts';
import { NO_ADDRESS, type CustomerAddress } from '#app/modules/regions/rules/address.ts';
import {
  codeKey,
  REGION_LEVELS,
  type RegionIndex,
  type RegionLevel,
} from '#app/modules/regions/rules/regions.ts';
import { tagKey } from '#app/modules/customers/rules/tag-key.ts';
import { tidyLines, tidyText } from './cell-text.ts';
import type { ImportField, RowValues } from './import-fields.ts';

/** A customer as a row is compared with. */
export interface KnownPerson {
  record: CustomerRecord;
  categoryId: string | null;
  tierId: string | null;
  personDiscountBp: number | null;
  nationalIdHash: string | null;
  tags: readonly string[];
}

/** Absent: unchanged. */
export interface RowChanges {
  fields: Partial<CustomerRecord>;
  categoryId?: string;
  tierId?: string;
  personDiscountBp?: number | null;
  /** As typed; never stored with the row's changes. */
  nationalId?: string;
  /** Tags that the customer does not have. */
  tags?: readonly string[];
  /** Whole points to begin with. */
  openingPoints?: number;
  /** Decimal text in units of the currency. */
  openingCredit?: string;
}

export interface ChangeContext {
  /** The shop's, two letters: of rows that name no country. */
  country: string | null;
  regionsOf: (country: string) => RegionIndex | null;
  /** The fields that columns were mapped to. */
  mapped: ReadonlySet<ImportField>;
  /** What the hash of a national ID may be in this shop. */
  hashNationalId: (text: string) => readonly string[];
  /** Whether customers of a category (null: of none) may have a discount of their own. */
  allowsDiscount: (categoryId: string | null) => boolean;
  /** What an empty cell of such a column does with a known customer's value. */
  emptyCells: 'keep' | 'clear';
}

/** Returns what the row changes of a customer; of a new one (null) all that it says. */
export function changesOfRow(
  values: RowValues,
  known: KnownPerson | null,
  context: ChangeContext,
): RowChanges {
  const fields = said(values, known, context);
  const changed = known === null ? fields : onlyChanged(fields, known.record);
  return { fields: changed, ...ownChanges(values, known, context) };
}

/** Whether there is nothing to do. */
export function changesNothing({ fields, ...own }: RowChanges): boolean {
  return Object.keys(fields).length === 0 && Object.keys(own).length === 0;
}

function onlyChanged(fields: Partial<CustomerRecord>, record: CustomerRecord): Partial<CustomerRecord> {
  const { changes } = mergeRecord({ record, times: {} }, 0, fields);
  const names = new Set<string>(
    changes.flatMap(({ field }) => (isSameText(fields, record, field) ? [] : field)),
  );
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name)));
}

const ONE_LINE: readonly string[] = ['firstName', 'lastName'];

/** Whether a text is the known one as cells hold it: without doubled spaces, marks that cannot be seen, apostrophes. */
function isSameText(fields: Partial<CustomerRecord>, record: CustomerRecord, field: string): boolean {
  if (field === 'note') return record.note !== null && tidyLines(record.note) === fields.note;
  if (field === 'address') return isSameAddress(fields.address ?? null, record.address);
  if (!ONE_LINE.includes(field)) return false;
  const name = field === 'firstName' ? record.firstName : record.lastName;
  return name !== null && tidyText(name) === (field === 'firstName' ? fields.firstName : fields.lastName);
}

function isSameAddress(said: CustomerAddress | null, known: CustomerAddress | null): boolean {
  if (said === null || known === null) return said === known;
  const line = (street: string | null) => street && tidyLines(street).replaceAll(/,?\n+/g, ', ');
  const same = {
    ...known,
    street: line(known.street),
    postalCode: known.postalCode && tidyText(known.postalCode),
  };
  return Object.entries(said).every(([part, value]) => new Map(Object.entries(same)).get(part) === value);
}

const text = (value: RowValues[ImportField]): string | undefined =>
  typeof value === 'string' ? value : undefined;
const number = (value: RowValues[ImportField]): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** What the row says of the record. */
function said(values: RowValues, known: KnownPerson | null, context: ChangeContext): Partial<CustomerRecord> {
  const clears = (field: ImportField) =>
    known !== null && context.emptyCells === 'clear' && context.mapped.has(field);
  const orClear = <Value>(value: Value | undefined, field: ImportField): Value | null | undefined =>
    value ?? (clears(field) ? null : undefined);
  const gender = text(values.gender);
  const housing = text(values.housing);
  const fields: { [Field in keyof CustomerRecord]?: CustomerRecord[Field] | undefined } = {
    ...nameOf(values, known),
    email: orClear(text(values.email), 'email'),
    phone: orClear(text(values.phone), 'phone'),
    gender: gender === 'female' || gender === 'male' ? gender : orClear(undefined, 'gender'),
    birthDate: orClear(text(values.birthDate), 'birthDate'),
    weddingDate: orClear(text(values.weddingDate), 'weddingDate'),
    housing: housingOf(housing) ?? orClear(undefined, 'housing'),
    weightGrams: orClear(number(values.weightGrams), 'weightGrams'),
    heightMm: orClear(number(values.heightMm), 'heightMm'),
    interests: Array.isArray(values.interests) ? values.interests : clears('interests') ? [] : undefined,
    note: orClear(text(values.note), 'note'),
    social: socialOf(values, known, clears),
    address: addressOf(values, known?.record.address ?? null, context, clears),
    smsConsent: consentOf(values.smsConsent),
    emailConsent: consentOf(values.emailConsent),
  };
  return withoutUndefined(fields);
}

function withoutUndefined(fields: {
  [Field in keyof CustomerRecord]?: CustomerRecord[Field] | undefined;
}): Partial<CustomerRecord> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The whole name of one column: its first word, and the rest. A customer whose two names make it up is unchanged. */
function nameOf(values: RowValues, known: KnownPerson | null): Partial<CustomerRecord> {
  const full = text(values.fullName);
  if (full === undefined) {
    const first = text(values.firstName);
    const last = text(values.lastName);
    return {
      ...(first === undefined ? {} : { firstName: first }),
      ...(last === undefined ? {} : { lastName: last }),
    };
  }
  const before = known === null ? null : [known.record.firstName, known.record.lastName];
  if (before?.filter((part) => part !== null).join(' ') === full) return {};
  const at = full.indexOf(' ');
  return at < 0
    ? { firstName: full, lastName: null }
    : { firstName: full.slice(0, at), lastName: full.slice(at + 1) };
}

const HOUSING_NAMES = ['detached', 'shophouse', 'townhouse', 'flat', 'condo', 'coop_or_mobile'] as const;

function housingOf(value: string | undefined): (typeof HOUSING_NAMES)[number] | undefined {
  return HOUSING_NAMES.find((name) => name === value);
}

/** A withdrawn consent counts without a channel; one that was given is checked where it is stored. */
function consentOf(value: RowValues[ImportField]): 'subscribed' | 'unsubscribed' | undefined {
  return value === 'subscribed' || value === 'unsubscribed' ? value : undefined;
}

function socialOf(
  values: RowValues,
  known: KnownPerson | null,
  clears: (field: ImportField) => boolean,
): CustomerRecord['social'] | undefined {
  const social: Partial<Record<SocialNetwork, string>> = { ...known?.record.social };
  let isSaid = false;
  for (const network of SOCIAL_NETWORKS) {
    const account = text(values[network]);
    if (account !== undefined) social[network] = account;
    else if (clears(network)) delete social[network];
    else continue;
    isSaid = true;
  }
  return isSaid ? social : undefined;
}

const ADDRESS_FIELDS = ['country', ...REGION_LEVELS, 'postalCode', 'street'] as const;

/**
 * The address with what the row says of it. A place that moves takes what lies in it along: a known street is in no other
 * city, a district in no other province.
 */
function addressOf(
  values: RowValues,
  known: CustomerAddress | null,
  { country, regionsOf }: ChangeContext,
  clears: (field: ImportField) => boolean,
): CustomerAddress | null | undefined {
  const given = ADDRESS_FIELDS.filter((field) => values[field] !== undefined);
  const cleared = ADDRESS_FIELDS.filter((field) => values[field] === undefined && clears(field));
  if (given.length === 0 && (cleared.length === 0 || known === null)) return undefined;
  const countryCode = text(values.country) ?? known?.countryCode ?? country;
  const address: CustomerAddress = { ...(known ?? NO_ADDRESS), countryCode };
  const index = countryCode === null ? null : regionsOf(countryCode);
  let hasMoved = known !== null && known.countryCode !== null && known.countryCode !== countryCode;
  for (const level of REGION_LEVELS) {
    const code = text(values[level]);
    if (code === undefined) {
      if (hasMoved || cleared.includes(level)) setPlace(address, level, null, null);
      continue;
    }
    const inside = level === 'village' ? index?.villagesIn(address.districtCode ?? '') : index;
    const place = placeOf(inside ?? null, level, code, isLocalScript(values));
    hasMoved ||= isElsewhere(known, level, place);
    setPlace(address, level, place.code, place.name);
  }
  for (const field of ['postalCode', 'street'] as const) {
    const line = text(values[field]);
    if (line !== undefined) address[field] = line;
    else if (hasMoved || cleared.includes(field)) address[field] = null;
  }
  const { countryCode: _country, ...rest } = address;
  return Object.values(rest).every((part) => part === null) ? null : address;
}

interface Place {
  code: string | null;
  name: string;
}

function placeOf(index: RegionIndex | null, level: RegionLevel, value: string, isLocal: boolean): Place {
  const region = index?.byCode.get(codeKey(level, value));
  if (region === undefined) return { code: null, name: value };
  return { code: region.code, name: isLocal && region.localName !== null ? region.localName : region.name };
}

/** Who had no village yet has not moved by getting one. */
function isElsewhere(known: CustomerAddress | null, level: RegionLevel, { code, name }: Place): boolean {
  if (known === null || (level === 'village' && (known.village ?? null) === null)) return false;
  return code === null ? known[level] !== name : known[`${level}Code`] !== code;
}

function setPlace(
  address: CustomerAddress,
  level: RegionLevel,
  code: string | null,
  name: string | null,
): void {
  // The same place keeps the name in which it is known.
  if (code !== null && address[`${level}Code`] === code) return;
  address[`${level}Code`] = code;
  address[level] = name;
}

/** Whether the row is written in the country's own script. */
function isLocalScript(values: RowValues): boolean {
  const written = [values.fullName, values.firstName, values.lastName, values.street].map((value) =>
    typeof value === 'string' ? value : '',
  );
  return /[\p{Script=Thai}\p{Script=Arabic}]/u.test(written.join(''));
}

function ownChanges(
  values: RowValues,
  known: KnownPerson | null,
  { mapped, emptyCells, hashNationalId, allowsDiscount }: ChangeContext,
): Omit<RowChanges, 'fields'> {
  const own: Omit<RowChanges, 'fields'> = {};
  const category = text(values.category);
  if (category !== undefined && category !== known?.categoryId) own.categoryId = category;
  const tier = text(values.tier);
  if (tier !== undefined && tier !== known?.tierId) own.tierId = tier;
  const clearsDiscount = known !== null && emptyCells === 'clear' && mapped.has('discountBp');
  const discount = number(values.discountBp) ?? (clearsDiscount ? null : undefined);
  const isAllowed = allowsDiscount(category ?? known?.categoryId ?? null);
  if (discount !== undefined && isAllowed && discount !== (known?.personDiscountBp ?? null))
    own.personDiscountBp = discount;
  const nationalId = text(values.nationalId);
  const hash = known?.nationalIdHash ?? null;
  if (nationalId !== undefined && (hash === null || !hashNationalId(nationalId).includes(hash)))
    own.nationalId = nationalId;
  const has = new Set(known?.tags.map(tagKey));
  const tags = Array.isArray(values.tags) ? values.tags.filter((tag) => !has.has(tagKey(tag))) : [];
  if (tags.length > 0) own.tags = tags;
  const points = number(values.openingPoints);
  if (points !== undefined && points > 0) own.openingPoints = points;
  const credit = text(values.openingCredit);
  if (credit !== undefined && credit !== '0') own.openingCredit = credit;
  return own;
}
