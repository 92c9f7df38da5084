/** What is written of a customer to Shopify's metafields comes back as it was. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CUSTOMER_METAFIELDS,
  decodeMetafields,
  encodeMetafields,
  METAFIELD_NAMES,
  type MetafieldValues,
} from '#app/modules/customers/rules/metafields.ts';
import { GENDERS, HOUSINGS, SOCIAL_NETWORKS } from '#app/modules/customers/rules/customer-record.ts';

const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const VALUES: fc.Arbitrary<MetafieldValues> = fc.record({
  gender: nullable(fc.constantFrom(...GENDERS)),
  birthDate: nullable(day),
  weddingDate: nullable(day),
  housing: nullable(fc.constantFrom(...HOUSINGS)),
  weightGrams: nullable(fc.integer({ min: 1, max: 500_000 })),
  heightMm: nullable(fc.integer({ min: 1, max: 3_000 })),
  interests: fc.array(text, { maxLength: 20 }),
  social: fc.dictionary(fc.constantFrom(...SOCIAL_NETWORKS), text, { noNullPrototype: true }),
  district: nullable(text),
});

test('every record comes back as it was written', () => {
  fc.assert(
    fc.property(VALUES, (values) => {
      const { set, clear } = encodeMetafields(values);
      expect(set.length + clear.length).toBe(METAFIELD_NAMES.length);
      expect(decodeMetafields(set)).toEqual(values);
    }),
  );
});

test('fields that are not given are neither written nor cleared', () => {
  fc.assert(
    fc.property(VALUES, fc.subarray([...METAFIELD_NAMES]), (values, names) => {
      const given = Object.fromEntries(
        Object.entries(values).filter(([name]) => names.some((n) => n === name)),
      );
      const { set, clear } = encodeMetafields(given);
      const keys = names.map((name) => CUSTOMER_METAFIELDS[name].key);
      expect([...set.map(({ key }) => key), ...clear].toSorted()).toEqual(keys.toSorted());
    }),
  );
});

test('whatever another hand wrote is read as nothing or as something valid, never an error', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const read = decodeMetafields(
        METAFIELD_NAMES.map((name) => ({ key: CUSTOMER_METAFIELDS[name].key, value })),
      );
      expect(read.gender === null || GENDERS.includes(read.gender)).toBe(true);
      expect(read.interests.every((interest) => typeof interest === 'string')).toBe(true);
      expect(read.weightGrams === null || Number.isSafeInteger(read.weightGrams)).toBe(true);
    }),
  );
  expect(decodeMetafields([{ key: 'weight_kg', value: '62.5' }])).toMatchObject({ weightGrams: 62_500 });
  expect(decodeMetafields([{ key: 'height_cm', value: '171' }])).toMatchObject({ heightMm: 1_710 });
});
