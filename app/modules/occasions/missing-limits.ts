/** More customers without a date are not counted: the list shows them all. */
export const MISSING_COUNTED_MAX = 10_000;
