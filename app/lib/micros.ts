/** Money in millionths of its currency: a part of a message costs less than a cent. */
import { currencyDigits } from './money.ts';

/** The one currency of wallets and prices. */
export const WALLET_CURRENCY = 'USD';
const MICRO_DIGITS = 6;

/** Minor units of a currency (cents) in micros. */
export function minorToMicros(amountMinor: bigint, currency: string): bigint {
  return amountMinor * 10n ** BigInt(MICRO_DIGITS - currencyDigits(currency));
}

const DECIMAL = /^(\d{1,9})(?:\.(\d{1,6}))?$/;

/** Reads a decimal such as "0.0075"; null for anything else, and for more than six places. */
export function parseMicros(text: string): bigint | null {
  const match = DECIMAL.exec(text.trim());
  if (!match) return null;
  return BigInt((match[1] ?? '0') + (match[2] ?? '').padEnd(MICRO_DIGITS, '0'));
}

/** Writes micros as a decimal: 7500n is "0.0075". */
export function formatMicros(micros: bigint): string {
  const sign = micros < 0n ? '-' : '';
  const text = (micros < 0n ? -micros : micros).toString().padStart(MICRO_DIGITS + 1, '0');
  const fraction = text.slice(-MICRO_DIGITS).replace(/0+$/, '');
  const whole = text.slice(0, -MICRO_DIGITS);
  return sign + (fraction === '' ? whole : `${whole}.${fraction}`);
}
