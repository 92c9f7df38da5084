import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  {
    table: 'mails',
    onMerge: 'hand-over',
    onExport: { section: 'emails' },
    // Those to their address without their id are deleted by privacy/erase-customer.
    onErase: 'delete',
  },
] satisfies CustomerData[];
