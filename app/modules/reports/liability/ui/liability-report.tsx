import type { ShowAmount } from './show-amount.ts';
import { BlockStack, Box, Card, InlineGrid, InlineStack, Tabs, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { LiabilityReport, UnitLiability } from '../read-liability.server.ts';
import { valueMinor } from '#app/modules/redemptions/rules/redemption.ts';
import { type RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import { LiabilityCharts } from './liability-charts.tsx';
import { LiabilityTable } from './liability-table.tsx';

/** What the club owes, by month, in units and in money (F125). */
export function LiabilityView({ report }: { report: LiabilityReport }) {
  const { t } = useTranslation();
  const [index, setIndex] = useState(0);
  const shown = report.units[index] ?? report.units[0];
  if (!shown || report.units.every(({ months }) => months.length === 0)) {
    return (
      <Card>
        <EmptyNote title={t('reports.liability.empty_title')} text={t('reports.liability.empty_text')} />
      </Card>
    );
  }
  if (report.units.length === 1) return <UnitReport liability={shown} rate={report.rate} />;
  const tabs = report.units.map(({ unit }) => ({
    id: unit,
    content: unit === 'CREDIT' ? t('units.credit') : t('units.points_title'),
  }));
  return (
    <Tabs tabs={tabs} selected={index} onSelect={setIndex}>
      <Box paddingBlockStart="400">
        <UnitReport key={shown.unit} liability={shown} rate={report.rate} />
      </Box>
    </Tabs>
  );
}

function UnitReport({ liability, rate }: { liability: UnitLiability; rate: RedemptionRate }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { timeZone } = useShop();
  const { unit } = liability;
  const [inMoney, setInMoney] = useState(false);
  const worth = (amount: bigint) => (unit === 'CREDIT' ? amount : valueMinor(amount, rate));
  const show: ShowAmount = (amount) => (inMoney ? format.money(worth(amount)) : format.amount(amount, unit));
  return (
    <div className="stack">
      <Tiles liability={liability} worth={worth} />
      {unit === 'POINTS' && (
        <div className="phone-inset">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="p" tone="subdued">
              {t('reports.liability.rate', {
                units: format.units(rate.units, unit),
                money: format.money(rate.amountMinor),
              })}
            </Text>
            <UnitsOrMoney inMoney={inMoney} onChange={setInMoney} />
          </InlineStack>
        </div>
      )}
      <LiabilityCharts liability={liability} show={show} />
      <LiabilityTable liability={liability} show={show} />
      <div className="phone-inset">
        <Text as="p" variant="bodySm" tone="subdued">
          {t('reports.liability.proof')} {t('reports.liability.zone', { zone: timeZone })}
        </Text>
      </div>
    </div>
  );
}

interface TilesProps {
  liability: UnitLiability;
  worth: (amount: bigint) => bigint;
}

function Tiles({ liability, worth }: TilesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { unit } = liability;
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
      {(['outstanding', 'pending'] as const).map((field) => (
        <Card key={field}>
          <BlockStack gap="100">
            <Text as="h2" variant="bodyMd" tone="subdued">
              {t(`reports.liability.${field}`)}
            </Text>
            <Text as="p" variant="headingXl" numeric>
              {format.amount(liability[field], unit)}
            </Text>
            <Text as="p" tone="subdued">
              {unit === 'CREDIT'
                ? ''
                : `${t('home.worth', { money: format.money(worth(liability[field])) })} · `}
              {t(`reports.liability.${field}_help`)}
            </Text>
          </BlockStack>
        </Card>
      ))}
    </InlineGrid>
  );
}

function UnitsOrMoney({ inMoney, onChange }: { inMoney: boolean; onChange: (inMoney: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="choice-line">
      <legend>{t('reports.liability.shown_in')}</legend>
      {([false, true] as const).map((isMoney) => (
        <label key={String(isMoney)}>
          <input
            type="radio"
            name="shown_in"
            checked={inMoney === isMoney}
            onChange={() => onChange(isMoney)}
          />
          {isMoney ? t('reports.liability.in_money') : t('reports.liability.in_units')}
        </label>
      ))}
    </fieldset>
  );
}
