import { pool } from '#app/db.server.ts';

/** The inbox in figures. */
export interface InboxCounts {
  /** Not processed yet, retrying ones included. */
  pending: number;
  /** Of those: failed at least once. */
  retrying: number;
  done: number;
  dead: number;
  /** How long the oldest due row has been waiting; 0 when none is due. */
  queueAgeSeconds: number;
  lastReceivedAt: Date | null;
}

/** A row that failed at least once. */
export interface FailedEvent {
  inboxId: bigint;
  topic: string;
  /** `retrying` or `dead` */
  status: 'retrying' | 'dead';
  attempts: number;
  /** Without personal data. */
  lastError: string | null;
  triggeredAt: Date | null;
  receivedAt: Date;
  /** Null for dead ones. */
  nextAttemptAt: Date | null;
}

/** One row for inspection; body and headers as received, personal data included. */
export interface FailedEventDetail extends FailedEvent {
  webhookId: string;
  eventId: string | null;
  apiVersion: string | null;
  headers: Record<string, string>;
  body: string;
}

const COUNTS = `
  SELECT count(*) FILTER (WHERE state = 'pending')::int AS pending,
         count(*) FILTER (WHERE state = 'pending' AND attempts > 0)::int AS retrying,
         count(*) FILTER (WHERE state = 'done')::int AS done,
         count(*) FILTER (WHERE state = 'dead')::int AS dead,
         coalesce(extract(epoch FROM statement_timestamp()
           - min(next_attempt_at) FILTER (WHERE state = 'pending' AND next_attempt_at <= statement_timestamp())), 0)::float8
           AS "queueAgeSeconds",
         max(received_at) AS "lastReceivedAt"
    FROM webhook_events WHERE $1::bigint IS NULL OR shop_id = $1`;

const FAILED_COLUMNS = `
  inbox_id AS "inboxId", topic, CASE state WHEN 'dead' THEN 'dead' ELSE 'retrying' END AS status, attempts,
  last_error AS "lastError", triggered_at AS "triggeredAt", received_at AS "receivedAt",
  CASE state WHEN 'pending' THEN next_attempt_at END AS "nextAttemptAt"`;

/** Two scans, each of a small partial index, instead of one through all rows ever received. */
const FAILED = `
  SELECT * FROM (
    (SELECT ${FAILED_COLUMNS} FROM webhook_events
      WHERE shop_id = $1 AND state = 'dead' AND ($2::bigint IS NULL OR inbox_id < $2)
      ORDER BY inbox_id DESC LIMIT $3)
    UNION ALL
    (SELECT ${FAILED_COLUMNS} FROM webhook_events
      WHERE shop_id = $1 AND state = 'pending' AND attempts > 0 AND ($2::bigint IS NULL OR inbox_id < $2)
      ORDER BY inbox_id DESC LIMIT $3)) failed
  ORDER BY "inboxId" DESC LIMIT $3`;

const DETAIL = `
  SELECT ${FAILED_COLUMNS}, webhook_id AS "webhookId", event_id AS "eventId", api_version AS "apiVersion", headers, body
    FROM webhook_events WHERE shop_id = $1 AND inbox_id = $2`;

/**
 * Counts the rows of one shop, or of all shops. Reads every row: for operators and one shop's screen, not for a loop.
 */
export async function inboxCounts(shopId: bigint | null = null): Promise<InboxCounts> {
  const { rows } = await pool.query<InboxCounts>(COUNTS, [shopId]);
  const [counts] = rows;
  if (!counts) throw new Error('an aggregate gave no row');
  return counts;
}

/** Lists dead and retrying rows of a shop, newest first; the next page starts `before` the last row's inboxId. */
export async function listFailedEvents(
  shopId: bigint,
  page: { before?: bigint; limit: number },
): Promise<FailedEvent[]> {
  const { rows } = await pool.query<FailedEvent>(FAILED, [shopId, page.before ?? null, page.limit]);
  return rows;
}

/** Finds one row of a shop with its body, or null. */
export async function readEvent(shopId: bigint, inboxId: bigint): Promise<FailedEventDetail | null> {
  const { rows } = await pool.query<FailedEventDetail>(DETAIL, [shopId, inboxId]);
  return rows[0] ?? null;
}
