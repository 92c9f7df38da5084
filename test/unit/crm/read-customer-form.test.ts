/** The form of a customer: what it says, read back from what it shows; names of accounts however they are copied. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_RECORD, NO_OWN_FIELDS, valuesOf } from '#app/modules/crm/form/form-values.ts';
import { readCustomerForm } from '#app/modules/crm/form/read-customer-form.ts';
import { readHandle } from '#app/modules/crm/form/rules/social-handle.ts';
import { GENDERS, HOUSINGS, type CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { NO_ADDRESS } from '#app/modules/regions/rules/address.ts';

const CONTEXT = { today: '2026-11-22', country: 'ID' };
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const text = fc.stringMatching(/^[\p{L}0-9][\p{L}0-9 .'-]{0,20}[\p{L}0-9]$/u);
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-11-22'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const RECORDS: fc.Arbitrary<Partial<CustomerRecord>> = fc.record(
  {
    firstName: nullable(text),
    lastName: nullable(text),
    email: nullable(fc.constantFrom('a@example.com', 'siti.r@example.co.id')),
    phone: nullable(fc.constantFrom('+6281234567801', '+12125550142')),
    gender: nullable(fc.constantFrom(...GENDERS)),
    birthDate: nullable(day),
    weddingDate: nullable(day),
    housing: nullable(fc.constantFrom(...HOUSINGS)),
    weightGrams: nullable(fc.integer({ min: 1, max: 500_000 })),
    heightMm: nullable(fc.integer({ min: 1, max: 3_000 })),
    interests: fc.uniqueArray(text, { maxLength: 20, selector: (each) => each.toLowerCase() }),
    social: fc.constantFrom({}, { instagram: 'siti.r', line: '@tokoku', whatsapp: '+6281234567801' }),
    address: nullable(
      fc
        .record({ city: text, village: nullable(text), villageCode: nullable(text), street: text })
        .map((place) => ({ ...NO_ADDRESS, countryCode: 'ID', ...place })),
    ),
    note: nullable(text),
  },
  { requiredKeys: [] },
);

describe('readCustomerForm', () => {
  test.each(['en', 'id'])('what a form shows in %s is what it says, field by field', (locale) => {
    fc.assert(
      fc.property(RECORDS, RECORDS, (before, change) => {
        const loaded = valuesOf({ ...EMPTY_RECORD, ...before }, NO_OWN_FIELDS, locale);
        const wanted = { ...EMPTY_RECORD, ...before, ...change };
        const values = valuesOf(wanted, NO_OWN_FIELDS, locale);
        const form = readCustomerForm({ ...values, loaded: JSON.stringify(loaded) }, CONTEXT);
        expect(form).toMatchObject({ ok: true });
        const fields = form.ok ? form.draft.fields : {};
        expect({ ...EMPTY_RECORD, ...before, ...fields }).toEqual(wanted);
        for (const field of Object.keys(fields)) expect(Object.keys(change)).toContain(field);
      }),
    );
  });

  test('what was not changed is not looked at, however wrong it is', () => {
    const loaded = {
      ...valuesOf(EMPTY_RECORD, NO_OWN_FIELDS, 'en'),
      phone: 'ask her son',
      firstName: 'Siti',
    };
    const form = readCustomerForm({ ...loaded, firstName: 'Sitti', loaded: JSON.stringify(loaded) }, CONTEXT);
    expect(form).toEqual({ ok: true, draft: { fields: { firstName: 'Sitti' } } });
  });
});

test.each([
  ['instagram', '@siti.r', 'siti.r'],
  ['instagram', 'https://www.instagram.com/siti.r/?igsh=abc', 'siti.r'],
  ['facebook', 'https://m.facebook.com/profile.php?id=100012345', 'profile.php?id=100012345'],
  ['facebook', 'fb.com/siti.rahma', 'siti.rahma'],
  ['tiktok', 'https://www.tiktok.com/@siti.r/video/1', 'siti.r'],
  ['line', '@tokoku', '@tokoku'],
  ['line', 'https://line.me/ti/p/~siti99', 'siti99'],
  ['telegram', 't.me/siti_r', 'siti_r'],
  ['x', 'https://twitter.com/siti_r', 'siti_r'],
  ['x', 'sixteen_letters_', null],
  ['telegram', 'si', null],
  ['instagram', 'siti r', null],
] as const)('the account of %s in %j is %j', (network, written, name) => {
  expect(readHandle(network, written)).toBe(name);
});
