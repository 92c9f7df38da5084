import { BlockStack, Checkbox, FormLayout, RadioButton, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { currencyMark } from '#app/lib/format.ts';
import { Section, type SectionProps } from './settings-section.tsx';

/** What points are worth, and how they are paid out. */
export function WorthSection({ draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { currency } = useShop();
  const { values } = draft;
  return (
    <Section title={t('settings.worth.title')} text={t('settings.worth.text')}>
      <FormLayout>
        <Checkbox
          label={t('settings.worth.enabled')}
          checked={values.redemptionEnabled}
          onChange={(isOn) => draft.set('redemptionEnabled', isOn)}
        />
        <FormLayout.Group>
          <TextField
            id="redemptionRateUnits"
            label={t('settings.worth.rate_units')}
            inputMode="numeric"
            suffix={t('units.points_short')}
            value={values.redemptionRateUnits}
            error={errorOf('redemptionRateUnits')}
            autoComplete="off"
            onChange={(value) => draft.set('redemptionRateUnits', value)}
          />
          <TextField
            id="redemptionRateMinor"
            label={t('settings.worth.rate_money')}
            inputMode="decimal"
            prefix={currencyMark(currency, locale)}
            value={values.redemptionRateMinor}
            error={errorOf('redemptionRateMinor')}
            autoComplete="off"
            onChange={(value) => draft.set('redemptionRateMinor', value)}
          />
        </FormLayout.Group>
        <TextField
          id="redemptionMinimumUnits"
          label={t('settings.worth.minimum')}
          helpText={t('settings.worth.minimum_help')}
          inputMode="numeric"
          suffix={t('units.points_short')}
          value={values.redemptionMinimumUnits}
          error={errorOf('redemptionMinimumUnits')}
          autoComplete="off"
          onChange={(value) => draft.set('redemptionMinimumUnits', value)}
        />
        <Checkbox
          label={t('settings.worth.payout')}
          helpText={t('settings.worth.payout_help')}
          checked={values.payoutActive}
          onChange={(isOn) => draft.set('payoutActive', isOn)}
        />
      </FormLayout>
    </Section>
  );
}

/** How a payment with points behaves at checkout. */
export function CheckoutSection({ draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  const { values } = draft;
  return (
    <Section title={t('settings.checkout.title')} text={t('settings.checkout.text')}>
      <FormLayout>
        <BlockStack gap="100">
          <Text as="h3" variant="bodyMd" fontWeight="medium">
            {t('settings.checkout.combines')}
          </Text>
          <Checkbox
            label={t('settings.checkout.combines_order')}
            checked={values.combinesWithOrder}
            onChange={(isOn) => draft.set('combinesWithOrder', isOn)}
          />
          <Checkbox
            label={t('settings.checkout.combines_product')}
            checked={values.combinesWithProduct}
            onChange={(isOn) => draft.set('combinesWithProduct', isOn)}
          />
          <Checkbox
            label={t('settings.checkout.combines_shipping')}
            checked={values.combinesWithShipping}
            onChange={(isOn) => draft.set('combinesWithShipping', isOn)}
          />
        </BlockStack>
        <TextField
          id="redemptionTtlMinutes"
          label={t('settings.checkout.ttl')}
          helpText={t('settings.checkout.ttl_help')}
          suffix={t('settings.checkout.ttl_unit')}
          inputMode="numeric"
          value={values.redemptionTtlMinutes}
          error={errorOf('redemptionTtlMinutes')}
          autoComplete="off"
          onChange={(value) => draft.set('redemptionTtlMinutes', value)}
        />
      </FormLayout>
    </Section>
  );
}

/** What a refund takes and gives back. */
export function RefundSection({ draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  const { values } = draft;
  return (
    <Section title={t('settings.refunds.title')} text={t('settings.refunds.text')}>
      <FormLayout>
        <BlockStack gap="100">
          <Text as="h3" variant="bodyMd" fontWeight="medium">
            {t('settings.refunds.shortfall')}
          </Text>
          <RadioButton
            id="refundShortfall-debt"
            name="refundShortfall"
            label={t('settings.refunds.debt')}
            helpText={t('settings.refunds.debt_help')}
            checked={values.refundShortfall === 'debt'}
            onChange={() => draft.set('refundShortfall', 'debt')}
          />
          <RadioButton
            id="refundShortfall-write_off"
            name="refundShortfall"
            label={t('settings.refunds.write_off')}
            helpText={t('settings.refunds.write_off_help')}
            checked={values.refundShortfall === 'write_off'}
            onChange={() => draft.set('refundShortfall', 'write_off')}
          />
        </BlockStack>
        <Checkbox
          label={t('settings.refunds.all_lots')}
          helpText={t('settings.refunds.all_lots_help')}
          checked={values.refundTakesFromAllLots}
          onChange={(isOn) => draft.set('refundTakesFromAllLots', isOn)}
        />
        <TextField
          id="restoreMinimumDays"
          label={t('settings.refunds.restore_days')}
          helpText={t('settings.refunds.restore_days_help')}
          suffix={t('units.days')}
          inputMode="numeric"
          value={values.restoreMinimumDays}
          error={errorOf('restoreMinimumDays')}
          autoComplete="off"
          onChange={(value) => draft.set('restoreMinimumDays', value)}
        />
      </FormLayout>
    </Section>
  );
}
