import type { CustomerData } from '#app/modules/customers/customer-data.ts';
import { deleteTagsOf } from './delete-tags.server.ts';

export const CUSTOMER_DATA = [
  {
    table: 'customer_tags',
    onMerge: {
      run: [
        `WITH moved AS (DELETE FROM customer_tags WHERE shop_id = $1 AND customer_id = $3 RETURNING tag_key, is_on, changed_at)
         INSERT INTO customer_tags AS t (shop_id, tag_key, customer_id, is_on, changed_at)
         SELECT $1, tag_key, $2, true, changed_at FROM moved WHERE is_on
         ON CONFLICT (shop_id, tag_key, customer_id) DO UPDATE SET is_on = true, changed_at = greatest(t.changed_at, excluded.changed_at)`,
        `UPDATE customers SET tags = ARRAY(SELECT g.name FROM customer_tags t JOIN tags g USING (shop_id, tag_key)
           WHERE t.shop_id = $1 AND t.customer_id = $2 AND t.is_on ORDER BY g.tag_key)
         WHERE shop_id = $1 AND customer_id = $2 AND $3::bigint IS NOT NULL`,
      ],
    },
    onExport: { section: 'tags', where: 'customer_id = ANY($2) AND is_on' },
    onErase: { delete: deleteTagsOf },
  },
  {
    table: 'tag_writes',
    onMerge: { stays: 'the worker finds the customer deleted and drops them' },
    onExport: { leftOut: 'tags on their way to Shopify' },
    onErase: { stays: 'only ids, deleted when the worker has processed them' },
  },
  {
    table: 'segment_tagged',
    onMerge: {
      run: [
        `INSERT INTO segment_tagged (shop_id, segment_id, customer_id) SELECT $1, segment_id, $2 FROM segment_tagged
         WHERE shop_id = $1 AND customer_id = $3 ON CONFLICT DO NOTHING`,
        'DELETE FROM segment_tagged WHERE shop_id = $1 AND customer_id = $3 AND $2::bigint IS NOT NULL',
      ],
    },
    onExport: { leftOut: 'the tag itself is in the section of tags' },
    onErase: 'delete',
  },
] satisfies CustomerData[];
