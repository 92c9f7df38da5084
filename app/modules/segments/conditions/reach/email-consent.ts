import { z } from 'zod';
import { CONSENTS } from '#app/modules/customers/rules/customer-record.ts';
import { choiceCondition } from '../kinds/choice.ts';

export const emailConsent = choiceCondition('email_consent', {
  family: 'reach',
  choices: { from: 'list', list: CONSENTS },
  item: z.enum(CONSENTS),
  expression: () => 's.email_consent',
  read: (customer) => customer.emailConsent,
});
