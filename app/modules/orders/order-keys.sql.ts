import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { OrderKey } from './known-order.ts';

/** The orders given by `orderKeyArrays` as $1 and $2. */
export const ORDER_KEYS = 'unnest($1::bigint[], $2::bigint[]) AS k (shop_id, order_id)';

/** The two parallel arrays that `ORDER_KEYS` takes. */
export function orderKeyArrays(keys: readonly OrderKey[]): [string, string] {
  return [bigintArray(keys.map((key) => key.shopId)), bigintArray(keys.map((key) => key.orderId))];
}
