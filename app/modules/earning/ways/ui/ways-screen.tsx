import { BlockStack, Box, Card, InlineGrid, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { Checkbox, MoneyField } from '#app/components/fields.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useNumberProblem } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { parseMoneyInput } from '#app/lib/typed-number.ts';
import { factsOf, linesOf } from '../../programs/typed-order.ts';
import { entitlementsOf, type EarningExplained } from '../../rules/entitlement.ts';
import { orderWorth } from '../../rules/order-worth.ts';
import { previewEarning } from '../../rules/preview.ts';
import type { WaysView } from '../read-ways.server.ts';
import type { WayState } from '../ways.ts';
import { WaysList } from './ways-list.tsx';

interface WaysScreenProps {
  view: WaysView;
  /** What is shown; null for all. */
  state: WayState | null;
}

/** Every way to earn, and what an order gives by each and over all of them. */
export function WaysScreen({ view, state }: WaysScreenProps) {
  const { i18n } = useTranslation();
  const format = useFormat();
  const { currency } = useShop();
  const [amount, setAmount] = useState(() => format.moneyInput(view.typicalMinor));
  const [isMember, setIsMember] = useState(true);
  const amountMinor = parseMoneyInput(amount, currency, i18n.language);
  const earning = amountMinor === null ? null : earningOf(view, currency, amountMinor, isMember);
  return (
    <div className="stack">
      <Card>
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          <OrderFields
            amount={amount}
            isAmount={amountMinor !== null}
            isMember={isMember}
            onAmount={setAmount}
            onMember={setIsMember}
          />
          <div aria-live="polite">
            {earning && amountMinor !== null && (
              <Sum earning={earning} rate={view.rate} amountMinor={amountMinor} />
            )}
          </div>
        </InlineGrid>
      </Card>
      <WaysList view={view} state={state} earning={earning} />
    </div>
  );
}

function earningOf(
  { rules, choices, now }: WaysView,
  currency: string,
  amountMinor: bigint,
  isMember: boolean,
): EarningExplained {
  const order = {
    amountMinor,
    quantities: new Map<string, number>(),
    printedPoints: 0n,
    isMember,
    category: choices.categories.find(({ isDefault }) => isDefault) ?? null,
    tier: null,
  };
  return previewEarning({ lines: linesOf(order, []), facts: factsOf(order), currency, rules, now });
}

interface OrderFieldsProps {
  amount: string;
  isAmount: boolean;
  isMember: boolean;
  onAmount: (text: string) => void;
  onMember: (isMember: boolean) => void;
}

function OrderFields({ amount, isAmount, isMember, onAmount, onMember }: OrderFieldsProps) {
  const { t } = useTranslation();
  const problem = useNumberProblem();
  return (
    <BlockStack gap="200">
      <CardTitle>{t('ways.order_title')}</CardTitle>
      <MoneyField
        label={t('ways.order_amount')}
        value={amount}
        error={isAmount ? false : problem('not_an_amount')}
        onChange={onAmount}
      />
      <Checkbox label={t('ways.order_member')} checked={isMember} onChange={onMember} />
    </BlockStack>
  );
}

interface SumProps {
  earning: EarningExplained;
  rate: WaysView['rate'];
  amountMinor: bigint;
}

function Sum({ earning, rate, amountMinor }: SumProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (earning.nothingBecause)
    return (
      <Text as="p" tone="caution">
        {t(`explain.nothing.${earning.nothingBecause}`)}
      </Text>
    );
  const { points, credit, worthMinor, shareBp } = orderWorth(entitlementsOf(earning), rate, amountMinor);
  const parts = [
    ...(points > 0n ? [format.units(points, 'POINTS')] : []),
    ...(credit > 0n ? [t('ways.credit', { amount: format.money(credit) })] : []),
  ];
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="bodySm" tone="subdued">
        {t('ways.gives', { amount: format.money(amountMinor) })}
      </Text>
      <Text as="p" variant="headingLg">
        {parts.length === 0 ? t('ways.nothing') : format.list(parts)}
      </Text>
      {worthMinor !== null && worthMinor > 0n && shareBp !== null && (
        <Text as="p">
          {t('ways.worth', { money: format.money(worthMinor), percent: format.percent(shareBp) })}
        </Text>
      )}
      {worthMinor === null && <Text as="p">{t('ways.no_worth')}</Text>}
      <Box paddingBlockStart="100">
        <Text as="p" variant="bodySm" tone="subdued">
          {t('ways.assumed')}
        </Text>
      </Box>
    </BlockStack>
  );
}
