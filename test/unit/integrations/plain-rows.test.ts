/** Rows and texts that are read by their characters come out as the parser reads them, however the document is cut. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyPlainRow, readPlainRow } from '#app/integrations/excel/plain-row.ts';
import { SharedTexts } from '#app/integrations/excel/shared-texts.ts';
import { SheetParser } from '#app/integrations/excel/sheet-parser.ts';
import { columnLetters, type TableRow, UnreadableFile } from '#app/lib/table-cells.ts';

const TEXTS = [
  'Siti Rahayu',
  'Jl. Dago 12',
  '',
  ' a  b ',
  '0811-22',
  '_x000D_',
  '_x0041_b',
  'สมชาย',
  'x > y',
  '"',
  "'",
];
/** What the parser has to read. */
const ODD_TEXTS = ['a &amp; b', '&#65;', 'a\r\nb', '😀', ']]', '<![CDATA[c < d]]>', 'x<!-- y -->z'];
const TYPES = ['', ' t="s"', ' t="inlineStr"', ' t="str"', ' t="n"', ' t="b"', ' t="e"', ' t="d"'];

const cellArb = fc
  .record({
    gap: fc.integer({ min: 0, max: 2 }),
    type: fc.constantFrom(...TYPES),
    style: fc.constantFrom('', ' s="1"', ' s="2"', ' s="0"', ' s="x"'),
    hasReference: fc.boolean(),
    shape: fc.constantFrom('none', 'closed', 'value', 'inline', 'kept', 'formula', 'empty', 'runs'),
    text: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...TEXTS) },
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }).map(String) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_TEXTS) },
    ),
  })
  .map((cell) => ({ ...cell, text: cell.type === ' t="s"' ? '1' : cell.text }));

const rowArb = fc.record({
  cells: fc.array(cellArb, { maxLength: 6 }),
  attributes: fc.constantFrom('', ' spans="1:3"', ' hidden="1"', ' ht="15" customHeight="1"', ' x:dy="0.25"'),
  before: fc.oneof(
    { weight: 9, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('\n', '<!-- <row r="1"></row> -->', '<?a </row>?>') },
  ),
});

function inside(shape: string, text: string): string {
  if (shape === 'value') return `<v>${text}</v>`;
  if (shape === 'inline') return `<is><t>${text}</t></is>`;
  if (shape === 'kept') return `<is><t xml:space="preserve">${text}</t></is>`;
  if (shape === 'formula') return `<f>A1+1</f><v>${text}</v>`;
  if (shape === 'empty') return '<v/>';
  return shape === 'runs' ? `<is><r><t>a</t></r><r><t>${text}</t></r></is>` : '';
}

/** Nothing in it hides an end tag. */
const undividedRowArb = rowArb.map(({ cells, ...row }) => ({
  ...row,
  before: '' as const,
  cells: cells.filter(({ text }) => !text.includes('<!')),
}));

type MadeRow = typeof rowArb extends fc.Arbitrary<infer T> ? T : never;
type Row = Omit<MadeRow, 'before'> & { before: string };

/** `asks`: what makes every row one for the parser, without changing what it says. */
function sheetOf(rows: readonly Row[], asks = ''): string {
  const written = rows.map(({ cells, attributes, before }, index) => {
    let column = -1;
    const inner = cells.map(({ gap, type, style, hasReference, shape, text }) => {
      column += hasReference ? gap + 1 : 1;
      const reference = hasReference ? ` r="${columnLetters(column)}${index + 1}"` : '';
      const start = `<c${reference}${style}${type}`;
      return shape === 'closed' ? `${start}/>` : `${start}>${inside(shape, text)}</c>`;
    });
    return `${before}<row r="${index + 1}"${attributes}>${inner.join('')}${asks}</row>`;
  });
  return `<?xml version="1.0"?><worksheet><sheetData>${written.join('')}</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`;
}

const TEXTS_PART = '<sst><si><t>null</t></si><si><t>one</t></si></sst>';

async function* piecesOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function readSheet(text: string, size: number) {
  const parser = new SheetParser([null, 'date', 'percent']);
  const texts = new SharedTexts(piecesOf(TEXTS_PART, 1_000));
  const rows: TableRow[] = [];
  try {
    for await (const piece of piecesOf(text, size)) {
      parser.xml.write(piece);
      rows.push(...(await parser.takeRows(texts)));
    }
    parser.xml.end();
  } catch (error) {
    if (error instanceof UnreadableFile) return { rows, notes: parser.notes, problem: error.problem };
    throw error;
  }
  return { rows, notes: parser.notes, problem: null };
}

describe('rows of a sheet', () => {
  test('come out as the parser reads them, wherever the document is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArb, { maxLength: 8 }),
        fc.integer({ min: 1, max: 400 }),
        async (rows, size) => {
          const ours = await readSheet(sheetOf(rows), size);
          const parsed = await readSheet(sheetOf(rows, '<!---->'), 10_000);
          expect(ours.problem ?? ours).toEqual(parsed.problem ?? parsed);
        },
      ),
    );
  });

  test('are broken where the parser finds them broken', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(undividedRowArb, { minLength: 2, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('', '<', '>', '"', '&', '</c>', '</row>', '<row>', ' r="1"', ']]>', '\u0001'),
        fc.integer({ min: 1, max: 200 }),
        async (rows, where, put, size) => {
          const whole = sheetOf(rows);
          const at = Math.floor(whole.indexOf('</worksheet>') * where);
          const text = whole.slice(0, at) + (put === '' ? '' : put + whole.slice(at));
          const ours = await readSheet(text, size);
          const parsed = await readSheet(text.replaceAll('</row>', '<!----></row>'), 10_000);
          expect(ours.problem ?? ours).toEqual(parsed.problem ?? parsed);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    [
      'Excel',
      '<row r="2" spans="1:3" x14ac:dyDescent="0.25"><c r="A2" s="1" t="s"><v>0</v></c><c r="B2"><v>1.5</v></c><c r="C2" s="2"/></row>',
    ],
    [
      'exceljs',
      '<row r="2"><c r="A2" t="inlineStr"><is><t>Siti</t></is></c><c r="B2" s="1" t="str"><v>x</v></c></row>',
    ],
    [
      'openpyxl',
      '<row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve"> a</t></is></c><c r="B2" t="b"><v>1</v></c></row>',
    ],
    [
      'LibreOffice',
      '<row r="2" customFormat="false" ht="12.8" outlineLevel="0"><c r="A2" s="0" t="s"><v>4</v></c></row>',
    ],
  ])('of %s need no parser', (_, row) => {
    expect(readPlainRow(row, 0, row.length, emptyPlainRow())).toBe(true);
  });

  test.each([
    '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>',
    '<row r="2" a="1" a="2"><c r="A2"><v>1</v></c></row>',
    '<row r="2"><c r="A2" r="B2"><v>1</v></c></row>',
    '<row r="2"><c r="A2"><f>1</f><v>1</v></c></row>',
    '<row r="2"><c r="A2"><v>1</v></c> </row>',
    '<row r="2"/><row r="3"></row>',
    '<row r="2"><c r="XFE2"><v>1</v></c></row>',
    '<row r="2000000"></row>',
  ])('are left to the parser: %s', (row) => {
    expect(readPlainRow(row, 0, row.length, emptyPlainRow())).toBe(false);
  });
});

test('shared texts come out as the parser reads them', async () => {
  const textArb = fc.oneof(fc.constantFrom(...TEXTS, ...ODD_TEXTS), fc.string({ maxLength: 4 }).map(escaped));
  const shapes = ['<t>', '<t xml:space="preserve">', '<t >'] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text: textArb, shape: fc.constantFrom(...shapes) }), { minLength: 1 }),
      fc.integer({ min: 1, max: 100 }),
      async (all, size) => {
        const partOf = (asks: string) =>
          `<sst>${all.map(({ text, shape }) => `<si>${shape}${text}</t>${asks}</si>`).join('')}</sst>`;
        const ours = new SharedTexts(piecesOf(partOf(''), size));
        const parsed = new SharedTexts(piecesOf(partOf('<!---->'), 10_000));
        for (const index of all.keys()) {
          await ours.loadThrough(index);
          await parsed.loadThrough(index);
          expect(ours.get(index)).toBe(parsed.get(index));
        }
        await expect(ours.loadThrough(all.length)).rejects.toThrow(UnreadableFile);
      },
    ),
  );
});

function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n -~]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
