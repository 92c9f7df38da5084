/** What a shopper types as an amount: whole points, or credit as money. */
import type { ClubWallet } from '../shared/club-api.ts';

/** Returns the units of a typed text, or null: separators of thousands are left out. */
export function readUnits(typed: string, { unit }: ClubWallet, digits: number): bigint | null {
  const text = typed.trim();
  if (unit !== 'CREDIT' || digits === 0) {
    const whole = text.replace(/[\s.,'\u00a0\u202f]/g, '');
    return /^\d{1,15}$/.test(whole) ? BigInt(whole) : null;
  }
  // The last separator with at most that number of digits behind it begins the fraction.
  const match = new RegExp(`^(.*?)(?:[.,](\\d{1,${digits > 2 ? digits : 2}}))?$`).exec(text);
  const whole = (match?.[1] ?? '').replace(/[\s.,'\u00a0\u202f]/g, '');
  if (!/^\d{1,13}$/.test(whole)) return null;
  return BigInt(whole + (match?.[2] ?? '').padEnd(digits, '0').slice(0, digits));
}

/** Why an amount can't be used, as the key of its text; null: it can. The server decides again. */
export function unitsProblem(units: bigint | null, wallet: ClubWallet): string | null {
  if (units === null || units === 0n) return 'not_a_number';
  if (units > BigInt(wallet.available)) return 'insufficient';
  if (units < BigInt(wallet.minimum)) return 'below_minimum';
  if (units % BigInt(wallet.step) !== 0n) return 'not_a_step';
  return units > BigInt(wallet.spendable.units) ? 'exceeds_cart' : null;
}

/** What units take off, in minor units. */
export function worthOf(units: bigint, { rate }: ClubWallet): bigint {
  return (units * BigInt(rate.amountMinor)) / BigInt(rate.units);
}
