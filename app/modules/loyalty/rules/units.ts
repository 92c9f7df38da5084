/** What the ledger counts in: whole points, or money in minor units of the shop's currency. */
export type Unit = 'POINTS' | 'CREDIT';

export const UNITS: readonly Unit[] = ['POINTS', 'CREDIT'];

/** Whether a text is one of the ledger's units. */
export function isUnit(text: unknown): text is Unit {
  return text === 'POINTS' || text === 'CREDIT';
}

/** The smaller of two bigints. */
export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The greater of two bigints. */
export function greatest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** `value x numerator / denominator`, rounded down; all not below zero, denominator above zero. */
export function proportionDown(value: bigint, numerator: bigint, denominator: bigint): bigint {
  return (value * numerator) / denominator;
}

/** `value x numerator / denominator`, rounded up; all not below zero, denominator above zero. */
export function proportionUp(value: bigint, numerator: bigint, denominator: bigint): bigint {
  return (value * numerator + denominator - 1n) / denominator;
}
