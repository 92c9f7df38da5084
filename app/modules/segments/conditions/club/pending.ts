import type { Unit } from '#app/lib/units.ts';
import type { SqlContext } from '../condition.ts';
import type { AccountFacts, Moment } from '../facts.ts';
import { accountCondition, isPending, remaining } from './account.ts';

const pendingFigure = {
  rows: (unit: Unit, { put, moment }: SqlContext) => ({
    from: `SELECT l.customer_id, sum(l.remaining)::bigint AS figure FROM ledger_lots l
      WHERE l.shop_id = $1 AND l.unit = ${put(unit, 'text')} AND l.remaining > 0 AND l.valid_from > ${put(moment.now, 'timestamptz')}
      GROUP BY l.customer_id`,
    figure: 'x.figure',
  }),
  read: ({ lots }: AccountFacts, moment: Moment) => remaining(lots.filter((lot) => isPending(lot, moment))),
};

/** Earned, and not valid yet. */
export const pointsPending = accountCondition('points_pending', 'POINTS', pendingFigure);
export const creditPending = accountCondition('credit_pending', 'CREDIT', pendingFigure);
