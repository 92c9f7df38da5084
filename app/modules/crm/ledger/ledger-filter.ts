/** What the ledger page is filtered by, as its address says it. Runs on both sides. */
import { foldDigits } from '#app/lib/digits.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { ADJUST_REASONS } from '#app/modules/ledger/rules/adjustment.ts';
import { isUnit, type Unit } from '#app/lib/units.ts';
import { isStorableDay } from '#app/lib/storable.ts';

/** The kinds that a filter offers, in the order of a customer's life. */
export const FILTER_KINDS = [
  'order_spend',
  'order_product',
  'offer',
  'tier_bonus',
  'birthday',
  'anniversary',
  'manual_add',
  'import',
  'welcome',
  'referral',
  'redeem',
  'manual_deduct',
  'restore',
  'refund_reversal',
  'cancel_reversal',
  'expire',
  'write_off',
  'merge_in',
  'merge_out',
] as const;

/** The page's filters as they were chosen; null where there is none. Days are the shop's. */
export interface LedgerFilter {
  /** A customer who was chosen by id, or text that finds customers. */
  customerId: bigint | null;
  customer: string | null;
  /** An order's name, such as #1001, or its id. */
  order: string | null;
  kind: (typeof FILTER_KINDS)[number] | null;
  reason: (typeof ADJUST_REASONS)[number] | null;
  unit: Unit | null;
  /** `staff:<user id>` */
  staff: string | null;
  from: string | null;
  until: string | null;
}

export type FilterField = keyof LedgerFilter;

const TEXT_CHARACTERS_MAX = 100;
const STAFF = /^staff:\d{1,18}$/;

/** Reads an address's parameters; what is no filter counts as none. */
export function readLedgerFilter(params: URLSearchParams): LedgerFilter {
  const text = (name: FilterField) => params.get(name)?.trim().slice(0, TEXT_CHARACTERS_MAX) || null;
  const matching = (name: FilterField, format: RegExp) => {
    const value = text(name);
    return value !== null && format.test(value) ? value : null;
  };
  const day = (name: 'from' | 'until') => {
    const value = text(name);
    return value !== null && isStorableDay(value) ? value : null;
  };
  const unit = params.get('unit');
  return {
    customerId: readIdParam(params.get('customerId')),
    customer: text('customer'),
    order: text('order'),
    kind: FILTER_KINDS.find((kind) => kind === params.get('kind')) ?? null,
    reason: ADJUST_REASONS.find((reason) => reason === params.get('reason')) ?? null,
    unit: isUnit(unit) ? unit : null,
    staff: matching('staff', STAFF),
    from: day('from'),
    until: day('until'),
  };
}

/** The parameters that say a filter, without those that filter nothing. */
export function filterParams(filter: LedgerFilter): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== null) params.set(name, String(value));
  return params;
}

/** How an order's name is compared: typed with or without the mark that shops put before the number. */
export function orderNames(typed: string): string[] {
  const name = foldDigits(typed).toLowerCase();
  return name.startsWith('#') ? [name] : [name, `#${name}`];
}
