import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COUNTED_LINKS_MAX,
  linkTargets,
  withCountedLinks,
} from '#app/modules/messaging/campaigns/rules/counted-links.ts';

describe('targets', () => {
  test.each([
    ['Sale: https://shop.test/sale. Today!', ['https://shop.test/sale']],
    ['(https://shop.test/a?b=1&c=2)', ['https://shop.test/a?b=1&c=2']],
    ['https://shop.test/ https://shop.test/', ['https://shop.test/']],
    ['HTTP://SHOP.TEST/X and https://a.test/y', ['HTTP://SHOP.TEST/X', 'https://a.test/y']],
    // Filled in for each customer: no two have the same address.
    ['https://shop.test/?n={{first_name|x}}', []],
    ['https://shop.test/{{tier|x}}/a', []],
    // Where the address ends in a text without spaces is a guess.
    ['https://shop.test/โปร', []],
    ['www.shop.test shop.test', []],
    ['https://', []],
  ])('of %s', (text, targets) => {
    expect(linkTargets([text])).toEqual(targets);
  });

  test('are those of all languages, each once, and no more than the limit', () => {
    const links = Array.from({ length: COUNTED_LINKS_MAX + 2 }, (_, n) => `https://shop.test/${n}`);
    expect(linkTargets([links.join(' '), links.join(' ')])).toEqual(links.slice(0, COUNTED_LINKS_MAX));
  });
});

test('only the links are replaced, each by its own address', () => {
  const text = 'A https://shop.test/a, B https://shop.test/a/b. {{shop}}';
  expect(withCountedLinks(text, linkTargets([text]), (n) => `L${n}`)).toBe('A L0, B L1. {{shop}}');
  // A link of another text that was cut off by the limit stays.
  expect(withCountedLinks(text, ['https://shop.test/a'], (n) => `L${n}`)).toBe(
    'A L0, B https://shop.test/a/b. {{shop}}',
  );
});

test('whatever the text: put back, the addresses make the text again', () => {
  const piece = fc.oneof(
    fc.webUrl({ withQueryParameters: true }),
    fc.constantFrom(' ', '\n', '. ', '{{shop}}', 'ยกเลิก', ')', 'www.a.test'),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('').replaceAll('\u0000', '');
      const targets = linkTargets([text]);
      const written = withCountedLinks(text, targets, (n) => `\u0000${n}\u0000`);
      expect(written.replaceAll(/\u0000(\d)\u0000/g, (_all, n: string) => targets[Number(n)] ?? '')).toBe(
        text,
      );
      for (const target of targets) expect(URL.canParse(target)).toBe(true);
    }),
  );
});
