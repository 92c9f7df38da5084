import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { PackageView, WalletScreenView } from '../wallet-screen.server.ts';

const BASIS_POINTS = 10_000n;

/** Packages that turn the wallet's money into SMS credit at better rates. */
export function PackageList({ view }: { view: WalletScreenView }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <CardTitle>{t('wallet.packages.title')}</CardTitle>
          <Text as="p" tone="subdued">
            {t('wallet.packages.text')}
          </Text>
        </BlockStack>
        {view.packages.map((each) => (
          <PackageRow key={String(each.packageId)} view={view} offer={each} />
        ))}
      </BlockStack>
    </Card>
  );
}

function PackageRow({ view, offer }: { view: WalletScreenView; offer: PackageView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isAsked, setAsked] = useState(false);
  const { priceMicros, creditMicros, messages } = offer;
  const money = (micros: bigint) => format.micros(micros, view.currency);
  const isAffordable = view.moneyMicros >= priceMicros;
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <BlockStack gap="050">
        <Text as="p" fontWeight="semibold">
          {t('wallet.packages.offer', { price: money(priceMicros), credit: money(creditMicros) })}
        </Text>
        <Text as="p" tone="subdued">
          {t('wallet.packages.more', {
            percent: format.percent(Number(((creditMicros - priceMicros) * BASIS_POINTS) / priceMicros)),
          })}
          {messages !== null &&
            ` · ${t('wallet.packages.messages', { count: Number(messages), number: format.number(messages) })}`}
        </Text>
      </BlockStack>
      <Button disabled={!isAffordable} onClick={() => setAsked(true)}>
        {t('wallet.packages.buy')}
      </Button>
      {isAsked && <Confirm view={view} offer={offer} onClose={() => setAsked(false)} />}
    </InlineStack>
  );
}

function Confirm({
  view,
  offer,
  onClose,
}: {
  view: WalletScreenView;
  offer: PackageView;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  // One for the dialog: pressed twice, it is bought once.
  const [key] = useState(() => crypto.randomUUID());
  const { packageId, priceMicros, creditMicros } = offer;
  const money = (micros: bigint) => format.micros(micros, view.currency);
  return (
    <ConfirmModal
      isOpen
      title={t('wallet.packages.confirm_title')}
      text={t('wallet.packages.confirm_text', { price: money(priceMicros), credit: money(creditMicros) })}
      confirm={t('wallet.packages.buy')}
      isBusy={action.isBusy}
      error={errorOf('form')}
      onConfirm={() =>
        action.act(
          {
            intent: 'package',
            packageId: String(packageId),
            priceMicros: String(priceMicros),
            creditMicros: String(creditMicros),
            key,
          },
          t('wallet.packages.bought'),
          onClose,
        )
      }
      onCancel={onClose}
    />
  );
}
