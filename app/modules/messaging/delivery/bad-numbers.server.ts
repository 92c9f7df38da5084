/** Numbers that can't get texts, as earlier messages showed: sending to them again costs money and reaches no one. */
import type { Queryable } from '#app/db.server.ts';
import { AGAIN } from './send-once-more.server.ts';

/** No number, no mobile, a landline, unknown (docs/api/errors/<code>): it is so until the customer's number is another. */
const NEVER = [21_211, 21_214, 21_614, 21_635, 30_005, 30_006];
/** These say it of a number only together: a phone that is off for weeks is as good as given up, a block may be a mistake. */
const OFF = { code: 30_003, times: 3 };
const BLOCKED = { code: 30_004, times: 2 };
const WITHIN_DAYS = 30;
const SEVERAL = `(${OFF.code}, ${BLOCKED.code})`;
/** As in the index messages_bad_number. */
const CODES = [...NEVER, OFF.code, BLOCKED.code].toSorted((one, other) => one - other).join(', ');

/** A message that arrived since says that the number works again. */
const BAD = `
  SELECT b.address_hash AS hash FROM messages b WHERE b.shop_id = $1 AND b.address_hash = ANY($2::text[])
    AND b.error_code IN (${CODES}) AND b.state IN ('refused', 'undelivered', 'failed')
    AND b.message_key NOT LIKE '${AGAIN}%' AND (b.error_code NOT IN ${SEVERAL} OR b.call_started_at > clock_timestamp() - interval '${WITHIN_DAYS} days')
    AND NOT EXISTS (SELECT 1 FROM messages d WHERE d.shop_id = $1 AND d.address_hash = b.address_hash AND d.message_id > b.message_id
      AND d.state = 'delivered' AND d.reason IS DISTINCT FROM 'no_report')
  GROUP BY 1 HAVING bool_or(b.error_code NOT IN ${SEVERAL}) OR count(*) FILTER (WHERE b.error_code = ${OFF.code}) >= ${OFF.times}
    OR count(*) FILTER (WHERE b.error_code = ${BLOCKED.code}) >= ${BLOCKED.times}`;

/** Returns which of these hashes of numbers are of such numbers. */
export async function findBadNumbers(
  db: Queryable,
  shopId: bigint,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ hash: string }>(BAD, [shopId, hashes]);
  return new Set(rows.map(({ hash }) => hash));
}
