import { findRegion, NO_MATCH, type RegionMatch } from './find-region.ts';
import { nameWords } from './region-names.ts';
import { codeKey, provinceOf, regionAround, type Region, type RegionIndex } from './regions.ts';

/** An address as it was typed; with codes where the user chose from lists. */
export interface WrittenAddress {
  provinceCode: string | null;
  province: string | null;
  cityCode: string | null;
  city: string | null;
  districtCode: string | null;
  district: string | null;
  postalCode: string | null;
}

export interface MatchedAddress {
  province: RegionMatch;
  city: RegionMatch;
  district: RegionMatch;
}

/**
 * Indonesia's provinces created in 2022, by the province they were part of: Shopify and people still use the older
 * name.
 */
const PARTED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  ID: { PA: ['PS', 'PT', 'PE'], PB: ['PD'] },
};

/** Returns the province that a province of 2022 was part of; any other province is returned unchanged. */
export function formerProvince(country: string, code: string): string {
  const former = Object.entries(PARTED[country] ?? {}).find(([, parts]) => parts.includes(code));
  return former?.[0] ?? code;
}

const found = (region: Region, how: 'exact' | 'implied' = 'implied'): RegionMatch => ({
  kind: 'found',
  region,
  how,
});
const regionOf = (match: RegionMatch): Region | null => (match.kind === 'found' ? match.region : null);

/**
 * Matches the province, city and district that an address names. Each field is matched within what the fields around
 * it name; a field that says too little is settled by the others (district, postal code), or stays ambiguous or none.
 */
export function matchAddress(index: RegionIndex, address: WrittenAddress): MatchedAddress {
  const chosen = byCodes(index, address);
  const parts = splitCity(address);
  let province = chosen.province ?? findProvince(index, address, parts.province);
  let city = chosen.city ?? findCity(index, parts.city, province);
  if (city.kind === 'none' && province.kind === 'none') province = findExactly(index, parts.city);
  city = settleByPostalCode(index, city, address.postalCode);
  let district = chosen.district ?? findDistrict(index, address.district, province, city);
  if (district.kind === 'ambiguous') district = settleByPostalCode(index, district, address.postalCode);
  if (city.kind !== 'found') {
    const implied = impliedCity(index, { address, cityText: parts.city, province, city, district });
    city = implied.city;
    district = implied.district;
  }
  province = impliedProvince(index, province, city);
  if (city.kind !== 'found' && district.kind === 'found' && province.kind !== 'found') district = NO_MATCH;
  return { province, city, district };
}

/** Values chosen from lists are kept as long as their codes are consistent. */
function byCodes(
  index: RegionIndex,
  address: WrittenAddress,
): { province: RegionMatch | null; city: RegionMatch | null; district: RegionMatch | null } {
  const of = (level: Region['level'], code: string | null): Region | null =>
    code === null ? null : (index.byCode.get(codeKey(level, code)) ?? null);
  const province = of('province', address.provinceCode);
  const city = of('city', address.cityCode);
  const district = of('district', address.districtCode);
  const isCityInside = city !== null && (province === null || spans(index, province, city));
  const isDistrictInside = district !== null && isCityInside && district.parent === city.code;
  return {
    province: province === null ? null : found(province, 'exact'),
    city: isCityInside ? found(city, 'exact') : null,
    district: isDistrictInside ? found(district, 'exact') : null,
  };
}

/** "Bandung, Jawa Barat" in the city field: the last part may be the province. */
function splitCity({ city, province }: WrittenAddress): { city: string; province: string } {
  const parts = (city ?? '').split(/[,،;/]/).map((part) => part.trim());
  const [first = '', ...rest] = parts.filter((part) => part !== '');
  return { city: first, province: province?.trim() ? province : (rest.at(-1) ?? '') };
}

function findProvince(index: RegionIndex, address: WrittenAddress, text: string): RegionMatch {
  const everywhere = { isInside: () => true, isLenient: true };
  const byCode = address.provinceCode === null ? NO_MATCH : findExactly(index, address.provinceCode);
  if (byCode.kind === 'found') return byCode;
  const code = nameWords(text).join('').toUpperCase();
  const short = code.startsWith(index.country) ? code.slice(index.country.length) : code;
  const region =
    index.byCode.get(codeKey('province', short)) ?? index.byCode.get(codeKey('province', text.trim()));
  if (region && /^[A-Z0-9-]{1,6}$/.test(text.trim())) return found(region, 'exact');
  return findRegion(index, 'province', text, everywhere);
}

function findExactly(index: RegionIndex, text: string): RegionMatch {
  return findRegion(index, 'province', text, { isInside: () => true, isLenient: false });
}

/** Whether a region lies in a province, or in one that used to be part of it. */
function spans(index: RegionIndex, province: Region, region: Region): boolean {
  const own = provinceOf(index, region)?.code;
  if (own === undefined) return false;
  return own === province.code || (PARTED[index.country]?.[province.code] ?? []).includes(own);
}

function insideOf(index: RegionIndex, province: RegionMatch): (region: Region) => boolean {
  if (province.kind === 'found') return (region) => spans(index, province.region, region);
  if (province.kind === 'ambiguous')
    return (region) => province.candidates.some((one) => spans(index, one, region));
  return () => true;
}

function findCity(index: RegionIndex, text: string, province: RegionMatch): RegionMatch {
  return findRegion(index, 'city', text, { isInside: insideOf(index, province), isLenient: true });
}

function findDistrict(
  index: RegionIndex,
  text: string | null,
  province: RegionMatch,
  city: RegionMatch,
): RegionMatch {
  if (city.kind === 'found') {
    return findRegion(index, 'district', text ?? '', {
      isInside: (region) => region.parent === city.region.code,
      isLenient: true,
    });
  }
  if (city.kind === 'ambiguous') {
    const codes = new Set(city.candidates.map(({ code }) => code));
    const isInside = (region: Region): boolean => region.parent !== null && codes.has(region.parent);
    return findRegion(index, 'district', text ?? '', { isInside, isLenient: false });
  }
  // District names repeat all over a country.
  if (province.kind !== 'found') return NO_MATCH;
  return findRegion(index, 'district', text ?? '', { isInside: insideOf(index, province), isLenient: false });
}

/** Narrows several candidates to the one with this postal code; unchanged when the postal code doesn't decide. */
function settleByPostalCode(index: RegionIndex, match: RegionMatch, postalCode: string | null): RegionMatch {
  if (match.kind !== 'ambiguous' || !postalCode?.trim()) return match;
  const having = match.candidates.filter(({ postalCodes }) => postalCodes.includes(postalCode.trim()));
  const [only, ...others] = having;
  return only !== undefined && others.length === 0 ? found(only) : match;
}

interface Open {
  address: WrittenAddress;
  cityText: string;
  province: RegionMatch;
  city: RegionMatch;
  district: RegionMatch;
}

/**
 * Returns the city if the other fields leave no doubt about it: its district, a district in its field, or the postal
 * code.
 */
function impliedCity(index: RegionIndex, open: Open): Pick<MatchedAddress, 'city' | 'district'> {
  const { address, cityText, province, city, district } = open;
  const around = district.kind === 'found' ? regionAround(index, district.region) : null;
  if (around !== null) return { city: found(around), district };
  if (city.kind === 'none' && province.kind === 'found' && cityText !== '' && !address.district?.trim()) {
    const inField = findDistrict(index, cityText, province, NO_MATCH);
    const own = inField.kind === 'found' ? regionAround(index, inField.region) : null;
    if (own !== null) return { city: found(own), district: inField };
  }
  const isCityOpen =
    cityText === '' || regionOf(findProvince(index, address, cityText)) === regionOf(province);
  const postalCode = address.postalCode?.trim() ?? '';
  if (city.kind === 'none' && isCityOpen && postalCode !== '') {
    const inside = insideOf(index, province);
    const having = index.regions.filter(
      (region) => region.level === 'city' && region.postalCodes.includes(postalCode) && inside(region),
    );
    const [only, ...others] = having;
    if (only !== undefined && others.length === 0) {
      return { city: found(only), district: findDistrict(index, address.district, province, found(only)) };
    }
  }
  return { city, district: district.kind === 'found' ? NO_MATCH : district };
}

/** Returns the province around the city, or the one around all cities it could be. */
function impliedProvince(index: RegionIndex, province: RegionMatch, city: RegionMatch): RegionMatch {
  const cities = city.kind === 'found' ? [city.region] : city.kind === 'ambiguous' ? city.candidates : [];
  const around = new Set(cities.map((one) => regionAround(index, one)));
  const [only] = around;
  if (around.size !== 1 || !only) return province;
  return regionOf(province) === only ? province : found(only);
}
