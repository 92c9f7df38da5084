import type { Transaction } from '#app/db.server.ts';
import { optionalText, readList, readObject } from '#app/lib/decode.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { seesAllOrders } from './rules/granted-scopes.ts';

/**
 * Processes app/uninstalled: the shop's access tokens are deleted. Its data stays until shop/redact (48 hours later),
 * and pending webhooks are still processed. An uninstall that arrives after a reinstall changes nothing.
 */
export async function uninstallShop(tx: Transaction, event: ShopEvent): Promise<void> {
  const { rowCount } = await tx.query(
    `UPDATE shops SET uninstalled_at = greatest(uninstalled_at, $2)
      WHERE shop_id = $1 AND (installed_at IS NULL OR installed_at <= $2)`,
    [event.shopId, event.triggeredAt],
  );
  if (rowCount === 0) return;
  await tx.query(`DELETE FROM "Session" WHERE shop = (SELECT domain FROM shops WHERE shop_id = $1)`, [
    event.shopId,
  ]);
}

/**
 * Processes app/scopes_update: stores the granted scopes. Of two updates the one triggered later wins, whichever is
 * processed first. Returns whether orders older than 60 days can be read now that couldn't before. Throws DecodeError
 * when the payload has no list of scopes.
 */
export async function updateScopes(tx: Transaction, event: ShopEvent): Promise<boolean> {
  const current = readObject(event.payload, 'scopes').current;
  const scopes = readList(current, 'scopes.current').flatMap((scope) => optionalText(scope) ?? []);
  const { rows } = await tx.query(
    `SELECT FROM webhook_events WHERE shop_id = $1 AND topic = $2 AND state = 'done' AND triggered_at > $3 LIMIT 1`,
    [event.shopId, event.topic, event.triggeredAt],
  );
  return rows.length === 0 && storeScopes(tx, event.shopId, scopes);
}

/** Stores what the merchant has granted; returns whether all orders can be read now that couldn't before. */
export async function storeScopes(
  tx: Transaction,
  shopId: bigint,
  scopes: readonly string[],
): Promise<boolean> {
  const { rows } = await tx.query<{ before: string | null }>(
    `UPDATE shops s SET scopes = $2 FROM (SELECT shop_id, scopes FROM shops WHERE shop_id = $1 FOR UPDATE) known
      WHERE s.shop_id = known.shop_id RETURNING known.scopes AS before`,
    [shopId, scopes.join(',')],
  );
  return rows.some(({ before }) => !seesAllOrders(before)) && seesAllOrders(scopes.join(','));
}
