import { useTranslation } from 'react-i18next';
import type { FilterChip } from '#app/components/filter-chips.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { useActorName } from '../../ui/actor-name.ts';
import { filterParams, type LedgerFilter } from '../ledger-filter.ts';
import type { LedgerView } from '../ledger-screen.server.ts';

type FilterView = Pick<LedgerView, 'filter' | 'customer' | 'staff'>;

const FIELDS = [
  'customerId',
  'customer',
  'order',
  'kind',
  'reason',
  'unit',
  'staff',
  'from',
  'until',
] as const satisfies (keyof LedgerFilter)[];

/** The ledger's filters in words; `addressOf` is the list with other ones. */
export function useLedgerChips(
  { filter, customer, staff }: FilterView,
  addressOf: (params: URLSearchParams) => string,
): FilterChip[] {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  const actorName = useActorName(Object.fromEntries(staff.map(({ actor, name }) => [actor, name])));
  const { kind, reason, unit, from, until } = filter;
  const words: Record<keyof LedgerFilter, string | null> = {
    customerId: filter.customerId === null ? null : customer ? nameOf(customer) : String(filter.customerId),
    customer: filter.customer,
    order: filter.order,
    kind: kind && t(`ledger_page.kinds.${kind}`),
    reason: reason && t(`adjust.reasons.${reason}`),
    unit: unit && t(unit === 'POINTS' ? 'units.points_title' : 'units.credit'),
    staff: filter.staff && actorName({ actor: filter.staff, source: 'staff' }),
    from: from && format.calendarDay(from),
    until: until && format.calendarDay(until),
  };
  return FIELDS.flatMap((field) => {
    const value = words[field];
    if (value === null) return [];
    const params = filterParams(filter);
    params.delete(field);
    const name = t(`ledger_page.filters.${field === 'customerId' ? 'customer' : field}`);
    return [{ name, value, without: addressOf(params) }];
  });
}
