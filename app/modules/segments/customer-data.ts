import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  {
    table: 'shopify_segment_members',
    onMerge: { stays: 'the next reading has whom Shopify has in the segment' },
    onExport: { section: 'shopifySegments' },
    onErase: 'delete',
  },
] satisfies CustomerData[];
