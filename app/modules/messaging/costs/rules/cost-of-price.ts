/** What a message cost, from how Twilio writes it. */

const PRICE = /^-?(\d{1,9})(?:\.(\d{1,12}))?$/;
const MICRO_DIGITS = 6;

/** Micros without sign: "-0.00790" is 7900. A fraction of a micro counts as one; null for what is no price. */
export function costOfPrice(price: string): bigint | null {
  const match = PRICE.exec(price.trim());
  if (!match) return null;
  const fraction = match[2] ?? '';
  const micros = BigInt((match[1] ?? '0') + fraction.slice(0, MICRO_DIGITS).padEnd(MICRO_DIGITS, '0'));
  return /[1-9]/.test(fraction.slice(MICRO_DIGITS)) ? micros + 1n : micros;
}
