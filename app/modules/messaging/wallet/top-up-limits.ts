/** The least and the most of one top-up, in cents; the most keeps a typing error bearable. */
export const TOPUP_MINOR_MIN = 500n;
export const TOPUP_MINOR_MAX = 100_000n;
