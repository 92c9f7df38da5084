/** 200 and more addresses as people write them, each with the codes that are right (F13). */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RegionMatch } from '#app/modules/regions/rules/find-region.ts';
import { matchAddress } from '#app/modules/regions/rules/match-region.ts';
import { indexOf } from '../../support/regions.ts';

const TABLE = path.resolve(import.meta.dirname, '../../fixtures/region-spellings.txt');
const orNull = (text: string | undefined): string | null =>
  text === undefined || text === '-' ? null : text;

const cases = fs
  .readFileSync(TABLE, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [written = '', expected = ''] = line.split(' => ');
    const [country = '', city, province, district, postalCode] = written
      .split(' | ')
      .map((one) => one.trim());
    return { written, country, city, province, district, postalCode, expected };
  });

const codeOf = (match: RegionMatch): string => (match.kind === 'found' ? match.region.code : '-');

describe('addresses as they are written', () => {
  it('has a table worth the name', () => {
    expect(cases.length).toBeGreaterThanOrEqual(200);
  });

  it.each(cases)('$written', ({ country, city, province, district, postalCode, expected }) => {
    const found = matchAddress(indexOf(country), {
      provinceCode: null,
      province: orNull(province),
      cityCode: null,
      city: orNull(city),
      districtCode: null,
      district: orNull(district),
      postalCode: orNull(postalCode),
    });
    expect([found.province, found.city, found.district].map(codeOf).join(' ')).toBe(expected);
  });
});
