import { z } from 'zod';
import { choiceCondition } from '../kinds/choice.ts';

const WAYS = ['shopper', 'staff', 'spend'] as const;

/** How the customer became a member: by themselves, through staff, by spending enough. */
export const joinedVia = choiceCondition('joined_via', {
  family: 'club',
  choices: { from: 'list', list: WAYS },
  item: z.enum(WAYS),
  expression: () => 's.member_via',
  read: ({ memberVia }) => memberVia,
});
