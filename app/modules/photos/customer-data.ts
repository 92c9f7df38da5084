import type { CustomerData } from '#app/modules/customers/customer-data.ts';
import { deletePhotosOf } from './delete-photos.server.ts';

export const CUSTOMER_DATA = [
  {
    table: 'customer_photos',
    onMerge: 'hand-over',
    onExport: { section: 'photos' },
    onErase: { delete: deletePhotosOf },
  },
] satisfies CustomerData[];
