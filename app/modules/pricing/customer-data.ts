import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  {
    table: 'price_customers',
    onMerge: { stays: 'what Shopify has of the deleted customer; the merge queues the kept one' },
    onExport: { leftOut: 'a copy of category, tier and personal discount for Shopify' },
    onErase: 'delete',
  },
  {
    table: 'access_findings',
    onMerge: 'hand-over',
    onExport: { leftOut: 'a note of staff on an order, which is in the file' },
    onErase: {
      run: 'UPDATE access_findings SET customer_id = NULL WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])',
    },
  },
  {
    table: 'category_moves',
    onMerge: 'hand-over',
    onExport: { section: 'categoryMoves' },
    onErase: { stays: 'ids, categories and figures, no person' },
  },
  {
    table: 'category_queue',
    onMerge: { stays: 'the worker looks at the kept customer instead' },
    onExport: { leftOut: 'who is to be looked at next' },
    onErase: { stays: 'only ids, deleted when the worker has processed them' },
  },
] satisfies CustomerData[];
