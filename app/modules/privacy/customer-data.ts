import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  {
    table: 'privacy_records',
    onMerge: { stays: 'whom the request named' },
    onExport: { section: 'privacyRequests' },
    onErase: { stays: 'that this was requested and done' },
  },
] satisfies CustomerData[];
