import { BlockStack, Button, Card, InlineGrid, InlineStack, Popover, Text } from '@shopify/polaris';
import { InfoIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { OtherCurrencyNote } from './other-currency-note.tsx';
import type { CustomerMetrics } from '#app/modules/orders/rules/customer-metrics.ts';

const METRICS = [
  'orders',
  'items',
  'spend',
  'monthly_spend',
  'monthly_orders',
  'last_order',
  'gap',
  'lifetime',
  'average_order',
  'loyal',
] as const;
type Metric = (typeof METRICS)[number];

/** Those that are kept for orders of every status too. */
const IN_BOTH: readonly Metric[] = ['orders', 'spend', 'last_order', 'average_order'];

/** Those that say how a customer will go on. */
const PREDICTIONS: readonly Metric[] = ['lifetime', 'loyal'];

/** What a customer is worth, in ten figures; each tells how it is computed. */
export function MetricsCard({ metrics }: { metrics: CustomerMetrics }) {
  const { t } = useTranslation();
  const [countsAll, setCountsAll] = useState(false);
  const valueOf = useMetricValue(metrics, countsAll);
  if (metrics.orders.all === 0) {
    return (
      <Card>
        <EmptyNote
          title={t('customer_detail.metrics.empty_title')}
          text={t('customer_detail.metrics.empty_text')}
        />
      </Card>
    );
  }
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>{t('customer_detail.metrics.title')}</CardTitle>
          <ValidOrAll countsAll={countsAll} onChange={setCountsAll} />
        </InlineStack>
        <InlineGrid columns={{ xs: 2, md: 3 }} gap="400">
          {METRICS.map((metric) => (
            <Tile
              key={metric}
              metric={metric}
              metrics={metrics}
              value={valueOf(metric)}
              countsAll={countsAll}
            />
          ))}
        </InlineGrid>
        <OtherCurrencyNote count={metrics.otherCurrency[countsAll ? 'all' : 'valid']} />
      </BlockStack>
    </Card>
  );
}

interface TileProps {
  metric: Metric;
  metrics: CustomerMetrics;
  value: string | null;
  countsAll: boolean;
}

function Tile({ metric, metrics, value, countsAll }: TileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrower = countsAll && !IN_BOTH.includes(metric);
  return (
    <BlockStack gap="050">
      <InlineStack gap="100" blockAlign="center" wrap={false}>
        <Text as="h3" variant="bodySm" tone="subdued">
          {t(`customer_detail.metrics.name.${metric}`)}
        </Text>
        <Formula metric={metric} metrics={metrics} />
      </InlineStack>
      <Text as="p" variant="headingMd" breakWord>
        {value ??
          (PREDICTIONS.includes(metric)
            ? t('customer_detail.metrics.not_enough')
            : t('customer_detail.metrics.none'))}
      </Text>
      {metric === 'lifetime' && (
        <Text as="p" variant="bodySm" tone="subdued">
          {t('customer_detail.metrics.to_date', { amount: format.money(metrics.spendMinor.valid) })}
        </Text>
      )}
      {isNarrower && (
        <Text as="p" variant="bodySm" tone="subdued">
          {t('customer_detail.metrics.valid_only')}
        </Text>
      )}
    </BlockStack>
  );
}

/** How a figure is computed, on a press: a tooltip would need a mouse. */
function Formula({ metric, metrics }: { metric: Metric; metrics: CustomerMetrics }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const name = t(`customer_detail.metrics.name.${metric}`);
  return (
    <Popover
      active={isOpen}
      sectioned
      onClose={() => setIsOpen(false)}
      activator={
        <Button
          variant="monochromePlain"
          size="micro"
          icon={InfoIcon}
          accessibilityLabel={t('customer_detail.metrics.how', { name })}
          onClick={() => setIsOpen((wasOpen) => !wasOpen)}
        />
      }
    >
      <Text as="p">
        {t(`customer_detail.metrics.formula.${metric}`, {
          months: metrics.months ?? 1,
          lifetime: metrics.lifetimeMonths,
        })}
      </Text>
    </Popover>
  );
}

function ValidOrAll({ countsAll, onChange }: { countsAll: boolean; onChange: (countsAll: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="choice-line">
      <legend>{t('customer_detail.metrics.counted')}</legend>
      {([false, true] as const).map((isAll) => (
        <label key={String(isAll)}>
          <input type="radio" name="counted" checked={countsAll === isAll} onChange={() => onChange(isAll)} />
          {isAll ? t('customer_detail.metrics.all') : t('customer_detail.metrics.valid')}
        </label>
      ))}
    </fieldset>
  );
}

/** A function from a metric to its figure as people write it; null where there is none. */
function useMetricValue(metrics: CustomerMetrics, countsAll: boolean): (metric: Metric) => string | null {
  const { t } = useTranslation();
  const format = useFormat();
  const of = countsAll ? 'all' : 'valid';
  const money = (amount: bigint | null) => (amount === null ? null : format.money(amount));
  return (metric) => {
    switch (metric) {
      case 'orders':
        return format.number(metrics.orders[of]);
      case 'items':
        return format.number(metrics.items);
      case 'spend':
        return format.money(metrics.spendMinor[of]);
      case 'monthly_spend':
        return money(metrics.monthlySpendMinor);
      case 'monthly_orders':
        return metrics.monthlyOrdersHundredths === null
          ? null
          : format.fixed(metrics.monthlyOrdersHundredths, 2);
      case 'last_order': {
        const at = metrics.lastOrderAt[of];
        return at === null ? null : format.day(at);
      }
      case 'gap': {
        const { gapTenths } = metrics;
        if (gapTenths === null) return null;
        // "1 day" and "1.0 days" are the same: the plural goes by what is written.
        const count = Number(gapTenths) / 10;
        return t('customer_detail.metrics.days', { count, amount: format.fixed(gapTenths, 1) });
      }
      case 'lifetime':
        return money(metrics.lifetimeMinor);
      case 'average_order':
        return money(metrics.averageOrderMinor[of]);
      case 'loyal':
        return metrics.loyalBp === null ? null : format.percent(metrics.loyalBp);
    }
  };
}
