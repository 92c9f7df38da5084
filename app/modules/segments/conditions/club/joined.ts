import { dateCondition } from '../kinds/date.ts';

/** When the customer became a member. */
export const joined = dateCondition('joined', {
  family: 'club',
  column: 's.member_since',
  read: ({ memberSince }) => memberSince,
});
