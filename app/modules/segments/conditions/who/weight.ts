import { numberCondition } from '../kinds/number.ts';

const GRAMS = 3;

export const weight = numberCondition('weight', {
  family: 'who',
  measure: 'kilograms',
  scale: GRAMS,
  canBeEmpty: true,
  expression: () => 's.weight_grams',
  read: ({ weightGrams }) => (weightGrams === null ? null : BigInt(weightGrams)),
});
