import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  {
    table: 'backfill_orders',
    onMerge: { stays: 'an order finds its owner when it is stored' },
    onExport: { leftOut: 'orders on their way into the table of orders' },
    onErase: { by: 'privacy/erase-customer: deleted while they wait' },
  },
] satisfies CustomerData[];
