import type { AppProviderProps } from '@shopify/polaris';
import polarisEnglish from '@shopify/polaris/locales/en.json' with { type: 'json' };
import polarisIndonesian from './polaris-id.json' with { type: 'json' };

/** Polaris' own texts. It has no Indonesian: ours covers what can be seen, English is the fallback. */
export function polarisTexts(locale: string): AppProviderProps['i18n'] {
  return locale === 'id' ? [polarisIndonesian, polarisEnglish] : polarisEnglish;
}
