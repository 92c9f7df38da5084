/** Reads .xlsx and .xlsm row by row, in bounded memory; the only code that knows their parts (decision 0026). */
import path from 'node:path/posix';
import { UnreadableFile, type TableRow } from '#app/lib/table-cells.ts';
import { numberKind, type NumberKind } from './number-formats.ts';
import { openZip, type Zip } from './open-zip.server.ts';
import { isTrue, prefixedAttribute, readXml } from './read-xml.ts';
import { SharedTexts } from './shared-texts.ts';
import { readMailLinks, withMailLinks } from './mail-links.ts';
import { SheetParser, type SheetNotes } from './sheet-parser.ts';

export interface WorkbookSheet {
  name: string;
  isHidden: boolean;
  /** The sheet's rows with cells, in pages. Breaking off the loop ends the reading. @throws UnreadableFile also in the middle */
  readRows: () => AsyncGenerator<TableRow[]>;
  /** Whole after the last row was read. */
  notes: SheetNotes;
}

export interface Workbook {
  sheets: readonly WorkbookSheet[];
  /** Serial numbers count days from 1904. */
  isFrom1904: boolean;
  hasMacros: boolean;
  /** The values of defined names that are a text in quotation marks: `SetiaTemplate`. */
  textNames: ReadonlyMap<string, string>;
  close(): void;
}

interface Relation {
  type: string;
  target: string;
}

const TYPE_END = /[^/]*$/;

/** Opens a workbook on this machine's disk. @throws UnreadableFile */
export async function openWorkbook(file: string): Promise<Workbook> {
  const zip = await openZip(file);
  try {
    return await readParts(zip);
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function readParts(zip: Zip): Promise<Workbook> {
  if (!zip.has('[Content_Types].xml'))
    throw new UnreadableFile(zip.has('content.xml') ? 'opendocument' : 'not_a_workbook');
  const root = await readRelations(zip, '');
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.target;
  if (main === undefined) throw new UnreadableFile('not_a_workbook');
  if (main.endsWith('.bin')) throw new UnreadableFile('binary_workbook');
  if (!zip.has(main)) throw new UnreadableFile('missing_part');
  const relations = await readRelations(zip, main);
  const book = await readMain(zip, main);
  const part = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.target;
  const kinds = await readStyles(zip, part('styles'));
  const textsPart = part('sharedStrings');
  const sheets = book.sheets.flatMap(({ id, ...sheet }) => {
    const relation = relations.get(id);
    if (relation === undefined) throw new UnreadableFile('missing_part');
    return relation.type === 'worksheet' ? [{ ...sheet, part: relation.target }] : [];
  });
  return {
    isFrom1904: book.isFrom1904,
    textNames: book.textNames,
    hasMacros: zip.names.some((name) => name.endsWith('/vbaProject.bin')),
    close: () => zip.close(),
    sheets: sheets.map((sheet) => toSheet(zip, sheet, kinds, textsPart)),
  };
}

function toSheet(
  zip: Zip,
  sheet: { name: string; isHidden: boolean; part: string },
  kinds: readonly NumberKind[],
  textsPart: string | undefined,
): WorkbookSheet {
  const notes: SheetNotes = { hiddenRows: 0, hiddenColumns: [], mergedRanges: [] };
  return {
    name: sheet.name,
    isHidden: sheet.isHidden,
    notes,
    readRows: () => readRows(zip, sheet.part, textsPart, new SheetParser(kinds), notes),
  };
}

async function* readRows(
  zip: Zip,
  part: string,
  textsPart: string | undefined,
  parser: SheetParser,
  notes: SheetNotes,
): AsyncGenerator<TableRow[]> {
  const hasTexts = textsPart !== undefined && zip.has(textsPart);
  const texts = new SharedTexts(hasTexts ? zip.readText(textsPart) : null);
  const links = await readMailLinks(zip, part);
  const watch = watchRows();
  try {
    for await (const piece of zip.readText(part)) {
      watch.start();
      parser.xml.write(piece);
      const rows = await parser.takeRows(texts);
      watch.stop(rows.length);
      Object.assign(notes, parser.notes);
      if (rows.length > 0) yield withMailLinks(rows, links);
    }
    parser.xml.end();
  } finally {
    await texts.close();
  }
}

/** Whatever it is made of, a file that takes this long for so few rows is no list of customers. */
const SLOW_AFTER_MS = 30_000;
const SLOW_ROWS_MAX = 500;

/** Measures the time of reading alone, not what is done with the rows. */
function watchRows() {
  let startedAt = 0;
  let elapsedMs = 0;
  let rowCount = 0;
  return {
    start(): void {
      startedAt = performance.now();
    },
    stop(newRows: number): void {
      elapsedMs += performance.now() - startedAt;
      rowCount += newRows;
      if (elapsedMs > SLOW_AFTER_MS && rowCount < SLOW_ROWS_MAX) throw new UnreadableFile('zip_bomb');
    },
  };
}

/** The relations of a part by their ids, with targets from the archive's root; `''` is the archive itself. */
export async function readRelations(zip: Zip, part: string): Promise<Map<string, Relation>> {
  const folder = path.dirname(part);
  const file = path.join(folder, '_rels', `${path.basename(part)}.rels`);
  const relations = new Map<string, Relation>();
  if (!zip.has(file)) return relations;
  await readXml(zip.readText(file), {
    open(name, { Id, Type, Target, TargetMode }) {
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return;
      const target = TargetMode === 'External' ? Target : path.join('/', folder, fromRoot(Target, folder));
      relations.set(Id, {
        type: TYPE_END.exec(Type ?? '')?.[0] ?? '',
        target: TargetMode === 'External' ? target : target.slice(1),
      });
    },
  });
  return relations;
}

function fromRoot(target: string, folder: string): string {
  return target.startsWith('/') ? path.relative(path.join('/', folder), target) : target;
}

interface MainPart {
  sheets: { name: string; isHidden: boolean; id: string }[];
  isFrom1904: boolean;
  textNames: Map<string, string>;
}

const NAME_CHARACTERS_MAX = 255;
const TEXT_NAME = /^"([^"]*)"$/;

async function readMain(zip: Zip, part: string): Promise<MainPart> {
  const main: MainPart = { sheets: [], isFrom1904: false, textNames: new Map() };
  let definedName: string | null = null;
  let text = '';
  await readXml(zip.readText(part), {
    open(name, attributes) {
      if (name === 'sheet')
        main.sheets.push({
          name: (attributes.name ?? '').slice(0, NAME_CHARACTERS_MAX),
          isHidden: (attributes.state ?? 'visible') !== 'visible',
          id: prefixedAttribute(attributes, 'id') ?? '',
        });
      else if (name === 'workbookPr') main.isFrom1904 = isTrue(attributes.date1904);
      else if (name === 'definedName') {
        definedName = attributes.name ?? '';
        text = '';
      }
    },
    text(piece) {
      if (definedName !== null && text.length < NAME_CHARACTERS_MAX) text += piece;
    },
    close(name) {
      if (name !== 'definedName' || definedName === null) return;
      const value = TEXT_NAME.exec(text)?.[1];
      if (value !== undefined) main.textNames.set(definedName, value);
      definedName = null;
    },
  });
  return main;
}

async function readStyles(zip: Zip, part: string | undefined): Promise<NumberKind[]> {
  const kinds: NumberKind[] = [];
  if (part === undefined || !zip.has(part)) return kinds;
  const codes = new Map<number, string>();
  let isInCells = false;
  await readXml(zip.readText(part), {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode ?? '');
      else if (name === 'cellXfs') isInCells = true;
      else if (name === 'xf' && isInCells) {
        const id = Number(numFmtId ?? 0);
        kinds.push(numberKind(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false;
    },
  });
  return kinds;
}
