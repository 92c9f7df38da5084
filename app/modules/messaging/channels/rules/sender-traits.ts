/** What a sender can do, from what it is. */

export interface SenderTraits {
  /** Whether texts to it reach us. */
  replies: boolean;
  /** Parts a second (support.twilio.com 360057082693). */
  perSecond: number;
}

/** A long code of the United States or Canada. */
const LONG_CODE_PER_SECOND = 1;
const OTHER_PER_SECOND = 10;
const NORTH_AMERICA = '+1';

/** A name can't be answered; numbers of North America are slow. */
export function senderTraits(address: string, kind: 'number' | 'name'): SenderTraits {
  if (kind === 'name') return { replies: false, perSecond: OTHER_PER_SECOND };
  const isLongCode = address.startsWith(NORTH_AMERICA);
  return { replies: true, perSecond: isLongCode ? LONG_CODE_PER_SECOND : OTHER_PER_SECOND };
}

/** Up to 11 ASCII letters, digits and blanks, one letter at least (docs/glossary/what-alphanumeric-sender-id). */
const SENDER_NAME = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;

export function isSenderName(text: string): boolean {
  return SENDER_NAME.test(text);
}
