import type { Unit } from '#app/lib/units.ts';
import type { SqlContext } from '../condition.ts';
import type { AccountFacts, Moment } from '../facts.ts';
import { accountCondition, isPending, remaining } from './account.ts';

const pendingFigure = {
  customers: (unit: Unit, isMeant: (figure: string) => string, { put, moment }: SqlContext) =>
    `SELECT l.customer_id FROM ledger_lots l
      WHERE l.shop_id = $1 AND l.unit = ${put(unit, 'text')} AND l.remaining > 0 AND l.valid_from > ${put(moment.now, 'timestamptz')}
      GROUP BY l.customer_id HAVING ${isMeant('sum(l.remaining)::bigint')}`,
  read: ({ lots }: AccountFacts, moment: Moment) => remaining(lots.filter((lot) => isPending(lot, moment))),
};

/** Earned, and not valid yet. */
export const pointsPending = accountCondition('points_pending', 'POINTS', pendingFigure);
export const creditPending = accountCondition('credit_pending', 'CREDIT', pendingFigure);
