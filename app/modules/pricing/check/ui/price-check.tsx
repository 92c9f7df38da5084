import { Badge, Banner, BlockStack, Box, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { copyText } from '#app/components/copy-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { ProductPicker } from '#app/modules/products/ui/product-picker.tsx';
import {
  CHECK_ROWS_MAX,
  checkAddress,
  itemsText,
  type CheckAddress,
  type CheckRow,
} from '../check-address.ts';
import type { PriceCheckView } from '../read-price-check.server.ts';
import { CheckRows } from './check-rows.tsx';
import { CustomerSearch } from './customer-search.tsx';

/** Who and what, and what that costs: everything is in the address. */
export function PriceCheck({ view }: { view: PriceCheckView }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const { address, rows } = view;
  const setRows = (next: readonly CheckRow[]) => change({ items: itemsText(next) });
  return (
    <div className="stack">
      {view.isOff && (
        <Banner tone="info">
          {t('pricing.off_note')} <Link url="/app/resellers/settings">{t('pricing.off_link')}</Link>
        </Banner>
      )}
      {view.isUnavailable && <Banner tone="warning">{t('pricing.check.unavailable')}</Banner>}
      <CustomerCard view={view} onChoose={(customer) => change({ customer })} />
      <Card padding="0">
        <Box padding="400">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <CardTitle>{t('pricing.check.products')}</CardTitle>
            <ProductPicker
              label={t('pricing.check.add')}
              allowVariants
              onPick={(picked) => {
                const added = picked.map(({ productId, variantId }) => ({
                  ref: variantId === null ? `p${productId}` : `v${variantId}`,
                  quantity: 1,
                }));
                const kept = rows.map(({ ref, quantity }) => ({ ref, quantity }));
                const fresh = added.filter(({ ref }) => !kept.some((each) => each.ref === ref));
                setRows([...kept, ...fresh].slice(0, CHECK_ROWS_MAX));
              }}
            />
          </InlineStack>
        </Box>
        {rows.length === 0 ? (
          <Box padding="400" paddingBlockStart="0">
            <Text as="p" tone="subdued">
              {t('pricing.check.no_products')}
            </Text>
          </Box>
        ) : (
          <CheckRows view={view} onChange={setRows} />
        )}
      </Card>
      <Sharing address={address} />
    </div>
  );
}

function CustomerCard({ view, onChoose }: { view: PriceCheckView; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  const { customer, address } = view;
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('pricing.check.customer')}</CardTitle>
        {customer === null ? (
          <Text as="p" tone="subdued">
            {t(address.customerId === null ? 'pricing.check.no_customer' : 'pricing.check.gone')}
          </Text>
        ) : (
          <InlineStack gap="200" blockAlign="center">
            <Link url={`/app/customers/${customer.customerId}`}>{nameOf(customer)}</Link>
            <Badge>{customer.category}</Badge>
            {customer.percentBp !== null && (
              <Badge tone="info">
                {t('pricing.category.own_percent', { percent: format.percent(customer.percentBp) })}
              </Badge>
            )}
            {customer.tier !== null && <Badge>{customer.tier}</Badge>}
            {customer.opensResellerPage && <Badge>{t('pricing.check.page_open')}</Badge>}
            {!customer.appliesAtTill && <Badge tone="attention">{t('pricing.check.at_till')}</Badge>}
            {customer.isWaiting && <Badge tone="attention">{t('pricing.check.waiting')}</Badge>}
          </InlineStack>
        )}
        <CustomerSearch onChoose={onChoose} />
      </BlockStack>
    </Card>
  );
}

/** The address as a link that shows another person the same. */
function Sharing({ address }: { address: CheckAddress }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const copy = async () => {
    const isCopied = await copyText(new URL(checkAddress(address), window.location.origin).toString());
    shopify.toast.show(t(isCopied ? 'pricing.check.copied' : 'pricing.check.not_copied'));
  };
  return (
    <div className="loose">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="p" tone="subdued">
          {t('pricing.check.share_text')}
        </Text>
        <Button onClick={() => void copy()}>{t('pricing.check.share')}</Button>
      </InlineStack>
    </div>
  );
}
