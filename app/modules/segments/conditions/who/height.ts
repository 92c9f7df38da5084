import { numberCondition } from '../kinds/number.ts';

export const height = numberCondition('height', {
  family: 'who',
  measure: 'centimetres',
  // Millimetres.
  scale: 1,
  canBeEmpty: true,
  expression: () => 's.height_mm',
  read: ({ heightMm }) => (heightMm === null ? null : BigInt(heightMm)),
});
