/** What the shop's staff may see of a customer's record. */
import { pool } from '#app/db.server.ts';
import { readablePhone } from '#app/lib/phone.ts';
import { completenessOf, type Completeness } from '../worklist/rules/completeness.ts';
import { RECORD_COLUMN_TYPES, recordOfRow, type RecordRow } from '#app/modules/customers/record-columns.ts';
import { SENSITIVE_FIELDS, type CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { wholeMonths } from '#app/modules/orders/rules/customer-metrics.ts';

export interface RecordView {
  /** Without sensitive fields where the shop did not switch them on. */
  record: CustomerRecord;
  /** As people read it. */
  phoneText: string | null;
  /** In years; null without birth date. */
  age: number | null;
  /** The shop's calendar day. */
  smsConsentOn: string | null;
  smsConsentSource: string | null;
  emailConsentOn: string | null;
  emailConsentSource: string | null;
  personDiscountBp: number | null;
  completeness: Completeness;
}

interface Row extends RecordRow {
  sms_consent_on: string | null;
  sms_consent_source: string | null;
  email_consent_on: string | null;
  email_consent_source: string | null;
  person_discount_bp: number | null;
  missing_fields: number;
  sensitive: boolean;
  wedding: boolean;
  today: string;
}

const COLUMNS = Object.entries(RECORD_COLUMN_TYPES)
  .map(([column, type]) => (type === 'date' ? `c.${column}::text` : `c.${column}`))
  .join(', ');

/** Reads the record of a customer; null for an unknown customer. */
export async function readRecord(shopId: bigint, customerId: bigint): Promise<RecordView | null> {
  const { rows } = await pool.query<Row>(
    `SELECT ${COLUMNS}, c.sms_consent_source, c.email_consent_source,
       (c.sms_consent_at AT TIME ZONE p.time_zone)::date::text AS sms_consent_on,
       (c.email_consent_at AT TIME ZONE p.time_zone)::date::text AS email_consent_on, c.person_discount_bp, c.missing_fields,
       coalesce(s.sensitive_fields, false) AS sensitive, coalesce(g.is_active, false) AS wedding,
       to_char(ledger_now() AT TIME ZONE p.time_zone, 'YYYY-MM-DD') AS today
     FROM customers c JOIN shops p USING (shop_id) LEFT JOIN club_settings s USING (shop_id)
       LEFT JOIN gift_settings g ON g.shop_id = c.shop_id AND g.kind = 'anniversary'
     WHERE c.shop_id = $1 AND c.customer_id = $2`,
    [shopId, customerId],
  );
  const [row] = rows;
  if (!row) return null;
  const record = recordOfRow(row);
  const isHidden = (field: keyof CustomerRecord) =>
    SENSITIVE_FIELDS.includes(field) && !row.sensitive && !(field === 'weddingDate' && row.wedding);
  return {
    record: {
      ...record,
      weddingDate: isHidden('weddingDate') ? null : record.weddingDate,
      housing: isHidden('housing') ? null : record.housing,
      weightGrams: isHidden('weightGrams') ? null : record.weightGrams,
      heightMm: isHidden('heightMm') ? null : record.heightMm,
    },
    phoneText: record.phone === null ? null : readablePhone(record.phone),
    age: record.birthDate === null ? null : Math.floor(wholeMonths(record.birthDate, row.today) / 12),
    smsConsentOn: row.sms_consent_on,
    smsConsentSource: row.sms_consent_source,
    emailConsentOn: row.email_consent_on,
    emailConsentSource: row.email_consent_source,
    personDiscountBp: row.person_discount_bp,
    completeness: completenessOf(row.missing_fields, row),
  };
}
