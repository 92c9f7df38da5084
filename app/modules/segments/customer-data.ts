import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  {
    table: 'shopify_segment_members',
    onMerge: { stays: 'the next reading has whom Shopify has in the segment' },
    onExport: { section: 'shopifySegments' },
    onErase: 'delete',
  },
  {
    table: 'segment_members',
    onMerge: { stays: 'the worker finds that both changed: one leaves, the other may join' },
    onExport: { section: 'segments' },
    onErase: 'delete',
  },
  {
    table: 'segment_snapshot_members',
    onMerge: {
      run: [
        `INSERT INTO segment_snapshot_members (shop_id, snapshot_id, customer_id) SELECT $1, snapshot_id, $2
         FROM segment_snapshot_members WHERE shop_id = $1 AND customer_id = $3 ON CONFLICT DO NOTHING`,
        'DELETE FROM segment_snapshot_members WHERE shop_id = $1 AND customer_id = $3 AND $2::bigint IS NOT NULL',
      ],
    },
    onExport: { section: 'segmentSnapshots' },
    onErase: 'delete',
  },
  {
    table: 'changed_customers',
    onMerge: { stays: 'the worker looks at both' },
    onExport: { leftOut: 'customers whom the worker has yet to look at' },
    onErase: { stays: 'only ids, deleted when the worker has looked' },
  },
] satisfies CustomerData[];
