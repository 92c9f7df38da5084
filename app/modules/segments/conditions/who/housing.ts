import { z } from 'zod';
import { HOUSINGS } from '#app/modules/customers/rules/customer-record.ts';
import { choiceCondition } from '../kinds/choice.ts';

export const housing = choiceCondition('housing', {
  family: 'who',
  choices: { from: 'list', list: HOUSINGS },
  item: z.enum(HOUSINGS),
  expression: () => 's.housing',
  read: (customer) => customer.housing,
});
