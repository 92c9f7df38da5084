import { yearlyCondition } from '../kinds/yearly.ts';

export const birthday = yearlyCondition('birthday', {
  family: 'who',
  column: 'birth_date',
  read: ({ birthDate }) => birthDate,
});
