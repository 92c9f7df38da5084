import { z } from 'zod';
import { CONSENTS } from '#app/modules/customers/rules/customer-record.ts';
import { choiceCondition } from '../kinds/choice.ts';

export const smsConsent = choiceCondition('sms_consent', {
  family: 'reach',
  choices: { from: 'list', list: CONSENTS },
  item: z.enum(CONSENTS),
  expression: () => 's.sms_consent',
  read: (customer) => customer.smsConsent,
});
