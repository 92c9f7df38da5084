import type { CustomerData } from '#app/modules/customers/customer-data.ts';

/** Their number now, and those that messages went to. */
const OWN_NUMBERS = `SELECT phone FROM customers WHERE shop_id = $1 AND customer_id = ANY($2) AND phone IS NOT NULL
  UNION SELECT to_address FROM messages WHERE shop_id = $1 AND customer_id = ANY($2) AND to_address IS NOT NULL`;

export const CUSTOMER_DATA = [
  { table: 'planned_messages', onMerge: 'hand-over', onExport: { section: 'messages' }, onErase: 'delete' },
  {
    table: 'till_codes',
    onMerge: { stays: 'a code of minutes, for the customer it was sent to' },
    onExport: { leftOut: 'hashes of codes that were valid for minutes' },
    onErase: 'delete',
  },
  {
    table: 'messages',
    onMerge: 'hand-over',
    onExport: { section: 'sms' },
    // What is still to be sent isn't, and what is planned isn't when its turn comes; ids, states and money stay, with the number as a hash.
    // What Twilio has is emptied there (redact-texts.server.ts).
    onErase: {
      run: `WITH asked AS (INSERT INTO text_redactions (shop_id, provider_sid)
          SELECT shop_id, sid FROM messages, unnest(array_append(former_sids, provider_sid)) AS sid
           WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND sid IS NOT NULL
          ON CONFLICT DO NOTHING)
        UPDATE messages SET to_address = NULL, body = NULL,
        state = CASE WHEN state = 'queued' THEN 'canceled' ELSE state END, reason = CASE WHEN state = 'queued' THEN 'erased' ELSE reason END
        WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
    },
  },
  {
    table: 'inbound_messages',
    onMerge: { stays: 'texts are of a number, whose customer is looked up' },
    onExport: { section: 'receivedTexts', where: `from_address IN (${OWN_NUMBERS})` },
    onErase: { by: 'privacy/erase-customer: texts of their numbers are deleted' },
  },
  {
    table: 'suppressions',
    onMerge: { stays: 'an opt-out is of a number, and survives a merge' },
    onExport: { section: 'optOuts', where: `address IN (${OWN_NUMBERS})` },
    onErase: { by: 'privacy/erase-customer: the number goes, its keyed hash stays' },
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
