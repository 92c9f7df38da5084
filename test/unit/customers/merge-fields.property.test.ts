/** The later wins, field by field, in whatever order it is heard of. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { NO_ADDRESS } from '#app/modules/regions/rules/address.ts';
import { packTimes, unpackTimes } from '#app/modules/customers/rules/field-times.ts';
import {
  mergeRecord,
  RECORD_FIELDS,
  textOfField,
  type KnownRecord,
} from '#app/modules/customers/rules/merge-fields.ts';

const NOBODY: KnownRecord = {
  record: {
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    gender: null,
    birthDate: null,
    weddingDate: null,
    housing: null,
    weightGrams: null,
    heightMm: null,
    interests: [],
    social: {},
    address: null,
    note: null,
    smsConsent: null,
    emailConsent: null,
  },
  times: {},
};

const text = fc.option(fc.constantFrom('Siti', 'Sari', 'Somchai'), { nil: null });
const fields: fc.Arbitrary<Partial<CustomerRecord>> = fc.record(
  {
    firstName: text,
    note: text,
    gender: fc.constantFrom('female' as const, 'male' as const, null),
    interests: fc.subarray(['kopi', 'teh', 'batik']),
    social: fc.constantFrom({}, { instagram: 'siti' }, { line: 'siti', x: 's' }),
    weightGrams: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
    address: fc.constantFrom(null, { ...NO_ADDRESS, city: 'Bandung', district: 'Coblong' }),
  },
  { requiredKeys: [] },
);
/** Moments are all different: of two at the same one, the one that is heard last wins. */
const said = fc.uniqueArray(fc.record({ atMs: fc.integer({ min: 1, max: 1_000 }), fields }), {
  selector: ({ atMs }) => atMs,
  maxLength: 12,
});

function hear(said: readonly { atMs: number; fields: Partial<CustomerRecord> }[]): KnownRecord {
  return said.reduce<KnownRecord>((known, { atMs, fields }) => mergeRecord(known, atMs, fields), NOBODY);
}

test('each field ends with its latest value, in any order and with duplicates', () => {
  fc.assert(
    fc.property(
      said.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
      ),
      ([all, heard]) => {
        const { record } = hear(heard);
        for (const field of RECORD_FIELDS) {
          const last = all
            .filter((one) => one.fields[field] !== undefined)
            .toSorted((a, b) => b.atMs - a.atMs)[0];
          expect(textOfField(field, record)).toBe(textOfField(field, last?.fields ?? NOBODY.record));
        }
      },
    ),
  );
});

test('a change is returned with both values, and whether it won', () => {
  const known = mergeRecord(NOBODY, 100, { firstName: 'Siti', note: null });
  expect(known.changes).toEqual([{ field: 'firstName', before: null, after: 'Siti', isKept: true }]);
  expect(mergeRecord(known, 50, { firstName: 'Sari' }).changes).toEqual([
    { field: 'firstName', before: 'Siti', after: 'Sari', isKept: false },
  ]);
  expect(mergeRecord(known, 150, { firstName: 'Siti' }).changes).toEqual([]);
  // The same name once more: what was said in between comes too late now.
  expect(
    mergeRecord(mergeRecord(known, 150, { firstName: 'Siti' }), 120, { firstName: 'Sari' }),
  ).toMatchObject({
    record: { firstName: 'Siti' },
    changes: [{ isKept: false }],
  });
});

test('an address of Shopify, which knows no district, does not take ours away', () => {
  const shopifys = { ...NO_ADDRESS, countryCode: 'ID', city: 'Bandung', street: 'Jl. Dago 1' };
  const ours = { ...shopifys, cityCode: '32.73', district: 'Coblong', districtCode: '32.73.02' };
  const known = mergeRecord(NOBODY, 100, { address: ours });
  expect(mergeRecord(known, 200, { address: shopifys })).toMatchObject({
    changes: [],
    record: { address: ours },
  });
  const moved = { ...shopifys, city: 'Cimahi' };
  expect(mergeRecord(known, 200, { address: moved }).record.address).toEqual(moved);
  expect(mergeRecord(known, 200, { address: { ...ours, district: 'Sukajadi' } }).changes).toHaveLength(1);
});

test('the village stays in its district while Shopify, which knows none, speaks; the form and files can empty it', () => {
  const shopifys = { ...NO_ADDRESS, countryCode: 'ID', city: 'Bandung', street: 'Jl. Dago 1' };
  const district = { cityCode: '32.73', district: 'Coblong', districtCode: '32.73.02' };
  const village = { village: 'Dago', villageCode: '32.73.02.1004' };
  const ours = { ...shopifys, ...district, ...village };
  const known = mergeRecord(NOBODY, 100, { address: ours });
  const after = (address: typeof NO_ADDRESS) => mergeRecord(known, 200, { address });
  // As webhooks say it, then as a sync does, which has the district from a metafield.
  expect(after(shopifys)).toMatchObject({ changes: [], record: { address: ours } });
  expect(after({ ...shopifys, ...district })).toMatchObject({ changes: [], record: { address: ours } });
  const street = { ...shopifys, ...district, street: 'Jl. Dago 2' };
  expect(after(street).record.address).toEqual({ ...street, ...village });
  const sukajadi = { ...street, district: 'Sukajadi', districtCode: '32.73.07' };
  expect(after(sukajadi).record.address).toEqual(sukajadi);
  expect(after({ ...shopifys, city: 'Cimahi' }).record.address?.village).toBeUndefined();
  // Said by the form: another one, none, and no district either.
  const none = { village: null, villageCode: null };
  expect(after({ ...ours, ...none })).toMatchObject({
    record: { address: { district: 'Coblong', ...none } },
    changes: [
      { before: 'Jl. Dago 1, Dago, Coblong, Bandung, ID', after: 'Jl. Dago 1, Coblong, Bandung, ID' },
    ],
  });
  expect(after({ ...shopifys, cityCode: '32.73', ...none }).record.address).toMatchObject({ district: null });
  expect(after(ours).changes).toEqual([]);
});

test('moments are stored packed and read back the same', () => {
  const times = fc
    .dictionary(fc.constantFrom(...RECORD_FIELDS), fc.constantFrom(1, 2, 1_763_770_000_000))
    .map((some) => ({ ...some }));
  fc.assert(
    fc.property(times, (some) => {
      expect(unpackTimes(JSON.parse(JSON.stringify(packTimes(some))))).toEqual(some);
    }),
  );
  const all = Object.fromEntries(RECORD_FIELDS.map((field) => [field, 7]));
  expect(packTimes(all)).toEqual({ '*': 7 });
  expect(unpackTimes(null)).toEqual({});
});
