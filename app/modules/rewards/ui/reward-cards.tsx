import { BlockStack, Card, Checkbox, ChoiceList, FormLayout, Text, TextField } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { currencyMark } from '#app/lib/format.ts';
import { DESCRIPTION_CHARACTERS_MAX, NAME_CHARACTERS_MAX } from '../reward-form.ts';
import type { RewardSectionProps } from './reward-form.tsx';

function FormCard({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          {text !== undefined && (
            <Text as="p" tone="subdued">
              {text}
            </Text>
          )}
        </BlockStack>
        <FormLayout>{children}</FormLayout>
      </BlockStack>
    </Card>
  );
}

function useMark(): string {
  const { i18n } = useTranslation();
  return currencyMark(useShop().currency, i18n.language);
}

/** What a customer gets, and for how much. */
export function RewardCard({ draft, errorOf }: RewardSectionProps) {
  const { t } = useTranslation();
  const mark = useMark();
  const { values, set } = draft;
  const isCredit = values.unit === 'CREDIT';
  return (
    <FormCard title={t('rewards.what_title')}>
      <TextField
        id="name"
        label={t('rewards.name')}
        helpText={t('rewards.name_help')}
        value={values.name}
        error={errorOf('name')}
        maxLength={NAME_CHARACTERS_MAX}
        autoComplete="off"
        onChange={(value) => set('name', value)}
      />
      <ChoiceList
        title={t('rewards.kind')}
        choices={(['percent', 'amount', 'other'] as const).map((kind) => ({
          label: t(`rewards.kinds.${kind}`),
          helpText: t(`rewards.kinds.${kind}_help`),
          value: kind,
        }))}
        selected={[values.kind]}
        onChange={([kind]) => set('kind', kind ?? 'percent')}
      />
      <KindFields draft={draft} errorOf={errorOf} />
      <ChoiceList
        title={t('rewards.unit')}
        choices={[
          { label: t('rewards.unit_points'), value: 'POINTS' },
          { label: t('rewards.unit_credit'), value: 'CREDIT' },
        ]}
        selected={[values.unit]}
        onChange={([unit]) => set('unit', unit ?? 'POINTS')}
      />
      <TextField
        id="units"
        label={t('rewards.price')}
        {...(isCredit ? { prefix: mark } : { suffix: t('units.points_short') })}
        inputMode={isCredit ? 'decimal' : 'numeric'}
        value={values.units}
        error={errorOf('units')}
        autoComplete="off"
        onChange={(value) => set('units', value)}
      />
    </FormCard>
  );
}

function KindFields({ draft, errorOf }: RewardSectionProps) {
  const { t } = useTranslation();
  const mark = useMark();
  const { values, set } = draft;
  if (values.kind === 'percent') {
    return (
      <TextField
        id="percent"
        label={t('rewards.percent')}
        suffix="%"
        inputMode="decimal"
        value={values.percent}
        error={errorOf('percent')}
        autoComplete="off"
        onChange={(value) => set('percent', value)}
      />
    );
  }
  if (values.kind === 'amount') {
    return (
      <TextField
        id="amountMinor"
        label={t('rewards.amount')}
        prefix={mark}
        inputMode="decimal"
        value={values.amountMinor}
        error={errorOf('amountMinor')}
        autoComplete="off"
        onChange={(value) => set('amountMinor', value)}
      />
    );
  }
  return (
    <BlockStack gap="400">
      <TextField
        id="description"
        label={t('rewards.description')}
        helpText={t('rewards.description_help')}
        multiline={3}
        value={values.description}
        error={errorOf('description')}
        maxLength={DESCRIPTION_CHARACTERS_MAX}
        autoComplete="off"
        onChange={(value) => set('description', value)}
      />
      <TextField
        id="pictureUrl"
        type="url"
        label={t('rewards.picture')}
        helpText={t('rewards.picture_help')}
        value={values.pictureUrl}
        error={errorOf('pictureUrl')}
        autoComplete="off"
        onChange={(value) => set('pictureUrl', value)}
      />
    </BlockStack>
  );
}

/** What the code asks for at checkout. */
export function CodeCard({ draft, errorOf }: RewardSectionProps) {
  const { t } = useTranslation();
  const mark = useMark();
  const { values, set } = draft;
  return (
    <FormCard title={t('rewards.code_title')} text={t('rewards.code_text')}>
      <FormLayout.Group>
        <TextField
          id="minimumCartMinor"
          label={t('rewards.minimum_cart')}
          helpText={t('rewards.minimum_cart_help')}
          prefix={mark}
          inputMode="decimal"
          value={values.minimumCartMinor}
          error={errorOf('minimumCartMinor')}
          autoComplete="off"
          onChange={(value) => set('minimumCartMinor', value)}
        />
        <TextField
          id="validDays"
          label={t('rewards.valid_days')}
          helpText={t('rewards.valid_days_help')}
          suffix={t('units.days')}
          inputMode="numeric"
          value={values.validDays}
          error={errorOf('validDays')}
          autoComplete="off"
          onChange={(value) => set('validDays', value)}
        />
      </FormLayout.Group>
      <fieldset className="bare-fieldset">
        <Text as="legend">{t('rewards.combines')}</Text>
        <BlockStack>
          <Checkbox
            label={t('rewards.combines_order')}
            checked={values.combinesWithOrder}
            onChange={(isOn) => set('combinesWithOrder', isOn)}
          />
          <Checkbox
            label={t('rewards.combines_product')}
            checked={values.combinesWithProduct}
            onChange={(isOn) => set('combinesWithProduct', isOn)}
          />
          <Checkbox
            label={t('rewards.combines_shipping')}
            checked={values.combinesWithShipping}
            onChange={(isOn) => set('combinesWithShipping', isOn)}
          />
        </BlockStack>
      </fieldset>
    </FormCard>
  );
}

/** How often it can be taken. */
export function LimitsCard({ draft, errorOf }: RewardSectionProps) {
  const { t } = useTranslation();
  const { values, set } = draft;
  return (
    <FormCard title={t('rewards.limits_title')} text={t('rewards.limits_text')}>
      <FormLayout.Group>
        <TextField
          id="limitPerCustomer"
          label={t('rewards.limit_customer')}
          suffix={t('rewards.times')}
          inputMode="numeric"
          value={values.limitPerCustomer}
          error={errorOf('limitPerCustomer')}
          autoComplete="off"
          onChange={(value) => set('limitPerCustomer', value)}
        />
        <TextField
          id="limitTotal"
          label={t('rewards.limit_total')}
          suffix={t('rewards.times')}
          inputMode="numeric"
          value={values.limitTotal}
          error={errorOf('limitTotal')}
          autoComplete="off"
          onChange={(value) => set('limitTotal', value)}
        />
      </FormLayout.Group>
    </FormCard>
  );
}
