import { yearlyCondition } from '../kinds/yearly.ts';

/** The wedding day. */
export const anniversary = yearlyCondition('anniversary', {
  family: 'who',
  column: 'wedding_date',
  read: ({ weddingDate }) => weddingDate,
});
