/** What must be posted so that an order's ledger equals its entitlement: the difference, nothing else. */
import { greatest, least } from '#app/lib/integers.ts';
import type { Unit } from '#app/lib/units.ts';
import type { LotTerms } from '#app/modules/ledger/rules/posting-types.ts';
import type { Entitlement } from './earning.ts';

/** From when and until when value can be used; null when it never expires. */
export type Terms = Pick<LotTerms, 'validFrom' | 'expiresAt'>;

/** What an order has in the ledger so far by one rule with the same terms for one customer. */
export interface Posted {
  customerId: bigint;
  unit: Unit;
  rule: string;
  /** Null where take-backs of before 0.5.0 do not say whose terms they had. */
  terms: Terms | null;
  amount: bigint;
  /** Number of entries so far: numbers the rule's next one. */
  count: number;
  /** An entry that gave with these terms; null where none did. */
  givenBy: bigint | null;
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
  /** What is taken back; null when value is given. */
  takenBack: { terms: Terms | null; givenBy: bigint | null } | null;
}

type RuleKey = Pick<Posted, 'customerId' | 'unit' | 'rule'>;

const ruleKeyOf = ({ customerId, unit, rule }: RuleKey): string => `${customerId}/${unit}/${rule}`;
const textOf = (terms: Terms | null): string =>
  terms ? `${terms.validFrom.getTime()}-${terms.expiresAt?.getTime() ?? ''}` : '';
const keyOf = (of: RuleKey, terms: Terms | null): string => `${ruleKeyOf(of)}/${textOf(terms)}`;
const endOf = ({ terms }: Posted): number =>
  terms === null ? -Infinity : (terms.expiresAt?.getTime() ?? Infinity);

/**
 * Differences between what `customerId` is entitled to now and what was posted, by rule and terms, take-backs first.
 * What was posted for another customer (the order changed hands) is taken back there.
 */
export function orderDifferences(
  customerId: bigint | null,
  entitlements: readonly Entitlement[],
  posted: readonly Posted[],
): Difference[] {
  const rows = new Map(settleUntold(posted).map((row) => [keyOf(row, row.terms), row]));
  const taken: Omit<Difference, 'sequence'>[] = [];
  const given: Omit<Difference, 'sequence'>[] = [];
  for (const entitlement of sumUp(entitlements)) {
    if (customerId === null) continue;
    const { unit, rule, formerRule } = entitlement;
    const of = { customerId, unit, rule };
    const keys = [rule, ...(formerRule ? [formerRule] : [])].map((name) =>
      keyOf({ ...of, rule: name }, entitlement),
    );
    const before = keys.flatMap((key) => rows.get(key) ?? []);
    for (const key of keys) rows.delete(key);
    const amount = entitlement.amount - before.reduce((sum, row) => sum + row.amount, 0n);
    if (amount > 0n) given.push({ ...of, amount, entitlement, takenBack: null });
    else taken.push(...takeBack(before, -amount));
  }
  for (const row of rows.values()) taken.push(...takeBack([row], row.amount));
  return numbered([...taken, ...given], posted);
}

/** Takes `amount` back from rows of a rule, each as far as it reaches. */
function takeBack(rows: readonly Posted[], amount: bigint): Omit<Difference, 'sequence'>[] {
  let left = amount;
  return rows.flatMap((row) => {
    const back = greatest(0n, least(row.amount, left));
    left -= back;
    if (back === 0n) return [];
    const { customerId, unit, rule, terms, givenBy } = row;
    return [{ customerId, unit, rule, amount: -back, entitlement: null, takenBack: { terms, givenBy } }];
  });
}

/** A rule that gives twice with the same terms gives their sum. */
function sumUp(entitlements: readonly Entitlement[]): Entitlement[] {
  const groups = Map.groupBy(entitlements, (one) => keyOf({ ...one, customerId: 0n }, one));
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, amount: others.reduce((sum, { amount }) => sum + amount, first.amount) }] : [],
  );
}

/** Sets take-backs whose terms are not known off against what their rule gave, newest end first, as they took. */
function settleUntold(posted: readonly Posted[]): Posted[] {
  const untold = posted.filter(({ terms }) => terms === null);
  if (untold.length === 0) return [...posted];
  const rows = posted.filter(({ terms }) => terms !== null).map((row) => ({ ...row }));
  for (const back of untold) {
    let left = -back.amount;
    const own = rows
      .filter((row) => ruleKeyOf(row) === ruleKeyOf(back))
      .sort((a, b) => (endOf(a) < endOf(b) ? 1 : -1));
    for (const row of own) {
      const taken = greatest(0n, least(row.amount, left));
      row.amount -= taken;
      left -= taken;
    }
  }
  return rows;
}

/** Numbers each difference behind the entries that its rule has. */
function numbered(
  differences: readonly Omit<Difference, 'sequence'>[],
  posted: readonly Posted[],
): Difference[] {
  const counts = new Map<string, number>();
  for (const row of posted) counts.set(ruleKeyOf(row), (counts.get(ruleKeyOf(row)) ?? 0) + row.count);
  return differences.map((difference) => {
    const key = ruleKeyOf(difference);
    const sequence = counts.get(key) ?? 0;
    counts.set(key, sequence + 1);
    return { ...difference, sequence };
  });
}
