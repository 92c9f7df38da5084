import { choiceCondition } from '../kinds/choice.ts';
import { text } from '../kinds/limits.ts';

/** By the city's code, or its name in lower case where there is no code. */
export const city = choiceCondition('city', {
  family: 'place',
  choices: { from: 'city' },
  item: text,
  expression: () => 's.city_key',
  read: ({ cityKey }) => cityKey,
});
