import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  {
    table: 'redemptions',
    // A client key that both used stays the kept customer's.
    onMerge: {
      run: [
        `UPDATE redemptions r SET customer_id = $2, client_key = CASE WHEN EXISTS (SELECT 1 FROM redemptions o WHERE o.shop_id = $1
           AND o.customer_id = $2 AND o.client_key = r.client_key) THEN r.client_key || ':' || $3::text ELSE r.client_key END
         WHERE r.shop_id = $1 AND r.customer_id = $3`,
      ],
    },
    onExport: { section: 'redemptions' },
    // Why it failed is Shopify's text.
    onErase: {
      run: `UPDATE redemptions SET failure = NULL
             WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND failure IS NOT NULL`,
    },
  },
  {
    table: 'claims',
    onMerge: 'hand-over',
    onExport: { section: 'claims' },
    onErase: {
      run: `UPDATE claims SET note_to_customer = '' WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
    },
  },
] satisfies CustomerData[];
