import type { TFunction } from 'i18next';
import { whyOf } from './rules/message-outcome.ts';

/** Says why a message did not arrive; null where there is nothing to say. For screens and files. */
export function whyText(
  t: TFunction,
  message: { errorCode: number | null; reason: string | null },
): string | null {
  const why = whyOf(message);
  switch (why?.is) {
    case 'error':
      return t(`sms_history.error.${why.known}`);
    case 'code':
      return t('sms_history.code', { code: why.code });
    case 'reason':
      return t(`sms_history.reason.${why.known}`);
    default:
      return null;
  }
}
