/** Rules that move people, over random rules and figures. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideMoves, wouldCircle, type PersonMove } from '#app/modules/pricing/rules/move-people.ts';

type Rule = Parameters<typeof decideMoves>[1][number];

const CATEGORIES = 5;

const rules = fc
  .array(
    fc.record({
      fromId: fc.integer({ min: 0, max: CATEGORIES - 1 }),
      toId: fc.integer({ min: 0, max: CATEGORIES - 1 }),
      threshold: fc.integer({ min: 1, max: 9 }),
      goesBack: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((rows) => {
    // As the form lets them be: no rule closes a circle.
    const kept: Rule[] = [];
    for (const [index, { fromId, toId, threshold, goesBack }] of rows.entries()) {
      const rule = { ruleId: BigInt(index + 1), fromId: BigInt(fromId), toId: BigInt(toId) };
      if (fromId !== toId && !wouldCircle(rule, kept))
        kept.push({ ...rule, threshold: BigInt(threshold), goesBack });
    }
    return kept;
  });
const figures = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 8, maxLength: 8 });
const start = fc.record({
  categoryId: fc.integer({ min: 0, max: CATEGORIES - 1 }).map(BigInt),
  ruleId: fc.option(fc.integer({ min: 1, max: 8 }).map(BigInt)),
});

const measuredOf = (values: readonly number[]) =>
  new Map(values.map((value, index) => [BigInt(index + 1), BigInt(value)]));

/** Where the moves lead. */
function after(standing: { categoryId: bigint; ruleId: bigint | null }, moves: readonly PersonMove[]) {
  const last = moves.at(-1);
  return last ? { categoryId: last.toId, ruleId: last.isBack ? null : last.ruleId } : standing;
}

describe('moves', () => {
  test('are a chain: each begins where the one before ended, and each is a rule’s', () => {
    fc.assert(
      fc.property(start, rules, figures, (standing, all, values) => {
        let at = standing.categoryId;
        for (const move of decideMoves(standing, all, measuredOf(values))) {
          expect(move.fromId).toBe(at);
          const rule = all.find(({ ruleId }) => ruleId === move.ruleId)!;
          expect([rule.fromId, rule.toId]).toEqual(
            move.isBack ? [move.toId, move.fromId] : [move.fromId, move.toId],
          );
          expect(move.measured >= rule.threshold).toBe(!move.isBack);
          at = move.toId;
        }
      }),
    );
  });

  test('by the same figures again there are none', () => {
    fc.assert(
      fc.property(start, rules, figures, (standing, all, values) => {
        const measured = measuredOf(values);
        const then = after(standing, decideMoves(standing, all, measured));
        expect(decideMoves(then, all, measured)).toEqual([]);
      }),
    );
  });

  test('go back only by the rule that moved the customer, and never from a category that someone chose', () => {
    fc.assert(
      fc.property(start, rules, figures, (standing, all, values) => {
        const backs = decideMoves(standing, all, measuredOf(values)).filter(({ isBack }) => isBack);
        expect(backs.every(({ ruleId }) => ruleId === standing.ruleId)).toBe(true);
        const chosen = decideMoves({ ...standing, ruleId: null }, all, measuredOf(values));
        expect(chosen.some(({ isBack }) => isBack)).toBe(false);
      }),
    );
  });

  test('up and down again by one rule end where they began', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (threshold) => {
        const rule = { ruleId: 1n, fromId: 2n, toId: 3n, threshold: BigInt(threshold), goesBack: true };
        const up = decideMoves({ categoryId: 2n, ruleId: null }, [rule], new Map([[1n, BigInt(threshold)]]));
        const down = decideMoves(
          after({ categoryId: 2n, ruleId: null }, up),
          [rule],
          new Map([[1n, BigInt(threshold) - 1n]]),
        );
        expect([...up, ...down].map(({ toId }) => toId)).toEqual([3n, 2n]);
      }),
    );
  });
});

test('a circle is seen over any number of rules', () => {
  const chain = [
    { fromId: 1n, toId: 2n },
    { fromId: 2n, toId: 3n },
  ];
  expect(wouldCircle({ fromId: 3n, toId: 1n }, chain)).toBe(true);
  expect(wouldCircle({ fromId: 1n, toId: 3n }, chain)).toBe(false);
  expect(wouldCircle({ fromId: 1n, toId: 1n }, [])).toBe(true);
});
