import { tidyTag } from '#app/modules/customers/rules/tag-key.ts';

/** Shopify's limit; it enforces the one of 250 tags a customer by itself. */
export const TAG_LENGTH_MAX = 255;

export const TAG_COLOURS = ['grey', 'blue', 'green', 'yellow', 'orange', 'red', 'purple'] as const;
export type TagColour = (typeof TAG_COLOURS)[number];

/** Returns what is wrong with a name as typed; null when nothing is. Shopify separates tags by commas. */
export function wrongWithTag(name: string): 'required' | 'too_long' | 'no_comma' | null {
  const tidy = tidyTag(name);
  if (tidy === '') return 'required';
  if (tidy.includes(',')) return 'no_comma';
  return tidy.length > TAG_LENGTH_MAX ? 'too_long' : null;
}

/** The colour that a text names, grey for any other. */
export function readColour(text: string): TagColour {
  return TAG_COLOURS.find((colour) => colour === text) ?? 'grey';
}
