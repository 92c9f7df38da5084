/** What a campaign would send and cost: its frozen recipients, added up, and each one's text. */
import { pool } from '#app/db.server.ts';
import { countParts } from '../rules/count-parts.ts';
import { EXCLUSION_REASONS, type ExclusionReason } from './campaign-reasons.ts';

export interface CountryQuote {
  country: string;
  recipients: number;
  parts: number;
  micros: bigint;
}

export interface Quote {
  recipients: number;
  parts: number;
  micros: bigint;
  countries: CountryQuote[];
  excluded: { reason: ExclusionReason; customers: number }[];
}

const IS_OPEN = `shop_id = $1 AND campaign_id = $2 AND state = 'planned'`;

/** Adds up what a campaign's recipients cost, by country. */
export async function readQuote(shopId: bigint, campaignId: bigint): Promise<Quote> {
  const values = [shopId, campaignId];
  const [planned, excluded] = await Promise.all([
    pool.query<CountryQuote>(
      `SELECT coalesce(country, '') AS country, count(*)::int AS recipients, sum(parts)::int AS parts, sum(parts * price_micros)::bigint AS micros
         FROM messages WHERE ${IS_OPEN} GROUP BY 1 ORDER BY 2 DESC, 1`,
      values,
    ),
    readExcluded(shopId, campaignId),
  ]);
  const countries = planned.rows;
  return {
    recipients: countries.reduce((sum, { recipients }) => sum + recipients, 0),
    parts: countries.reduce((sum, { parts }) => sum + parts, 0),
    micros: countries.reduce((sum, { micros }) => sum + micros, 0n),
    countries,
    excluded,
  };
}

/** Customers of the audience without a message, by reason. */
export async function readExcluded(shopId: bigint, campaignId: bigint): Promise<Quote['excluded']> {
  const { rows } = await pool.query<{ reason: string; customers: number }>(
    `SELECT reason, count(*)::int AS customers FROM messages WHERE shop_id = $1 AND campaign_id = $2 AND state = 'excluded' GROUP BY 1`,
    [shopId, campaignId],
  );
  return EXCLUSION_REASONS.flatMap((reason) => {
    const found = rows.find((row) => row.reason === reason);
    return found ? [{ reason, customers: found.customers }] : [];
  });
}

export interface RecipientPreview {
  messageId: bigint;
  name: string;
  to: string | null;
  country: string | null;
  body: string;
  encoding: string;
  units: number;
  parts: number;
  previous: bigint | null;
  next: bigint | null;
}

const PREVIEW = `
  SELECT m.message_id AS "messageId", concat_ws(' ', c.first_name, c.last_name) AS name, m.to_address AS "to", m.country,
    coalesce(m.body, '') AS body, m.parts,
    (SELECT max(message_id) FROM messages WHERE ${IS_OPEN} AND message_id < m.message_id) AS previous,
    (SELECT min(message_id) FROM messages WHERE ${IS_OPEN} AND message_id > m.message_id) AS next
  FROM (SELECT * FROM messages WHERE ${IS_OPEN} AND message_id >= $3 ORDER BY message_id LIMIT 1) m
    LEFT JOIN customers c USING (shop_id, customer_id)`;

/** The text of a recipient, as they get it, and who is before and after; the first one's without `at`. */
export async function readPreview(
  shopId: bigint,
  campaignId: bigint,
  at: bigint | null,
): Promise<RecipientPreview | null> {
  const { rows } = await pool.query<Omit<RecipientPreview, 'encoding' | 'units'>>(PREVIEW, [
    shopId,
    campaignId,
    at ?? 0n,
  ]);
  const [row] = rows;
  if (!row) return null;
  const { encoding, units } = countParts(row.body);
  return { ...row, encoding, units };
}
