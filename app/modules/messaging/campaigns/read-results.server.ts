/** What became of a campaign. */
import { pool } from '#app/db.server.ts';
import { IS_VALID } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { MESSAGE_STATES, type MessageState } from '../delivery/rules/message-state.ts';
import type { Quote } from './read-quote.server.ts';
import { readExcluded } from './read-quote.server.ts';

const CODES_LISTED_MAX = 20;
/** Who stops within this time after a message stops because of it, as far as anyone can tell. */
const STOP_HOURS = 72;

/** Customers of a campaign and what they ordered within the shop's time after the message. */
export interface SalesGroup {
  customers: number;
  buyers: number;
  orders: number;
  netMinor: bigint;
}

export interface CampaignResults {
  /** Messages by state; those left out are in `excluded`. */
  states: { state: MessageState; messages: number }[];
  excluded: Quote['excluded'];
  errors: { code: number; messages: number }[];
  chargedMicros: bigint;
  /** Messages that are not settled yet. */
  openMessages: number;
  /** Recipients who opened a counted link; null where none is counted. */
  clicks: number | null;
  /** Recipients who wrote back. */
  answers: number;
  /** Recipients who opted out afterwards. */
  stops: number;
  /** Orders whose last message before them was this campaign's. */
  sales: { orders: number; netMinor: bigint };
  /** All orders of recipients, and of those held back; null where nobody was. */
  compared: { sent: SalesGroup; held: SalesGroup } | null;
}

/** Counts a campaign's messages and what came of them. `salesHours`: how long after a message an order is its result. */
export async function readResults(
  shopId: bigint,
  campaignId: bigint,
  salesHours: number,
): Promise<CampaignResults> {
  const values = [shopId, campaignId];
  const of = 'FROM messages WHERE shop_id = $1 AND campaign_id = $2';
  const [states, excluded, errors, money, responses, stops, sales] = await Promise.all([
    pool.query<{ state: string; messages: number }>(
      `SELECT state, count(*)::int AS messages ${of} AND state <> 'excluded' GROUP BY 1`,
      values,
    ),
    readExcluded(shopId, campaignId),
    pool.query<{ code: number; messages: number }>(
      `SELECT error_code AS code, count(*)::int AS messages ${of} AND error_code IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT ${CODES_LISTED_MAX}`,
      values,
    ),
    pool.query<{ charged: bigint; open: number }>(
      `SELECT coalesce(sum(charged_micros), 0)::bigint AS charged, count(*) FILTER (WHERE settled_at IS NULL)::int AS open ${of}`,
      values,
    ),
    pool.query<{ clicks: number | null; answers: number }>(RESPONSES, values),
    pool.query<{ stops: number }>(STOPS, values),
    pool.query<{ orders: number; netMinor: bigint }>(SALES, [...values, salesHours]),
  ]);
  const countOf = (state: MessageState) => states.rows.find((row) => row.state === state)?.messages ?? 0;
  const isCompared = excluded.some(({ reason }) => reason === 'holdout');
  return {
    states: MESSAGE_STATES.map((state) => ({ state, messages: countOf(state) })).filter(
      ({ messages }) => messages > 0,
    ),
    excluded,
    errors: errors.rows,
    chargedMicros: money.rows[0]?.charged ?? 0n,
    openMessages: money.rows[0]?.open ?? 0,
    clicks: responses.rows[0]?.clicks ?? null,
    answers: responses.rows[0]?.answers ?? 0,
    stops: stops.rows[0]?.stops ?? 0,
    sales: sales.rows[0] ?? { orders: 0, netMinor: 0n },
    compared: isCompared ? await compareHeldBack(shopId, campaignId, salesHours) : null,
  };
}

/** A message that reached the person, as far as is known. */
const WENT_OUT = `m.state IN ('accepted', 'sent', 'delivered') AND m.call_started_at IS NOT NULL`;

const RESPONSES = `
  SELECT CASE WHEN cardinality(g.link_targets) > 0 THEN (SELECT count(*)::int FROM messages m WHERE m.shop_id = $1 AND m.campaign_id = $2
      AND m.clicked_at IS NOT NULL) END AS clicks,
    (SELECT count(*)::int FROM messages m WHERE m.shop_id = $1 AND m.campaign_id = $2 AND m.answered_at IS NOT NULL) AS answers
  FROM campaigns g WHERE g.shop_id = $1 AND g.campaign_id = $2`;

const STOPS = `
  SELECT count(*)::int AS stops FROM messages m JOIN suppressions s ON s.shop_id = m.shop_id AND s.channel = 'sms'
     AND s.address_hash = m.address_hash
   WHERE m.shop_id = $1 AND m.campaign_id = $2 AND ${WENT_OUT} AND s.since >= m.call_started_at
     AND s.since < m.call_started_at + interval '${STOP_HOURS} hours'`;

/** The last message before an order gets it; what was refunded is not in an order's net. */
const SALES = `
  SELECT count(*)::int AS orders, coalesce(sum(o.net_minor), 0)::bigint AS "netMinor"
    FROM messages m JOIN orders o ON o.shop_id = m.shop_id AND o.customer_id = m.customer_id
   WHERE m.shop_id = $1 AND m.campaign_id = $2 AND ${WENT_OUT} AND ${IS_VALID}
     AND o.processed_at >= m.call_started_at AND o.processed_at < m.call_started_at + make_interval(hours => $3)
     AND NOT EXISTS (SELECT 1 FROM messages l WHERE l.shop_id = m.shop_id AND l.customer_id = m.customer_id AND l.class = 'marketing'
       AND l.state IN ('accepted', 'sent', 'delivered') AND l.call_started_at > m.call_started_at AND l.call_started_at <= o.processed_at)`;

/** Of those held back the time begins with the campaign. All orders on both sides, or they could not be compared. */
const COMPARE = `
  SELECT m.reason IS NOT DISTINCT FROM 'holdout' AS "isHeld", count(DISTINCT m.customer_id)::int AS customers,
    count(DISTINCT o.customer_id)::int AS buyers, count(o.order_id)::int AS orders, coalesce(sum(o.net_minor), 0)::bigint AS "netMinor"
  FROM campaigns c JOIN messages m ON m.shop_id = c.shop_id AND m.campaign_id = c.campaign_id
    LEFT JOIN orders o ON o.shop_id = m.shop_id AND o.customer_id = m.customer_id AND ${IS_VALID}
      AND o.processed_at >= coalesce(m.call_started_at, c.started_at)
      AND o.processed_at < coalesce(m.call_started_at, c.started_at) + make_interval(hours => $3)
  WHERE c.shop_id = $1 AND c.campaign_id = $2 AND (m.state = 'excluded' AND m.reason = 'holdout' OR ${WENT_OUT}) GROUP BY 1`;

const NO_ONE: SalesGroup = { customers: 0, buyers: 0, orders: 0, netMinor: 0n };

async function compareHeldBack(shopId: bigint, campaignId: bigint, salesHours: number) {
  const { rows } = await pool.query<SalesGroup & { isHeld: boolean }>(COMPARE, [
    shopId,
    campaignId,
    salesHours,
  ]);
  const group = (isHeld: boolean): SalesGroup => {
    const found = rows.find((row) => row.isHeld === isHeld);
    if (!found) return NO_ONE;
    const { isHeld: _isHeld, ...figures } = found;
    return figures;
  };
  return { sent: group(false), held: group(true) };
}
