/** The form of a customer as the browser holds it: texts as they are typed, and what they mean when nothing was typed. */
import { formatDecimalInput, formatPercentInput } from '#app/lib/format.ts';
import {
  SOCIAL_NETWORKS,
  type CustomerRecord,
  type SocialNetwork,
} from '#app/modules/customers/rules/customer-record.ts';
import type { PersonPercent } from '#app/modules/customers/store-terms.server.ts';
import { NO_ADDRESS, type CustomerAddress } from '#app/modules/regions/rules/address.ts';

/** How staff know of a consent. */
export const CONSENT_SOURCES = ['in_store', 'phone', 'paper', 'chat', 'website', 'other'] as const;
export type ConsentSource = (typeof CONSENT_SOURCES)[number];

export interface CustomerValues {
  [field: string]: string | boolean;
  [social: `social_${string}`]: string;
  /** Empty: the shop's default category. */
  categoryId: string;
  firstName: string;
  lastName: string;
  gender: string;
  phone: string;
  email: string;
  countryCode: string;
  provinceCode: string;
  province: string;
  cityCode: string;
  city: string;
  districtCode: string;
  district: string;
  villageCode: string;
  village: string;
  postalCode: string;
  street: string;
  /** `YYYY-MM-DD` or empty, like every date here. */
  birthDate: string;
  weddingDate: string;
  /** One a line. */
  interests: string;
  housing: string;
  /** Kilograms and centimetres, in the locale's writing. */
  weight: string;
  height: string;
  /** What is typed replaces the stored one; empty leaves it. */
  nationalId: string;
  removeNationalId: boolean;
  smsConsent: string;
  smsConsentOn: string;
  smsConsentSource: string;
  emailConsent: string;
  emailConsentOn: string;
  emailConsentSource: string;
  tierId: string;
  tierReason: string;
  /** Percent. */
  discount: string;
  discountFrom: string;
  discountUntil: string;
  discountNote: string;
  note: string;
}

/** The field of the form for an account in a network. */
export const socialField = (network: SocialNetwork) => `social_${network}` as const;

/** What the record does not hold. */
export interface OwnFields {
  categoryId: bigint | null;
  tierId: bigint | null;
  percent: PersonPercent | null;
  smsConsentAt: string | null;
  smsConsentSource: string | null;
  emailConsentAt: string | null;
  emailConsentSource: string | null;
}

/** A customer without any values. */
export const EMPTY_RECORD: CustomerRecord = {
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  gender: null,
  birthDate: null,
  weddingDate: null,
  housing: null,
  weightGrams: null,
  heightMm: null,
  interests: [],
  social: {},
  address: null,
  note: null,
  smsConsent: null,
  emailConsent: null,
};

export const NO_OWN_FIELDS: OwnFields = {
  categoryId: null,
  tierId: null,
  percent: null,
  smsConsentAt: null,
  smsConsentSource: null,
  emailConsentAt: null,
  emailConsentSource: null,
};

export const INTERESTS_MAX = 20;
export const KILO_DIGITS = 3;
export const CENTIMETRE_DIGITS = 1;

/** A record as the form shows it, numbers in the locale's writing. */
export function valuesOf(record: CustomerRecord, own: OwnFields, locale: string): CustomerValues {
  const { address, social } = record;
  const decimal = (units: number | null, digits: number) =>
    units === null ? '' : formatDecimalInput(units, digits, locale);
  return {
    categoryId: String(own.categoryId ?? ''),
    firstName: record.firstName ?? '',
    lastName: record.lastName ?? '',
    gender: record.gender ?? '',
    phone: record.phone ?? '',
    email: record.email ?? '',
    ...addressValues(address ?? NO_ADDRESS),
    ...Object.fromEntries(SOCIAL_NETWORKS.map((network) => [socialField(network), social[network] ?? ''])),
    birthDate: record.birthDate ?? '',
    weddingDate: record.weddingDate ?? '',
    interests: record.interests.join('\n'),
    housing: record.housing ?? '',
    weight: decimal(record.weightGrams, KILO_DIGITS),
    height: decimal(record.heightMm, CENTIMETRE_DIGITS),
    nationalId: '',
    removeNationalId: false,
    smsConsent: record.smsConsent ?? '',
    smsConsentOn: own.smsConsentAt ?? '',
    smsConsentSource: own.smsConsentSource ?? '',
    emailConsent: record.emailConsent ?? '',
    emailConsentOn: own.emailConsentAt ?? '',
    emailConsentSource: own.emailConsentSource ?? '',
    tierId: String(own.tierId ?? ''),
    tierReason: '',
    discount: own.percent === null ? '' : formatPercentInput(own.percent.bp, locale),
    discountFrom: own.percent?.from ?? '',
    discountUntil: own.percent?.until ?? '',
    discountNote: own.percent?.note ?? '',
    note: record.note ?? '',
  };
}

/** An address as the form's fields. */
export function addressValues(address: CustomerAddress): Record<keyof CustomerAddress, string> {
  return {
    countryCode: address.countryCode ?? '',
    provinceCode: address.provinceCode ?? '',
    province: address.province ?? '',
    cityCode: address.cityCode ?? '',
    city: address.city ?? '',
    districtCode: address.districtCode ?? '',
    district: address.district ?? '',
    villageCode: address.villageCode ?? '',
    village: address.village ?? '',
    postalCode: address.postalCode ?? '',
    street: address.street ?? '',
  };
}

const ADDRESS_FIELDS = Object.keys(addressValues(NO_ADDRESS));
const together = (...fields: string[]) => fields;

/** Fields that belong together: a change of one submits all of them. */
export const GROUPS: readonly (readonly string[])[] = [
  ADDRESS_FIELDS,
  SOCIAL_NETWORKS.map(socialField),
  together('smsConsent', 'smsConsentOn', 'smsConsentSource'),
  together('emailConsent', 'emailConsentOn', 'emailConsentSource'),
  together('tierId', 'tierReason'),
  together('discount', 'discountFrom', 'discountUntil', 'discountNote'),
  together('nationalId', 'removeNationalId'),
];
