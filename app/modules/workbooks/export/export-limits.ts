/** Exports of a shop that wait or are being written. */
export const OPEN_MAX = 5;
