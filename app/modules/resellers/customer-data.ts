import type { CustomerData } from '#app/modules/customers/customer-data.ts';
import { deleteApplicationsOf } from './applications/delete-applications.server.ts';

export const CUSTOMER_DATA = [
  {
    table: 'reseller_applications',
    onMerge: 'hand-over',
    onExport: {
      section: 'reseller_applications',
      where: `customer_id = ANY($2) OR email IN (SELECT email FROM customers WHERE shop_id = $1 AND customer_id = ANY($2))`,
    },
    // Those that name their address or number without their id: privacy/erase-customer.
    onErase: { delete: deleteApplicationsOf },
  },
  {
    table: 'invitations',
    // The kept customer's own stays, where there is one.
    onMerge: {
      run: [
        `UPDATE invitations SET customer_id = $2 WHERE shop_id = $1 AND customer_id = $3
           AND NOT EXISTS (SELECT FROM invitations WHERE shop_id = $1 AND customer_id = $2)`,
        'DELETE FROM invitations WHERE shop_id = $1 AND customer_id = $3 AND $2::bigint IS NOT NULL',
      ],
    },
    onExport: { section: 'invitations' },
    onErase: 'delete',
  },
] satisfies CustomerData[];
