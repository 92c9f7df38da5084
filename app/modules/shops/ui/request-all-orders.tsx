import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Button } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OPTIONAL_SCOPES } from '#app/integrations/shopify/scopes.ts';

/** Where the granted access is read; Home's action starts the import of what can be read now. */
const HOME = '/app?index';

/** Asks the merchant, in Shopify's own dialog, for access to orders older than 60 days. */
export function RequestAllOrders() {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher();
  const [isAsking, setIsAsking] = useState(false);
  const request = async () => {
    setIsAsking(true);
    try {
      const { result } = await shopify.scopes.request([...OPTIONAL_SCOPES]);
      if (result !== 'granted-all') return shopify.toast.show(t('sync.access.declined'));
      const intent = { intent: 'access_changed' };
      fetcher.submit(intent, { method: 'post', action: HOME, encType: 'application/json' });
      shopify.toast.show(t('sync.access.granted'));
    } catch {
      // Shopify refuses the request of an app that it has not approved for all orders.
      shopify.toast.show(t('sync.access.refused'), { isError: true });
    } finally {
      setIsAsking(false);
    }
  };
  return (
    <Button loading={isAsking || fetcher.state !== 'idle'} onClick={() => void request()}>
      {t('sync.access.request')}
    </Button>
  );
}
