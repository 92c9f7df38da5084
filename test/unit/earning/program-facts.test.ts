/** What a theme shows everyone of a club: when the price alone says what a product earns, and in which amounts. */
import { describe, expect, test } from 'vitest';
import { programFacts, type ProgramFactsInput } from '#app/modules/earning/rules/program-facts.ts';
import {
  PLAIN_TERMS,
  type EarnProgram,
  type EarnRules,
  type ProgramRule,
} from '#app/modules/earning/rules/program.ts';

const NOW = new Date('2026-06-01T00:00:00Z');
const program = (rule: ProgramRule, change: Partial<EarnProgram> = {}): EarnProgram => ({
  programId: 1n,
  version: 1,
  name: 'P',
  unit: 'POINTS',
  rule,
  startsAt: null,
  endsAt: null,
  ...change,
});
const spend = (change: object = {}): ProgramRule => ({
  ...PLAIN_TERMS,
  kind: 'spend',
  stepMinor: 10_000_000n,
  units: 10n,
  ...change,
});
const rules = (programs: EarnProgram[], change: Partial<EarnRules> = {}): EarnRules => ({
  timeZone: 'UTC',
  startsOn: null,
  currency: 'IDR',
  programs,
  offers: [],
  offersIncludeTax: false,
  offersIncludeShipping: false,
  ...change,
});
const facts = (change: Partial<ProgramFactsInput> = {}) =>
  programFacts({
    title: 'Club',
    banner: '',
    digits: 2,
    rules: rules([program(spend())]),
    now: NOW,
    dependsOnCustomer: false,
    taxBp: 1_100,
    redeem: { units: 1n, amountMinor: 10_000n },
    measure: 'spend',
    tiers: [{ name: 'Gold', threshold: 100_000_000n }],
    rewards: [
      { name: 'Mug', unit: 'POINTS', units: 50n },
      { name: 'Cash', unit: 'CREDIT', units: 50n },
    ],
    ...change,
  });

test('amounts are hundredths whatever the currency, and only what points buy is listed', () => {
  expect(facts()).toMatchObject({
    v: 1,
    proxy: '/apps/setia',
    is_simple: true,
    spend: [{ step: 10_000_000, units: 10, tax: 1_100 }],
    redeem: { units: 1, worth: 10_000 },
    tiers: [{ name: 'Gold', threshold: 100_000_000 }],
    rewards: [{ name: 'Mug', units: 50 }],
  });
  const yen = facts({
    digits: 0,
    redeem: { units: 1n, amountMinor: 5n },
    rules: rules([program(spend({ stepMinor: 100n }))]),
  });
  expect(yen).toMatchObject({ redeem: { worth: 500 }, spend: [{ step: 10_000 }] });
});

test('tax is no part of the price where the program counts it', () => {
  expect(facts({ rules: rules([program(spend({ includeTax: true }))]) }).spend[0]?.tax).toBe(0);
});

test('a program that has ended, has not begun, or gives credit is left out', () => {
  const programs = [
    program(spend(), { endsAt: NOW }),
    program(spend(), { startsAt: new Date(NOW.getTime() + 1) }),
    program(spend(), { unit: 'CREDIT' }),
  ];
  expect(facts({ rules: rules(programs) })).toMatchObject({ spend: [], printed: 0, is_simple: true });
});

describe('the price alone does not say it', () => {
  const excluded = { productIds: [], collectionIds: [], tags: [] };
  test.each<[string, Partial<ProgramFactsInput>]>([
    ['in trial mode or with tiers that earn more', { dependsOnCustomer: true }],
    ['for members only', { rules: rules([program(spend({ membersOnly: true }))]) }],
    ['for some categories', { rules: rules([program(spend({ categoryIds: [1n] }))]) }],
    ['for some tiers', { rules: rules([program(spend({ tierIds: [1n] }))]) }],
    [
      'without some products',
      { rules: rules([program(spend({ excluded: { ...excluded, productIds: [1n] } }))]) },
    ],
    [
      'without some collections',
      { rules: rules([program(spend({ excluded: { ...excluded, collectionIds: [1n] } }))]) },
    ],
    ['without some tags', { rules: rules([program(spend({ excluded: { ...excluded, tags: ['sale'] } }))]) }],
    [
      'where single products are rewarded',
      { rules: rules([program({ ...PLAIN_TERMS, kind: 'product', rows: [] })]) },
    ],
  ])('%s', (_when, change) => {
    expect(facts(change).is_simple).toBe(false);
  });
});
