import { choiceCondition } from '../kinds/choice.ts';
import { text } from '../kinds/limits.ts';

/** By the province's code, or its name in lower case where there is no code. */
export const province = choiceCondition('province', {
  family: 'place',
  choices: { from: 'province' },
  item: text,
  expression: () => 's.province_key',
  read: ({ provinceKey }) => provinceKey,
});
