/** What a check of a pushed segment reads and stores. */
import { pool } from '#app/db.server.ts';
import type { SegmentContent, ShopifySegment } from '#app/integrations/shopify/segments.server.ts';
import type { PushTrouble } from './push-trouble.ts';

/** A pushed segment as a check begins. */
export interface PushRow {
  shopId: bigint;
  segmentId: bigint;
  domain: string;
  shopifySegmentId: bigint | null;
  state: 'on' | 'ending';
  /** As PostgreSQL writes it: a `Date` has no microseconds. */
  requestedAt: string | null;
  /** When a creation was first sent whose answer isn't known. */
  creatingSince: Date | null;
  /** What was last sent, and whether Shopify's answer is known. */
  sentName: string | null;
  sentQuery: string | null;
  isConfirmed: boolean;
  /** What Shopify then had. */
  writtenName: string | null;
  writtenQuery: string | null;
  trouble: PushTrouble | null;
  refusal: string | null;
  /** Staff want it checked, and tried again. */
  isAsked: boolean;
  startedAt: string;
}

/** How a check ended. */
export interface CheckOutcome {
  version: number;
  /** The segment at Shopify; null for none. */
  there: ShopifySegment | null;
  conflict?: 'changed' | 'gone';
  trouble?: PushTrouble;
  refusal?: string | null;
}

/** A request that came meanwhile is checked next, and what staff decided meanwhile stays. */
const STORE = `
  UPDATE segment_pushes SET checked_at = $3::timestamptz, version = $4, conflict = $5, their_name = $6, their_query = $7, trouble = $8, refusal = $9
   WHERE shop_id = $1 AND segment_id = $2 AND state = 'on' AND requested_at IS NOT DISTINCT FROM $10::timestamptz`;

/** Stores what a check found. */
export async function storeOutcome(push: PushRow, outcome: CheckOutcome): Promise<void> {
  const { version, there, conflict = null, trouble = null, refusal = null } = outcome;
  await pool.query(STORE, [
    push.shopId,
    push.segmentId,
    push.startedAt,
    version,
    conflict,
    conflict === null ? null : (there?.name ?? null),
    conflict === null ? null : (there?.query ?? null),
    trouble,
    refusal,
    push.requestedAt,
  ]);
}

const SEND = `
  UPDATE segment_pushes SET sent_name = $3, sent_query = $4, is_confirmed = false,
    creating_since = CASE WHEN shopify_segment_id IS NULL THEN ledger_now() END
   WHERE shop_id = $1 AND segment_id = $2 AND state = 'on' RETURNING 1`;

/** Stores what is about to be sent, so that it is known when the answer doesn't arrive. False if staff stopped it. */
export async function storeSent(push: PushRow, { name, query }: SegmentContent): Promise<boolean> {
  const { rowCount } = await pool.query(SEND, [push.shopId, push.segmentId, name, query]);
  return rowCount === 1;
}

const WRITTEN = `
  UPDATE segment_pushes SET shopify_segment_id = $3, written_name = $4, written_query = $5, written_at = ledger_now(),
    is_confirmed = true, creating_since = NULL
   WHERE shop_id = $1 AND segment_id = $2`;

/** Stores what Shopify has after it was written, whatever staff decided meanwhile. */
export async function storeWritten(push: PushRow, segment: ShopifySegment): Promise<void> {
  const { shopifySegmentId, name, query } = segment;
  await pool.query(WRITTEN, [push.shopId, push.segmentId, shopifySegmentId, name, query]);
}

const REFUSED = `
  UPDATE segment_pushes SET is_confirmed = true, creating_since = NULL WHERE shop_id = $1 AND segment_id = $2`;

/** Stores that Shopify refused what was sent. */
export async function storeRefused(push: PushRow): Promise<void> {
  await pool.query(REFUSED, [push.shopId, push.segmentId]);
}
