/**
 * What conditions are called in query texts: as Shopify calls them in its segment query language where it has them, by
 * our own names where it hasn't. Source: shopify.dev, "Segment query language reference" (attributes of 2026-10).
 */
import { isConditionCode, type ConditionCode } from '../conditions/registry.ts';

/** Each condition, so that none is added without a text. */
export const ATTRIBUTES: Readonly<Record<ConditionCode, string>> = {
  added: 'customer_added_date',
  age: 'age',
  anniversary: 'wedding_anniversary',
  birthday: 'birthday',
  category: 'category',
  email: 'email',
  gender: 'gender',
  height: 'height',
  housing: 'housing',
  incomplete: 'missing_fields',
  interests: 'interests',
  name: 'customer_name',
  note: 'note',
  phone: 'phone',
  search: 'name_email_or_phone',
  shopify_segment: 'shopify_segments',
  snapshot: 'segment_snapshots',
  staff_note: 'staff_notes',
  tags: 'customer_tags',
  weight: 'weight',
  city: 'city',
  country: 'customer_countries',
  district: 'district',
  postal_code: 'postal_code',
  province: 'province',
  average_order: 'average_order_value',
  channel: 'sales_channels',
  days_since_order: 'days_since_last_order',
  discount_code: 'discount_codes',
  first_order: 'first_order_date',
  items: 'items_bought',
  last_order: 'last_order_date',
  latest_order: 'latest_order_date_any_status',
  lifecycle: 'customer_group',
  lifetime_value: 'lifetime_value',
  loyal_ratio: 'share_of_months_with_order',
  monthly_orders: 'orders_per_month',
  monthly_spend: 'spend_per_month',
  order_count_all: 'number_of_orders_any_status',
  order_count: 'number_of_orders',
  order_gap: 'days_between_orders',
  order_number: 'order_number',
  order_total_all: 'order_total_any_status',
  order_total: 'amount_spent',
  orders_refunded: 'orders_refunded',
  refund_share: 'refund_share',
  rfm_group: 'rfm_group',
  rfm_recency: 'rfm_recency_score',
  rfm_frequency: 'rfm_frequency_score',
  rfm_money: 'rfm_money_score',
  spend_rank: 'spend_rank_percent',
  bought: 'products_purchased',
  points_available: 'points_available',
  credit_available: 'credit_available',
  points_earned: 'points_earned',
  credit_earned: 'credit_earned',
  points_expiring: 'points_expiring',
  credit_expiring: 'credit_expiring',
  joined_via: 'joined_via',
  came_from: 'came_from',
  joined: 'joined_date',
  member: 'member',
  offer: 'offers',
  points_owed: 'points_owed',
  credit_owed: 'credit_owed',
  points_pending: 'points_pending',
  credit_pending: 'credit_pending',
  reward: 'rewards',
  points_spent: 'points_spent',
  credit_spent: 'credit_spent',
  tier: 'tier',
  campaign: 'campaigns_received',
  campaign_answered: 'campaigns_answered',
  campaign_clicked: 'campaigns_clicked',
  email_consent: 'email_subscription_status',
  has_phone: 'has_phone',
  has_email: 'has_email',
  reachable_by_sms: 'reachable_by_sms',
  reachable_by_email: 'reachable_by_email',
  sms_consent: 'sms_subscription_status',
};

/** Conditions that Shopify's segments have, too. */
const SHOPIFY_CODES: readonly ConditionCode[] = [
  'added',
  'tags',
  'country',
  'order_count',
  'order_total',
  'first_order',
  'last_order',
  'email_consent',
  'sms_consent',
  'bought',
];

/** Whether Shopify's segments have the condition. */
export const isShopifyAttribute = (code: ConditionCode): boolean => SHOPIFY_CODES.includes(code);

/** How the same goods are asked for: each is written as a function of its own, after Shopify's `products_purchased`. */
export const BOUGHT_FUNCTIONS = {
  any: 'products_purchased',
  all: 'all_products_purchased',
  firstOrder: 'first_order_products',
  lastOrder: 'last_order_products',
} as const;

/** What Shopify knows of customers and Setia doesn't store. */
const NOT_STORED = [
  'abandoned_checkout_date',
  'companies',
  'created_by_app_id',
  'customer_account_status',
  'customer_language',
  'customer_within_distance',
  'predicted_spend_tier',
  'product_subscription_status',
  'store_credit_accounts',
];
const NOT_STORED_BEGINNINGS = ['shopify_email.', 'storefront.', 'storefront_event.', 'metafields.'];

/** Whether Shopify has an attribute of that name that no condition of ours asks for. */
export function isNotStored(name: string): boolean {
  return NOT_STORED.includes(name) || NOT_STORED_BEGINNINGS.some((beginning) => name.startsWith(beginning));
}

const CODES = new Map<string, ConditionCode>();
for (const [code, name] of Object.entries(ATTRIBUTES)) if (isConditionCode(code)) CODES.set(name, code);

/** The condition that a text calls so, by its attribute or its code; null for none. */
export function codeOfAttribute(name: string): ConditionCode | null {
  return CODES.get(name) ?? (isConditionCode(name) ? name : null);
}

export const ATTRIBUTE_NAMES: readonly string[] = [...CODES.keys(), ...Object.values(BOUGHT_FUNCTIONS)];
