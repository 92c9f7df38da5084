/** The template's form: what the formulas of its dependent lists choose, computed as a spreadsheet does. */
import { describe, expect, it } from 'vitest';
import { i18nFor } from '#app/i18n/i18n.ts';
import { sheetName, type Form } from '#app/integrations/excel/write-form.server.ts';
import { columnIndex } from '#app/lib/table-cells.ts';
import { readRegions } from '#app/modules/regions/regions.server.ts';
import { matchAddress } from '#app/modules/regions/rules/match-region.ts';
import { buildForm } from '#app/modules/workbooks/template/build-form.ts';

const FACTS = {
  locale: 'en',
  categories: ['Customer'],
  tiers: ['Silver'],
  asksSensitive: true,
  asksWeddingDate: true,
};
const formOf = (country: string): Form =>
  buildForm({ ...FACTS, country }, readRegions(country), '1', i18nFor('en').t);

/** `OFFSET(Lists!$C$2,MATCH(key,Lists!$B$2:$B$515,0)-1,0,COUNTIF(Lists!$B$2:$B$515,key),1)` for a key. */
function chosenBy(form: Form, header: string, key: string): string[] {
  const formula = form.sheets[0]!.columns.find((column) => column.header === header)?.choices ?? '';
  const [, from = '', keys = '', first, last] =
    /^OFFSET\(Lists!\$([A-Z]+)\$2,MATCH\(.+?,Lists!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+),0\)-1,0,COUNTIF\(.+\),1\)$/.exec(
      formula,
    ) ?? [];
  expect([first, Number(last) - 1]).toEqual([
    '2',
    form.sheets.at(-1)!.rows.filter((row) => row[columnIndex(keys)] !== null).length,
  ]);
  const rows = form.sheets.at(-1)!.rows;
  const parents = rows.map((row) => row[columnIndex(keys)]);
  const at = parents.indexOf(key);
  const count = parents.filter((parent) => parent === key).length;
  return rows.slice(at, at + count).map((row) => String(row[columnIndex(from)]));
}

describe.each(['ID', 'TH'])('%s', (country) => {
  const form = formOf(country);
  const index = readRegions(country)!;
  const name = (code: string, level: string) =>
    index.regions.find((region) => region.level === level && region.code === code)!.name;

  it('lists of each province its cities, and of each city its districts', () => {
    const sorted = (list: string[]) => list.toSorted();
    const provinces = index.regions.filter(({ level }) => level === 'province');
    for (const province of provinces.slice(0, 12)) {
      const cities = index.regions.filter(
        ({ level, parent }) => level === 'city' && parent === province.code,
      );
      expect(sorted(chosenBy(form, 'City', province.name))).toEqual(sorted(cities.map((city) => city.name)));
      for (const city of cities.slice(0, 3)) {
        const districts = index.regions.filter(
          ({ level, parent }) => level === 'district' && parent === city.code,
        );
        const path = `${name(province.code, 'province')} / ${city.name}`;
        expect(sorted(chosenBy(form, 'District', path))).toEqual(sorted(districts.map((each) => each.name)));
      }
    }
  });

  it('writes places as an import reads them', () => {
    const sheets = form.sheets.slice(2, -1);
    const links = form.sheets[1]!.rows.map(([cell]) => cell as { text: string; sheet: string });
    for (const { text: province, sheet } of links.filter((_, at) => at % 9 === 0)) {
      for (const [city, district] of sheets
        .find((each) => each.name === sheet)!
        .rows.filter((_, at) => at % 17 === 0)) {
        const none = { provinceCode: null, cityCode: null, districtCode: null, postalCode: null };
        const read = matchAddress(index, {
          ...none,
          province,
          city: String(city),
          district: String(district),
        });
        expect([city, read.province.kind, read.city.kind, read.district.kind]).toEqual([
          city,
          'found',
          'found',
          'found',
        ]);
      }
    }
  });

  it('has sheets that Excel can name, each once', () => {
    const names = form.sheets.map((sheet) => sheet.name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((each) => each.length > 31 || /[[\]:*?/\\']/.test(each))).toEqual([]);
  });
});

it('a country without regions has neither lists of them nor their sheets', () => {
  const form = formOf('XX');
  expect(form.sheets.map(({ name }) => name)).toEqual(['Customers', 'Lists']);
  expect(form.sheets[0]!.columns.find(({ header }) => header === 'City')?.choices).toBeUndefined();
});

it.each<[string, string[], string]>([
  ["Ko'h [1]: a/b", [], 'Ko h  1   a b'],
  ['Aceh', ['aceh', 'aceh 2'], 'Aceh 3'],
  ['x'.repeat(40), ['x'.repeat(31)], `${'x'.repeat(29)} 2`],
  ['***', [], '-'],
])('the sheet of %s beside %j is %s', (text, taken, name) => {
  expect(sheetName(text, new Set(taken))).toBe(name);
});

it('has a column for the village where addresses have one, typed', () => {
  const columnOf = (country: string) =>
    formOf(country).sheets[0]!.columns.find(({ header }) => header === 'Village (kelurahan)');
  expect(columnOf('ID')).toMatchObject({ help: expect.stringContaining('kelurahan') as string });
  expect(columnOf('ID')).not.toHaveProperty('choices');
  expect(columnOf('TH')).toBeUndefined();
});
