/** The admin's languages; `en` is the one that is always complete. */
export const LOCALES = ['en', 'id'] as const;

export type Locale = (typeof LOCALES)[number];

function toLocale(tag: string): Locale | undefined {
  const language = tag.trim().split(/[-_;]/)[0]?.toLowerCase();
  // "in" is what old Java-based clients still send for Indonesian.
  return LOCALES.find((locale) => locale === (language === 'in' ? 'id' : language));
}

/**
 * Returns the language for a request: Shopify's admin puts the user's into `?locale=` of the embedded address;
 * elsewhere the browser's list decides.
 */
export function localeOfRequest(request: Request): Locale {
  const asked = new URL(request.url).searchParams.get('locale');
  const accepted = (request.headers.get('accept-language') ?? '').split(',');
  for (const tag of asked === null ? accepted : [asked]) {
    const locale = toLocale(tag);
    if (locale) return locale;
  }
  return 'en';
}
