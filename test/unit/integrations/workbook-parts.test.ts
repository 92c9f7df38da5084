/**
 * The parts of the workbooks that we write, by the schema of ISO 29500-1 (sml.xsd, CT_Worksheet and CT_Workbook): Excel offers
 * to repair a workbook whose elements come in another order (IMPORT-BUGS 46).
 */
import fs from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SaxesParser } from 'saxes';
import { afterAll, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { i18nFor } from '#app/i18n/i18n.ts';
import { streamWorkbook } from '#app/integrations/excel/workbook.server.ts';
import { writeForm } from '#app/integrations/excel/write-form.server.ts';
import { readRegions } from '#app/modules/regions/regions.server.ts';
import { buildForm } from '#app/modules/workbooks/template/build-form.ts';

const WORKSHEET =
  'sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst'.split(
    ' ',
  );
const WORKBOOK =
  'fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst'.split(
    ' ',
  );

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-parts-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** The elements below the root of each sheet and of the workbook, by part. */
async function partsOf(file: string): Promise<Map<string, string[]>> {
  const zip = await yauzl.openPromise(file);
  const parts = new Map<string, string[]>();
  for await (const entry of zip.eachEntry()) {
    if (!/^xl\/(workbook|worksheets\/[^/]+)\.xml$/.test(entry.fileName)) continue;
    const names: string[] = [];
    let depth = 0;
    const parser = new SaxesParser();
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', ({ name }) => {
      if (depth === 1) names.push(name);
      depth += 1;
    });
    parser.on('closetag', () => {
      depth -= 1;
    });
    parser.write(await textOf(await zip.openReadStreamPromise(entry))).close();
    parts.set(entry.fileName, names);
  }
  return parts;
}

function expectInOrder(parts: Map<string, string[]>): void {
  expect(parts.size).toBeGreaterThan(1);
  for (const [part, names] of parts) {
    const order = part === 'xl/workbook.xml' ? WORKBOOK : WORKSHEET;
    expect(
      names.filter((name) => !order.includes(name)),
      part,
    ).toEqual([]);
    expect(names, part).toEqual([...new Set(names)].toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  }
}

test.each(['ID', 'TH'])(
  'the template for %s has its elements in the order of the schema',
  async (country) => {
    const facts = {
      locale: 'en',
      country,
      categories: ['A'],
      tiers: ['B'],
      asksSensitive: true,
      asksWeddingDate: true,
    };
    const file = path.join(folder, `${country}.xlsx`);
    await writeForm(file, buildForm(facts, readRegions(country), '1', i18nFor('en').t));
    const parts = await partsOf(file);
    expectInOrder(parts);
    expect([...parts.values()].some((names) => names.includes('dataValidations'))).toBe(true);
  },
);

test('a streamed workbook has its elements in the order of the schema', async () => {
  const file = path.join(folder, 'stream.xlsx');
  const rows = Array.from({ length: 30 }, (_, row) => [`A${row}`, row]);
  const columns = [
    { header: 'Name', width: 10 },
    { header: 'Amount', width: 10, format: '#,##0' },
  ];
  await pipeline(streamWorkbook([{ name: 'Rows', columns, rows }], 10), fs.createWriteStream(file));
  expectInOrder(await partsOf(file));
});
