/** Claimed gifts, for screens and the checkout. */
import { pool, type Queryable } from '#app/db.server.ts';
import { CLAIM_STATES, type ClaimState } from '../rules/claim.ts';
import type { Unit } from '#app/lib/units.ts';

export const CLAIMS_A_PAGE = 25;
/** How long a closed claim is shown to its customer. */
const CLOSED_SHOWN_DAYS = 30;
const CLAIMS_OF_CUSTOMER_MAX = 10;

export interface Claim {
  /** The redemption's. */
  claimId: string;
  /** What staff and the customer call it. */
  number: string;
  customerId: bigint;
  name: string;
  unit: Unit;
  units: bigint;
  state: ClaimState;
  noteToCustomer: string;
  actor: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface ClaimLine extends Claim {
  pictureUrl: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
}

const COLUMNS = `c.redemption_id AS "claimId", r.code AS number, r.customer_id AS "customerId", r.reward->>'name' AS name, r.unit, r.units,
  c.state, c.note_to_customer AS "noteToCustomer", c.actor, c.created_at AS "createdAt", c.updated_at AS "updatedAt"`;
const SOURCE = 'claims c JOIN redemptions r USING (shop_id, redemption_id)';
/** Microseconds since 1970 and id: exact, where JavaScript's dates would lose the microseconds. */
const POSITION = `(extract(epoch FROM c.created_at) * 1000000)::bigint || '_' || c.redemption_id`;
const POSITION_FORMAT = /^(\d{1,18})_([0-9a-f-]{36})$/;

/** A position between rows, so that it stays valid when they change. */
export type ClaimCursor = { side: 'after' | 'before'; position: string };

export interface ClaimPage {
  claims: ClaimLine[];
  before: string | null;
  after: string | null;
}

/** Lists a page of the shop's claims in a state, newest first. An invalid position starts at the beginning. */
export async function listClaims(
  shopId: bigint,
  state: ClaimState,
  cursor: ClaimCursor | null,
): Promise<ClaimPage> {
  const [, micros, id] = POSITION_FORMAT.exec(cursor?.position ?? '') ?? [];
  const isBackward = id !== undefined && cursor?.side === 'before';
  const at = `('epoch'::timestamptz + $3::bigint * interval '1 microsecond', $4::uuid)`;
  const place = id === undefined ? '' : `AND (c.created_at, c.redemption_id) ${isBackward ? '>' : '<'} ${at}`;
  const order = isBackward ? 'ASC' : 'DESC';
  const { rows } = await pool.query<ClaimLine & { position: string }>(
    `SELECT ${COLUMNS}, w.picture_url AS "pictureUrl", k.first_name AS "firstName", k.last_name AS "lastName", k.email, k.phone,
       ${POSITION} AS position
     FROM ${SOURCE} LEFT JOIN rewards w ON w.shop_id = c.shop_id AND w.reward_id = c.reward_id
       LEFT JOIN customers k ON k.shop_id = c.shop_id AND k.customer_id = c.customer_id
     WHERE c.shop_id = $1 AND c.state = $2 ${place}
     ORDER BY c.created_at ${order}, c.redemption_id ${order} LIMIT ${CLAIMS_A_PAGE + 1}`,
    id === undefined ? [shopId, state] : [shopId, state, micros, id],
  );
  const hasMore = rows.length > CLAIMS_A_PAGE;
  const page = rows.slice(0, CLAIMS_A_PAGE);
  if (isBackward) page.reverse();
  const hasEarlier = isBackward ? hasMore : id !== undefined;
  const hasLater = isBackward || hasMore;
  return {
    claims: page.map(({ position: _position, ...claim }) => claim),
    before: hasEarlier ? (page[0]?.position ?? null) : null,
    after: hasLater ? (page.at(-1)?.position ?? null) : null,
  };
}

/** Counts a shop's claims in each state. */
export async function countClaims(shopId: bigint): Promise<Record<ClaimState, number>> {
  const { rows } = await pool.query<{ state: ClaimState; count: number }>(
    'SELECT state, count(*)::int AS count FROM claims WHERE shop_id = $1 GROUP BY state',
    [shopId],
  );
  const counts = { requested: 0, approved: 0, delivered: 0, refused: 0 };
  for (const state of CLAIM_STATES) counts[state] = rows.find((row) => row.state === state)?.count ?? 0;
  return counts;
}

/** Finds one claim of a shop. */
export async function findClaim(db: Queryable, shopId: bigint, claimId: string): Promise<Claim | null> {
  const { rows } = await db.query<Claim>(
    `SELECT ${COLUMNS} FROM ${SOURCE} WHERE c.shop_id = $1 AND c.redemption_id = $2`,
    [shopId, claimId],
  );
  return rows[0] ?? null;
}

/** A customer's claims that are open or were closed recently, newest first. Both ids and the moment are SQL. */
export const selectClaimsOfCustomer = (shopId: string, customerId: string, now: string) => `
  SELECT ${COLUMNS} FROM ${SOURCE} WHERE c.shop_id = ${shopId} AND c.customer_id = ${customerId}
    AND (c.state IN ('requested', 'approved') OR c.updated_at > ${now} - interval '${CLOSED_SHOWN_DAYS} days')
  ORDER BY c.created_at DESC, c.redemption_id LIMIT ${CLAIMS_OF_CUSTOMER_MAX}`;
