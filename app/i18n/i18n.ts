import { createInstance, type i18n } from 'i18next';
import en from './en.ts';
import id from './id.ts';
import type { Locale } from './locales.ts';

const instances = new Map<Locale, i18n>();

/** The texts in one language. Instances hold no request state, so the server shares them. */
export function i18nFor(locale: Locale): i18n {
  const known = instances.get(locale);
  if (known) return known;
  const instance = createInstance();
  void instance.init({
    lng: locale,
    fallbackLng: 'en',
    resources: { en: { translation: en }, id: { translation: id } },
    initAsync: false,
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    showSupportNotice: false,
  });
  instances.set(locale, instance);
  return instance;
}
