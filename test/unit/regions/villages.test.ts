/** The villages of Indonesia's districts, each read from the file of its province. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readRegions } from '#app/modules/regions/regions.server.ts';
import { findRegion } from '#app/modules/regions/rules/find-region.ts';
import { parseVillages } from '#app/modules/regions/rules/regions.ts';

const index = readRegions('ID')!;
const found = (district: string, text: string) => {
  const match = findRegion(index.villagesIn(district)!, 'village', text, {
    isInside: () => true,
    isLenient: true,
  });
  return match.kind === 'found' ? `${match.region.code} ${match.how}` : match.kind;
};

test('a line is a district: of each village the end of its code and its name', () => {
  expect(parseVillages('53.01.06\t1004 Kelurahan Oesao\t2001 Tanah Putih')).toMatchObject([
    { level: 'village', code: '53.01.06.1004', parent: '53.01.06', name: 'Kelurahan Oesao' },
    { code: '53.01.06.2001', name: 'Tanah Putih' },
  ]);
  expect(parseVillages('')).toEqual([]);
  expect(parseVillages('53.01.06\t1004\t \t')).toEqual([]);
});

test('every province has its file, and districts of all of them have villages', () => {
  const provinces = index.regions.filter(({ level }) => level === 'province').map(({ code }) => code);
  const files = readdirSync('app/modules/regions/data/villages');
  expect(files.toSorted()).toEqual(provinces.map((code) => `ID-${code}.tsv`).toSorted());
  const districts = index.regions
    .filter(({ level }) => level === 'district')
    .filter((_, at) => at % 40 === 0);
  expect(districts.length).toBeGreaterThan(180);
  for (const { code } of districts) {
    const villages = index.villagesIn(code)?.regions ?? [];
    expect(villages.length).toBeGreaterThan(0);
    expect(
      villages.filter(({ code: own, parent }) => parent !== code || !own.startsWith(`${code}.`)),
    ).toEqual([]);
  }
});

test('the index that addresses are matched in holds no village', () => {
  index.villagesIn('32.73.02');
  expect(index.regions.some(({ level }) => level === 'village')).toBe(false);
  expect(index.byKey.has('village:dago')).toBe(false);
});

test('there are none of what is no district, and none of countries without the list', () => {
  for (const code of ['', '32.73', '99.99.99', '../ID']) expect(index.villagesIn(code)).toBeNull();
  expect(readRegions('TH')!.villagesIn('100701')).toBeNull();
});

test('a village is found as written, with its kind, in another spelling or with a slip of the pen, in its district only', () => {
  expect(found('32.73.02', 'dago')).toBe('32.73.02.1004 exact');
  expect(found('32.73.02', 'Kel. Dago')).toBe('32.73.02.1004 exact');
  expect(found('32.73.02', 'Kelurahan Lebakgede')).toBe('32.73.02.1002 exact');
  expect(found('32.73.02', 'Tjipaganti')).toBe('32.73.02.1001 sound');
  expect(found('32.73.02', 'Sadang Sereng')).toBe('32.73.02.1003 near');
  expect(found('32.73.02', 'Menteng')).toBe('none');
  expect(found('31.74.07', 'Dago')).toBe('none');
});

test('a kelurahan and a desa of the same name say which they are', () => {
  expect(found('53.01.06', 'Kelurahan Oesao')).toBe('53.01.06.1004 exact');
  expect(found('53.01.06', 'desa oesao')).toBe('53.01.06.2015 exact');
  expect(found('53.01.06', 'Oesao')).toBe('ambiguous');
});
