import { greatest } from '#app/lib/integers.ts';
import type { Unit } from '#app/lib/units.ts';
import type { SqlContext } from '../condition.ts';
import type { AccountFacts, Moment } from '../facts.ts';
import { accountCondition, isUsable, remaining } from './account.ts';

/**
 * A balance is all that lots still have, less debt. Few lots are pending, or expired and not yet posted as such: only
 * those are looked at, not every lot of the shop. Their customers are looked up once, as a hash: joined to the accounts,
 * they were read again for each customer whom another condition left.
 */
const availableFigure = {
  rows(unit: Unit, { put, moment }: SqlContext) {
    const [name, now] = [put(unit, 'text'), put(moment.now, 'timestamptz')];
    const unusable = `ledger_lots l WHERE l.shop_id = $1 AND l.unit = ${name} AND l.remaining > 0
      AND (l.valid_from > ${now} OR l.expires_at <= ${now})`;
    return {
      from: `SELECT a.customer_id, greatest(0, a.balance - a.held - CASE WHEN a.customer_id IN (SELECT l.customer_id FROM ${unusable})
          THEN (SELECT sum(l.remaining)::bigint FROM ${unusable} AND l.customer_id = a.customer_id) ELSE 0 END) AS figure
        FROM ledger_accounts a WHERE a.shop_id = $1 AND a.unit = ${name}`,
      figure: 'x.figure',
    };
  },
  read: ({ held, debt, lots }: AccountFacts, moment: Moment) =>
    greatest(0n, remaining(lots.filter((lot) => isUsable(lot, moment))) - held - debt),
};

/** What can be spent now. */
export const pointsAvailable = accountCondition('points_available', 'POINTS', availableFigure);
export const creditAvailable = accountCondition('credit_available', 'CREDIT', availableFigure);
