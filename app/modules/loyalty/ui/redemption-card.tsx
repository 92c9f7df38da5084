import { BlockStack, Card, Checkbox, FormLayout, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { currencyMark } from '#app/lib/format.ts';
import type { ProgramSectionProps } from './program-form.tsx';

/** What points are worth at checkout. */
export function RedemptionCard({ draft, errorOf }: ProgramSectionProps) {
  const { t, i18n } = useTranslation();
  const mark = currencyMark(useShop().currency, i18n.language);
  const { values, set } = draft;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('program.redeem.title')}
          </Text>
          <Text as="p" tone="subdued">
            {t('program.redeem.text')}
          </Text>
        </BlockStack>
        <FormLayout>
          <Checkbox
            label={t('program.redeem.enabled')}
            checked={values.redemptionEnabled}
            onChange={(isOn) => set('redemptionEnabled', isOn)}
          />
          <FormLayout.Group>
            <TextField
              id="redemptionRateUnits"
              label={t('program.redeem.rate_units')}
              suffix={t('units.points_short')}
              inputMode="numeric"
              value={values.redemptionRateUnits}
              error={errorOf('redemptionRateUnits')}
              autoComplete="off"
              onChange={(value) => set('redemptionRateUnits', value)}
            />
            <TextField
              id="redemptionRateMinor"
              label={t('program.redeem.rate_money')}
              prefix={mark}
              inputMode="decimal"
              value={values.redemptionRateMinor}
              error={errorOf('redemptionRateMinor')}
              autoComplete="off"
              onChange={(value) => set('redemptionRateMinor', value)}
            />
          </FormLayout.Group>
          <TextField
            id="redemptionMinimumUnits"
            label={t('program.redeem.minimum')}
            helpText={t('program.redeem.minimum_help')}
            suffix={t('units.points_short')}
            inputMode="numeric"
            value={values.redemptionMinimumUnits}
            error={errorOf('redemptionMinimumUnits')}
            autoComplete="off"
            onChange={(value) => set('redemptionMinimumUnits', value)}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}
