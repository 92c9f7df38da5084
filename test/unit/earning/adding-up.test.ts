/** Which programs of one kind an order can earn by together. */
import { expect, it } from 'vitest';
import { addingUp } from '#app/modules/earning/rules/adding-up.ts';
import {
  PLAIN_TERMS,
  type EarnProgram,
  type ProductRule,
  type ProgramRule,
} from '#app/modules/earning/rules/program.ts';

const SPEND: ProgramRule = { ...PLAIN_TERMS, kind: 'spend', stepMinor: 100n, units: 1n };
const product = (...ids: bigint[]): ProductRule => ({
  ...PLAIN_TERMS,
  kind: 'product',
  rows: ids.map((productId) => ({ productId, variantId: null, quantity: 1, units: 1n, title: '' })),
});
const program = (programId: bigint, change: Partial<EarnProgram> = {}): EarnProgram => ({
  programId,
  version: 1,
  name: `P${programId}`,
  unit: 'POINTS',
  rule: SPEND,
  startsAt: null,
  endsAt: null,
  ...change,
});
const day = (text: string) => new Date(`${text}T00:00:00Z`);
const OWN = program(1n);

it.each<[string, EarnProgram, EarnProgram, boolean]>([
  ['two for spending', OWN, program(2n), true],
  ['one and itself', OWN, program(1n, { name: 'older version' }), false],
  ['different kinds', OWN, program(2n, { rule: product(7n) }), false],
  ['points and credit', OWN, program(2n, { unit: 'CREDIT' }), true],
  [
    'one after the other',
    program(1n, { endsAt: day('2026-12-01') }),
    program(2n, { startsAt: day('2026-12-01') }),
    false,
  ],
  [
    'a day together',
    program(1n, { endsAt: day('2026-12-02') }),
    program(2n, { startsAt: day('2026-12-01') }),
    true,
  ],
  [
    'for different categories',
    program(1n, { rule: { ...SPEND, categoryIds: [1n] } }),
    program(2n, { rule: { ...SPEND, categoryIds: [2n] } }),
    false,
  ],
  ['for a category and for all', program(1n, { rule: { ...SPEND, categoryIds: [1n] } }), program(2n), true],
  [
    'for different tiers',
    program(1n, { rule: { ...SPEND, tierIds: [1n] } }),
    program(2n, { rule: { ...SPEND, tierIds: [2n] } }),
    false,
  ],
  ['for different products', program(1n, { rule: product(7n) }), program(2n, { rule: product(8n) }), false],
  [
    'for a product of both',
    program(1n, { rule: product(7n, 9n) }),
    program(2n, { rule: product(8n, 9n) }),
    true,
  ],
])('%s: %#', (_words, own, other, isAdded) => {
  expect(addingUp(own, [other]).length > 0).toBe(isAdded);
  expect(addingUp(other, [own]).length > 0).toBe(isAdded);
});
