/** In which time zones a recipient may be. */
import { AREA_ZONES, PROVINCE_ZONES } from './zone-tables.ts';

const NORTH_AMERICA = new Set(['US', 'CA']);
const AREA_CODE = /^\+1(\d{3})/;

export interface Whereabouts {
  /** E.164. */
  phone: string;
  /** Of the number. */
  country: string;
  /** Of the address. */
  addressCountry: string | null;
  provinceCode: string | null;
}

/**
 * By the address's province where its country is the number's, else by the area code. Null where neither tells: then the
 * recipient may be in any zone of the country.
 */
export function recipientZones(of: Whereabouts): readonly string[] | null {
  const { phone, country, addressCountry, provinceCode } = of;
  const byProvince =
    addressCountry === country && provinceCode !== null
      ? PROVINCE_ZONES.get(country)?.get(provinceCode)
      : undefined;
  if (byProvince) return byProvince;
  const [, area] = NORTH_AMERICA.has(country) ? (AREA_CODE.exec(phone) ?? []) : [];
  return (area !== undefined && AREA_ZONES.get(area)) || null;
}

/** Every time zone of a country; all of them must allow a message whose recipient may be in any. */
export function zonesOfCountry(country: string): string[] {
  const zones = new Intl.Locale('und', { region: country }).getTimeZones();
  return zones && zones.length > 0 ? zones : ['UTC'];
}

/** The zones of a stored message: its own, or all of its country's. */
export function zonesOf({ zones, country }: { zones: string | null; country: string }): string[] {
  return zones === null ? zonesOfCountry(country) : zones.split(',');
}
