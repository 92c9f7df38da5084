/** Different rules have different sentences, so that nobody confirms one and gets another. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { i18nFor } from '#app/i18n/i18n.ts';
import type { ConditionNode } from '#app/modules/segments/conditions/registry.ts';
import { describeRule } from '#app/modules/segments/sentence/sentence.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { arbitraryCondition, arbitraryTree, CODES_OF_CONDITIONS } from '#test/support/segment-arbitraries.ts';

const IDS = { categories: ['1', '2'], tiers: ['11', '12'], rewards: ['21', '22'], offers: ['31', '32'] };
const words = { t: i18nFor('en').t, locale: 'en', currency: 'IDR', names: {} };

/** Without what means nothing: groups of one part, no lower limit where zero is the lowest, the order of a list. */
function meaning(node: SegmentNode): unknown {
  if (node.kind === 'not') return { not: meaning(node.part) };
  if (node.kind !== 'condition') {
    const parts = node.parts.map(meaning);
    return parts.length === 1 ? parts[0] : { [node.kind]: parts };
  }
  return [node.code, valuesMeant(node)];
}

function valuesMeant({ values }: ConditionNode): unknown {
  if ('to' in values && 'goods' in values && values.to === null)
    return { ...values, from: values.from ?? '0' };
  return values;
}

/** The rules of one sentence, of those drawn. */
function drawnTwice(rules: readonly SegmentNode[]): [string, unknown[]][] {
  const bySentence = new Map<string, Set<string>>();
  for (const rule of rules) {
    const sentence = describeRule(rule, words);
    const known = bySentence.get(sentence) ?? new Set();
    bySentence.set(sentence, known.add(JSON.stringify(meaning(rule))));
  }
  return [...bySentence]
    .filter(([, known]) => known.size > 1)
    .map(([sentence, known]) => [sentence, [...known]]);
}

describe('a sentence', () => {
  it.each(CODES_OF_CONDITIONS)('of %s is of one rule only', (code) => {
    const drawn = fc.sample(arbitraryCondition(code, IDS), 300);
    expect(drawnTwice(drawn)).toEqual([]);
  });

  it('names five values of a list, so that longer lists can have the same one', () => {
    const of = (...last: string[]): SegmentNode => ({
      kind: 'condition',
      code: 'tags',
      values: { op: 'anyOf', list: ['a', 'b', 'c', 'd', ...last] },
    });
    expect(drawnTwice([of('e'), of('f')])).toEqual([]);
    expect(drawnTwice([of('e', 'f'), of('e', 'g')])).toHaveLength(1);
  });

  it('of any tree is of that tree only', () => {
    // Few conditions, so that trees differ in their shape.
    const few = fc
      .constantFrom(...(['member', 'has_phone', 'age'] as const))
      .chain((code) => arbitraryCondition(code, IDS));
    const small = fc.letrec<{ node: SegmentNode }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        few,
        fc.record({ kind: fc.constant('not' as const), part: tie('node') }),
        fc.record({
          kind: fc.constantFrom('all' as const, 'any' as const),
          parts: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
        }),
      ),
    })).node;
    expect(drawnTwice(fc.sample(small, 5_000))).toEqual([]);
    expect(drawnTwice(fc.sample(arbitraryTree(IDS, 2), 3_000))).toEqual([]);
  });
});
