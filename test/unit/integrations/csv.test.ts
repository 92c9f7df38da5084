import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine } from '#app/lib/csv.ts';

it.each([
  [['a', 1, 5n, null, 1.5], '"a",1,5,,1.5'],
  [['Rp 5,000', 'say "hi"', 'two\nlines'], '"Rp 5,000","say ""hi""","two\nlines"'],
  // What a spreadsheet would evaluate: customers choose their own names.
  [
    ['=HYPERLINK("http://x")', '@x', '+A1', '-A1', '\t=1'],
    `"'=HYPERLINK(""http://x"")","'@x","'+A1","'-A1","\t'=1"`,
  ],
  // Where the semicolon splits, as in Indonesia.
  [["x;=cmd|' /C calc'!A0;y"], `"x;'=cmd|' /C calc'!A0;y"`],
  [
    ['a\n=1+1', 'a\r@b', 'a\t+c', '\uFF1D1+1', 'x; \uFF20y'],
    `"a\n'=1+1","a\r'@b","a\t'+c","'\uFF1D1+1","x; '\uFF20y"`,
  ],
  // Phones and signed numbers are neither, nor what is not at a start.
  [['+628123456', '-50', -50, 'a-b = c'], '"+628123456","-50",-50,"a-b = c"'],
])('as %#', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});

/** What a spreadsheet makes of a line when its list separator is `separator`: quotes count only at a cell's start. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at]!;
    if (isQuoted && character === '"' && line[at + 1] === '"') cell += line[(at += 1)]!;
    else if (isQuoted && character === '"') isQuoted = false;
    else if (!isQuoted && cell === '' && character === '"') isQuoted = true;
    else if (!isQuoted && (character === separator || character === '\n' || character === '\r')) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell];
}

it('no cell of any text begins like a formula, whatever splits the cells', () => {
  const parts = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '\uFF1D',
    ';',
    ',',
    '\t',
    '\n',
    '\r',
    '"',
    "'",
    ' ',
    'A1',
    '7',
    'é',
  );
  const text = fc.array(parts, { maxLength: 12 }).map((found) => found.join(''));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (cells) => {
      for (const separator of [',', ';', '\t'])
        for (const cell of cellsOf(csvLine(cells), separator))
          expect(cell).not.toMatch(/^\s*(?:[=@\uFF1D\uFF0B\uFF0D\uFF20]|[+-](?!\d+(?:$|,)))/);
    }),
    { numRuns: 2_000 },
  );
});
