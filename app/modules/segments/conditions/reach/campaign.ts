import { idText } from '../kinds/limits.ts';
import { isOneOf } from '../condition.ts';
import { setCondition } from '../kinds/set.ts';
import type { CustomerFacts } from '../facts.ts';

/** Messages `m` to customers: tests go to staff. */
const IS_THEIRS = `m.customer_id IS NOT NULL AND m.class <> 'test'`;

/** Rows `m` of `messages` that arrived as far as is known: not every carrier reports more than that it has it. */
export const IS_RECEIVED = `${IS_THEIRS} AND m.state IN ('sent', 'delivered')`;
/** Rows `m` of `messages` to which the customer wrote back, and in which they opened a counted link. */
export const IS_ANSWERED = `${IS_THEIRS} AND m.answered_at IS NOT NULL`;
export const IS_CLICKED = `${IS_THEIRS} AND m.clicked_at IS NOT NULL`;

function campaignCondition<C extends string>(
  code: C,
  isMeant: string,
  read: (facts: CustomerFacts) => readonly string[],
) {
  return setCondition(code, {
    family: 'reach',
    choices: { from: 'campaign' },
    item: idText,
    hasAny: (list, context) =>
      context.isAmong(
        `SELECT m.customer_id FROM messages m WHERE m.shop_id = $1 AND ${isMeant} AND m.campaign_id ${
          list === null ? 'IS NOT NULL' : isOneOf(context, list, 'bigint')
        }`,
      ),
    read,
    references: 'campaign',
  });
}

/** Campaigns of which the customer received a message. */
export const campaign = campaignCondition('campaign', IS_RECEIVED, ({ campaignIds }) => campaignIds);
/** Campaigns that the customer answered. */
export const campaignAnswered = campaignCondition(
  'campaign_answered',
  IS_ANSWERED,
  ({ answeredCampaignIds }) => answeredCampaignIds,
);
/** Campaigns in which the customer opened a counted link. */
export const campaignClicked = campaignCondition(
  'campaign_clicked',
  IS_CLICKED,
  ({ clickedCampaignIds }) => clickedCampaignIds,
);
