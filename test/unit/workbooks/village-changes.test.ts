/** What a row's village does to the address that a customer has. */
import { expect, test } from 'vitest';
import { EMPTY_RECORD } from '#app/modules/crm/form/form-values.ts';
import { readRegions } from '#app/modules/regions/regions.server.ts';
import type { ImportField, RowValues } from '#app/modules/workbooks/rules/import-fields.ts';
import { changesOfRow } from '#app/modules/workbooks/rules/row-changes.ts';

const COBLONG = {
  countryCode: 'ID',
  provinceCode: 'JB',
  province: 'Jawa Barat',
  cityCode: '32.73',
  city: 'Kota Bandung',
  districtCode: '32.73.02',
  district: 'Coblong',
  villageCode: null,
  village: null,
  postalCode: '40135',
  street: 'Jl. Dago 1',
};
const DAGO = { villageCode: '32.73.02.1004', village: 'Dago' };

function addressAfter(known: Partial<typeof DAGO>, values: RowValues, emptyCells: 'keep' | 'clear' = 'keep') {
  const person = {
    record: { ...EMPTY_RECORD, address: { ...COBLONG, ...known } },
    categoryId: null,
    tierId: null,
    personDiscountBp: null,
    nationalIdHash: null,
    tags: [],
  };
  return changesOfRow(values, person, {
    country: 'ID',
    regionsOf: readRegions,
    mapped: new Set<ImportField>(['village']),
    hashNationalId: () => [],
    allowsDiscount: () => true,
    emptyCells,
  }).fields.address;
}

test('who gets a village keeps the street; who moves to another village does not', () => {
  expect(addressAfter({}, { village: '32.73.02.1004' })).toEqual({ ...COBLONG, ...DAGO });
  expect(addressAfter(DAGO, { village: '32.73.02.1005' })).toEqual({
    ...COBLONG,
    villageCode: '32.73.02.1005',
    village: 'Sekeloa',
    postalCode: null,
    street: null,
  });
  expect(addressAfter(DAGO, { village: '32.73.02.1004' })).toBeUndefined();
});

test('another district takes the village along, an empty cell takes it only where it is asked to', () => {
  expect(addressAfter(DAGO, { district: '32.73.07' })).toMatchObject({
    district: 'Sukajadi',
    villageCode: null,
    village: null,
  });
  expect(addressAfter(DAGO, {})).toBeUndefined();
  expect(addressAfter(DAGO, {}, 'clear')).toEqual(COBLONG);
});
