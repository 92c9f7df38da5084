import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { exampleDay, formatTypedDay, isDayUnclear, readTypedDay } from '#app/lib/typed-day.ts';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

it('reads back each day that a field shows, and each stored one, in each language', () => {
  fc.assert(
    fc.property(day, fc.constantFrom('en', 'id', 'en-GB', 'de', 'ja'), (each, locale) => {
      expect(readTypedDay(formatTypedDay(each, locale), locale)).toBe(each);
      expect(readTypedDay(each, locale)).toBe(each);
    }),
  );
});

test.each([
  ['11/28/2026', 'en', '2026-11-28'],
  ['28/11/2026', 'en', '2026-11-28'],
  ['5/6/2026', 'en', '2026-05-06'],
  ['5/6/2026', 'id', '2026-06-05'],
  ['11/28/2026', 'id', '2026-11-28'],
  ['28.11.2026', 'id', '2026-11-28'],
  [' 28 - 11 - 2026 ', 'id', '2026-11-28'],
  ['28 11 2026', 'id', '2026-11-28'],
  ['2026/2/5', 'id', '2026-02-05'],
  ['๒๘/๑๑/๒๐๒๖', 'id', '2026-11-28'],
  ['۲۰۲۶/۱۱/۲۸', 'en', '2026-11-28'],
  ['29/2/2028', 'id', '2028-02-29'],
])('%s in %s is %s', (text, locale, iso) => {
  expect(readTypedDay(text, locale)).toBe(iso);
});

test.each([
  '',
  '28',
  '28/11',
  '28/11/26',
  '29/2/2026',
  '31/4/2026',
  '0/1/2026',
  '13/13/2026',
  '1/2/3/2026',
  '111/1/2026',
  'soon',
  '2026-13-01',
  '11/28/20266',
])('%j is no day', (text) => {
  expect(readTypedDay(text, 'en')).toBeNull();
  expect(readTypedDay(text, 'id')).toBeNull();
});

it('is unclear where day and month could be either', () => {
  expect(['5/6/2026', '12/1/2026'].map(isDayUnclear)).toEqual([true, true]);
  expect(['28/6/2026', '6/28/2026', '5/5/2026', '2026-06-05'].map(isDayUnclear)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

it('shows an example in the writing of the language', () => {
  expect([exampleDay('en'), exampleDay('id')]).toEqual(['11/28/2026', '28/11/2026']);
});
