/** A figure that has to be meant is typed as the person writes numbers, and answers one question only. */
import { expect, it } from 'vitest';
import { figureOf, isMeant, readFigure, type CostQuestion } from '#app/lib/cost-question.ts';

const SHARE: CostQuestion = { kind: 'percent_off', shareBp: 4_550 };
const POINTS: CostQuestion = {
  kind: 'worth',
  amount: 1_000_000n,
  unit: 'POINTS',
  worthMinor: 10_000_000_000n,
  usual: null,
};
const MONEY: CostQuestion = { ...POINTS, unit: 'CREDIT', amount: 150_000_000n };
const MANY: CostQuestion = {
  kind: 'many',
  customers: 3,
  worthMinor: 150_000_000n,
  large: 1,
  limitMinor: 100_000_000n,
};

it.each<[string, string, string | null, CostQuestion]>([
  ['45.5', 'en', '4550', SHARE],
  ['45,5', 'id', '4550', SHARE],
  ['yes', 'en', null, SHARE],
  ['1,000,000', 'en', '1000000', POINTS],
  ['1.000.000', 'id', '1000000', POINTS],
  ['1000000', 'en', '1000000', POINTS],
  ['Rp 1.500.000', 'id', '150000000', MONEY],
  ['1.500.000', 'id', '150000000', MANY],
  ['much', 'en', null, MANY],
])('%s typed in %s is %s', (typed, locale, figure, question) => {
  expect(readFigure(question, typed, locale, 'IDR')).toBe(figure);
  if (figure !== null) expect(figureOf(question)).toBe(figure);
});

it('is meant only with its own figure, alone or among others', () => {
  expect(isMeant(SHARE, '4550')).toBe(true);
  expect(isMeant(SHARE, '100,4550')).toBe(true);
  for (const other of ['', '455', '45500', 4550, true, undefined, null])
    expect(isMeant(SHARE, other)).toBe(false);
});
