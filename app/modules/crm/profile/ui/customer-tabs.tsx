import { useLocation } from '@remix-run/react';
import { Box, Tabs } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** In their order; the first is the customer's own address. */
const TABS = ['profile', 'orders', 'points', 'products', 'notes', 'photos', 'contacts'] as const;
const PANEL_ID = 'customer-panel';

/** The tabs of a customer's page: each is an address of its own, which loads only what it shows. */
export function CustomerTabs({ customerId, children }: { customerId: bigint; children: ReactNode }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const address = `/app/customers/${customerId}`;
  const place = pathname.slice(address.length + 1);
  const shown = TABS.find((tab) => tab === place) ?? 'profile';
  return (
    <>
      <Tabs
        tabs={TABS.map((tab) => ({
          id: `customer-${tab}`,
          content: t(`customer_detail.tab.${tab}`),
          panelID: PANEL_ID,
          url: tab === 'profile' ? address : `${address}/${tab}`,
        }))}
        selected={TABS.indexOf(shown)}
      />
      <div id={PANEL_ID} role="tabpanel" aria-labelledby={`customer-${shown}`} tabIndex={-1}>
        <Box paddingBlockStart="400">{children}</Box>
      </div>
    </>
  );
}
