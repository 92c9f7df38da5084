/** Pauses a campaign that Twilio refuses for a reason that isn't the number's: every further message would likely meet it. */
import type { Transaction } from '#app/db.server.ts';

const IN_A_ROW_MAX = 20;
/** One in twenty, of a thousand at least. */
const ONE_IN = 20;
const CALLED_MIN = 1_000;
/** The share of the fewest calls. From then on the calls are counted after each twentieth more refusals. */
const FIRST_CHECK = CALLED_MIN / ONE_IN;
const ONE_MORE_IN = 20;

/** Calls of which the outcome is known, since the campaign was last resumed; no more are counted than are too many for the share. */
const CALLED = `
  SELECT count(*)::int AS called FROM (SELECT 1 FROM messages m JOIN campaigns c USING (shop_id, campaign_id)
    WHERE m.shop_id = $1 AND m.campaign_id = $2 AND m.state IN ('accepted', 'sent', 'delivered', 'undelivered', 'failed', 'refused')
      AND m.call_started_at >= c.filtered_since LIMIT $3::int * ${ONE_IN} + 1) counted`;

interface Refusals {
  refused: number;
  inARow: number;
  checkAt: number;
}

/** Counts a refusal by a code of which nothing is known, in the transaction that stored it, and pauses at too many of one code. */
export async function countRefusal(
  tx: Transaction,
  shopId: bigint,
  campaignId: bigint,
  code: number,
): Promise<void> {
  await tx.query('SELECT 1 FROM campaigns WHERE shop_id = $1 AND campaign_id = $2 FOR NO KEY UPDATE', [
    shopId,
    campaignId,
  ]);
  const refusals = await store(tx, shopId, campaignId, code);
  if (refusals.inARow < IN_A_ROW_MAX && !(await isShareReached(tx, shopId, campaignId, code, refusals)))
    return;
  await tx.query(
    `UPDATE campaigns SET state = 'paused', pause_reason = 'refused', pause_code = $3
      WHERE shop_id = $1 AND campaign_id = $2 AND state = 'running'`,
    [shopId, campaignId, code],
  );
}

/** Another code begins another row. Locked in the order in which accepted messages end rows. */
async function store(tx: Transaction, shopId: bigint, campaignId: bigint, code: number): Promise<Refusals> {
  await tx.query(
    'SELECT 1 FROM campaign_refusals WHERE shop_id = $1 AND campaign_id = $2 ORDER BY error_code FOR UPDATE',
    [shopId, campaignId],
  );
  await tx.query(
    `UPDATE campaign_refusals SET in_a_row = 0 WHERE shop_id = $1 AND campaign_id = $2 AND error_code <> $3 AND in_a_row > 0`,
    [shopId, campaignId, code],
  );
  const { rows } = await tx.query<Refusals>(
    `INSERT INTO campaign_refusals AS r (shop_id, campaign_id, error_code, refused, in_a_row, check_at) VALUES ($1, $2, $3, 1, 1, ${FIRST_CHECK})
     ON CONFLICT (shop_id, campaign_id, error_code) DO UPDATE SET refused = r.refused + 1, in_a_row = r.in_a_row + 1
     RETURNING refused, in_a_row AS "inARow", check_at AS "checkAt"`,
    [shopId, campaignId, code],
  );
  return rows[0] ?? { refused: 1, inARow: 1, checkAt: FIRST_CHECK };
}

async function isShareReached(
  tx: Transaction,
  shopId: bigint,
  campaignId: bigint,
  code: number,
  { refused, checkAt }: Refusals,
): Promise<boolean> {
  if (refused < checkAt) return false;
  const { rows } = await tx.query<{ called: number }>(CALLED, [shopId, campaignId, refused]);
  const called = rows[0]?.called ?? 0;
  if (called >= CALLED_MIN && called <= refused * ONE_IN) return true;
  await tx.query(
    'UPDATE campaign_refusals SET check_at = $4 WHERE shop_id = $1 AND campaign_id = $2 AND error_code = $3',
    [shopId, campaignId, code, refused + Math.ceil(refused / ONE_MORE_IN)],
  );
  return false;
}

/** Forgets the refusals of a campaign that goes on: what was before is known. */
export async function deleteRefusals(tx: Transaction, shopId: bigint, campaignId: bigint): Promise<void> {
  await tx.query('DELETE FROM campaign_refusals WHERE shop_id = $1 AND campaign_id = $2', [
    shopId,
    campaignId,
  ]);
}
