import { expect, it } from 'vitest';
import { csvLine } from '#app/lib/csv.ts';

it.each([
  [['a', 1, 5n, null, 1.5], 'a,1,5,,1.5'],
  [['Rp 5,000', 'say "hi"', 'two\nlines'], '"Rp 5,000","say ""hi""","two\nlines"'],
  // What a spreadsheet would run: a customer can choose his own name.
  [['=HYPERLINK("http://x")', '@x', '+A1', '-A1'], `"'=HYPERLINK(""http://x"")",'@x,'+A1,'-A1`],
  // Phones and signed numbers are neither.
  [['+628123456', '-50', -50], '+628123456,-50,-50'],
])('as %#', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});
