/** Checks the code that a customer told at the till; it serves one attempt. */
import { pool } from '#app/db.server.ts';
import { hashTillCode } from './send-till-code.server.ts';

/** `code_used_up`: it expired, was used, or was wrong too often; a new one can be sent. */
export type TillCodeChecked = 'right' | 'code_wrong' | 'code_used_up';

const ATTEMPTS_MAX = 3;

/** A wrong one counts, and the right one is taken, in one statement: two tills cannot both use it. */
const USE = `
  WITH known AS (SELECT * FROM till_codes WHERE shop_id = $1 AND customer_id = $2 FOR NO KEY UPDATE),
  judged AS (SELECT k.*, CASE
      WHEN k.used_key = $3::uuid AND k.code_hash = $4 THEN 'right'
      WHEN k.used_key IS NOT NULL OR k.expires_at <= ledger_now() OR k.attempts >= ${ATTEMPTS_MAX} THEN 'code_used_up'
      WHEN k.code_hash = $4 THEN 'right' ELSE 'code_wrong' END AS verdict FROM known k),
  stored AS (UPDATE till_codes t SET used_key = CASE WHEN j.verdict = 'right' THEN $3::uuid ELSE t.used_key END,
      attempts = t.attempts + CASE WHEN j.verdict = 'code_wrong' THEN 1 ELSE 0 END
    FROM judged j WHERE t.shop_id = $1 AND t.customer_id = $2)
  SELECT verdict FROM judged`;

/** Takes the code for an attempt (a UUID). The same attempt may send it again. */
export async function takeTillCode(
  { shopId, customerId }: { shopId: bigint; customerId: bigint },
  key: string,
  code: string,
): Promise<TillCodeChecked> {
  const { rows } = await pool.query<{ verdict: TillCodeChecked }>(USE, [
    shopId,
    customerId,
    key,
    hashTillCode(shopId, customerId, code),
  ]);
  return rows[0]?.verdict ?? 'code_used_up';
}

/** Lets the code serve another attempt: the one it was taken for spent nothing. */
export async function releaseTillCode(
  { shopId, customerId }: { shopId: bigint; customerId: bigint },
  key: string,
): Promise<void> {
  await pool.query(
    'UPDATE till_codes SET used_key = NULL WHERE shop_id = $1 AND customer_id = $2 AND used_key = $3',
    [shopId, customerId, key],
  );
}
