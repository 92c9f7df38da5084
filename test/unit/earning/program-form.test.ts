/** The Program form: what is typed becomes a rule, what is wrong is named by its field, and a rule becomes the form again. */
import { describe, expect, test } from 'vitest';
import { readProgramForm, rowsIn } from '#app/modules/earning/programs/program-form.ts';
import { valuesOf } from '#app/modules/earning/programs/program-values.ts';
import { loadRule, storeRule } from '#app/modules/earning/rules/rules-json.ts';
import { phaseOf } from '#app/modules/earning/rules/program-phase.ts';
import { programForm, typedRow } from '#test/support/program-forms.ts';

const JAKARTA = { locale: 'en', currency: 'IDR', timeZone: 'Asia/Jakarta' };

function draftOf(change: Record<string, string | boolean>, setting = JAKARTA) {
  const read = readProgramForm(programForm(change), setting);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.draft;
}

function errorsOf(change: Record<string, string | boolean>) {
  const read = readProgramForm(programForm(change), JAKARTA);
  return read.ok ? {} : Object.fromEntries(Object.entries(read.errors).map(([at, { code }]) => [at, code]));
}

describe('what is typed', () => {
  test('of total spend', () => {
    expect(draftOf({})).toMatchObject({
      name: 'Points for all',
      unit: 'POINTS',
      startPaused: false,
      rule: { kind: 'spend', stepMinor: 10_000_000n, units: 10n, categoryIds: null, tierIds: null },
      startsAt: null,
      endsAt: null,
    });
  });

  test('of products, row by row, a variant or all of a product', () => {
    const rows = JSON.stringify([typedRow(), typedRow({ productId: '8', variantId: '81', units: '1,500' })]);
    expect(draftOf({ kind: 'product', rows }).rule).toMatchObject({
      kind: 'product',
      rows: [
        { productId: 7n, variantId: null, title: 'Kopi Gayo', quantity: 2, units: 10n },
        { productId: 8n, variantId: 81n, quantity: 2, units: 1_500n },
      ],
    });
  });

  test('of printed points; fields of other kinds do not matter', () => {
    expect(draftOf({ kind: 'printed', unitsPerPoint: '3', stepMinor: '', units: 'x' }).rule).toMatchObject({
      kind: 'printed',
      unitsPerPoint: 3n,
    });
  });

  test('as credit is money', () => {
    const unit = 'CREDIT';
    expect(draftOf({ unit, units: '1,000' }).rule).toMatchObject({ units: 100_000n });
    const rows = JSON.stringify([typedRow({ units: '2,500' })]);
    expect(draftOf({ unit, kind: 'product', rows }).rule).toMatchObject({ rows: [{ units: 250_000n }] });
    expect(draftOf({ unit, kind: 'printed', unitsPerPoint: '100' }).rule).toMatchObject({
      unitsPerPoint: 10_000n,
    });
  });

  test("as days is whole days of the shop's time zone, the last included", () => {
    expect(draftOf({ period: 'range', startsOn: '2026-12-01', endsOn: '2026-12-31' })).toMatchObject({
      startsAt: new Date('2026-12-01T00:00:00+07:00'),
      endsAt: new Date('2027-01-01T00:00:00+07:00'),
    });
    expect(draftOf({ period: 'always', startsOn: '2026-12-01' })).toMatchObject({ startsAt: null });
    expect(draftOf({ period: 'range', endsOn: '2026-12-31' })).toMatchObject({ startsAt: null });
  });

  test('as exclusions keeps titles, and tags as rules compare them', () => {
    const excludedProducts = JSON.stringify([{ id: '5', title: 'Gift box' }]);
    const excludedCollections = JSON.stringify([{ id: '6', title: 'Sale' }]);
    const excludedTags = ' Outlet, SALE,,outlet ';
    expect(draftOf({ excludedProducts, excludedCollections, excludedTags }).rule.excluded).toEqual({
      productIds: [5n],
      collectionIds: [6n],
      tags: ['outlet', 'sale'],
      titles: { 'product:5': 'Gift box', 'collection:6': 'Sale' },
    });
  });
});

describe('what is wrong', () => {
  test.each<[Record<string, string | boolean>, Record<string, string>]>([
    [{ name: '  ' }, { name: 'required' }],
    [{ name: 'x'.repeat(81) }, { name: 'too_long' }],
    [{ unit: 'MILES' }, { unit: 'invalid' }],
    [{ kind: 'lottery' }, { kind: 'invalid' }],
    [{ stepMinor: '1.00.000' }, { stepMinor: 'not_an_amount' }],
    [{ stepMinor: '0' }, { stepMinor: 'too_small' }],
    [{ units: '1.5' }, { units: 'not_a_number' }],
    [{ units: '' }, { units: 'required' }],
    [{ kind: 'product' }, { rows: 'required' }],
    [{ kind: 'product', rows: 'no list' }, { rows: 'invalid' }],
    [{ kind: 'product', rows: JSON.stringify(Array(101).fill(typedRow())) }, { rows: 'too_many' }],
    [
      { kind: 'product', rows: JSON.stringify([typedRow(), typedRow({ quantity: '0', units: '' })]) },
      { 'rows.1.quantity': 'too_small', 'rows.1.units': 'required' },
    ],
    [
      { kind: 'product', rows: JSON.stringify([typedRow({ productId: 'x' })]) },
      { 'rows.0.productId': 'invalid' },
    ],
    [{ kind: 'printed', unitsPerPoint: '0' }, { unitsPerPoint: 'too_small' }],
    [{ pendingDays: '366' }, { pendingDays: 'too_large' }],
    [{ lifetime: 'days', lifetimeDays: '0' }, { lifetimeDays: 'too_small' }],
    [{ earnAt: 'never' }, { earnAt: 'invalid' }],
    [{ membersOnly: 'yes' }, { membersOnly: 'invalid' }],
    [{ categories: 'chosen' }, { categoryIds: 'required' }],
    [{ tiers: 'chosen', tierIds: '[1]' }, { tierIds: 'invalid' }],
    [{ period: 'range' }, { startsOn: 'required' }],
    [{ period: 'range', startsOn: '2026-02-30' }, { startsOn: 'not_a_day' }],
    [{ period: 'range', startsOn: '2026-12-02', endsOn: '2026-12-01' }, { endsOn: 'before_start' }],
    [{ excludedTags: 'x'.repeat(256) }, { excludedTags: 'too_long' }],
    [{ excludedProducts: '[{"id":"-1","title":""}]' }, { excludedProducts: 'invalid' }],
  ])('%j is named by its field', (change, errors) => {
    expect(errorsOf(change)).toEqual(errors);
  });

  test('is told all at once, and a body that is no form is an empty one', () => {
    expect(Object.keys(errorsOf({ name: '', units: 'x', pendingDays: '-1' })).sort()).toEqual([
      'name',
      'pendingDays',
      'units',
    ]);
    for (const body of [null, 5, 'x', []]) expect(readProgramForm(body, JAKARTA).ok).toBe(false);
  });
});

test.each([
  { kind: 'spend', unit: 'CREDIT', units: '1.500', stepMinor: '100.000', lifetime: 'days' },
  { kind: 'product', rows: JSON.stringify([typedRow({ units: '1.500' })]), membersOnly: true },
  { kind: 'printed', unitsPerPoint: '2', categories: 'chosen', categoryIds: '["3","4"]' },
  {
    stepMinor: '100.000',
    period: 'range',
    startsOn: '2026-12-01',
    endsOn: '2026-12-31',
    earnAt: 'fulfilled',
  },
  {
    stepMinor: '100.000',
    excludedProducts: '[{"id":"5","title":"Gift box"}]',
    excludedTags: 'sale, outlet',
    tiers: 'chosen',
    tierIds: '["9"]',
  },
])('a form of %j comes back from what is stored as it was typed', (change) => {
  const setting = { ...JAKARTA, locale: 'id' };
  const { startPaused: _once, ...draft } = draftOf(change, setting);
  const stored = { ...draft, programId: 1n, version: 4, rule: loadRule(storeRule(draft.rule)) };
  expect(stored.rule).toEqual(draft.rule);
  expect(valuesOf(stored, setting)).toMatchObject({ ...change, version: '4' });
});

test('lists of a form that are none are empty ones', () => {
  expect([rowsIn(''), rowsIn('{}'), rowsIn('[1]')]).toEqual([[], [], []]);
});

test('a program stands where its status and its dates say', () => {
  const now = new Date('2026-11-21T00:00:00Z');
  const [before, after] = [new Date('2026-11-20T00:00:00Z'), new Date('2026-11-22T00:00:00Z')];
  const phase = (status: 'active' | 'paused' | 'ended', startsAt: Date | null, endsAt: Date | null) =>
    phaseOf({ status, startsAt, endsAt }, now);
  expect([
    phase('active', null, null),
    phase('active', after, null),
    phase('active', before, now),
    phase('active', before, after),
    phase('paused', after, null),
    phase('ended', before, after),
  ]).toEqual(['active', 'scheduled', 'over', 'active', 'paused', 'ended']);
});
