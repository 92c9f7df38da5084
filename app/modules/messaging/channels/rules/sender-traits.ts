/** What a sender can do, from what it is. */

export interface SenderTraits {
  /** Whether texts to it reach us. */
  replies: boolean;
  /** Parts a second. */
  perSecond: number;
}

/** By what a sender is (support.twilio.com 360057082693): a long code or toll-free number of North America, a short code, the rest. */
const PER_SECOND = { longCode: 1, tollFree: 3, shortCode: 100, other: 10 } as const;
const NORTH_AMERICA = '+1';
const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)/;
const SHORT_CODE = /^\+?\d{3,8}$/;

/** The pace of a sender that nobody set. A name can't be answered; numbers of North America are slow. */
export function senderTraits(address: string, kind: 'number' | 'name'): SenderTraits {
  if (kind === 'name') return { replies: false, perSecond: PER_SECOND.other };
  return { replies: true, perSecond: PER_SECOND[kindOfNumber(address)] };
}

function kindOfNumber(address: string): keyof typeof PER_SECOND {
  if (SHORT_CODE.test(address)) return 'shortCode';
  if (TOLL_FREE.test(address)) return 'tollFree';
  return address.startsWith(NORTH_AMERICA) ? 'longCode' : 'other';
}

/** What a registered campaign of numbers in the United States may reach; no sender of Twilio's is faster without a contract. */
const PER_SECOND_MAX = 225;

/** The highest pace that may be set: on the operator's account what Twilio gives anyone, never more. */
export function paceLimit({ account, address, kind }: PacedSender): number {
  return account === 'platform' ? senderTraits(address, kind).perSecond : PER_SECOND_MAX;
}

interface PacedSender {
  account: 'own' | 'platform';
  address: string;
  kind: 'number' | 'name';
}

/** Up to 11 ASCII letters, digits and blanks, one letter at least (docs/glossary/what-alphanumeric-sender-id). */
const SENDER_NAME = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;

export function isSenderName(text: string): boolean {
  return SENDER_NAME.test(text);
}
