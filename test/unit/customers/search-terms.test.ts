import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchTerms, startPatterns } from '#app/modules/customers/rules/search-terms.ts';
import { likePattern } from '#app/lib/like-pattern.ts';

describe('searchTerms', () => {
  it.each([
    ['0812-3456-7890', ['81234567890']],
    ['+62 812 3456 7890', ['6281234567890']],
    ['+62 (0)812 3456', ['628123456']],
    ['0062 812', ['62812']],
    ['(0812) 345.678', ['812345678']],
    ['۰۸۱۲۳۴۵', ['812345']],
    ['  Siti   RAHAYU ', ['siti', 'rahayu']],
    ['siti 0812-345', ['siti', '812345']],
    ['siti@example.com', ['siti@example.com']],
    ['00', ['00']],
    ['', []],
  ])('%s looks for %j', (query, terms) => {
    expect(searchTerms(query)).toEqual(terms);
  });

  it('finds a stored number however it is written', () => {
    const separator = fc.constantFrom('', ' ', '-', '.');
    const number = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 10 });
    fc.assert(
      fc.property(
        number,
        separator,
        fc.constantFrom('0', '+62', '62', '0062', '+62 (0)'),
        (rest, between, prefix) => {
          const subscriber = `8${rest.join('')}`;
          const [term] = searchTerms(prefix + between + subscriber.split('').join(between));
          expect(`+62${subscriber}`).toContain(term);
        },
      ),
    );
  });

  it('is bounded whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        expect(searchTerms(text).length).toBeLessThanOrEqual(8);
      }),
    );
  });
});

describe('likePattern', () => {
  it('takes wildcards literally', () => {
    expect(likePattern('50%_\\')).toBe('%50\\%\\_\\\\%');
  });
});

it.each([
  ['an', ['an%', '% an%']],
  ['王', ['王%', '% 王%']],
  ['5_', ['5\\_%', '% 5\\_%']],
  ['ani', null],
  ['%', null],
])('%s as the beginning of a word: %j', (term, patterns) => {
  expect(startPatterns(term)).toEqual(patterns);
});
