/** Links to e-mail addresses: they stand behind the rows and in a part of their own, but belong to cells. */
import { cleanText } from '#app/lib/storable.ts';
import type { TableCell, TableRow } from '#app/lib/table-cells.ts';
import type { Zip } from './open-zip.server.ts';
import { makeXmlReader, prefixedAttribute, readXml } from './read-xml.ts';

/** Excel's own limit of links in a sheet. */
const LINKS_MAX = 65_530;
const ADDRESS = /^mailto:([^?]+)/i;
const ROWS_END = /<\/(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*\/>/;
/** Longer than the end tag, which may be cut by the end of a piece. */
const TAIL_CHARACTERS = 60;

/** Addresses by the reference of their cell ("B2"). */
export type MailLinks = ReadonlyMap<string, string>;

/** Returns the links of a sheet; most sheets have none, then its rows are read only once. @throws UnreadableFile */
export async function readMailLinks(zip: Zip, part: string): Promise<MailLinks> {
  const addresses = await readAddresses(zip, part);
  const links = new Map<string, string>();
  if (addresses.size === 0) return links;
  const reader = makeXmlReader(
    {
      open(name, attributes) {
        if (name !== 'hyperlink' || links.size >= LINKS_MAX) return;
        const address = addresses.get(prefixedAttribute(attributes, 'id') ?? '');
        if (address !== undefined && attributes.ref !== undefined) links.set(attributes.ref, address);
      },
    },
    { isFragment: true },
  );
  let tail: string | null = '';
  for await (const piece of zip.readText(part)) {
    if (tail === null) {
      reader.write(withoutEnd(piece));
      continue;
    }
    const text: string = tail + piece;
    const end = ROWS_END.exec(text);
    if (end) reader.write(withoutEnd(text.slice(end.index + end[0].length)));
    tail = end ? null : text.slice(-TAIL_CHARACTERS);
  }
  return links;
}

/** The fragment begins behind the opening tag of the sheet. */
function withoutEnd(text: string): string {
  return text.replace(/<\/(?:\w+:)?worksheet\s*>\s*$/, '');
}

async function readAddresses(zip: Zip, part: string): Promise<Map<string, string>> {
  const at = part.lastIndexOf('/') + 1;
  const file = `${part.slice(0, at)}_rels/${part.slice(at)}.rels`;
  const addresses = new Map<string, string>();
  if (!zip.has(file)) return addresses;
  await readXml(zip.readText(file), {
    open(name, { Id, Target }) {
      const address = name === 'Relationship' ? ADDRESS.exec(Target ?? '')?.[1] : undefined;
      if (Id !== undefined && address !== undefined && addresses.size < LINKS_MAX)
        addresses.set(Id, cleanText(decoded(address)).slice(0, 300));
    },
  });
  return addresses;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Puts the links into the cells that have a text. */
export function withMailLinks(rows: TableRow[], links: MailLinks): TableRow[] {
  if (links.size === 0) return rows;
  return rows.map(({ row, cells }) => ({
    row,
    cells: Object.fromEntries(
      Object.entries(cells).map(([letters, cell]): [string, TableCell] => {
        const mailto = typeof cell === 'string' ? links.get(`${letters}${row}`) : undefined;
        return [letters, typeof cell === 'string' && mailto !== undefined ? { text: cell, mailto } : cell];
      }),
    ),
  }));
}
