import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  {
    table: 'backfill_orders',
    onMerge: { stays: 'an order finds its owner when it is stored' },
    onExport: { leftOut: 'orders on their way into the table of orders' },
    onErase: { by: 'privacy/erase-customer: deleted while they wait' },
  },
  {
    table: 'standing_customers',
    onMerge: { stays: 'what Shopify has of the deleted customer; the merge changes the kept one' },
    onExport: { leftOut: 'a copy of balance and tier for Shopify' },
    onErase: 'delete',
  },
  {
    table: 'standing_changes',
    onMerge: { stays: 'a queue of seconds: whose standing is written to Shopify next' },
    onExport: { leftOut: 'a queue of seconds' },
    onErase: 'delete',
  },
] satisfies CustomerData[];
