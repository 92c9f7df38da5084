import type { ClubUnit, ClubWallet } from './club-api.ts';
import { decimalToMinor, minorToDecimal } from './money.ts';

const ZERO = BigInt(0);

/** What is wrong with an amount before it is sent; the words of the club API, and one for no number. */
export type AmountProblem = 'not_a_number' | 'below_minimum' | 'not_a_step' | 'insufficient' | 'exceeds_cart';

/** An amount that may be sent, or why not. */
export type AmountCheck = { ok: true; units: bigint } | { ok: false; reason: AmountProblem };

/** Worth of `units` in minor units of money, rounded down to a whole minor unit. */
export function worthMinor(units: bigint, rate: ClubWallet['rate']): bigint {
  return (units * BigInt(rate.amountMinor)) / BigInt(rate.units);
}

/** Reads what the shopper typed: points are whole, credit is money. Null when it is not an amount. */
export function parseUnits(text: string, unit: ClubUnit, digits: number): bigint | null {
  return decimalToMinor(text, unit === 'CREDIT' ? digits : 0);
}

/** The field's text for a number of units; the inverse of `parseUnits`. */
export function unitsText(units: bigint, unit: ClubUnit, digits: number): string {
  return unit === 'CREDIT' ? minorToDecimal(units, digits) : units.toString();
}

/** Checks a typed amount against the wallet, as the app will. */
export function checkAmount(text: string, wallet: ClubWallet, digits: number): AmountCheck {
  const units = parseUnits(text, wallet.unit, digits);
  if (units === null || units === ZERO) return { ok: false, reason: 'not_a_number' };
  if (units > BigInt(wallet.available)) return { ok: false, reason: 'insufficient' };
  if (units < BigInt(wallet.minimum)) return { ok: false, reason: 'below_minimum' };
  if (units % BigInt(wallet.step) !== ZERO) return { ok: false, reason: 'not_a_step' };
  if (units > BigInt(wallet.spendable.units)) return { ok: false, reason: 'exceeds_cart' };
  return { ok: true, units };
}

/** Most units that can be sent: what the cart takes, down to a whole step; 0 when below the minimum. */
export function mostUnits(wallet: ClubWallet): bigint {
  const spendable = BigInt(wallet.spendable.units);
  const most = spendable - (spendable % BigInt(wallet.step));
  return most < BigInt(wallet.minimum) ? ZERO : most;
}

/**
 * A quarter, a half and all of what can be sent, down to whole steps and never below the minimum; each
 * amount once, smallest first. Empty when nothing can be sent.
 */
export function quickPicks(wallet: ClubWallet): bigint[] {
  const most = mostUnits(wallet);
  if (most === ZERO) return [];
  const step = BigInt(wallet.step);
  const picks = [most / BigInt(4), most / BigInt(2), most]
    .map((units) => units - (units % step))
    .filter((units) => units >= BigInt(wallet.minimum) && units > ZERO);
  return picks.filter((units, index) => picks.indexOf(units) === index);
}

/** What a wallet allows on this cart; decides which screen the shopper gets. */
export type WalletStanding = 'empty' | 'short' | 'nothing_to_pay' | 'spendable';

/** Says whether the wallet has anything, enough, and whether the cart takes it. */
export function standingOf(wallet: ClubWallet): WalletStanding {
  const available = BigInt(wallet.available);
  if (available <= ZERO) return 'empty';
  if (available < BigInt(wallet.minimum)) return 'short';
  return mostUnits(wallet) === ZERO ? 'nothing_to_pay' : 'spendable';
}
