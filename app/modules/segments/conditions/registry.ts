/** Every condition that a rule can have: its file, and its line here, in the order of the picker. */
import { pointsAvailable, creditAvailable } from './club/available.ts';
import { pointsEarned, creditEarned } from './club/earned.ts';
import { pointsExpiring, creditExpiring } from './club/expiring.ts';
import { joinedVia } from './club/joined-via.ts';
import { joined } from './club/joined.ts';
import { member } from './club/member.ts';
import { offer } from './club/offer.ts';
import { pointsOwed, creditOwed } from './club/owed.ts';
import { pointsPending, creditPending } from './club/pending.ts';
import { reward } from './club/reward.ts';
import { pointsSpent, creditSpent } from './club/spent.ts';
import { tier } from './club/tier.ts';
import { averageOrder } from './orders/average-order.ts';
import { channel } from './orders/channel.ts';
import { daysSinceOrder } from './orders/days-since-order.ts';
import { discountCode } from './orders/discount-code.ts';
import { firstOrder } from './orders/first-order.ts';
import { items } from './orders/items.ts';
import { lastOrder } from './orders/last-order.ts';
import { latestOrder } from './orders/latest-order.ts';
import { lifecycle } from './orders/lifecycle.ts';
import { lifetimeValue } from './orders/lifetime-value.ts';
import { loyalRatio } from './orders/loyal-ratio.ts';
import { monthlyOrders } from './orders/monthly-orders.ts';
import { monthlySpend } from './orders/monthly-spend.ts';
import { orderCountAll } from './orders/order-count-all.ts';
import { orderCount } from './orders/order-count.ts';
import { orderGap } from './orders/order-gap.ts';
import { orderNumber } from './orders/order-number.ts';
import { orderTotalAll } from './orders/order-total-all.ts';
import { orderTotal } from './orders/order-total.ts';
import { ordersRefunded } from './orders/orders-refunded.ts';
import { refundShare } from './orders/refund-share.ts';
import { rfmFrequency, rfmGroupCondition, rfmMoney, rfmRecency } from './orders/rfm.ts';
import { spendRankCondition } from './orders/spend-rank.ts';
import { city } from './place/city.ts';
import { country } from './place/country.ts';
import { district } from './place/district.ts';
import { postalCode } from './place/postal-code.ts';
import { province } from './place/province.ts';
import { bought } from './products/bought.ts';
import { campaign, campaignAnswered, campaignClicked } from './reach/campaign.ts';
import { emailConsent } from './reach/email-consent.ts';
import { hasPhone, hasEmail, reachableBySms, reachableByEmail } from './reach/reachable.ts';
import { smsConsent } from './reach/sms-consent.ts';
import { added } from './who/added.ts';
import { age } from './who/age.ts';
import { anniversary } from './who/anniversary.ts';
import { birthday } from './who/birthday.ts';
import { cameFrom } from './who/came-from.ts';
import { category } from './who/category.ts';
import { email } from './who/email.ts';
import { gender } from './who/gender.ts';
import { height } from './who/height.ts';
import { housing } from './who/housing.ts';
import { incomplete } from './who/incomplete.ts';
import { interests } from './who/interests.ts';
import { name } from './who/name.ts';
import { note } from './who/note.ts';
import { phone } from './who/phone.ts';
import { search } from './who/search.ts';
import { shopifySegment } from './who/shopify-segment.ts';
import { snapshot } from './who/snapshot.ts';
import { staffNote } from './who/staff-note.ts';
import { tags } from './who/tags.ts';
import { weight } from './who/weight.ts';

export const CONDITIONS = {
  added,
  age,
  anniversary,
  birthday,
  came_from: cameFrom,
  category,
  email,
  gender,
  height,
  housing,
  incomplete,
  interests,
  name,
  note,
  phone,
  search,
  shopify_segment: shopifySegment,
  snapshot,
  staff_note: staffNote,
  tags,
  weight,
  city,
  country,
  district,
  postal_code: postalCode,
  province,
  average_order: averageOrder,
  channel,
  days_since_order: daysSinceOrder,
  discount_code: discountCode,
  first_order: firstOrder,
  items,
  last_order: lastOrder,
  latest_order: latestOrder,
  lifecycle,
  lifetime_value: lifetimeValue,
  loyal_ratio: loyalRatio,
  monthly_orders: monthlyOrders,
  monthly_spend: monthlySpend,
  order_count_all: orderCountAll,
  order_count: orderCount,
  order_gap: orderGap,
  order_number: orderNumber,
  order_total_all: orderTotalAll,
  order_total: orderTotal,
  orders_refunded: ordersRefunded,
  refund_share: refundShare,
  rfm_group: rfmGroupCondition,
  rfm_recency: rfmRecency,
  rfm_frequency: rfmFrequency,
  rfm_money: rfmMoney,
  spend_rank: spendRankCondition,
  bought,
  points_available: pointsAvailable,
  credit_available: creditAvailable,
  points_earned: pointsEarned,
  credit_earned: creditEarned,
  points_expiring: pointsExpiring,
  credit_expiring: creditExpiring,
  joined_via: joinedVia,
  joined,
  member,
  offer,
  points_owed: pointsOwed,
  credit_owed: creditOwed,
  points_pending: pointsPending,
  credit_pending: creditPending,
  reward,
  points_spent: pointsSpent,
  credit_spent: creditSpent,
  tier,
  campaign,
  campaign_answered: campaignAnswered,
  campaign_clicked: campaignClicked,
  email_consent: emailConsent,
  has_phone: hasPhone,
  has_email: hasEmail,
  reachable_by_sms: reachableBySms,
  reachable_by_email: reachableByEmail,
  sms_consent: smsConsent,
};

export type ConditionCode = keyof typeof CONDITIONS;

/** A condition with what staff chose: a closed union over all of them. */
export type ConditionNode = {
  [C in ConditionCode]: NonNullable<ReturnType<(typeof CONDITIONS)[C]['read']>>;
}[ConditionCode];

/** Whether a text is the code of a condition. */
export function isConditionCode(text: string): text is ConditionCode {
  return Object.hasOwn(CONDITIONS, text);
}
