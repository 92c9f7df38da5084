/**
 * Renews app/modules/regions/data from its sources (docs/decisions/0020-regions-and-tags.md):
 *
 *   mkdir /tmp/regions && cd /tmp/regions && npm init -y
 *   npm install --ignore-scripts idn-area-data@4.0.1 iran-city@1.2.2 @countrystatecity/countries@1.0.9
 *   node scripts/renew-regions.ts /tmp/regions WORLDWIDE THAILAND
 *
 * WORLDWIDE and THAILAND are checkouts of github.com/Shopify/worldwide (2514b31) and
 * github.com/thailand-geography-data/thailand-geography-json (c76e019).
 *
 * They are no dependencies of the app: 80 MB, of which the app needs a fortieth and no code.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readIndonesia, readIndonesianVillages, readIran, readThailand } from './lib/regions-by-country.ts';
import { readRest } from './lib/regions-of-the-rest.ts';
import { writeCountries, writeRegions, writeVillages } from './lib/regions-file.ts';

const TARGET = path.resolve(import.meta.dirname, '../app/modules/regions/data');

if (import.meta.main) {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [packages, worldwide, thailand] = positionals;
  if (packages === undefined || worldwide === undefined || thailand === undefined) {
    throw new Error('usage: node scripts/renew-regions.ts PACKAGES WORLDWIDE THAILAND');
  }
  fs.rmSync(TARGET, { recursive: true, force: true });
  fs.mkdirSync(TARGET, { recursive: true });
  const sources = {
    packages: path.resolve(packages),
    worldwide: path.resolve(worldwide),
    thailand: path.resolve(thailand),
  };
  const own = [readIndonesia(sources), readThailand(sources), readIran(sources)];
  writeCountries(TARGET, sources);
  writeVillages(TARGET, 'ID', readIndonesianVillages(sources));
  for (const country of [...own, ...readRest(sources, new Set(own.map(({ code }) => code)))]) {
    writeRegions(TARGET, country);
    process.stdout.write(`${country.code} ${country.rows.length}\n`);
  }
}
