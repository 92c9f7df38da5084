import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readList, readObject, type JsonObject } from '#app/lib/decode.ts';

/** Where the packages are installed, and the two checkouts. */
export interface RegionSources {
  packages: string;
  worldwide: string;
  thailand: string;
}

export interface RegionRow {
  level: 'P' | 'C' | 'D';
  code: string;
  parent: string;
  name: string;
  /** In the country's own script; '' when that is Latin. */
  local?: string;
  others?: readonly string[];
  postal?: readonly string[];
}

export interface CountryRegions {
  code: string;
  /** Whether the province codes are Shopify zones. */
  hasZones: boolean;
  rows: readonly RegionRow[];
}

/** One text file per country, one line per region: small, greppable, and a renewal shows as a diff. */
export function writeRegions(folder: string, { code, hasZones, rows }: CountryRegions): void {
  const lines = rows.map((row) =>
    [
      row.level,
      row.code,
      row.parent,
      row.name,
      row.local ?? '',
      (row.others ?? []).join('|'),
      (row.postal ?? []).join(','),
    ]
      .map((cell) => cell.replaceAll(/\s+/g, ' ').trim())
      .join('\t')
      .trimEnd(),
  );
  fs.writeFileSync(
    path.join(folder, `${code}.tsv`),
    `${[`#\t${hasZones ? 'zones' : 'no zones'}`, ...lines].join('\n')}\n`,
  );
}

/** A village of a country's province, which has Shopify's code. */
export interface VillageRow {
  province: string;
  district: string;
  /** Begins with the district's. */
  code: string;
  name: string;
}

/** One file per province, one line per district: the ends of the villages' codes and their names. */
export function writeVillages(folder: string, country: string, villages: readonly VillageRow[]): void {
  fs.mkdirSync(path.join(folder, 'villages'), { recursive: true });
  for (const [province, inside] of Map.groupBy(villages, (village) => village.province)) {
    const lines = [...Map.groupBy(inside, ({ district }) => district)].map(([district, rows]) =>
      [district, ...rows.map(({ code, name }) => `${code.slice(district.length + 1)} ${name}`)].join('\t'),
    );
    fs.writeFileSync(path.join(folder, 'villages', `${country}-${province}.tsv`), `${lines.join('\n')}\n`);
  }
}

/** The countries that a Shopify address can have, one code per line. */
export function writeCountries(folder: string, { worldwide }: RegionSources): void {
  const codes = fs
    .readdirSync(path.join(worldwide, 'data/regions'))
    .flatMap((name) => /^([A-Z]{2})\.yml$/.exec(name)?.[1] ?? [])
    .filter((code) => code !== 'ZZ');
  fs.writeFileSync(path.join(folder, 'countries.txt'), `${codes.sort().join('\n')}\n`);
}

/** Reads a JSON file's list as objects. */
export function readRows(file: string): JsonObject[] {
  const list: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  return readList(list, file).map((row) => readObject(row, file));
}

/** Reads a field as text, '' when there is none. */
export function textOf(row: JsonObject, field: string): string {
  const value = row[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Returns the path of a file of an installed package. */
export function packageFile({ packages }: RegionSources, file: string): string {
  return path.join(packages, 'node_modules', file);
}

/** Reads the rows of a CSV file of three columns, each by the names in its first line. */
export function readCsv(sources: RegionSources, file: string): Record<string, string>[] {
  const [head = '', ...lines] = fs.readFileSync(packageFile(sources, file), 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    // Only the name, which is last, is ever quoted.
    const last = cells
      .slice(names.length - 1)
      .join(',')
      .replaceAll('""', "'")
      .replaceAll('"', '');
    return Object.fromEntries(
      names.map((name, at) => [name, at === names.length - 1 ? last : (cells[at] ?? '')]),
    );
  });
}

export interface ShopifyZone {
  code: string;
  name: string;
  names: string[];
  codes: string[];
}

/** Shopify's own provinces of a country; none where its addresses have none. */
export function readZones(sources: RegionSources, country: string): readonly ShopifyZone[] {
  const file = path.join(sources.worldwide, 'data/regions', `${country}.yml`);
  if (!fs.existsSync(file)) return [];
  const document: unknown = parse(fs.readFileSync(file, 'utf8'));
  return readList(readObject(document, file)['zones'], file)
    .map((zone) => readObject(zone, file))
    .map((zone) => ({
      code: textOf(zone, 'code'),
      name: textOf(zone, 'name'),
      names: texts(zone['name_alternates']),
      codes: [...texts(zone['code_alternates']), ...texts(zone['iso_code'])],
    }));
}

function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((one): one is string => typeof one === 'string');
}
