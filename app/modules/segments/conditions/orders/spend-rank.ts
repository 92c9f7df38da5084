/** The customer's rank by spend, in percent from the top: 10 and below are the best tenth. */
import { spendOfRanks, spendRank } from '../../rules/spend-rank.ts';
import { numberCondition } from '../kinds/number.ts';

export const spendRankCondition = numberCondition('spend_rank', {
  family: 'orders',
  measure: 'percent',
  canBeEmpty: true,
  expression({ put, moment: { ranks } }) {
    if (ranks === null) return 'NULL::int';
    const steps = put(`{${ranks.join(',')}}`, 'bigint[]');
    return `(CASE WHEN s.orders_valid > 0 THEN 100 - width_bucket(s.spend_minor, ${steps}) END)`;
  },
  /** A range of ranks is a range of spend, which an index serves. */
  rangeSql(range, { put, moment: { ranks } }) {
    const spend = ranks && spendOfRanks(range, ranks);
    if (spend === null) return 'false';
    const parts = [
      's.orders_valid > 0',
      ...(spend.from === null ? [] : [`s.spend_minor >= ${put(spend.from, 'bigint')}`]),
      ...(spend.until === null ? [] : [`s.spend_minor < ${put(spend.until, 'bigint')}`]),
    ];
    return `(${parts.join(' AND ')})`;
  },
  read(customer, { ranks }) {
    const rank = spendRank(customer, ranks);
    return rank === null ? null : BigInt(rank);
  },
});
