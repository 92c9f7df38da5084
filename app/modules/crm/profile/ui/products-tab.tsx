import { BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris';
import { lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ChartFrame } from '#app/components/chart-frame.tsx';
import { DataTable } from '#app/components/table.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import type { BoughtProduct, ProductMeasure, ProductsView } from '../products-tab.server.ts';

/** The chart library is large and needs a browser: it is loaded when this tab is looked at. */
const ShareChart = lazy(() => import('#app/components/share-chart.client.tsx'));

/** More slices could not be told apart; the rest is one of its own. */
const SLICES_MAX = 6;
const MEASURES: readonly ProductMeasure[] = ['quantity', 'amount'];

/** What a customer ever bought, as a picture and as a table. */
export function ProductsTab({ view }: { view: ProductsView }) {
  const { t } = useTranslation();
  if (view.products.length === 0) {
    return (
      <Card>
        <EmptyNote
          title={t('customer_detail.products.empty_title')}
          text={t('customer_detail.products.empty_text')}
        />
      </Card>
    );
  }
  return (
    <div className="two-cards">
      <Shares view={view} />
      <ProductTable view={view} />
    </div>
  );
}

function Shares({ view }: { view: ProductsView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { measure, products, totals } = view;
  const nameOf = useProductName();
  const of = (product: BoughtProduct) =>
    measure === 'quantity' ? product.quantity : Number(product.amountMinor);
  const sum = measure === 'quantity' ? totals.quantity : Number(totals.amountMinor);
  const top = products.slice(0, products.length > SLICES_MAX ? SLICES_MAX - 1 : SLICES_MAX);
  const rest = sum - top.reduce((total, product) => total + of(product), 0);
  const write = (value: number) =>
    measure === 'quantity' ? format.number(value) : format.money(BigInt(Math.round(value)));
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('customer_detail.products.ever')}</CardTitle>
        <MeasureSwitch measure={measure} />
        <ChartFrame>
          <ShareChart
            shares={[
              ...top.map((product) => ({ name: nameOf(product), value: of(product) })),
              ...(rest > 0 ? [{ name: t('customer_detail.products.others'), value: rest }] : []),
            ]}
            label={write}
            total={write(sum)}
          />
        </ChartFrame>
      </BlockStack>
    </Card>
  );
}

function MeasureSwitch({ measure }: Pick<ProductsView, 'measure'>) {
  const { t } = useTranslation();
  const change = useSearchChange();
  // What was pressed shows at once; the figures follow.
  const [chosen, setChosen] = useState(measure);
  return (
    <fieldset className="choice-line">
      <legend>{t('customer_detail.products.by')}</legend>
      {MEASURES.map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="measure"
            checked={chosen === each}
            onChange={() => {
              setChosen(each);
              change({ by: each }, { replace: true, preventScrollReset: true });
            }}
          />
          {t(`customer_detail.products.by_${each}`)}
        </label>
      ))}
    </fieldset>
  );
}

function ProductTable({ view }: { view: ProductsView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useProductName();
  const { products, totals } = view;
  const more = totals.products - products.length;
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <CardTitle>{t('customer_detail.products.favourites')}</CardTitle>
      </Box>
      <DataTable
        columnContentTypes={['text', 'numeric', 'numeric', 'numeric']}
        headings={[
          t('customer_detail.products.product'),
          t('customer_detail.products.quantity'),
          t('customer_detail.products.amount'),
          t('customer_detail.products.orders'),
        ]}
        rows={products.map((product) => [
          <div className="wrapping" key={nameOf(product)}>
            {nameOf(product)}
            <Text as="p" variant="bodySm" tone="subdued">
              {t('customer_detail.products.last', { day: format.day(product.lastAt) })}
            </Text>
          </div>,
          format.number(product.quantity),
          format.money(product.amountMinor),
          format.number(product.orders),
        ])}
        totals={['', format.number(totals.quantity), format.money(totals.amountMinor), '']}
        totalsName={{
          singular: t('customer_detail.products.all'),
          plural: t('customer_detail.products.all'),
        }}
        showTotalsInFooter
        increasedTableDensity
      />
      {more > 0 && (
        <Box padding="400" paddingBlockStart="200">
          <InlineStack>
            <Text as="p" tone="subdued">
              {t('customer_detail.products.more', { count: more, amount: format.number(more) })}
            </Text>
          </InlineStack>
        </Box>
      )}
    </Card>
  );
}

function useProductName(): (product: BoughtProduct) => string {
  const { t } = useTranslation();
  return ({ title }) => title || t('customer_detail.products.unnamed');
}
