import { dateCondition } from '../kinds/date.ts';

/** When the customer came into the club's records. */
export const added = dateCondition('added', {
  family: 'who',
  column: 's.added_at',
  read: ({ addedAt }) => addedAt,
});
