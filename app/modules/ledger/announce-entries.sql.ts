/** One event for each entry, in shops with a listener: part of the statements that write entries. */
import { INSERT_EVENTS } from '#app/modules/events/insert-events.ts';

/** What the events need of the entries that were written. */
export const WRITTEN_COLUMNS = 'shop_id, entry_id, customer_id, unit, amount, kind, order_id, balance_after';

/** Shops with a reaction to `ledger.entry` switched on; the other shops pay for this join only. */
const LISTENING = 'club_settings s ON s.shop_id = w.shop_id AND s.message_on_change';

/** Goes after `WITH written AS (... RETURNING ${WRITTEN_COLUMNS})`, so that an event exists exactly when its entry does. */
export const ANNOUNCE_ENTRIES = `${INSERT_EVENTS}
  SELECT w.shop_id, 'ledger.entry', w.customer_id, jsonb_build_object('entry', w.entry_id::text, 'entryKind', w.kind, 'unit', w.unit,
    'amount', w.amount::text, 'balance', w.balance_after::text, 'isBackfill',
    EXISTS (SELECT FROM orders o WHERE o.shop_id = w.shop_id AND o.order_id = w.order_id AND o.backfill_id IS NOT NULL)), (SELECT ledger_now())
  FROM written w JOIN ${LISTENING}
  ORDER BY w.entry_id`;
