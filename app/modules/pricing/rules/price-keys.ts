/** How categories, tiers and metafields are called at Shopify. The Functions know these names too (extensions/). */

/** A tier's key in the rules and in customers' metafields. */
export const tierKey = (tierId: bigint): string => `t${tierId}`;

export const CUSTOMER_KEY = 'price';
export const VARIANT_KEY = 'prices';
/** Of a product: who may buy it. */
export const ACCESS_KEY = 'access';
export const RULES_KEY = 'rules';
export const VARIABLES_KEY = 'vars';

/** The automatic discount's title at Shopify: what a buyer sees where a category has no label. */
export const DISCOUNT_TITLE = 'Setia';
