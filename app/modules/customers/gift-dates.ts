/** Dates that a gift needs; the customer list can be filtered to customers without one (F81, F85). */
export const GIFT_DATES = ['birth_date', 'wedding_date'] as const;
export type GiftDate = (typeof GIFT_DATES)[number];
