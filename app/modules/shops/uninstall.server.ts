import type { Transaction } from '#app/db.server.ts';
import { optionalText, readList, readObject } from '#app/lib/decode.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';

/**
 * Works app/uninstalled: the shop's access tokens go, its data stays until shop/redact (48 hours later) and webhooks
 * that were under way are still worked. An uninstall that comes after a reinstall changes nothing.
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
 * Works app/scopes_update: what the merchant has granted now. Of two updates the later triggered one counts,
 * whichever is worked first. Throws DecodeError when the payload has no list of scopes.
 */
export async function updateScopes(tx: Transaction, event: ShopEvent): Promise<void> {
  const current = readObject(event.payload, 'scopes').current;
  const scopes = readList(current, 'scopes.current').flatMap((scope) => optionalText(scope) ?? []);
  await tx.query(
    `UPDATE shops SET scopes = $2
      WHERE shop_id = $1 AND NOT EXISTS (
        SELECT 1 FROM webhook_events WHERE shop_id = $1 AND topic = $3 AND state = 'done' AND triggered_at > $4)`,
    [event.shopId, scopes.join(','), event.topic, event.triggeredAt],
  );
}
