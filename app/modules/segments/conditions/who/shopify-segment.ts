import { idText } from '../kinds/limits.ts';
import { isOneOf } from '../condition.ts';
import { setCondition } from '../kinds/set.ts';

/** Whom the last complete reading of each segment at Shopify found, as rows `m`; the shop is `$1`. */
export const IN_SHOPIFY_SEGMENT = `shopify_segment_members m JOIN shopify_segments g ON g.shop_id = $1
  AND g.shopify_segment_id = m.shopify_segment_id WHERE m.shop_id = $1 AND m.first_reading <= g.readings`;

/** The shop's own segments at Shopify, by their ids, as the worker last read their members. */
export const shopifySegment = setCondition('shopify_segment', {
  family: 'who',
  choices: { from: 'shopify_segment' },
  item: idText,
  hasAny: (list, context) =>
    context.isAmong(
      `SELECT m.customer_id FROM ${IN_SHOPIFY_SEGMENT}${
        list === null ? '' : ` AND m.shopify_segment_id ${isOneOf(context, list, 'bigint')}`
      }`,
    ),
  read: (customer) => customer.shopifySegmentIds,
  canBeEmpty: false,
  references: 'shopify_segment',
});
