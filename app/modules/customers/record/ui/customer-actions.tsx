import { useFetcher, useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RemoveCustomer } from './remove-customer.tsx';

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
  const [search, setSearch] = useSearchParams();
  const { customerId, name, isActive, hasLeft } = customer;
  const back = useBringBack(customerId);
  const ask = (isAsked: boolean) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (isAsked) next.set('remove', '1');
        else next.delete('remove');
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  if (!isActive) return { actions: [], dialog: null };
  const edit = { content: t('customer_detail.edit'), url: `/app/customers/${customerId}/edit` };
  const remove = hasLeft
    ? { content: t('customer_form.remove.bring_back'), loading: back.isBusy, onAction: back.bringBack }
    : { content: t('customer_form.remove.action'), destructive: true, onAction: () => ask(true) };
  const isAsking = search.get('remove') === '1' && !hasLeft;
  return {
    actions: [edit, remove],
    dialog: isAsking && <RemoveCustomer customerId={customerId} name={name} onClose={() => ask(false)} />,
  };
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
