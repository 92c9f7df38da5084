import { IS_TAKEN } from '#app/modules/redemptions/rules/taken.ts';
import { idText } from '../kinds/limits.ts';
import { isOneOf } from '../condition.ts';
import { setCondition } from '../kinds/set.ts';

/** Rewards that the customer took, as the limits of rewards count them. */
export const reward = setCondition('reward', {
  family: 'club',
  choices: { from: 'reward' },
  item: idText,
  hasAny: (list, context) =>
    context.isAmong(
      `SELECT r.customer_id FROM redemptions r WHERE r.shop_id = $1 AND r.reward_id ${
        list === null ? 'IS NOT NULL' : isOneOf(context, list, 'bigint')
      } AND ${IS_TAKEN}`,
    ),
  read: ({ rewardIds }) => rewardIds,
  references: 'reward',
});
