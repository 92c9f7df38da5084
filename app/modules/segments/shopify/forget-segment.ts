/** What to do, in this order, when a segment (`$2`) of a shop (`$1`) was deleted at Shopify: rules that name it mean no one. */
export const FORGET_SEGMENT = [
  `UPDATE shopify_segments SET gone_at = ledger_now(), query_id = NULL, started_at = NULL, next_page = NULL, members = 0, read_at = NULL
   WHERE shop_id = $1 AND shopify_segment_id = $2`,
  'DELETE FROM shopify_segment_members WHERE shop_id = $1 AND shopify_segment_id = $2',
] as const;
