import type { CustomerData } from '#app/modules/customers/customer-data.ts';

export const CUSTOMER_DATA = [
  { table: 'planned_messages', onMerge: 'hand-over', onExport: { section: 'messages' }, onErase: 'delete' },
  {
    table: 'messages',
    onMerge: 'hand-over',
    onExport: { section: 'sms' },
    // What is still to be sent isn't, and what is planned isn't when its turn comes; ids, states and money stay, with the number as a hash.
    onErase: {
      run: `UPDATE messages SET to_address = NULL, body = NULL,
        state = CASE WHEN state = 'queued' THEN 'canceled' ELSE state END, reason = CASE WHEN state = 'queued' THEN 'erased' ELSE reason END
        WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
    },
  },
  {
    table: 'campaign_audience',
    onMerge: {
      stays: 'a deleted customer gets no message: the list is of minutes, while recipients are worked out',
    },
    onExport: { leftOut: 'only while recipients are worked out; their messages are in the file' },
    // Ids alone, of minutes: nothing to tell the merchant of.
    onErase: {
      run: 'DELETE FROM campaign_audience WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])',
    },
  },
] satisfies CustomerData[];
