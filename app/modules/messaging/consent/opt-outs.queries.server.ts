/** Reads of Messages > Opt-outs: the numbers that must not be written to. */
import { pool } from '#app/db.server.ts';
import { loadAddressHash } from './address-hash.server.ts';
import type { SuppressionSource } from './suppress.server.ts';

const OPT_OUTS_A_PAGE = 25;

export interface OptOut {
  hash: string;
  /** Null once the person was erased. */
  address: string | null;
  source: SuppressionSource;
  since: Date;
  needsReview: boolean;
  /** What the person wrote. */
  text: string | null;
  /** The customer with the number now. */
  customer: { customerId: bigint; firstName: string | null; lastName: string | null } | null;
}

export interface OptOutPage {
  optOuts: OptOut[];
  /** Position of the next page; null on the last one. */
  after: string | null;
  reviews: number;
}

interface OptOutFilter {
  needsReview: boolean;
  /** E.164; null for all. */
  address: string | null;
  after: string | null;
}

interface Row extends Omit<OptOut, 'customer'> {
  customerId: bigint | null;
  firstName: string | null;
  lastName: string | null;
  position: string;
}

const POSITION = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([\w-]{1,64})$/;

/** A page of the shop's opt-outs, the newest first. A position that is none begins at the first. */
export async function listOptOuts(shopId: bigint, filter: OptOutFilter): Promise<OptOutPage> {
  const hash = filter.address === null ? null : (await loadAddressHash(pool, shopId))('sms', filter.address);
  const [, since = null, lastHash = null] = POSITION.exec(filter.after ?? '') ?? [];
  const [{ rows }, reviews] = await Promise.all([
    pool.query<Row>(
      `SELECT s.address_hash AS hash, s.address, s.source, s.since, s.needs_review AS "needsReview", i.text,
         c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName",
         to_char(s.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '~' || s.address_hash AS position
       FROM (SELECT * FROM suppressions WHERE shop_id = $1 AND lifted_at IS NULL AND (NOT $2 OR needs_review)
           AND ($3::text IS NULL OR (channel = 'sms' AND address_hash = $3))
           AND ($4::timestamptz IS NULL OR (since, address_hash) < ($4, $5))
         ORDER BY since DESC, address_hash DESC LIMIT ${OPT_OUTS_A_PAGE + 1}) s
       LEFT JOIN inbound_messages i ON i.shop_id = s.shop_id AND i.message_sid = s.message_sid
       LEFT JOIN LATERAL (SELECT customer_id, first_name, last_name FROM customers
         WHERE shop_id = s.shop_id AND phone = s.address AND state = 'active' ORDER BY customer_id LIMIT 1) c ON true
       ORDER BY s.since DESC, s.address_hash DESC`,
      [shopId, filter.needsReview, hash, since, lastHash],
    ),
    countReviews(shopId),
  ]);
  const shown = rows.slice(0, OPT_OUTS_A_PAGE);
  return {
    optOuts: shown.map(toOptOut),
    after: rows.length > OPT_OUTS_A_PAGE ? (shown.at(-1)?.position ?? null) : null,
    reviews,
  };
}

function toOptOut({ customerId, firstName, lastName, position: _position, ...row }: Row): OptOut {
  return { ...row, customer: customerId === null ? null : { customerId, firstName, lastName } };
}

async function countReviews(shopId: bigint): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM suppressions WHERE shop_id = $1 AND lifted_at IS NULL AND needs_review`,
    [shopId],
  );
  return rows[0]?.n ?? 0;
}
