/** What is known of a customer besides orders, points and tags: each field changes, travels and wins by itself. */

import type { CustomerAddress } from '#app/modules/regions/rules/address.ts';

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

/** Fields that a shop has to turn on (C10). The national ID is separate: Shopify does not have it. */
export const SENSITIVE_FIELDS: readonly RecordField[] = ['weddingDate', 'housing', 'weightGrams', 'heightMm'];

/** How a customer came: from Shopify, whatever made them there, or through this app. */
export const CUSTOMER_ORIGINS = ['shopify', 'staff', 'import'] as const;
export type CustomerOrigin = (typeof CUSTOMER_ORIGINS)[number];

/** Where a change comes from: staff here, Shopify, a file, or the initial sync. */
export const CHANGE_SOURCES = ['staff', 'shopify', 'import', 'sync'] as const;
export type ChangeSource = (typeof CHANGE_SOURCES)[number];
