import type { Order, Shop } from '../../state.ts';
import type { OrderEdit } from '../order-edits.ts';
import { localTime } from './local-time.ts';

/** The payload of orders/edited: the edit, not the order (Shopify's documentation sample). */
export function orderEditPayload(shop: Shop, order: Order, edit: OrderEdit) {
  return {
    order_edit: {
      id: edit.id,
      app_id: null,
      committed_at: localTime(edit.createdAt, shop.timeZone),
      created_at: localTime(edit.createdAt, shop.timeZone),
      notify_customer: false,
      order_id: order.id,
      staff_note: edit.note,
      user_id: null,
      line_items: { additions: edit.additions, removals: edit.removals },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  };
}
