/** Lists in one cell. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinList, splitList } from '#app/modules/workbooks/rules/list-text.ts';

it.each<[string, string[]]>([
  ['a, b;c', ['a', ' b', 'c']],
  ['a،b\nc|d', ['a', 'b', 'c', 'd']],
  ['"a, b", c', ['a, b', ' c']],
  ['say "hi", 5" pipe', ['say "hi"', ' 5" pipe']],
  ['"open, b', ['"open', ' b']],
  ['', []],
])('%j', (text, items) => {
  expect(splitList(text)).toEqual(items);
});

it('a joined list is read back item by item', () => {
  const item = fc
    .array(fc.constantFrom(',', ';', '"', '|', '،', ' ', 'a', 'é', '7'), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join('').trim())
    .filter((text) => text !== '');
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), (items) => {
      expect(splitList(joinList(items) ?? '').map((each) => each.trim())).toEqual(items);
    }),
  );
  expect(joinList([])).toBeNull();
});
