import { describe, expect, it } from 'vitest';
import { NO_ADDRESS, type CustomerAddress } from '#app/modules/regions/rules/address.ts';
import { matchRegion } from '#app/modules/regions/match-region.server.ts';
import { toShopifyAddress } from '#app/modules/regions/to-shopify-address.server.ts';
import { readCountries, readRegions } from '#app/modules/regions/regions.server.ts';

const address = (fields: Partial<CustomerAddress>): CustomerAddress => ({ ...NO_ADDRESS, ...fields });

describe('the codes of an address', () => {
  it('fills codes and official names, and leaves street and postal code', () => {
    const written = address({
      countryCode: 'ID',
      provinceCode: 'JK',
      province: 'Jakarta',
      city: 'Jaksel',
      district: 'kebayoran baru',
      postalCode: '12110',
      street: 'Jl. Senopati 1',
    });
    expect(matchRegion(written)).toEqual({
      ...written,
      province: 'DKI Jakarta',
      cityCode: '31.74',
      city: 'Kota Jakarta Selatan',
      districtCode: '31.74.07',
      district: 'Kebayoran Baru',
    });
    expect(matchRegion({ ...written, street: 'Jl. Wijaya 2' }).street).toBe('Jl. Wijaya 2');
  });

  it('names places in the writing of the text', () => {
    const thai = matchRegion(address({ countryCode: 'TH', province: 'กทม', city: 'เขตบางรัก' }));
    expect([thai.province, thai.city]).toEqual(['กรุงเทพมหานคร', 'บางรัก']);
    const latin = matchRegion(address({ countryCode: 'TH', province: 'BKK', city: 'Bangrak' }));
    expect([latin.province, latin.city]).toEqual(['Bangkok', 'Bang Rak']);
  });

  it('gives what could be two places no code, and takes one away that no longer fits', () => {
    const stale = address({
      countryCode: 'ID',
      province: 'Jawa Barat',
      city: 'Bandung',
      districtCode: '31.74.07',
    });
    expect(matchRegion(stale)).toMatchObject({
      provinceCode: 'JB',
      cityCode: null,
      city: 'Bandung',
      districtCode: null,
    });
  });

  it('says the same again of its own answer', () => {
    const first = matchRegion(address({ countryCode: 'ID', province: 'DIY', city: 'Jogja' }));
    expect(matchRegion(first)).toEqual(first);
    const fromTexts = { ...first, provinceCode: null, cityCode: null };
    expect(matchRegion(fromTexts)).toEqual(first);
  });

  it('gives back what it knows nothing of', () => {
    const nowhere = address({ city: 'Bandung' });
    expect(matchRegion(nowhere)).toEqual(nowhere);
    const unknown = address({ countryCode: 'ZZ', city: 'Bandung' });
    expect(matchRegion(unknown)).toEqual(unknown);
    const zone = address({ countryCode: 'US', provinceCode: 'QQ', province: 'Somewhere' });
    expect(matchRegion(zone)).toEqual(zone);
  });

  it('gives Shopify the provinces that its addresses have', () => {
    const zone = (countryCode: string, provinceCode: string) =>
      toShopifyAddress(address({ countryCode, provinceCode })).provinceCode;
    expect(zone('ID', 'PS')).toBe('PA');
    expect(zone('ID', 'PD')).toBe('PB');
    expect(zone('ID', 'JB')).toBe('JB');
    expect(zone('TH', 'TH-10')).toBe('TH-10');
    expect(zone('IR', '23')).toBeNull();
    expect(zone('AQ', 'X')).toBe('X');
  });

  it('reads no file but those of countries', () => {
    expect(readRegions('../ID')).toBeNull();
    expect(readRegions('id')).toBeNull();
    expect(readCountries()).toContain('ID');
  });
});
