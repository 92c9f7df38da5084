import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { CONSENT_SOURCES } from '../form-values.ts';

/** Possible sources of a consent: how staff know of it, or that it was given at Shopify or by a text message. */
const SOURCES = [...CONSENT_SOURCES, 'shopify', 'text_message'] as const;

/** A function from when a consent was said (`YYYY-MM-DD`) and its source to a text; null when nothing is known of it. */
export function useConsentSaid(): (day: string | null, source: string | null) => string | null {
  const { t } = useTranslation();
  const format = useFormat();
  return (on, source) => {
    if (on === null || on === '') return null;
    const day = format.calendarDay(on);
    const known = SOURCES.find((each) => each === source);
    return known
      ? t('customer_form.said_how', { day, how: t(`customer_form.source.${known}`) })
      : t('customer_form.said', { day });
  };
}
