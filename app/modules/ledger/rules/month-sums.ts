/** What a club owes, month by month: the ledger's kinds put together into what a bookkeeper asks for. */
import type { EntryKind } from './posting-types.ts';
import type { Unit } from '#app/lib/units.ts';

/** What a kind of entry means for the club's liability. `moved` stays inside the club: it adds up to nothing. */
export type LiabilityGroup = 'issued' | 'spent' | 'givenBack' | 'expired' | 'takenBack' | 'moved';

const GROUPS: Record<EntryKind, LiabilityGroup> = {
  order_spend: 'issued',
  order_product: 'issued',
  offer: 'issued',
  birthday: 'issued',
  anniversary: 'issued',
  manual_add: 'issued',
  import: 'issued',
  welcome: 'issued',
  referral: 'issued',
  tier_bonus: 'issued',
  redeem: 'spent',
  manual_deduct: 'spent',
  restore: 'givenBack',
  expire: 'expired',
  refund_reversal: 'takenBack',
  cancel_reversal: 'takenBack',
  write_off: 'takenBack',
  merge_in: 'moved',
  merge_out: 'moved',
};

const GROUP_OF = new Map<string, LiabilityGroup>(Object.entries(GROUPS));

/** Sums of entries of one kind in one month. */
export interface MonthSum {
  /** The month's first day, `YYYY-MM-DD`. */
  month: string;
  unit: Unit;
  kind: string;
  /** Signed, as in the ledger. */
  amount: bigint;
}

/** A month (or all of them) of a unit. What goes out of customers' hands is below zero, as in the ledger. */
export interface LiabilitySums {
  issued: bigint;
  spent: bigint;
  givenBack: bigint;
  expired: bigint;
  takenBack: bigint;
  moved: bigint;
}

export interface LiabilityMonth extends LiabilitySums {
  month: string;
  /** The sum of all balances when the month ended. */
  outstanding: bigint;
}

function nothing(): LiabilitySums {
  return { issued: 0n, spent: 0n, givenBack: 0n, expired: 0n, takenBack: 0n, moved: 0n };
}

/** Sums by group. A kind without a group counts by its sign, so that no amount is lost. */
export function sumGroups(rows: readonly Pick<MonthSum, 'kind' | 'amount'>[]): LiabilitySums {
  const sums = nothing();
  for (const { kind, amount } of rows)
    sums[GROUP_OF.get(kind) ?? (amount > 0n ? 'issued' : 'takenBack')] += amount;
  return sums;
}

/** What a group's sums add up to: the change of what is outstanding. */
export function changeOf(sums: LiabilitySums): bigint {
  return sums.issued + sums.spent + sums.givenBack + sums.expired + sums.takenBack + sums.moved;
}

/** Every month from the first with an entry until `until`, oldest first, months without entries included. */
export function liabilityMonths(rows: readonly MonthSum[], until: string): LiabilityMonth[] {
  const byMonth = new Map<string, MonthSum[]>();
  for (const row of rows) byMonth.set(row.month, [...(byMonth.get(row.month) ?? []), row]);
  const known = [...byMonth.keys()].sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const months: LiabilityMonth[] = [];
  let outstanding = 0n;
  for (let month = first; month <= until || month <= last; month = nextMonth(month)) {
    const sums = sumGroups(byMonth.get(month) ?? []);
    outstanding += changeOf(sums);
    months.push({ month, ...sums, outstanding });
  }
  return months;
}

/** The first day of the month after one that `month` (`YYYY-MM-DD`) lies in. */
export function nextMonth(month: string): string {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5, 7));
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}
