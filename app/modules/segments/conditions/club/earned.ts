import { accountCondition, byColumn } from './account.ts';

const earnedFigure = { customers: byColumn('earned'), read: ({ earned }: { earned: bigint }) => earned };

/** All that was ever earned, less what was taken back with its order. */
export const pointsEarned = accountCondition('points_earned', 'POINTS', earnedFigure);
export const creditEarned = accountCondition('credit_earned', 'CREDIT', earnedFigure);
