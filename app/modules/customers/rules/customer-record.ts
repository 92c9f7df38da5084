/** What is known of a customer besides orders, points and tags: each field changes, travels and wins by itself. */

export const GENDERS = ['female', 'male'] as const;
export type Gender = (typeof GENDERS)[number];

/** F7: the six ways to live. */
export const HOUSINGS = ['detached', 'shophouse', 'townhouse', 'flat', 'condo', 'coop_or_mobile'] as const;
export type Housing = (typeof HOUSINGS)[number];

export const SOCIAL_NETWORKS = [
  'instagram',
  'facebook',
  'tiktok',
  'line',
  'whatsapp',
  'telegram',
  'x',
] as const;
export type SocialNetwork = (typeof SOCIAL_NETWORKS)[number];

/** Shopify's marketing states, in lower case. */
export const CONSENTS = ['subscribed', 'unsubscribed', 'pending', 'not_subscribed'] as const;
export type Consent = (typeof CONSENTS)[number];

/** One address, as a whole: a street of one and a city of another would be nowhere. Codes are those of `regions`. */
export interface CustomerAddress {
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
  /** Shopify's, which is ISO 3166-2 without the country. */
  provinceCode: string | null;
  province: string | null;
  cityCode: string | null;
  city: string | null;
  districtCode: string | null;
  district: string | null;
  postalCode: string | null;
  street: string | null;
}

export interface CustomerRecord {
  firstName: string | null;
  lastName: string | null;
  /** Lower case. */
  email: string | null;
  /** E.164 */
  phone: string | null;
  gender: Gender | null;
  /** `YYYY-MM-DD` */
  birthDate: string | null;
  /** `YYYY-MM-DD` */
  weddingDate: string | null;
  housing: Housing | null;
  weightGrams: number | null;
  heightMm: number | null;
  interests: readonly string[];
  social: Readonly<Partial<Record<SocialNetwork, string>>>;
  address: CustomerAddress | null;
  note: string | null;
  smsConsent: Consent | null;
  emailConsent: Consent | null;
}

export type RecordField = keyof CustomerRecord;

/** Fields of a kind that a shop has to ask for (C10). The national ID stands apart: it is no field of Shopify's. */
export const SENSITIVE_FIELDS: readonly RecordField[] = ['weddingDate', 'housing', 'weightGrams', 'heightMm'];

/** Who says so: staff here, somebody at Shopify, a file, or the first look at a whole shop. */
export const CHANGE_SOURCES = ['staff', 'shopify', 'import', 'sync'] as const;
export type ChangeSource = (typeof CHANGE_SOURCES)[number];

export const NO_ADDRESS: CustomerAddress = {
  countryCode: null,
  provinceCode: null,
  province: null,
  cityCode: null,
  city: null,
  districtCode: null,
  district: null,
  postalCode: null,
  street: null,
};
