import { choiceCondition } from '../kinds/choice.ts';
import { text } from '../kinds/limits.ts';

export const country = choiceCondition('country', {
  family: 'place',
  choices: { from: 'country' },
  item: text,
  expression: () => 's.country_code',
  read: ({ countryCode }) => countryCode,
});
