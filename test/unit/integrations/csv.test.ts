import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvWriting, streamCsv } from '#app/integrations/csv/write-csv.server.ts';
import type { WorkbookCell } from '#app/integrations/excel/workbook.server.ts';
import { guardFormulas, withoutGuards } from '#app/lib/csv.ts';

/** A row as the writer writes it, without the mark and the headings. */
async function csvLine(cells: readonly WorkbookCell[], decimalMark = '.'): Promise<string> {
  const rows = (async function* () {
    yield cells;
  })();
  let text = '';
  for await (const piece of streamCsv(['H'], rows, csvWriting(decimalMark))) text += String(piece);
  return text.slice(text.indexOf('\r\n') + 2);
}

it.each([
  [['a', 1, -5, null, 1.5, ''], '"a",1,-5,,1.5,""'],
  [[new Date('2026-01-31'), new Date('2026-01-31T10:20:30Z')], '2026-01-31,2026-01-31 10:20:30'],
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
])('as %#', async (cells: WorkbookCell[], line: string) => {
  expect(await csvLine(cells)).toBe(`${line}\r\n`);
});

it('where the comma is the decimal mark, semicolons part the cells', async () => {
  expect(await csvLine(['a,b', 62.5], ',')).toBe('"a,b";62,5\r\n');
});

it('an error while rows are read ends the stream with it', async () => {
  const rows = (async function* () {
    yield ['a'];
    throw new Error('the database is away');
  })();
  const read = async () => {
    for await (const _piece of streamCsv(['H'], rows, csvWriting('.')));
  };
  await expect(read()).rejects.toThrow('the database is away');
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

it('no cell of any text begins like a formula, whatever splits the cells', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (cells) => {
      for (const separator of [',', ';', '\t'])
        for (const cell of cellsOf(await csvLine(cells), separator))
          expect(cell).not.toMatch(/^\s*(?:[=@\uFF1D\uFF0B\uFF0D\uFF20]|[+-](?!\d+(?:$|,)))/);
    }),
    { numRuns: 500 },
  );
});

it('what is read back is what was written', () => {
  fc.assert(
    fc.property(text, (written) => {
      expect(withoutGuards(guardFormulas(written))).toBe(written);
    }),
    { numRuns: 2_000 },
  );
});
