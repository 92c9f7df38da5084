import fs from 'node:fs';
import path from 'node:path';
import {
  packageFile,
  readRows,
  readZones,
  textOf,
  type CountryRegions,
  type RegionRow,
  type RegionSources,
} from './regions-file.ts';

/** Below this share of provinces found in both sources, towns are left out: they would have no province. */
const SHARE_MATCHED = 0.9;
const DATA = '@countrystatecity/countries/dist/data';

interface State {
  /** ISO 3166-2 without the country. */
  code: string;
  name: string;
  /** In the country's own script; '' when unknown. */
  native: string;
  cities: readonly { id: string; name: string; native: string }[];
}

/** The states of a country with their towns, by the database of github.com/dr5hn/countries-states-cities-database. */
export function readStates(sources: RegionSources, country: string): readonly State[] {
  const root = path.join(sources.packages, 'node_modules', DATA);
  const folder = fs.readdirSync(root).find((name) => name.endsWith(`-${country}`));
  if (folder === undefined || !fs.existsSync(path.join(root, folder, 'states.json'))) return [];
  const inside = fs.readdirSync(path.join(root, folder));
  return readRows(packageFile(sources, `${DATA}/${folder}/states.json`)).map((state) => {
    const code = textOf(state, 'iso2');
    const own = inside.find((entry) => entry.endsWith(`-${code}`));
    const cities =
      own === undefined ? [] : readRows(packageFile(sources, `${DATA}/${folder}/${own}/cities.json`));
    return {
      code,
      name: textOf(state, 'name'),
      native: textOf(state, 'native'),
      cities: cities.map((city) => ({
        id: textOf(city, 'id'),
        name: textOf(city, 'name'),
        native: textOf(city, 'native'),
      })),
    };
  });
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace(/(province|state|region|governorate|county|department)$/, '');

const isLatin = (text: string): boolean => /^[\p{Script=Latin}\p{P}\p{N}\s]*$/u.test(text);

/** Returns the local name only if it is in another script. */
const otherWriting = (native: string): string => (native !== '' && !isLatin(native) ? native : '');

function fromStates(code: string, states: readonly State[]): CountryRegions {
  const provinces = states.map((state): RegionRow => ({
    level: 'P',
    code: state.code,
    parent: '',
    name: state.name,
    local: otherWriting(state.native),
    others: state.native && isLatin(state.native) && state.native !== state.name ? [state.native] : [],
  }));
  return {
    code,
    hasZones: false,
    rows: [...provinces, ...states.flatMap((state) => cityRows(state, state.code))],
  };
}

function cityRows(state: State, parent: string): RegionRow[] {
  const seen = new Set<string>();
  return state.cities.flatMap(({ id, name, native }) => {
    if (seen.has(plain(name) || name)) return [];
    seen.add(plain(name) || name);
    return [{ level: 'C' as const, code: id, parent, name, local: otherWriting(native) }];
  });
}

function fromZones(sources: RegionSources, code: string, states: readonly State[]): CountryRegions {
  const cities: RegionRow[] = [];
  let matched = 0;
  const zones = readZones(sources, code);
  const provinces = zones.map((zone): RegionRow => {
    const names = [zone.name, ...zone.names].map(plain);
    const state =
      states.find((one) => zone.codes.includes(`${code}-${one.code}`) || one.code === zone.code) ??
      states.find((one) => names.includes(plain(one.name)));
    if (state) {
      matched += 1;
      cities.push(...cityRows(state, zone.code));
    }
    return {
      level: 'P',
      code: zone.code,
      parent: '',
      name: zone.name,
      local: otherWriting(state?.native ?? ''),
      others: [...new Set([...zone.names, ...zone.codes])].filter((name) => name !== zone.code),
    };
  });
  const hasTowns = matched / zones.length >= SHARE_MATCHED;
  return { code, hasZones: true, rows: hasTowns ? [...provinces, ...cities] : provinces };
}

/** All other countries: Shopify's provinces where it has some, otherwise those of the database; with their towns. */
export function readRest(sources: RegionSources, done: ReadonlySet<string>): CountryRegions[] {
  const root = path.join(sources.packages, 'node_modules', DATA);
  return fs
    .readdirSync(root)
    .map((name) => /-([A-Z]{2})$/.exec(name)?.[1] ?? '')
    .filter((code) => code !== '' && !done.has(code))
    .sort()
    .map((code) => {
      const states = readStates(sources, code);
      return readZones(sources, code).length > 0
        ? fromZones(sources, code, states)
        : fromStates(code, states);
    })
    .filter(({ rows }) => rows.length > 0);
}
