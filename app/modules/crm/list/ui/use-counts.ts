import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { Count } from '#app/modules/segments/count-customers.server.ts';
import {
  filterParams,
  isNarrowed,
  type CustomerFilter,
  type CustomerTab,
} from '#app/modules/segments/customer-filter.ts';

interface Counts {
  /** Null until they are there. */
  tabs: Record<CustomerTab, Count> | null;
  /** Of whom the list shows; null until they are counted. */
  found: Count | null;
}

/** The list's counts, which come after the list. Only what narrows beyond a tab is counted by itself. */
export function useCounts(filter: CustomerFilter): Counts {
  const tabs = useFetcher<Counts>({ key: 'customer-tabs' });
  const own = useFetcher<Counts>({ key: 'customer-count' });
  const { load: loadTabs } = tabs;
  const { load: loadOwn } = own;
  const search = isNarrowed(filter) ? filterParams(filter).toString() : null;
  useEffect(() => loadTabs('/app/customers/counts?of=tabs'), [loadTabs]);
  useEffect(() => {
    if (search !== null) loadOwn(`/app/customers/counts?${search}`);
  }, [loadOwn, search]);
  const ofTabs = tabs.data?.tabs ?? null;
  if (search === null) return { tabs: ofTabs, found: ofTabs?.[filter.tab] ?? null };
  return { tabs: ofTabs, found: own.state === 'idle' ? (own.data?.found ?? null) : null };
}

/** Counts in words: "10,000+" beside a tab, "More than 10,000 customers" in a sentence. */
export function useCountLabels() {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    short: ({ count, isMore }: Count) => `${format.number(count)}${isMore ? '+' : ''}`,
    long: ({ count, isMore }: Count) => {
      const amount = format.number(count);
      return isMore ? t('customer_list.more_than', { amount }) : t('customer_list.count', { count, amount });
    },
  };
}
