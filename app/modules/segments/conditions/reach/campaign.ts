import { idText } from '../kinds/limits.ts';
import { setCondition } from '../kinds/set.ts';

/** Rows `m` of `messages` that arrived as far as is known: not every carrier reports more than that it has it. */
export const IS_RECEIVED = `m.state IN ('sent', 'delivered')`;

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
