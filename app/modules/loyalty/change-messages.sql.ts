/** One planned message for each change of a customer's value (F94): part of the statements that write entries. */

/** What the messages need of the entries that were written. */
export const WRITTEN_COLUMNS = 'shop_id, entry_id, customer_id, unit, amount, kind, order_id, balance_after';

/**
 * Goes after `WITH written AS (... RETURNING ${WRITTEN_COLUMNS})`, so that a message exists exactly when its entry does.
 * Nobody is told that records of theirs were merged, nor what a backfill found in past orders.
 */
export const PLAN_CHANGE_MESSAGES = `INSERT INTO planned_messages (shop_id, customer_id, kind, message_key, details, due_at)
  SELECT w.shop_id, w.customer_id, 'change', 'change:' || w.entry_id, jsonb_build_object('unit', w.unit, 'amount', w.amount::text,
    'entry', w.entry_id::text, 'entryKind', w.kind, 'balance', w.balance_after::text), club_now()
  FROM written w JOIN club_settings s ON s.shop_id = w.shop_id AND s.message_on_change
  WHERE w.kind NOT IN ('merge_in', 'merge_out')
    AND (SELECT o.backfill_id FROM orders o WHERE o.shop_id = w.shop_id AND o.order_id = w.order_id) IS NULL
  ORDER BY w.entry_id`;
