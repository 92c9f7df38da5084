/** The columns of `customers` that hold the fields of a customer's record. */
import {
  CONSENTS,
  GENDERS,
  HOUSINGS,
  SOCIAL_NETWORKS,
  type Consent,
  type CustomerRecord,
} from './rules/customer-record.ts';
import { type CustomerAddress } from '#app/modules/regions/rules/address.ts';

/** Columns of `customers` and their types in PostgreSQL. */
export const RECORD_COLUMN_TYPES = {
  first_name: 'text',
  last_name: 'text',
  email: 'text',
  phone: 'text',
  gender: 'text',
  birth_date: 'date',
  wedding_date: 'date',
  housing: 'text',
  weight_grams: 'int',
  height_mm: 'int',
  interests: 'text[]',
  social: 'jsonb',
  country_code: 'text',
  province_code: 'text',
  province: 'text',
  city_code: 'text',
  city: 'text',
  district_code: 'text',
  district: 'text',
  village_code: 'text',
  village: 'text',
  postal_code: 'text',
  street: 'text',
  note: 'text',
  sms_consent: 'text',
  email_consent: 'text',
} as const;

type Column = keyof typeof RECORD_COLUMN_TYPES;

/** The columns as they are read; days as `YYYY-MM-DD`. */
export interface RecordRow {
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  gender: string | null;
  birth_date: string | null;
  wedding_date: string | null;
  housing: string | null;
  weight_grams: number | null;
  height_mm: number | null;
  interests: string[];
  social: Record<string, unknown>;
  country_code: string | null;
  province_code: string | null;
  province: string | null;
  city_code: string | null;
  city: string | null;
  district_code: string | null;
  district: string | null;
  village_code: string | null;
  village: string | null;
  postal_code: string | null;
  street: string | null;
  note: string | null;
  sms_consent: string | null;
  email_consent: string | null;
}

/** Of a customer of whom nothing is known. */
export const EMPTY_ROW: Readonly<RecordRow> = {
  first_name: null,
  last_name: null,
  email: null,
  phone: null,
  gender: null,
  birth_date: null,
  wedding_date: null,
  housing: null,
  weight_grams: null,
  height_mm: null,
  interests: [],
  social: {},
  country_code: null,
  province_code: null,
  province: null,
  city_code: null,
  city: null,
  district_code: null,
  district: null,
  village_code: null,
  village: null,
  postal_code: null,
  street: null,
  note: null,
  sms_consent: null,
  email_consent: null,
};

/** A record as its columns. */
export function recordColumns(record: CustomerRecord): Record<Column, unknown> {
  const { address } = record;
  return {
    first_name: record.firstName,
    last_name: record.lastName,
    email: record.email,
    phone: record.phone,
    gender: record.gender,
    birth_date: record.birthDate,
    wedding_date: record.weddingDate,
    housing: record.housing,
    weight_grams: record.weightGrams,
    height_mm: record.heightMm,
    interests: record.interests,
    social: record.social,
    country_code: address?.countryCode ?? null,
    province_code: address?.provinceCode ?? null,
    province: address?.province ?? null,
    city_code: address?.cityCode ?? null,
    city: address?.city ?? null,
    district_code: address?.districtCode ?? null,
    district: address?.district ?? null,
    village_code: address?.villageCode ?? null,
    village: address?.village ?? null,
    postal_code: address?.postalCode ?? null,
    street: address?.street ?? null,
    note: record.note,
    sms_consent: record.smsConsent,
    email_consent: record.emailConsent,
  };
}

/** The record of a row; a value that the product does not know is none. */
export function recordOfRow(row: RecordRow): CustomerRecord {
  const address: CustomerAddress = {
    countryCode: row.country_code,
    provinceCode: row.province_code,
    province: row.province,
    cityCode: row.city_code,
    city: row.city,
    districtCode: row.district_code,
    district: row.district,
    villageCode: row.village_code,
    village: row.village,
    postalCode: row.postal_code,
    street: row.street,
  };
  return {
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    phone: row.phone,
    gender: GENDERS.find((gender) => gender === row.gender) ?? null,
    birthDate: row.birth_date,
    weddingDate: row.wedding_date,
    housing: HOUSINGS.find((housing) => housing === row.housing) ?? null,
    weightGrams: row.weight_grams,
    heightMm: row.height_mm,
    interests: row.interests,
    social: Object.fromEntries(
      SOCIAL_NETWORKS.flatMap((network) => {
        const name = row.social[network];
        return typeof name === 'string' ? [[network, name]] : [];
      }),
    ),
    address: Object.values(address).every((part) => part === null) ? null : address,
    note: row.note,
    smsConsent: consentOf(row.sms_consent),
    emailConsent: consentOf(row.email_consent),
  };
}

function consentOf(text: string | null): Consent | null {
  return CONSENTS.find((consent) => consent === text) ?? null;
}
