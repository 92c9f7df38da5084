import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  {
    table: 'customer_forms',
    onMerge: { stays: 'which form created the customer' },
    onExport: { leftOut: 'which form created the customer' },
    onErase: { stays: 'an id' },
  },
] satisfies CustomerData[];
