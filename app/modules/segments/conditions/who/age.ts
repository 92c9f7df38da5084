import { wholeMonths } from '#app/modules/orders/rules/customer-metrics.ts';
import { numberCondition } from '../kinds/number.ts';
import type { SqlContext } from '../condition.ts';

const MONTHS = 12;
/** Older than anyone. */
const YEARS_MAX = 1_000n;

/** The latest day of birth of a customer who is that old today. Born on 29 February, they turn a year older on 1 March. */
function bornBy(years: bigint, today: string): string {
  const year = Number(today.slice(0, 4)) - Number(years < YEARS_MAX ? years : YEARS_MAX);
  const day = `${String(year).padStart(4, '0')}${today.slice(4)}`;
  const isReal = new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  return isReal ? day : `${day.slice(0, 4)}-02-28`;
}

const bornSql = (comparison: string, years: bigint, { put, moment }: SqlContext) =>
  `s.birth_date ${comparison} ${put(bornBy(years, moment.today), 'date')}`;

/** Whole years. */
export const age = numberCondition('age', {
  family: 'who',
  measure: 'years',
  canBeEmpty: true,
  expression: () => 's.birth_date',
  rangeSql({ from, to }, context) {
    const parts = [
      ...(from === null || from <= 0n ? [] : [bornSql('<=', from, context)]),
      ...(to === null ? [] : [to < 0n ? 'false' : bornSql('>', to + 1n, context)]),
    ];
    return `(s.birth_date IS NOT NULL AND ${['true', ...parts].join(' AND ')})`;
  },
  read({ birthDate }, { today }) {
    if (birthDate === null) return null;
    return BigInt(Math.max(0, Math.floor(wholeMonths(birthDate, today) / MONTHS)));
  },
});
