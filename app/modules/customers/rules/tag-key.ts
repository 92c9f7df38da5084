/** What makes two tags the same: Shopify takes no notice of case. */
export function tagKey(name: string): string {
  return tidyTag(name).toLowerCase();
}

/** A tag as it is stored: no space around it, one between words. */
export function tidyTag(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
