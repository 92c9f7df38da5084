import { accountCondition, byColumn } from './account.ts';

const owedFigure = { customers: byColumn('debt'), read: ({ debt }: { debt: bigint }) => debt };

/** What is owed: taken back after it was spent. */
export const pointsOwed = accountCondition('points_owed', 'POINTS', owedFigure);
export const creditOwed = accountCondition('credit_owed', 'CREDIT', owedFigure);
