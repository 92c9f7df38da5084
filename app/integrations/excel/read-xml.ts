/** Reads XML that came from outside, in pieces: no document type, no deep nesting, no endless text. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { UnreadableFile } from '#app/lib/table-cells.ts';

const DEPTH_MAX = 64;
/** Texts and tags are buffered until they end; a cell has at most 32,767 characters. */
const SILENT_CHARACTERS_MAX = 1024 * 1024;

export interface XmlHandlers {
  /** The name without its prefix; attributes as they are written. */
  open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}

export interface XmlReader {
  /** @throws UnreadableFile */
  write(piece: string): void;
  /** @throws UnreadableFile when the document is not closed */
  end(): void;
}

const localNames = new Map<string, string>();
const LOCAL_NAMES_MAX = 10_000;

function localName(name: string): string {
  const known = localNames.get(name);
  if (known !== undefined) return known;
  const local = name.slice(name.indexOf(':') + 1);
  if (localNames.size < LOCAL_NAMES_MAX) localNames.set(name, local);
  return local;
}

/** `isFragment`: the text begins inside a document. */
export function makeXmlReader(handlers: XmlHandlers, { isFragment = false } = {}): XmlReader {
  const parser = new SaxesParser({ xmlns: false, position: false, fragment: isFragment });
  let depth = 0;
  let silent = 0;
  parser.on('doctype', () => {
    throw new UnreadableFile('unsafe_xml');
  });
  parser.on('error', (error) => {
    throw new UnreadableFile('broken_zip', { cause: error });
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    silent = 0;
    depth += 1;
    if (depth > DEPTH_MAX) throw new UnreadableFile('zip_bomb');
    handlers.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    silent = 0;
    depth -= 1;
    handlers.close?.(localName(tag.name));
  });
  const { text } = handlers;
  if (text) {
    parser.on('text', (piece) => text(piece));
    parser.on('cdata', (piece) => text(piece));
  }
  return {
    write(piece) {
      silent += piece.length;
      parser.write(piece);
      if (silent > SILENT_CHARACTERS_MAX + piece.length) throw new UnreadableFile('zip_bomb');
    },
    end() {
      parser.close();
    },
  };
}

/** Reads a whole document. @throws UnreadableFile */
export async function readXml(pieces: AsyncIterable<string>, handlers: XmlHandlers): Promise<void> {
  const reader = makeXmlReader(handlers);
  for await (const piece of pieces) reader.write(piece);
  reader.end();
}

/** The value of an attribute that has a prefix, whichever it is: `r:id`. */
export function prefixedAttribute(
  attributes: Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  return Object.entries(attributes).find(([each]) => each.endsWith(`:${name}`))?.[1];
}

/** "1" or "true", as XML Schema writes what holds. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
