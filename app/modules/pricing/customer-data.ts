import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  {
    table: 'price_customers',
    onMerge: { stays: 'what Shopify has of the deleted customer; the merge queues the kept one' },
    onExport: { leftOut: 'a copy of category, tier and personal discount for Shopify' },
    onErase: 'delete',
  },
] satisfies CustomerData[];
