/** What became of a campaign. */
import { pool } from '#app/db.server.ts';
import { MESSAGE_STATES, type MessageState } from '../delivery/rules/message-state.ts';
import { EXCLUSION_REASONS, type ExclusionReason } from './campaign-reasons.ts';

const CODES_LISTED_MAX = 20;

export interface CampaignResults {
  /** Messages by state; those left out are in `excluded`. */
  states: { state: MessageState; messages: number }[];
  excluded: { reason: ExclusionReason; customers: number }[];
  errors: { code: number; messages: number }[];
  chargedMicros: bigint;
  /** Messages that are not settled yet. */
  openMessages: number;
}

/** Counts a campaign's messages. */
export async function readResults(shopId: bigint, campaignId: bigint): Promise<CampaignResults> {
  const values = [shopId, campaignId];
  const of = 'FROM messages WHERE shop_id = $1 AND campaign_id = $2';
  const [states, excluded, errors, money] = await Promise.all([
    pool.query<{ state: string; messages: number }>(
      `SELECT state, count(*)::int AS messages ${of} AND state <> 'excluded' GROUP BY 1`,
      values,
    ),
    pool.query<{ reason: string; customers: number }>(
      `SELECT reason, count(*)::int AS customers ${of} AND state = 'excluded' GROUP BY 1`,
      values,
    ),
    pool.query<{ code: number; messages: number }>(
      `SELECT error_code AS code, count(*)::int AS messages ${of} AND error_code IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT ${CODES_LISTED_MAX}`,
      values,
    ),
    pool.query<{ charged: bigint; open: number }>(
      `SELECT coalesce(sum(charged_micros), 0)::bigint AS charged, count(*) FILTER (WHERE settled_at IS NULL)::int AS open ${of}`,
      values,
    ),
  ]);
  const countOf = (state: MessageState) => states.rows.find((row) => row.state === state)?.messages ?? 0;
  const reasonCount = (reason: ExclusionReason) =>
    excluded.rows.find((row) => row.reason === reason)?.customers ?? 0;
  return {
    states: MESSAGE_STATES.map((state) => ({ state, messages: countOf(state) })).filter(
      ({ messages }) => messages > 0,
    ),
    excluded: EXCLUSION_REASONS.map((reason) => ({ reason, customers: reasonCount(reason) })).filter(
      ({ customers }) => customers > 0,
    ),
    errors: errors.rows,
    chargedMicros: money.rows[0]?.charged ?? 0n,
    openMessages: money.rows[0]?.open ?? 0,
  };
}
