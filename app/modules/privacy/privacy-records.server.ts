/** The proof of what was done for each privacy request, without personal data. */
import { pool, type Transaction } from '#app/db.server.ts';
import { readObject } from '#app/lib/decode.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';

const RECORDS_A_PAGE = 25;
/** Shopify wants each request answered within 30 days. */
const ANSWER_DAYS = 30;

/** Records what was done for a request. */
export async function addRecord(
  tx: Transaction,
  event: ShopEvent,
  customerId: bigint | null,
  outcome: object,
): Promise<void> {
  await tx.query(
    `INSERT INTO privacy_records (shop_id, topic, customer_id, outcome) VALUES ($1, $2, $3, $4)`,
    [event.shopId, event.topic, customerId, JSON.stringify(outcome)],
  );
}

export interface PrivacyRecord {
  recordId: bigint;
  topic: string;
  customerId: bigint | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  /** Whether the customer can be exported: erased ones cannot. */
  isExportable: boolean;
  /** What was counted, by name: how much was held or erased. */
  counts: Record<string, number>;
  createdAt: Date;
  /** Of a data request: by when the merchant has to hand the data over. */
  answerBy: Date | null;
}

export interface PrivacyRecordPage {
  records: PrivacyRecord[];
  /** The record that the next page starts after; null on the last page. */
  olderThan: bigint | null;
}

interface Row extends Omit<PrivacyRecord, 'counts'> {
  outcome: unknown;
}

/** Lists a page of the shop's privacy requests and what was done for them, newest first. */
export async function listPrivacyRecords(shopId: bigint, before: bigint | null): Promise<PrivacyRecordPage> {
  const { rows } = await pool.query<Row>(
    `SELECT p.record_id AS "recordId", p.topic, p.customer_id AS "customerId", p.outcome, p.created_at AS "createdAt",
       c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone,
       coalesce(c.state <> 'redacted', false) AS "isExportable",
       CASE WHEN p.topic = 'customers/data_request' THEN p.created_at + make_interval(days => ${ANSWER_DAYS}) END AS "answerBy"
     FROM privacy_records p LEFT JOIN customers c USING (shop_id, customer_id)
     WHERE p.shop_id = $1 AND ($2::bigint IS NULL OR p.record_id < $2) ORDER BY p.record_id DESC LIMIT ${RECORDS_A_PAGE + 1}`,
    [shopId, before],
  );
  const records = rows
    .slice(0, RECORDS_A_PAGE)
    .map(({ outcome, ...record }) => ({ ...record, counts: countsOf(outcome) }));
  return { records, olderThan: rows.length > RECORDS_A_PAGE ? (records.at(-1)?.recordId ?? null) : null };
}

/** The numbers of an outcome; those of a data request are one level deeper. */
function countsOf(outcome: unknown): Record<string, number> {
  const source = readObject(outcome, 'outcome');
  const counted = source.held === undefined ? source : readObject(source.held, 'outcome.held');
  return Object.fromEntries(
    Object.entries(counted).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  );
}
