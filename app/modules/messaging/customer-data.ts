import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  { table: 'planned_messages', onMerge: 'hand-over', onExport: { section: 'messages' }, onErase: 'delete' },
] satisfies CustomerData[];
