/** Bigint arithmetic that the language lacks. */

/** Returns the smaller of two bigints. */
export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** Returns the greater of two bigints. */
export function greatest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** Returns `value x numerator / denominator`, rounded down; no argument below zero, denominator above zero. */
export function proportionDown(value: bigint, numerator: bigint, denominator: bigint): bigint {
  return (value * numerator) / denominator;
}

/** Returns `value x numerator / denominator`, rounded up; no argument below zero, denominator above zero. */
export function proportionUp(value: bigint, numerator: bigint, denominator: bigint): bigint {
  return (value * numerator + denominator - 1n) / denominator;
}

/** Returns the rounded quotient of two numbers that are not below zero, the divisor above it; half up. */
export function dividedHalfUp(value: bigint, divisor: bigint): bigint {
  return (value * 2n + divisor) / (divisor * 2n);
}
