import { accountCondition, byColumn } from './account.ts';

const spentFigure = { customers: byColumn('spent'), read: ({ spent }: { spent: bigint }) => spent };

/** All that was ever redeemed, less what came back. */
export const pointsSpent = accountCondition('points_spent', 'POINTS', spentFigure);
export const creditSpent = accountCondition('credit_spent', 'CREDIT', spentFigure);
