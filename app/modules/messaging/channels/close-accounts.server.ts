/** Twilio keeps what an erased shop sent with the operator's account: the shop's subaccounts are closed there. */
import { pool, type Transaction } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { hasPlatformAccount, platformCredentials } from './platform-account.server.ts';

/** From this failure on the operator is told each time; it is tried once a day without end. */
const FAILURES_TOLD = 10;
/** Pauses double from a minute to about a day. */
const DOUBLINGS_MAX = 10;

interface DueClosing {
  shopId: bigint;
  /** The name of its subaccounts. */
  domain: string;
  isBack: boolean;
  failures: number;
}

/**
 * Has the shop's subaccounts at Twilio closed, whether or not it is still connected: one whose creation was answered too late
 * was never stored. Belongs to the transaction that deletes the shop's rows.
 */
export async function queueAccountClosing(tx: Transaction, shopId: bigint): Promise<void> {
  if (!hasPlatformAccount()) return;
  await tx.query(
    `INSERT INTO account_closings (shop_id) VALUES ($1)
     ON CONFLICT (shop_id) DO UPDATE SET due_at = clock_timestamp(), failures = 0`,
    [shopId],
  );
  await wakeTask(tx, 'close-accounts');
}

/** Closes what is due. Returns how many subaccounts. May run twice, late or on two machines. */
export async function closeAccounts(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<DueClosing>(
    `SELECT shop_id AS "shopId", domain, ${IS_INSTALLED_SQL} AS "isBack", failures
       FROM account_closings JOIN shops USING (shop_id) WHERE due_at <= clock_timestamp() ORDER BY shop_id`,
  );
  return forEachShop('close-accounts', rows, closeOfShop, { signal });
}

async function closeOfShop(due: DueClosing): Promise<number> {
  // Installed again, the shop finds its subaccount by the name and goes on with it.
  if (due.isBack || !hasPlatformAccount()) {
    await deleteClosing(due.shopId);
    return 0;
  }
  const { closeSubaccounts } = await import('#app/integrations/twilio/services.server.ts');
  try {
    const closed = await closeSubaccounts(platformCredentials(), due.domain);
    await deleteClosing(due.shopId);
    return closed;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    await postpone(due, safeErrorText(error));
    return 0;
  }
}

async function deleteClosing(shopId: bigint): Promise<void> {
  await pool.query('DELETE FROM account_closings WHERE shop_id = $1', [shopId]);
}

/** Twilio is away, or refuses: an account that stays open has to become known. */
async function postpone({ shopId, failures }: DueClosing, reason: string): Promise<void> {
  await pool.query(
    `UPDATE account_closings SET failures = failures + 1,
       due_at = clock_timestamp() + make_interval(mins => (2 ^ least(failures, ${DOUBLINGS_MAX}))::int) WHERE shop_id = $1`,
    [shopId],
  );
  const line = { shopId: String(shopId), failures: failures + 1, reason };
  if (failures + 1 >= FAILURES_TOLD)
    logger.error(line, 'subaccount of an erased shop is still open at Twilio');
  else logger.warn(line, 'subaccount of an erased shop not closed yet');
}
