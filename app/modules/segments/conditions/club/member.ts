import { flagCondition } from '../kinds/flag.ts';

export const member = flagCondition('member', {
  family: 'club',
  sql: () => 's.member_since IS NOT NULL',
  read: ({ memberSince }) => memberSince !== null,
});
