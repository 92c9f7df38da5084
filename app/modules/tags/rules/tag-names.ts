/** Shopify's own limit; that of 250 tags a customer it tells by itself. */
export const TAG_LENGTH_MAX = 255;

export const TAG_COLOURS = ['grey', 'blue', 'green', 'yellow', 'orange', 'red', 'purple'] as const;
export type TagColour = (typeof TAG_COLOURS)[number];

/** What makes two tags the same: Shopify takes no notice of case. */
export function tagKey(name: string): string {
  return tidyTag(name).toLowerCase();
}

/** A tag as it is stored: no space around it, one between words. */
export function tidyTag(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}

/** What is wrong with a name that somebody types; null when nothing is. Shopify parts tags by commas. */
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
