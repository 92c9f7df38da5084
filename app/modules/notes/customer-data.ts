import type { CustomerData } from '#app/modules/customers/customer-data.ts';
import { deleteNotesOf } from './purge-notes.server.ts';

export const CUSTOMER_DATA = [
  {
    table: 'customer_notes',
    onMerge: 'hand-over',
    onExport: { section: 'notes' },
    onErase: { delete: deleteNotesOf },
  },
  {
    // Has no customer_id: its rows follow their note.
    table: 'customer_note_versions',
    onMerge: { stays: 'they follow their note' },
    onExport: {
      section: 'noteVersions',
      where:
        'note_id IN (SELECT n.note_id FROM customer_notes n WHERE n.shop_id = $1 AND n.customer_id = ANY($2))',
    },
    onErase: { by: 'notes: with their note' },
  },
] satisfies CustomerData[];
