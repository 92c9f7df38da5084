import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, SkeletonBodyText, Text } from '@shopify/polaris';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#app/components/dialog.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { RemovalView, Removed } from '../remove-customer.server.ts';

interface RemoveCustomerProps {
  customerId: bigint;
  /** What the customer is called on screen. */
  name: string;
  onClose: () => void;
}

/** Asks before a customer is removed: what becomes of the balance, and whether it can be undone. */
export function RemoveCustomer({ customerId, name, onClose }: RemoveCustomerProps) {
  const { t } = useTranslation();
  const path = `/app/customers/${customerId}/remove`;
  const reading = useFetcher<RemovalView | null>();
  const removal = useRemoval(onClose);
  const errorOf = useFieldErrorText(removal.errors);
  const { load } = reading;
  useEffect(() => load(path), [load, path]);
  const view = reading.data;
  return (
    <Dialog
      title={t('customer_form.remove.title', { name })}
      action={{
        label: t(view?.hasOrders ? 'customer_form.remove.leave' : 'customer_form.remove.delete'),
        isDestructive: true,
        isDisabled: !view,
        isBusy: removal.isBusy,
        onAction: () => removal.remove(path),
      }}
      error={errorOf('form')}
      onClose={onClose}
    >
      {view ? <What view={view} name={name} /> : <SkeletonBodyText lines={3} />}
    </Dialog>
  );
}

function What({ view, name }: { view: RemovalView; name: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amounts = view.balances
    .filter(({ available }) => available > 0n)
    .map(({ unit, available }) => format.units(available, unit))
    .join(' · ');
  return (
    <BlockStack gap="300">
      <Text as="p" fontWeight="semibold">
        {amounts === ''
          ? t('customer_form.remove.no_balance', { name })
          : t(view.hasOrders ? 'customer_form.remove.balance' : 'customer_form.remove.balance_lost', {
              name,
              amounts,
            })}
      </Text>
      <Text as="p">
        {t(view.hasOrders ? 'customer_form.remove.with_orders' : 'customer_form.remove.without_orders', {
          name,
        })}
      </Text>
    </BlockStack>
  );
}

/** Removes, reports the outcome, and leaves the page of a deleted customer. */
function useRemoval(onClose: () => void) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<Removed>();
  const { state, data } = fetcher;
  const isSent = useRef(false);
  useEffect(() => {
    // Not once everything has been read again: the page of a deleted customer no longer shows a dialog.
    if (!data?.ok || !isSent.current) return;
    isSent.current = false;
    shopify.toast.show(t(`customer_form.remove.${data.outcome}`));
    onClose();
    if (data.outcome === 'deleted') navigate('/app/customers', { replace: true });
  }, [data, shopify, navigate, onClose, t]);
  return {
    isBusy: state !== 'idle',
    errors: data && !data.ok ? data.errors : {},
    remove(action: string) {
      isSent.current = true;
      fetcher.submit({}, { method: 'post', action, encType: 'application/json' });
    },
  };
}
