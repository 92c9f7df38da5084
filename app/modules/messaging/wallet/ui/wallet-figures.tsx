import { BlockStack, Button, Card, InlineGrid, InlineStack, Text } from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { countryName } from './country-name.ts';
import { LimitsDialog } from './limits-dialog.tsx';
import type { WalletScreenView } from '../wallet-screen.server.ts';

/** What is free, what is reserved, and what the month has cost. */
export function WalletFigures({ view }: { view: WalletScreenView }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [isChanging, setChanging] = useState(false);
  const { estimate, currency, creditMicros, monthlyLimitMicros } = view;
  const money = (micros: bigint) => format.micros(micros, currency);
  return (
    <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
      <Figure name={t('wallet.free')} value={money(view.freeMicros)}>
        <Text as="p" tone="subdued">
          {estimate
            ? t('wallet.estimate', {
                count: Number(estimate.messages),
                number: format.number(estimate.messages),
                country: countryName(estimate.country, i18n.language),
              })
            : t('wallet.free_help')}
        </Text>
        {creditMicros > 0n && (
          <Text as="p" tone="subdued">
            {t('wallet.of_credit', { money: money(creditMicros) })}
          </Text>
        )}
      </Figure>
      <Figure name={t('wallet.held')} value={money(view.heldMicros)}>
        <Text as="p" tone="subdued">
          {t('wallet.held_help')}
        </Text>
      </Figure>
      <Figure
        name={t('wallet.month')}
        value={money(view.spentMicros)}
        action={
          view.canTopUp && (
            <Button variant="plain" onClick={() => setChanging(true)}>
              {t('wallet.limits.change')}
            </Button>
          )
        }
      >
        <Text as="p" tone="subdued">
          {monthlyLimitMicros === null
            ? t('wallet.no_limit')
            : t('wallet.limit', { money: money(monthlyLimitMicros) })}
        </Text>
      </Figure>
      {isChanging && <LimitsDialog view={view} onClose={() => setChanging(false)} />}
    </InlineGrid>
  );
}

interface FigureProps {
  name: string;
  value: string;
  action?: ReactNode;
  children: ReactNode;
}

function Figure({ name, value, action, children }: FigureProps) {
  return (
    <Card>
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200">
          <Text as="h2" variant="headingSm" tone="subdued">
            {name}
          </Text>
          {action}
        </InlineStack>
        <Text as="p" variant="headingLg">
          {value}
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}
