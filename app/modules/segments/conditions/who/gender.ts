import { z } from 'zod';
import { GENDERS } from '#app/modules/customers/rules/customer-record.ts';
import { choiceCondition } from '../kinds/choice.ts';

export const gender = choiceCondition('gender', {
  family: 'who',
  choices: { from: 'list', list: GENDERS },
  item: z.enum(GENDERS),
  expression: () => 's.gender',
  read: (customer) => customer.gender,
});
