import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useComingSearch, useSearchChange } from '#app/components/use-search-change.ts';
import { RemoveCustomer } from './remove-customer.tsx';

/** `?remove=1` */
const ASKED = 'remove';

interface CustomerActions {
  /** For the head of the customer's page. */
  actions: {
    content: string;
    url?: string;
    destructive?: boolean;
    loading?: boolean;
    onAction?: () => void;
  }[];
  dialog: ReactNode;
}

/** Edit, and remove or bring back; `?remove=1` in the address asks at once. */
export function useCustomerActions(customer: {
  customerId: bigint;
  name: string;
  isActive: boolean;
  hasLeft: boolean;
}): CustomerActions {
  const { t } = useTranslation();
  const { customerId, name, isActive, hasLeft } = customer;
  const back = useBringBack(customerId);
  const { isAsked, ask } = useAsked();
  if (!isActive) return { actions: [], dialog: null };
  const edit = { content: t('customer_detail.edit'), url: `/app/customers/${customerId}/edit` };
  const remove = hasLeft
    ? { content: t('customer_form.remove.bring_back'), loading: back.isBusy, onAction: back.bringBack }
    : { content: t('customer_form.remove.action'), destructive: true, onAction: () => ask(true) };
  return {
    actions: [edit, remove],
    dialog: isAsked && !hasLeft && (
      <RemoveCustomer customerId={customerId} name={name} onClose={() => ask(false)} />
    ),
  };
}

/** Whether the question is open: at once by its button, or by the address that a list leads to. */
function useAsked() {
  const change = useSearchChange();
  const isInAddress = useComingSearch().search.get(ASKED) === '1';
  const [isAsked, setAsked] = useState(isInAddress);
  useEffect(() => {
    if (isInAddress) setAsked(true);
  }, [isInAddress]);
  const ask = (isWanted: boolean): void => {
    setAsked(isWanted);
    if (isWanted || !isInAddress) return;
    change({ [ASKED]: null }, { replace: true, preventScrollReset: true });
  };
  return { isAsked, ask };
}

function useBringBack(customerId: bigint) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ ok: boolean }>();
  const { state, data } = fetcher;
  useEffect(() => {
    if (state === 'idle' && data?.ok) shopify.toast.show(t('customer_form.remove.brought_back'));
  }, [state, data, shopify, t]);
  return {
    isBusy: state !== 'idle',
    bringBack: () =>
      fetcher.submit(
        { intent: 'bring_back' },
        { method: 'post', action: `/app/customers/${customerId}/remove`, encType: 'application/json' },
      ),
  };
}
