import { pool } from '#app/db.server.ts';
import { recordShopAccess } from '#app/modules/customers/sensitive-accesses.server.ts';

/** The page reads the event again after each retry. */
const SAME_VIEW_MINUTES = 10;
/** What an erasure leaves of a body. */
const ERASED_BODY = '{}';

/** Records that staff saw the body of a failed event: an order or customer with name, address and contacts. */
export async function recordEventView(
  shopId: bigint,
  event: { inboxId: bigint; topic: string; body: string },
  actor: string,
): Promise<void> {
  if (event.body === ERASED_BODY) return;
  await recordShopAccess(pool, {
    shopId,
    what: 'failed_event',
    subject: `${event.topic} ${event.inboxId}`,
    actor,
    onceWithinMinutes: SAME_VIEW_MINUTES,
  });
}
