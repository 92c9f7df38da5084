import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ChoiceList, UnitsField } from '#app/components/fields.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { parseMoneyInput, parseWholeInput } from '#app/lib/typed-number.ts';
import type { Balance } from '#app/modules/ledger/balances.queries.server.ts';
import { valueMinor } from '../../rules/redemption.ts';
import type { Unit } from '#app/lib/units.ts';
import type { PayoutAnswer, PayoutView } from '../payout-screens.server.ts';

interface PayoutCardProps {
  customerId: bigint;
  customerName: string;
  balances: Balance[];
  payout: PayoutView;
}

/** Pays a customer's points or credit out as Shopify's own store credit, after asking. */
export function PayoutCard({ payout, ...props }: PayoutCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { underWay } = payout;
  const usable = payout.units.filter(({ unit }) => availableOf(props.balances, unit) > 0n);
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('payout.title')}</CardTitle>
        <Text as="p" tone="subdued">
          {t('payout.text')}
        </Text>
        {underWay && (
          <Banner tone="info">
            {t('payout.under_way', {
              units: format.units(underWay.units, underWay.unit),
              amount: format.money(underWay.amountMinor),
            })}
          </Banner>
        )}
        {!underWay && usable.length === 0 && <Text as="p">{t('payout.nothing')}</Text>}
        {!underWay && usable.length > 0 && <PayoutForm {...props} usable={usable} />}
      </BlockStack>
    </Card>
  );
}

interface PayoutFormProps extends Omit<PayoutCardProps, 'payout'> {
  /** Units of which there is something to pay out; at least one. */
  usable: PayoutView['units'];
}

function PayoutForm({ customerId, customerName, usable }: PayoutFormProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { currency } = useShop();
  const [chosen, setUnit] = useState<Unit>('POINTS');
  const [amount, setAmount] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const { pay, isBusy, error, clear } = usePayout(customerId, (isPaid) => {
    if (isPaid) setAmount('');
    setIsAsking(false);
  });
  const terms = usable.find(({ unit }) => unit === chosen) ?? usable[0];
  const unit = terms?.unit ?? 'POINTS';
  const isCredit = unit === 'CREDIT';
  const typed = isCredit
    ? parseMoneyInput(amount, currency, i18n.language)
    : parseWholeInput(amount, i18n.language);
  const units = typed === null || typed === 0n ? null : typed;
  const figures = {
    units: format.units(units ?? 0n, unit),
    amount: format.money(terms && units !== null ? valueMinor(units, terms.rate) : 0n),
    customer: customerName,
  };
  const change = (next: { unit?: Unit; amount?: string }) => {
    setUnit(next.unit ?? chosen);
    setAmount(next.amount ?? amount);
    clear();
  };
  return (
    <>
      {usable.length > 1 && (
        <UnitChoice usable={usable} unit={unit} onChange={(next) => change({ unit: next })} />
      )}
      <UnitsField
        label={t('payout.amount')}
        unit={unit}
        value={amount}
        error={error}
        helpText={units === null ? '' : t('payout.becomes', figures)}
        onChange={(text) => change({ amount: text })}
      />
      <InlineStack>
        <Button disabled={units === null} onClick={() => setIsAsking(true)}>
          {t('payout.action')}
        </Button>
      </InlineStack>
      <ConfirmModal
        isOpen={isAsking}
        title={t('payout.confirm_title', figures)}
        text={t('payout.confirm_text', figures)}
        confirm={t('payout.confirm')}
        isBusy={isBusy}
        onConfirm={() => pay(unit, amount)}
        onCancel={() => setIsAsking(false)}
      />
    </>
  );
}

function UnitChoice(props: { usable: PayoutView['units']; unit: Unit; onChange: (unit: Unit) => void }) {
  const { t } = useTranslation();
  const { usable, unit, onChange } = props;
  return (
    <ChoiceList
      title={t('payout.unit')}
      choices={usable.map((each) => ({
        label: each.unit === 'CREDIT' ? t('units.credit') : t('units.points_title'),
        value: each.unit,
      }))}
      selected={[unit]}
      onChange={([next]) => onChange(next === 'CREDIT' ? 'CREDIT' : 'POINTS')}
    />
  );
}

function availableOf(balances: Balance[], unit: Unit): bigint {
  return balances.find((balance) => balance.unit === unit)?.available ?? 0n;
}

/** The same key until an answer came: a second press of a lost request pays once. */
function usePayout(customerId: bigint, onEnd: (isPaid: boolean) => void) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const shopify = useAppBridge();
  const fetcher = useFetcher<PayoutAnswer>();
  const [key, setKey] = useState<string | null>(null);
  const [sentUnit, setSentUnit] = useState<Unit>('POINTS');
  const [error, setError] = useState<string | false>(false);
  useEffect(() => {
    if (fetcher.state !== 'idle' || !fetcher.data) return;
    const answer = fetcher.data;
    // What may not have arrived is asked again with the same key.
    if (answer.ok || answer.problem !== 'not_sent') setKey(null);
    onEnd(answer.ok);
    if (answer.ok) {
      shopify.toast.show(answer.state === 'paid' ? t('payout.paid') : t('payout.started'));
      return;
    }
    setError(
      t(`payout.problem.${answer.problem}`, {
        available: format.units(answer.available, sentUnit),
        minimum: format.units(answer.minimum, sentUnit),
        step: format.units(answer.step, sentUnit),
        failure: answer.failure ?? '',
      }),
    );
    // Once an answer: everything else here is created on each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [fetcher.state, fetcher.data]);
  return {
    isBusy: fetcher.state !== 'idle',
    error,
    clear: () => setError(false),
    pay: (unit: Unit, amount: string): void => {
      const sentKey = key ?? crypto.randomUUID();
      setKey(sentKey);
      setSentUnit(unit);
      fetcher.submit(
        { key: sentKey, unit, amount, locale: i18n.language },
        { method: 'post', action: `/app/payouts/${customerId}`, encType: 'application/json' },
      );
    },
  };
}
