/** A customer before a form changes it, and which fields the shop has turned on. */
import { pool } from '#app/db.server.ts';
import { listTierChoices, type TierChoice } from './tier-choices.server.ts';
import { readNationalId } from '#app/modules/customers/national-id.server.ts';
import { RECORD_COLUMN_TYPES, recordOfRow, type RecordRow } from '#app/modules/customers/record-columns.ts';
import type { CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { maskNationalId } from '#app/modules/customers/rules/national-id.ts';
import type { OwnFields } from './form-values.ts';

export interface CategoryChoice {
  categoryId: bigint;
  /** Of a category that every shop begins with, its kind. */
  key: string;
  name: string;
  isDefault: boolean;
  loyaltyEnabled: boolean;
  allowsPersonDiscount: boolean;
}

/** Which fields and choices the shop's form has. */
export interface FormRules {
  categories: CategoryChoice[];
  tiers: TierChoice[];
  /** National ID, weight, height and housing (C10). */
  asksSensitive: boolean;
  /** The anniversary gift needs the date, also without sensitive fields. */
  asksWeddingDate: boolean;
}

export interface KnownCustomer {
  customerId: bigint;
  record: CustomerRecord;
  own: OwnFields;
  /** Its last characters; null for none, or where the shop does not use sensitive fields. */
  maskedNationalId: string | null;
}

const COLUMNS = Object.entries(RECORD_COLUMN_TYPES)
  .map(([column, type]) => (type === 'date' ? `c.${column}::text` : `c.${column}`))
  .join(', ');

interface Row extends RecordRow {
  category_id: bigint | null;
  tier_id: bigint | null;
  person_discount_bp: number | null;
  person_discount_from: string | null;
  person_discount_until: string | null;
  person_discount_note: string | null;
  sms_consent_on: string | null;
  sms_consent_source: string | null;
  email_consent_on: string | null;
  email_consent_source: string | null;
  national_id_cipher: string | null;
  is_sensitive: boolean;
}

/** Reads a customer that staff can change; null for one that is deleted, merged into another or not of this shop. */
export async function readKnownCustomer(shopId: bigint, customerId: bigint): Promise<KnownCustomer | null> {
  const { rows } = await pool.query<Row>(
    `SELECT ${COLUMNS}, c.category_id, c.tier_id, c.person_discount_bp, c.person_discount_from::text,
       c.person_discount_until::text, c.person_discount_note, c.sms_consent_source, c.email_consent_source,
       (c.sms_consent_at AT TIME ZONE p.time_zone)::date::text AS sms_consent_on,
       (c.email_consent_at AT TIME ZONE p.time_zone)::date::text AS email_consent_on,
       c.national_id_cipher, coalesce(s.sensitive_fields, false) AS is_sensitive
     FROM customers c JOIN shops p USING (shop_id) LEFT JOIN club_settings s USING (shop_id)
     WHERE c.shop_id = $1 AND c.customer_id = $2 AND c.state = 'active' AND c.merged_into IS NULL`,
    [shopId, customerId],
  );
  const [row] = rows;
  if (!row) return null;
  const nationalId = row.is_sensitive ? readNationalId(shopId, row.national_id_cipher) : null;
  return {
    customerId,
    record: recordOfRow(row),
    own: {
      categoryId: row.category_id,
      tierId: row.tier_id,
      percent:
        row.person_discount_bp === null
          ? null
          : {
              bp: row.person_discount_bp,
              from: row.person_discount_from,
              until: row.person_discount_until,
              note: row.person_discount_note,
            },
      smsConsentAt: row.sms_consent_on,
      smsConsentSource: row.sms_consent_source,
      emailConsentAt: row.email_consent_on,
      emailConsentSource: row.email_consent_source,
    },
    maskedNationalId: nationalId === null ? null : maskNationalId(nationalId),
  };
}

/** Reads the shop's categories, tiers and the fields that it turned on. */
export async function readFormRules(shopId: bigint): Promise<FormRules> {
  const [categories, settings, tiers] = await Promise.all([
    pool.query<CategoryChoice>(
      `SELECT category_id AS "categoryId", key, name, is_default AS "isDefault", loyalty_enabled AS "loyaltyEnabled",
         allows_person_discount AS "allowsPersonDiscount"
       FROM categories WHERE shop_id = $1 ORDER BY position, category_id`,
      [shopId],
    ),
    pool.query<{ sensitive: boolean; wedding: boolean }>(
      `SELECT coalesce((SELECT sensitive_fields FROM club_settings WHERE shop_id = $1), false) AS sensitive,
         EXISTS (SELECT FROM gift_settings WHERE shop_id = $1 AND kind = 'anniversary' AND is_active) AS wedding`,
      [shopId],
    ),
    listTierChoices(shopId),
  ]);
  const { sensitive = false, wedding = false } = settings.rows[0] ?? {};
  return {
    categories: categories.rows,
    tiers,
    asksSensitive: sensitive,
    asksWeddingDate: sensitive || wedding,
  };
}
