import type { CustomerAddress } from '#app/modules/customers/rules/customer-record.ts';
import type { RegionMatch } from './rules/find-region.ts';
import { matchAddress } from './rules/match-region.ts';
import type { Region } from './rules/regions.ts';
import { readRegions } from './regions.server.ts';

/** A shop's customers live in few places: the same address is matched once. */
const ANSWERS_MAX = 20_000;
const answers = new Map<string, CustomerAddress>();

/**
 * The address with the codes of the province, city and district that it names, and with their official names in the
 * writing the text had. What is not known or could be two places keeps its text and gets no code; the street and the
 * postal code stay. Without a country, or in one without data, the address is given back as it is. Never throws.
 */
export function matchRegion(address: CustomerAddress): CustomerAddress {
  if (address.countryCode === null) return address;
  const { street, ...place } = address;
  const key = JSON.stringify(place);
  const known = answers.get(key);
  if (known) return { ...known, street };
  const matched = match(address);
  if (answers.size >= ANSWERS_MAX) answers.clear();
  answers.set(key, matched);
  return matched;
}

function match(address: CustomerAddress): CustomerAddress {
  const index = readRegions(address.countryCode ?? '');
  if (index === null) return address;
  const { province, city, district } = matchAddress(index, address);
  const isProvinceFree = province.kind !== 'found' && index.hasZones;
  const said = address.city ?? address.district ?? address.province;
  return {
    ...address,
    // Shopify's own code stands where we do not know it.
    provinceCode: codeOf(province) ?? (isProvinceFree ? address.provinceCode : null),
    province: nameOf(province, address.province, said),
    cityCode: codeOf(city),
    city: nameOf(city, address.city, said),
    districtCode: codeOf(district),
    district: nameOf(district, address.district, said),
  };
}

function codeOf(match: RegionMatch): string | null {
  return match.kind === 'found' ? match.region.code : null;
}

function nameOf(match: RegionMatch, text: string | null, said: string | null): string | null {
  return match.kind === 'found' ? nameInWriting(match.region, text ?? said) : text;
}

/** The local name for a text in that writing, otherwise the Latin one. */
function nameInWriting({ name, localName }: Region, text: string | null): string {
  return localName !== null && text !== null && !/\p{Script=Latin}/u.test(text) ? localName : name;
}
