import { LRUCache } from 'lru-cache';
import type { CustomerAddress } from './rules/address.ts';
import type { RegionMatch } from './rules/find-region.ts';
import { matchAddress } from './rules/match-region.ts';
import type { Region } from './rules/regions.ts';
import { readRegions } from './regions.server.ts';

/** A shop's customers live in few places, so the same address is matched only once. */
const ANSWERS_MAX = 20_000;
const answers = new LRUCache<string, CustomerAddress>({ max: ANSWERS_MAX });

/**
 * Returns the address with the codes of the province, city and district that it names, and with their official names
 * in the script the text was written in. Unknown or ambiguous fields keep their text and get no code; street and
 * postal code are left unchanged. Without a country, or in one without data, the address is returned unchanged. Never
 * throws.
 */
export function matchRegion(address: CustomerAddress): CustomerAddress {
  if (address.countryCode === null) return address;
  const { street, ...place } = address;
  const key = JSON.stringify(place);
  const known = answers.get(key);
  if (known) return { ...known, street };
  const matched = match(address);
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
    // We don't know this province, so Shopify's own code is used.
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

/** Returns the local name for a text in that script, otherwise the Latin one. */
function nameInWriting({ name, localName }: Region, text: string | null): string {
  return localName !== null && text !== null && !/\p{Script=Latin}/u.test(text) ? localName : name;
}
