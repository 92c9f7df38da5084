import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entitlement } from '#app/modules/earning/rules/earning.ts';
import {
  orderDifferences,
  type Difference,
  type Posted,
} from '#app/modules/earning/rules/order-difference.ts';

const entitled = (rule: string, amount: bigint, unit: 'POINTS' | 'CREDIT' = 'POINTS'): Entitlement => ({
  rule,
  kind: 'order_spend',
  unit,
  amount,
  validFrom: new Date(0),
  expiresAt: null,
});
const TERMS = { validFrom: new Date(0), expiresAt: null };
const posted = (rule: string, amount: bigint, customerId = 9n, count = 1): Posted => ({
  customerId,
  unit: 'POINTS',
  rule,
  terms: TERMS,
  amount,
  count,
  givenBy: 1n,
});
const amounts = (rows: Difference[]) =>
  rows.map(({ customerId, rule, amount, sequence }) => [customerId, rule, amount, sequence]);

describe('what must be posted', () => {
  test.each<[string, Entitlement[], Posted[], unknown]>([
    ['the first time: all of it', [entitled('a', 10n)], [], [[9n, 'a', 10n, 0]]],
    ['again: nothing', [entitled('a', 10n)], [posted('a', 10n)], []],
    ['less than before: the rest back', [entitled('a', 4n)], [posted('a', 10n)], [[9n, 'a', -6n, 1]]],
    [
      'more than before: the rest on top',
      [entitled('a', 14n)],
      [posted('a', 10n, 9n, 3)],
      [[9n, 'a', 4n, 3]],
    ],
    ['nothing any more: all back', [], [posted('a', 10n)], [[9n, 'a', -10n, 1]]],
    ['nothing and nothing', [], [posted('a', 0n, 9n, 2)], []],
    [
      'a rule that is gone and one that is new',
      [entitled('b', 5n)],
      [posted('a', 10n)],
      [
        [9n, 'a', -10n, 1],
        [9n, 'b', 5n, 0],
      ],
    ],
    [
      'another customer now',
      [entitled('a', 10n)],
      [posted('a', 10n, 8n)],
      [
        [8n, 'a', -10n, 1],
        [9n, 'a', 10n, 0],
      ],
    ],
  ])('%s', (_words, entitlements, before, wanted) => {
    expect(amounts(orderDifferences(9n, entitlements, before))).toEqual(wanted);
  });

  test('the order lost its customer: all back', () => {
    expect(amounts(orderDifferences(null, [], [posted('a', 10n)]))).toEqual([[9n, 'a', -10n, 1]]);
  });

  test('units are apart', () => {
    expect(
      orderDifferences(9n, [entitled('a', 10n, 'CREDIT')], [posted('a', 10n)]).map(({ unit, amount }) => [
        unit,
        amount,
      ]),
    ).toEqual([
      ['POINTS', -10n],
      ['CREDIT', 10n],
    ]);
  });

  describe('by terms', () => {
    const day = (number: number) => new Date(Date.UTC(2026, 0, number));
    const until = (number: number | null, amount: bigint): Posted => ({
      ...posted('a', amount, 9n, 2),
      terms: { validFrom: day(1), expiresAt: number === null ? null : day(number) },
      givenBy: BigInt(number ?? 99),
    });
    const givenUntil = (number: number | null, amount: bigint, formerRule?: string): Entitlement => ({
      ...entitled('a', amount),
      formerRule,
      validFrom: day(1),
      expiresAt: number === null ? null : day(number),
    });
    const said = (rows: Difference[]) =>
      rows.map(({ rule, amount, sequence, takenBack }) => [
        rule,
        amount,
        sequence,
        takenBack?.givenBy ?? null,
      ]);

    test('what a rule gave with other terms is taken back, and given with the right ones', () => {
      expect(said(orderDifferences(9n, [givenUntil(8, 10n)], [until(5, 10n)]))).toEqual([
        ['a', -10n, 2, 5n],
        ['a', 10n, 3, null],
      ]);
    });

    test('two parts of one rule are apart, and two with the same terms are one', () => {
      const wanted = [givenUntil(5, 10n), givenUntil(null, 3n), givenUntil(null, 4n)];
      expect(said(orderDifferences(9n, wanted, [until(5, 12n), until(null, 7n)]))).toEqual([
        ['a', -2n, 4, 5n],
      ]);
    });

    test('take-backs that say no terms are set off as they took: newest end first', () => {
      const untold = { ...posted('a', -12n), terms: null, givenBy: null };
      expect(
        said(orderDifferences(9n, [givenUntil(5, 8n)], [until(5, 10n), until(null, 10n), untold])),
      ).toEqual([]);
    });

    test('what the rule gave under its former name counts, where it has the same terms', () => {
      const former = (number: number) => ({ ...until(number, 10n), rule: 'old' });
      expect(said(orderDifferences(9n, [givenUntil(5, 10n, 'old')], [former(5)]))).toEqual([]);
      expect(said(orderDifferences(9n, [givenUntil(5, 4n, 'old')], [former(5)]))).toEqual([
        ['old', -6n, 2, 5n],
      ]);
      expect(said(orderDifferences(9n, [givenUntil(5, 4n, 'old')], [former(8)]))).toEqual([
        ['old', -10n, 2, 8n],
        ['a', 4n, 0, null],
      ]);
    });
  });

  test('posting the differences leaves none, and a second time posts nothing under a used number', () => {
    const amount = fc.bigInt({ min: 0n, max: 100n });
    const rule = fc.constantFrom('a', 'b', 'c');
    const wanted = fc.uniqueArray(fc.record({ rule, amount }), { selector: (row) => row.rule });
    fc.assert(
      fc.property(
        fc.array(fc.record({ customer: fc.constantFrom(null, 8n, 9n), wanted }), { maxLength: 6 }),
        (states) => {
          const ledger: Posted[] = [];
          const keys = new Set<string>();
          for (const state of states) {
            const now =
              state.customer === null ? [] : state.wanted.map((row) => entitled(row.rule, row.amount));
            for (const row of orderDifferences(state.customer, now, ledger)) {
              const key = `${row.customerId}/${row.rule}/${row.sequence}`;
              expect(keys.has(key)).toBe(false);
              keys.add(key);
              const known = ledger.find(
                (line) => line.customerId === row.customerId && line.rule === row.rule,
              );
              if (known) Object.assign(known, { amount: known.amount + row.amount, count: known.count + 1 });
              else ledger.push(posted(row.rule, row.amount, row.customerId));
            }
            expect(orderDifferences(state.customer, now, ledger)).toEqual([]);
          }
        },
      ),
    );
  });
});
