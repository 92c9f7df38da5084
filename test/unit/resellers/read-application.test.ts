/** From what someone typed to an application: what is asked is read, what isn't is not looked at. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASKED_FIELDS,
  FIRST_SETTINGS,
  type ApplicationSettings,
} from '#app/modules/resellers/applications/application-fields.ts';
import { readApplication, splitName } from '#app/modules/resellers/applications/read-application.ts';

const settings = (change: Partial<ApplicationSettings> = {}): ApplicationSettings => ({
  ...FIRST_SETTINGS,
  isOpen: true,
  ...change,
});
const TYPED = { name: ' Siti Rahma ', email: 'Siti@Example.com ', phone: '0812 3456 7890' };
const read = (typed: Record<string, string>, change: Partial<ApplicationSettings> = {}) =>
  readApplication({ ...TYPED, ...typed }, settings(change), 'ID');

describe('An application', () => {
  it('has the name as typed, the address in lower case, the number of the shop’s country, and what was filled in', () => {
    expect(read({ business: 'Toko Siti', city: '' })).toEqual({
      ok: true,
      application: {
        name: 'Siti Rahma',
        email: 'siti@example.com',
        phone: '+6281234567890',
        answers: { business: 'Toko Siti' },
      },
    });
  });

  it.each<[Record<string, string>, Record<string, string>]>([
    [{ name: '  ' }, { name: 'required' }],
    [{ email: '' }, { email: 'required' }],
    [{ email: 'siti' }, { email: 'not_an_email' }],
    [{ phone: '' }, { phone: 'required' }],
    [{ phone: '12' }, { phone: 'not_a_phone' }],
    [{ business: 'x'.repeat(256) }, { business: 'too_long' }],
    [{ message: 'x'.repeat(2_001) }, { message: 'too_long' }],
  ])('%j is refused', (typed, errors) => {
    const answer = read(typed);
    expect(
      answer.ok
        ? {}
        : Object.fromEntries(Object.entries(answer.errors).map(([name, { code }]) => [name, code])),
    ).toEqual(errors);
  });

  it('does not look at what the shop doesn’t ask, its own question without words included', () => {
    const fields = { business: 'off', question: 'required' } as const;
    expect(
      read({ business: 'x'.repeat(300), phone: 'no number', question: '', tax_number: '1' }, { fields }),
    ).toMatchObject({
      ok: true,
      application: { phone: null, answers: {} },
    });
    expect(read({ question: '' }, { fields, question: 'Di mana?' })).toMatchObject({
      ok: false,
      errors: { question: { code: 'required' } },
    });
  });

  it('holds nothing but what was typed into fields that are asked, whatever else is sent', () => {
    const asked = fc.subarray([...ASKED_FIELDS]);
    fc.assert(
      fc.property(asked, fc.dictionary(fc.string(), fc.string()), (fields, noise) => {
        const typed = {
          ...noise,
          ...TYPED,
          ...Object.fromEntries(fields.map((field) => [field, `an answer of ${field}`])),
          phone: TYPED.phone,
        };
        const answer = readApplication(
          typed,
          settings({
            fields: Object.fromEntries(fields.map((field) => [field, 'optional'])),
            question: 'Why?',
          }),
          'ID',
        );
        expect(answer.ok).toBe(true);
        if (!answer.ok) return;
        expect(Object.keys(answer.application.answers).toSorted()).toEqual(
          fields.filter((field) => field !== 'phone').toSorted(),
        );
      }),
    );
  });
});

it.each([
  ['Siti', 'Siti', null],
  ['Siti Rahma', 'Siti', 'Rahma'],
  [' Ibu  Siti   Rahma ', 'Ibu Siti', 'Rahma'],
])('the name %j is %j and %j', (whole, firstName, lastName) => {
  expect(splitName(whole)).toEqual({ firstName, lastName });
});
