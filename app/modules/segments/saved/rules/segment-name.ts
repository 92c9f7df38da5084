export const SEGMENT_NAME_LENGTH_MAX = 100;
/** Stored segments of a shop: all are counted every hour. */
export const SEGMENTS_MAX = 200;

/** A name without space around it, and with single spaces. */
export function tidyName(name: string): string {
  return name.trim().replace(/\s+/g, ' ');
}
