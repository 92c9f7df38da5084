import { greatest } from '#app/lib/integers.ts';
import type { Unit } from '#app/lib/units.ts';
import type { SqlContext } from '../condition.ts';
import type { AccountFacts, Moment } from '../facts.ts';
import { accountCondition, isUsable, remaining } from './account.ts';

/**
 * A balance is all that lots still have, less debt. Few lots are pending, or expired and not yet posted as such: only
 * those are looked at, not every lot of the shop. Their customers are looked up once, as a hash: joined to the accounts,
 * they were read again for each customer whom another condition left. And nothing is added up for each account, which
 * would keep PostgreSQL from using more than one process.
 */
const availableFigure = {
  customers(unit: Unit, isMeant: (figure: string) => string, { put, moment }: SqlContext) {
    const [name, now] = [put(unit, 'text'), put(moment.now, 'timestamptz')];
    const unusable = `l.shop_id = $1 AND l.unit = ${name} AND l.remaining > 0 AND (l.valid_from > ${now} OR l.expires_at <= ${now})`;
    return `SELECT a.customer_id FROM ledger_accounts a WHERE a.shop_id = $1 AND a.unit = ${name} AND (
        (${isMeant('greatest(0, a.balance - a.held)')} AND a.customer_id NOT IN (SELECT l.customer_id FROM ledger_lots l WHERE ${unusable}))
        OR a.customer_id IN (SELECT u.customer_id FROM (SELECT l.customer_id, sum(l.remaining)::bigint AS remaining FROM ledger_lots l
          WHERE ${unusable} GROUP BY l.customer_id) u JOIN ledger_accounts a ON a.shop_id = $1 AND a.unit = ${name} AND a.customer_id = u.customer_id
          WHERE ${isMeant('greatest(0, a.balance - a.held - u.remaining)')}))`;
  },
  read: ({ held, debt, lots }: AccountFacts, moment: Moment) =>
    greatest(0n, remaining(lots.filter((lot) => isUsable(lot, moment))) - held - debt),
};

/** What can be spent now. */
export const pointsAvailable = accountCondition('points_available', 'POINTS', availableFigure);
export const creditAvailable = accountCondition('credit_available', 'CREDIT', availableFigure);
