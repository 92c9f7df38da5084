/** Of two values for the same field of a customer the later wins; both stay in the history. */
import { type CustomerRecord, type RecordField } from './customer-record.ts';
import { NO_ADDRESS, type CustomerAddress } from '#app/modules/regions/rules/address.ts';

/** Since when each field has its value, milliseconds since 1970; a field without a value yet is missing. */
export type FieldTimes = Readonly<Partial<Record<RecordField, number>>>;

export interface KnownRecord {
  record: CustomerRecord;
  times: FieldTimes;
}

/** One field that differed. Values as text, for people to read; null for nothing. */
export interface FieldChange {
  field: RecordField;
  before: string | null;
  after: string | null;
  /** False: what was known is younger and stayed. */
  isKept: boolean;
}

export interface MergedRecord extends KnownRecord {
  changes: FieldChange[];
}

/**
 * Merges field values of that time into the record. An earlier value of a field loses to one of the same time or later,
 * in any order of arrival.
 */
export function mergeRecord(
  known: KnownRecord,
  atMs: number,
  fields: Readonly<Partial<CustomerRecord>>,
): MergedRecord {
  const merged = { record: { ...known.record }, times: { ...known.times } };
  const changes: FieldChange[] = [];
  for (const field of fieldsOf(fields)) {
    const isKept = atMs >= (known.times[field] ?? 0);
    if (isKept) merged.times[field] = atMs;
    const before = textOfField(field, known.record);
    const after = textOfField(field, fields);
    if (field === 'address' ? isAddressSaid(known.record, fields) : before === after) continue;
    if (isKept) Object.assign(merged.record, { [field]: valueOf(field, fields, known.record) });
    changes.push({ field, before, after, isKept });
  }
  return { ...merged, changes };
}

/** The fields that an update names. */
export function fieldsOf(fields: Readonly<Partial<CustomerRecord>>): RecordField[] {
  return RECORD_FIELDS.filter((field) => fields[field] !== undefined);
}

/** Every field, once; the compiler holds it complete. */
const EVERY_FIELD: Record<RecordField, true> = {
  firstName: true,
  lastName: true,
  email: true,
  phone: true,
  gender: true,
  birthDate: true,
  weddingDate: true,
  housing: true,
  weightGrams: true,
  heightMm: true,
  interests: true,
  social: true,
  address: true,
  note: true,
  smsConsent: true,
  emailConsent: true,
};

export const RECORD_FIELDS: readonly RecordField[] = Object.keys(EVERY_FIELD).filter(isRecordField);

/** Whether a text names a field of the record. */
export function isRecordField(name: string): name is RecordField {
  return Object.hasOwn(EVERY_FIELD, name);
}

/** The village stays where an address that cannot say it is in the same district. */
function valueOf(
  field: RecordField,
  said: Readonly<Partial<CustomerRecord>>,
  known: CustomerRecord,
): CustomerRecord[RecordField] | undefined {
  if (field !== 'address' || !said.address || said.address.village !== undefined) return said[field];
  const { districtCode, villageCode = null, village = null } = known.address ?? NO_ADDRESS;
  const isSameDistrict = districtCode !== null && said.address.districtCode === districtCode;
  return isSameDistrict ? { ...said.address, villageCode, village } : said.address;
}

/**
 * Shopify's addresses have no district and none of our codes: where the rest is the same, ours stay. One that says the
 * village, or that there is none, is the form's or a file's and says everything.
 */
function isAddressSaid(known: CustomerRecord, said: Readonly<Partial<CustomerRecord>>): boolean {
  const address = known.address ?? NO_ADDRESS;
  const other = said.address ?? NO_ADDRESS;
  const asksVillage = other.village !== undefined;
  const asksDistrict = asksVillage || other.district !== null || other.districtCode !== null;
  return [...SHOPIFYS_PARTS, ...(asksDistrict ? OUR_PARTS : []), ...(asksVillage ? VILLAGE_PARTS : [])].every(
    (part) => (address[part] ?? null) === (other[part] ?? null),
  );
}

const SHOPIFYS_PARTS: readonly (keyof CustomerAddress)[] = [
  'countryCode',
  'provinceCode',
  'province',
  'city',
  'postalCode',
  'street',
];
const OUR_PARTS: readonly (keyof CustomerAddress)[] = ['cityCode', 'district', 'districtCode'];
const VILLAGE_PARTS: readonly (keyof CustomerAddress)[] = ['village', 'villageCode'];

/** A field as the history shows it; null for nothing. */
export function textOfField(field: RecordField, record: Readonly<Partial<CustomerRecord>>): string | null {
  switch (field) {
    case 'address':
      return textOfAddress(record.address ?? NO_ADDRESS);
    case 'interests':
      return (record.interests ?? []).join(', ') || null;
    case 'social':
      return (
        Object.entries(record.social ?? {})
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([network, name]) => `${network}: ${name}`)
          .join(', ') || null
      );
    default:
      return record[field]?.toString() ?? null;
  }
}

function textOfAddress(address: CustomerAddress): string | null {
  const { street, village, district, city, province, postalCode, countryCode } = address;
  return (
    [street, village, district, city, province, postalCode, countryCode].filter(Boolean).join(', ') || null
  );
}
