import type { Exchange } from '../../router.ts';
import { type Catalogue, createHostI18n, type HostI18n } from '../extensions/client/i18n.ts';
import { cookieOf } from './cookies.ts';
import en from './texts/en.json' with { type: 'json' };
import id from './texts/id.json' with { type: 'json' };

/** The languages of the sandbox's pages. */
export type Locale = 'en' | 'id';

const CATALOGUES: Record<Locale, Catalogue> = { en, id };

/** Texts and formats of one page in one language. */
export interface Words extends HostI18n {
  locale: Locale;
  t: HostI18n['translate'];
}

/**
 * The language of a page: what `?locale=` says (and keeps in a cookie), the cookie, the browser's wish, then
 * `fallback`.
 */
export function wordsOf(exchange: Exchange, fallback: Locale = 'en'): Words {
  const asked = exchange.url.searchParams.get('locale');
  if (isLocale(asked)) exchange.response.appendHeader('set-cookie', localeCookie(exchange, asked));
  const kept = cookieOf(exchange, localeCookieName(exchange));
  const locale = [asked, kept, preferredOf(exchange), fallback].find(isLocale) ?? 'en';
  return createWords(locale);
}

/** Texts and formats in a language. */
export function createWords(locale: Locale): Words {
  const i18n = createHostI18n(locale, [CATALOGUES[locale], CATALOGUES.en]);
  return { ...i18n, locale, t: i18n.translate };
}

/** The texts below a key, for a script of the page. */
export function textsBelow(locale: Locale, key: string): Catalogue {
  const found = CATALOGUES[locale][key];
  return typeof found === 'object' ? found : {};
}

/** The address of this page in another language. */
export function addressIn(url: URL, locale: Locale): string {
  const address = new URL(url);
  address.searchParams.set('locale', locale);
  return address.pathname + address.search;
}

function isLocale(value: string | null | undefined): value is Locale {
  return value === 'en' || value === 'id';
}

// Cookies know no ports: two sandboxes on one machine would share them by name.
const localeCookieName = (exchange: Exchange) => `locale_${exchange.url.port}`;
const localeCookie = (exchange: Exchange, locale: Locale) =>
  `${localeCookieName(exchange)}=${locale}; Path=/; SameSite=Lax`;

function preferredOf(exchange: Exchange): string | undefined {
  const header = exchange.request.headers['accept-language'] ?? '';
  return header
    .split(',')
    .map((tag) => tag.trim().slice(0, 2).toLowerCase())
    .find(isLocale);
}
