import { idText } from '../kinds/limits.ts';
import { setCondition } from '../kinds/set.ts';

/**
 * Rows `m` of `messages` to customers that arrived as far as is known: not every carrier reports more than that it has
 * it. Tests go to staff.
 */
export const IS_RECEIVED = `m.customer_id IS NOT NULL AND m.class <> 'test' AND m.state IN ('sent', 'delivered')`;

/** Campaigns of which the customer received a message. */
export const campaign = setCondition('campaign', {
  family: 'reach',
  choices: { from: 'campaign' },
  item: idText,
  hasAny: (list, { put }) =>
    `s.customer_id IN (SELECT m.customer_id FROM messages m WHERE m.shop_id = $1 AND ${IS_RECEIVED} AND m.campaign_id ${
      list === null ? 'IS NOT NULL' : `= ANY(${put(list, 'bigint[]')})`
    })`,
  read: ({ campaignIds }) => campaignIds,
  references: 'campaign',
});
