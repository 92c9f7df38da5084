import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '#app/modules/regions/rules/edit-distance.ts';
import type { RegionMatch } from '#app/modules/regions/rules/find-region.ts';
import { matchAddress, type WrittenAddress } from '#app/modules/regions/rules/match-region.ts';
import { provinceOf, regionAround, type Region } from '#app/modules/regions/rules/regions.ts';
import { searchRegions } from '#app/modules/regions/rules/search-regions.ts';
import { indexOf } from '../../support/regions.ts';

const NOTHING: WrittenAddress = {
  provinceCode: null,
  province: null,
  cityCode: null,
  city: null,
  districtCode: null,
  district: null,
  postalCode: null,
};

/** Villages are sought in their district only: villages.test.ts. */
type MatchedLevel = Exclude<Region['level'], 'village'>;
const isMatched = (region: Region): region is Region & { level: MatchedLevel } => region.level !== 'village';

/** What people put before and behind the name of a level, in each country. */
const AROUND: Record<string, Record<MatchedLevel, readonly [string[], string[]]>> = {
  ID: {
    province: [
      ['', 'Prov. ', 'Provinsi ', 'PROPINSI '],
      ['', ' Province'],
    ],
    city: [[''], ['', ' ']],
    district: [['', 'Kec. ', 'Kecamatan ', 'KEC '], ['']],
  },
  TH: {
    province: [
      ['', 'จ.', 'จังหวัด', 'Changwat '],
      ['', ' Province'],
    ],
    city: [
      ['', 'อ.', 'อำเภอ', 'เขต', 'Amphoe ', 'Khet '],
      ['', ' District'],
    ],
    district: [['', 'ต.', 'ตำบล', 'แขวง', 'Tambon ', 'Khwaeng '], ['']],
  },
  IR: {
    province: [
      ['', 'استان ', 'Ostan-e '],
      ['', ' Province'],
    ],
    city: [
      ['', 'شهر ', 'شهرستان '],
      ['', ' City'],
    ],
    district: [[''], ['']],
  },
};

const isThai = (text: string): boolean => /\p{Script=Thai}/u.test(text);
const isArabic = (text: string): boolean => /\p{Script=Arabic}/u.test(text);
/** A Thai word comes before a Thai name, not before a Latin one. */
const fits = (affix: string, name: string): boolean =>
  affix.trim() === '' || (isThai(affix) === isThai(name) && isArabic(affix) === isArabic(name));

const written = fc
  .constantFrom('ID', 'TH', 'IR')
  .chain((country) =>
    fc.record({
      country: fc.constant(country),
      region: fc.constantFrom(...indexOf(country).regions.filter(isMatched)),
      isLocal: fc.boolean(),
      style: fc.constantFrom('as is', 'upper', 'lower', 'spaced', 'dotted'),
      before: fc.nat(10),
      behind: fc.nat(10),
    }),
  )
  .map(({ country, region, isLocal, style, before, behind }) => {
    const name = isLocal ? (region.localName ?? region.name) : region.name;
    const [prefixes, suffixes] = AROUND[country]?.[region.level] ?? [[''], ['']];
    const prefix = prefixes.filter((one) => fits(one, name));
    const suffix = suffixes.filter((one) => fits(one, name));
    const whole = `${prefix[before % prefix.length]}${name}${suffix[behind % suffix.length]}`;
    return { country, region, text: inStyle(whole, style) };
  });

function inStyle(text: string, style: string): string {
  if (style === 'upper') return text.toUpperCase();
  if (style === 'lower') return text.toLowerCase();
  if (style === 'spaced') return `  ${text.replaceAll(' ', '  ')} `;
  return style === 'dotted' ? text.replaceAll(' ', '. ') : text;
}

/** The address that names a region by a text and what is around it by its official names. */
function addressOf(country: string, region: Region, text: string): WrittenAddress {
  const index = indexOf(country);
  const address = { ...NOTHING, [region.level]: text };
  if (region.level === 'province') return address;
  const province = provinceOf(index, region)?.name ?? null;
  const city = region.level === 'district' ? (regionAround(index, region)?.name ?? null) : text;
  return { ...address, province, city };
}

const names = (match: RegionMatch): string[] => {
  if (match.kind === 'found') return [match.region.code];
  return match.kind === 'ambiguous' ? match.candidates.map(({ code }) => code) : [];
};

describe('matching', () => {
  it('finds every official name, in any case, with any word around it, and never another one', () => {
    fc.assert(
      fc.property(written, ({ country, region, text }) => {
        const match = matchAddress(indexOf(country), addressOf(country, region, text))[region.level];
        expect(names(match)).toContain(region.code);
      }),
      { numRuns: 1500 },
    );
  });

  it('keeps what was chosen from the lists, whatever the texts say', () => {
    const index = indexOf('ID');
    const chosen = {
      ...NOTHING,
      provinceCode: 'JB',
      cityCode: '32.73',
      city: 'Bandung',
      district: 'Coblong',
    };
    const found = matchAddress(index, chosen);
    expect([found.province, found.city, found.district].map(names)).toEqual([
      ['JB'],
      ['32.73'],
      ['32.73.02'],
    ]);
  });

  it('drops a city code that does not lie in the province', () => {
    const found = matchAddress(indexOf('ID'), { ...NOTHING, provinceCode: 'JI', cityCode: '32.73' });
    expect([found.province, found.city].map(names)).toEqual([['JI'], []]);
  });

  it('gives no district without its city', () => {
    const found = matchAddress(indexOf('ID'), { ...NOTHING, district: 'Menteng' });
    expect(names(found.district)).toEqual([]);
  });

  it('never throws, whatever is written', () => {
    const text = fc.option(
      fc.oneof(fc.string({ maxLength: 200 }), fc.constantFrom('Kota', 'จ.', 'شهر', ',,,')),
    );
    const any = fc.record({
      provinceCode: text,
      province: text,
      cityCode: text,
      city: text,
      districtCode: text,
      district: text,
      postalCode: text,
    });
    fc.assert(
      fc.property(any, fc.constantFrom('ID', 'TH', 'IR', 'US'), (address, country) => {
        expect(() => matchAddress(indexOf(country), address)).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });
});

describe('choices', () => {
  const search = { parent: null, query: '', limit: 100 };

  it('lists what lies in the parent, by name', () => {
    const { regions } = searchRegions(indexOf('ID'), { ...search, level: 'district', parent: '32.73' });
    expect(regions).toHaveLength(30);
    expect(regions.every(({ parent }) => parent === '32.73')).toBe(true);
    expect(regions.map(({ name }) => name)).toEqual(regions.map(({ name }) => name).sort());
  });

  it('finds by either writing, by a part and by an abbreviation; what begins so comes first', () => {
    const first = (country: string, level: Region['level'], query: string): string | undefined =>
      searchRegions(indexOf(country), { ...search, level, query }).regions[0]?.name;
    expect(first('TH', 'province', 'เชียงใ')).toBe('Chiang Mai');
    expect(first('TH', 'city', 'หัวหิน')).toBe('Hua Hin');
    expect(first('ID', 'city', 'jaksel')).toBe('Kota Jakarta Selatan');
    expect(first('ID', 'city', 'sleman')).toBe('Kabupaten Sleman');
    expect(first('ID', 'province', 'papua')).toBe('Papua');
  });

  it('lists no districts of a whole country, and says when it lists not all', () => {
    expect(searchRegions(indexOf('ID'), { ...search, level: 'district' }).regions).toEqual([]);
    expect(searchRegions(indexOf('ID'), { ...search, level: 'city', limit: 10 })).toMatchObject({
      isCut: true,
    });
  });
});

describe('edit distance', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });

  it('is none for the same, the same both ways, and at most the longer length', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, one, 9)).toBe(0);
        expect(editDistance(one, other, 9)).toBe(editDistance(other, one, 9));
        for (const limit of [0, 1, 2, 3])
          expect(editDistance(one, other, limit)).toBe(Math.min(editDistance(one, other, 9), limit + 1));
        expect(editDistance(one, other, 9)).toBeLessThanOrEqual(Math.max(one.length, other.length));
      }),
    );
  });

  it('counts a change, an addition, a loss and a swap as one, and stops at the limit', () => {
    expect(
      ['surabaya', 'surbaya', 'surabayaa', 'surabyaa', 'surabaja'].map((one) =>
        editDistance(one, 'surabaya', 2),
      ),
    ).toEqual([0, 1, 1, 1, 1]);
    expect(editDistance('medan', 'manado', 1)).toBe(2);
  });
});
