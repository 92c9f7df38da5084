import { choiceCondition } from '../kinds/choice.ts';
import { text } from '../kinds/limits.ts';

/** By the district's code, or its name in lower case where there is no code. */
export const district = choiceCondition('district', {
  family: 'place',
  choices: { from: 'district' },
  item: text,
  expression: () => 's.district_key',
  read: ({ districtKey }) => districtKey,
});
