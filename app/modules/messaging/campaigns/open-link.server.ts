/** A link in a message whose openings are counted: it leads to where the shop's link led. */
import { isbot } from 'isbot';
import { pool } from '#app/db.server.ts';
import { shopOfCode } from '../link-code.ts';

/** A code, then which of the campaign's links. */
const LINK = /^(.+)(\d)$/;
/** Carriers and phones look at links as a message arrives. */
const LOOKED_AT_SECONDS = 2;

const FIND = `
  SELECT m.message_id AS "messageId", g.link_targets[$3::int + 1] AS target,
    m.clicked_at IS NULL AND m.call_started_at IS NOT NULL
      AND coalesce(m.finished_at, m.call_started_at) <= clock_timestamp() - interval '${LOOKED_AT_SECONDS} seconds' AS counts
  FROM messages m JOIN campaigns g ON g.shop_id = m.shop_id AND g.campaign_id = coalesce(m.campaign_id, m.test_of)
  WHERE m.shop_id = $1 AND m.stop_code = $2`;

interface Opening {
  method: string;
  userAgent: string | null;
}

/**
 * Where a link leads; null for one that is none. The first time that a person opens it is noted; programs that look at
 * links, and what comes within seconds of the message, are no person.
 */
export async function openLink(link: string, { method, userAgent }: Opening): Promise<string | null> {
  const [, code = '', target] = LINK.exec(link) ?? [];
  const shopId = shopOfCode(code);
  if (shopId === null) return null;
  const { rows } = await pool.query<{ messageId: bigint; target: string | null; counts: boolean }>(FIND, [
    shopId,
    code,
    target,
  ]);
  const [found] = rows;
  if (!found || found.target === null) return null;
  const isPerson = method === 'GET' && userAgent !== null && !isbot(userAgent);
  if (isPerson && found.counts)
    await pool.query(
      `UPDATE messages SET clicked_at = clock_timestamp() WHERE shop_id = $1 AND message_id = $2 AND clicked_at IS NULL`,
      [shopId, found.messageId],
    );
  return found.target;
}
