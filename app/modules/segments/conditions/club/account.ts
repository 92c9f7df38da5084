/** What accounts of the ledger have, and conditions on it in both units. */
import type { Unit } from '#app/lib/units.ts';
import { numberCondition, withinSql, type NumberRange, type NumberValues } from '../kinds/number.ts';
import type { Condition, SqlContext } from '../condition.ts';
import type { AccountFacts, CustomerFacts, LotFacts, Moment } from '../facts.ts';

/** Earned, and not valid yet. */
export const isPending = ({ validFrom }: LotFacts, { now }: Moment): boolean => validFrom > now;

/** Valid, and not expired. */
export const isUsable = ({ validFrom, expiresAt }: LotFacts, { now }: Moment): boolean =>
  validFrom <= now && (expiresAt === null || expiresAt > now);

/** What remains of lots together. */
export const remaining = (lots: readonly LotFacts[]): bigint =>
  lots.reduce((sum, lot) => sum + lot.remaining, 0n);

interface FigureSpec {
  /** SQL that selects each customer with a figure that `isMeant` is true of; of those who have one. */
  customers: (unit: Unit, isMeant: (figure: string) => string, context: SqlContext) => string;
  read: (account: AccountFacts, moment: Moment) => bigint;
}

/** Customers without an account have zero: what zero matches is everyone but those with a row that doesn't match. */
function figureSql(range: NumberRange, unit: Unit, spec: FigureSpec, context: SqlContext): string {
  const customers = (isMeant: (figure: string) => string) =>
    context.isAmong(spec.customers(unit, isMeant, context));
  const matchesZero = (range.from === null || range.from <= 0n) && (range.to === null || range.to >= 0n);
  if (!matchesZero) return customers((figure) => withinSql(figure, range, context));
  const isAny = range.from === null && range.to === null;
  return isAny ? 'true' : context.not(customers((figure) => `NOT ${withinSql(figure, range, context)}`));
}

/** A condition on a figure of accounts in one unit; never below zero. */
export function accountCondition<C extends string>(
  code: C,
  unit: Unit,
  spec: FigureSpec,
): Condition<C, NumberValues> {
  const read = (customer: CustomerFacts, moment: Moment) => {
    const account = customer.accounts[unit];
    return account === undefined ? 0n : spec.read(account, moment);
  };
  return numberCondition(code, {
    family: 'club',
    measure: unit === 'POINTS' ? 'points' : 'money',
    expression: () => '0',
    rangeSql: (range, context) => figureSql(range, unit, spec, context),
    read,
  });
}

/** Customers with accounts of a unit, by one column as the figure. */
export function byColumn(column: 'debt' | 'earned' | 'spent'): FigureSpec['customers'] {
  return (unit, isMeant, { put }) =>
    `SELECT a.customer_id FROM ledger_accounts a WHERE a.shop_id = $1 AND a.unit = ${put(unit, 'text')} AND a.${column} <> 0 AND ${isMeant(`a.${column}`)}`;
}
