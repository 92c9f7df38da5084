/** A list with more segments at Shopify ends here and says so. */
export const SHOPIFY_SEGMENTS_MAX = 500;
