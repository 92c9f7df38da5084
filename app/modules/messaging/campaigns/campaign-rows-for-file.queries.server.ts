/** A campaign as rows of a file: each customer of its audience, what they got or why nothing, and what they ordered. */
import { pool } from '#app/db.server.ts';
import { IS_VALID } from '#app/modules/orders/figures/refresh-figures.server.ts';
import type { MessageState } from '../delivery/rules/message-state.ts';
import { loadSettings } from '../limits/load-limits.server.ts';

export interface CampaignFileRow {
  messageId: bigint;
  customerId: bigint | null;
  firstName: string | null;
  lastName: string | null;
  to: string | null;
  country: string | null;
  body: string | null;
  state: MessageState;
  reason: string | null;
  errorCode: number | null;
  parts: number;
  /** What it cost; null for an account of the shop's own. */
  micros: bigint | null;
  sentAt: Date | null;
  finishedAt: Date | null;
  /** When they first opened a counted link, and when they wrote back. */
  clickedAt: Date | null;
  answeredAt: Date | null;
  /** Within the shop's hours after the message; of those held back, after the campaign's start. */
  orders: number;
  netMinor: bigint;
}

const READ = `
  SELECT m.message_id AS "messageId", m.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName",
    m.to_address AS "to", m.country, m.body, m.state, m.reason, m.error_code AS "errorCode", m.parts,
    CASE WHEN m.price_micros > 0 THEN coalesce(m.charged_micros, m.parts * m.price_micros) END AS micros,
    m.call_started_at AS "sentAt", m.finished_at AS "finishedAt", m.clicked_at AS "clickedAt",
    m.answered_at AS "answeredAt", o.orders, o."netMinor"
  FROM (SELECT * FROM messages WHERE shop_id = $1 AND campaign_id = $2 AND message_id > $3 ORDER BY message_id LIMIT $4) m
    JOIN campaigns g USING (shop_id, campaign_id)
    LEFT JOIN customers c USING (shop_id, customer_id)
    CROSS JOIN LATERAL (SELECT count(*)::int AS orders, coalesce(sum(o.net_minor), 0)::bigint AS "netMinor" FROM orders o
      WHERE o.shop_id = m.shop_id AND o.customer_id = m.customer_id AND ${IS_VALID}
        AND o.processed_at >= coalesce(m.call_started_at, g.started_at)
        AND o.processed_at < coalesce(m.call_started_at, g.started_at) + make_interval(hours => $5)) o
  ORDER BY m.message_id`;

/** Yields the rows of a campaign, in pages of a statement each; none for another shop's. */
export async function* readCampaignRows(
  shopId: bigint,
  campaignId: bigint,
  rowsARead: number,
): AsyncGenerator<CampaignFileRow[]> {
  const { salesHours } = await loadSettings(pool, shopId);
  for (let after = 0n; ;) {
    const { rows } = await pool.query<CampaignFileRow>(READ, [
      shopId,
      campaignId,
      after,
      rowsARead,
      salesHours,
    ]);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.messageId;
  }
}
