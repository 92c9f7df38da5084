/** Why a message did not arrive, as a key of the texts. */

/** Errors of Twilio's that have words of their own (`sms_history.error`). */
export const ERRORS_IN_WORDS = [
  '20003',
  '20005',
  '20404',
  '21211',
  '21214',
  '21408',
  '21606',
  '21608',
  '21610',
  '21611',
  '21612',
  '21614',
  '21617',
  '21635',
  '30001',
  '30002',
  '30003',
  '30004',
  '30005',
  '30006',
  '30007',
  '30008',
  '30022',
  '30023',
  '30034',
  '30035',
  '30036',
  '30042',
  '30450',
  '30454',
  '63038',
] as const;

/** Ends that are not an error of Twilio's (`sms_history.reason`). */
export const REASONS_IN_WORDS = [
  'opted_out',
  'too_late',
  'unknown_outcome',
  'campaign_canceled',
  'erased',
  'no_report',
  'cap',
] as const;

export type MessageWhy =
  | { is: 'error'; known: (typeof ERRORS_IN_WORDS)[number] }
  | { is: 'code'; code: string }
  | { is: 'reason'; known: (typeof REASONS_IN_WORDS)[number] };

/** What is said beside a message's state; null for nothing. An error says more than a reason. */
export function whyOf({
  errorCode,
  reason,
}: {
  errorCode: number | null;
  reason: string | null;
}): MessageWhy | null {
  if (errorCode !== null) {
    const code = String(errorCode);
    const known = ERRORS_IN_WORDS.find((each) => each === code);
    return known ? { is: 'error', known } : { is: 'code', code };
  }
  const known = REASONS_IN_WORDS.find((each) => each === reason);
  return known ? { is: 'reason', known } : null;
}
