/** What must be posted so that an order's ledger equals its entitlement: the difference, nothing else. */
import type { Entitlement } from './earning.ts';
import type { Unit } from './units.ts';

/** What an order has in the ledger so far by one rule for one customer. */
export interface Posted {
  customerId: bigint;
  unit: Unit;
  rule: string;
  amount: bigint;
  /** Number of entries so far: numbers the next one's key. */
  count: number;
}

export interface Difference {
  customerId: bigint;
  unit: Unit;
  rule: string;
  /** Above zero: to be given. Below: to be taken back. Never zero. */
  amount: bigint;
  sequence: number;
  /** Where the value to be given comes from; null when it is taken back. */
  entitlement: Entitlement | null;
}

const keyOf = (customerId: bigint, unit: Unit, rule: string): string => `${customerId}/${unit}/${rule}`;

/**
 * Differences between what `customerId` is entitled to now and what was posted. What was posted for another customer
 * (the order changed hands) is taken back there.
 */
export function orderDifferences(
  customerId: bigint | null,
  entitlements: readonly Entitlement[],
  posted: readonly Posted[],
): Difference[] {
  const postedByKey = new Map(posted.map((row) => [keyOf(row.customerId, row.unit, row.rule), row]));
  const differences: Difference[] = [];
  if (customerId !== null) {
    for (const entitlement of entitlements) {
      const key = keyOf(customerId, entitlement.unit, entitlement.rule);
      const before = postedByKey.get(key);
      postedByKey.delete(key);
      const amount = entitlement.amount - (before?.amount ?? 0n);
      if (amount === 0n) continue;
      const { unit, rule } = entitlement;
      differences.push({
        customerId,
        unit,
        rule,
        amount,
        sequence: before?.count ?? 0,
        entitlement: amount > 0n ? entitlement : null,
      });
    }
  }
  for (const row of postedByKey.values()) {
    if (row.amount === 0n) continue;
    const { unit, rule, count } = row;
    differences.push({
      customerId: row.customerId,
      unit,
      rule,
      amount: -row.amount,
      sequence: count,
      entitlement: null,
    });
  }
  return differences;
}
