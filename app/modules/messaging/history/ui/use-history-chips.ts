import { useTranslation } from 'react-i18next';
import type { FilterChip } from '#app/components/filter-chips.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { historyParams } from '../history-filter.ts';
import type { HistoryView } from '../history-screen.server.ts';

const FIELDS = ['customer', 'status', 'campaign', 'staff', 'from', 'until'] as const;

/** The filters of the messages in words; `addressOf` is the list with other ones. The search shows itself. */
export function useHistoryChips(
  { filter, customer, campaigns, staff }: HistoryView,
  addressOf: (params: URLSearchParams) => string,
): FilterChip[] {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  const { status, from, until } = filter;
  const words = {
    customer: filter.customer === null ? null : customer ? nameOf(customer) : String(filter.customer),
    status: status && t(`sms_history.status.${status}`),
    campaign:
      filter.campaign === null
        ? null
        : (campaigns.find(({ campaignId }) => campaignId === filter.campaign)?.name ??
          String(filter.campaign)),
    staff: filter.staff && (staff.find(({ actor }) => actor === filter.staff)?.name ?? filter.staff),
    from: from && format.calendarDay(from),
    until: until && format.calendarDay(until),
  };
  return FIELDS.flatMap((field) => {
    const value = words[field];
    if (value === null) return [];
    const params = historyParams(filter);
    params.delete(field);
    return [{ name: t(`sms_history.filters.${field}`), value, without: addressOf(params) }];
  });
}
