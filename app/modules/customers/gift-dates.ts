/** Dates that a gift needs; the list of customers can be narrowed to those who lack one (F81, F85). */
export const GIFT_DATES = ['birth_date', 'wedding_date'] as const;
export type GiftDate = (typeof GIFT_DATES)[number];
