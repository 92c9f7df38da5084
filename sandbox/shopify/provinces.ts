/** Provinces by Shopify's code, of the countries of the demo's shops. */
const PROVINCES: Record<string, Record<string, string>> = {
  ID: {
    AC: 'Aceh',
    BA: 'Bali',
    BB: 'Kepulauan Bangka Belitung',
    BT: 'Banten',
    BE: 'Bengkulu',
    GO: 'Gorontalo',
    JK: 'DKI Jakarta',
    JA: 'Jambi',
    JB: 'Jawa Barat',
    JT: 'Jawa Tengah',
    JI: 'Jawa Timur',
    KB: 'Kalimantan Barat',
    KS: 'Kalimantan Selatan',
    KT: 'Kalimantan Tengah',
    KI: 'Kalimantan Timur',
    KU: 'Kalimantan Utara',
    KR: 'Kepulauan Riau',
    LA: 'Lampung',
    MA: 'Maluku',
    MU: 'Maluku Utara',
    NB: 'Nusa Tenggara Barat',
    NT: 'Nusa Tenggara Timur',
    PA: 'Papua',
    PB: 'Papua Barat',
    RI: 'Riau',
    SR: 'Sulawesi Barat',
    SN: 'Sulawesi Selatan',
    ST: 'Sulawesi Tengah',
    SG: 'Sulawesi Tenggara',
    SA: 'Sulawesi Utara',
    SB: 'Sumatera Barat',
    SS: 'Sumatera Selatan',
    SU: 'Sumatera Utara',
    YO: 'Yogyakarta',
  },
  US: {
    CA: 'California',
    FL: 'Florida',
    IL: 'Illinois',
    MA: 'Massachusetts',
    NJ: 'New Jersey',
    NY: 'New York',
    PA: 'Pennsylvania',
    TX: 'Texas',
    WA: 'Washington',
  },
};

/** Returns the name of a province; the code itself in a country that isn't listed, and null for an unknown code. */
export function provinceName(countryCode: string, provinceCode: string): string | null {
  const known = PROVINCES[countryCode];
  return known ? (known[provinceCode] ?? null) : provinceCode;
}

const COUNTRY_NAMES = new Intl.DisplayNames(['en'], { type: 'region' });

/** The English name of a country, as Shopify writes it in addresses. */
export function countryName(countryCode: string): string {
  return COUNTRY_NAMES.of(countryCode) ?? countryCode;
}
