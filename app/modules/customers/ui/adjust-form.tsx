import {
  Banner,
  BlockStack,
  Button,
  Card,
  ChoiceList,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { currencyMark } from '#app/lib/format.ts';
import { NOTE_CHARACTERS_MAX } from '#app/modules/loyalty/adjust-form.ts';
import type { Balance } from '#app/modules/loyalty/ledger.queries.server.ts';
import { ADJUST_REASONS, MAY_HAVE_ORDER, NEEDS_ORDER } from '#app/modules/loyalty/rules/adjustment.ts';
import type { AdjustedCustomer } from '../adjust.queries.server.ts';
import { AdjustProfile } from './adjust-profile.tsx';
import { AdjustResult } from './adjust-result.tsx';
import { useAdjustForm, type AdjustState } from './use-adjust-form.ts';

interface AdjustFormProps {
  customer: AdjustedCustomer;
  balances: Balance[];
  today: string;
  staffName: string | null;
}

interface PartProps {
  form: AdjustState;
  errorOf: (field: string) => string | false;
}

/** The second step of an adjustment: what, from when and why, with the result beside it before anything is saved. */
export function AdjustForm({ customer, balances, today, staffName }: AdjustFormProps) {
  const { t } = useTranslation();
  const form = useAdjustForm(customer, today);
  const fieldError = useFieldErrorText(form.errors);
  const errorOf = useAmountError(form, fieldError);
  const isDeduction = form.values.reason === 'deduct';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!form.isSaving) form.save(false);
      }}
    >
      <div className="with-preview">
        {form.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
        <WhatCard form={form} errorOf={errorOf} orders={customer.orders} />
        {!isDeduction && <WhenCard form={form} errorOf={errorOf} />}
        <NoteCard form={form} errorOf={errorOf} />
        <div className="with-preview-aside stack">
          <AdjustProfile customer={customer} balances={balances} />
          <AdjustResult draft={form.draft} balances={balances} today={today} />
        </div>
        <div className="phone-inset">
          <BlockStack gap="200">
            <InlineStack align="end" gap="200">
              <Button disabled={form.isSaving} onClick={() => form.save(true)}>
                {t('adjust.save_another')}
              </Button>
              <Button submit variant="primary" loading={form.isSaving}>
                {t('adjust.save')}
              </Button>
            </InlineStack>
            <Text as="p" variant="bodySm" tone="subdued" alignment="end">
              {staffName === null ? t('adjust.by_unknown') : t('adjust.by', { name: staffName })}
            </Text>
          </BlockStack>
        </div>
      </div>
    </form>
  );
}

/** As `fieldError`, but a deduction that was refused says how much there is. */
function useAmountError({ available, draft }: AdjustState, fieldError: PartProps['errorOf']) {
  const { t } = useTranslation();
  const format = useFormat();
  return (field: string) =>
    field === 'amount' && available !== undefined && draft
      ? t('adjust.insufficient', { units: format.units(available, draft.unit) })
      : fieldError(field);
}

function WhatCard({ form, errorOf, orders }: PartProps & { orders: AdjustedCustomer['orders'] }) {
  const { t } = useTranslation();
  const { values } = form;
  const reasons = ADJUST_REASONS.map((reason) => ({ value: reason, label: t(`adjust.reasons.${reason}`) }));
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('adjust.what')}
        </Text>
        <FormLayout>
          <Select
            id="reason"
            label={t('adjust.reason')}
            placeholder={t('adjust.choose_reason')}
            options={reasons}
            value={values.reason}
            error={errorOf('reason')}
            onChange={(value) => form.set('reason', value)}
          />
          {MAY_HAVE_ORDER.some((reason) => reason === values.reason) && (
            <OrderField form={form} errorOf={errorOf} orders={orders} />
          )}
          <AmountFields form={form} errorOf={errorOf} />
          <TextField
            id="effectiveOn"
            label={t('adjust.effective_on')}
            helpText={t('adjust.effective_help')}
            type="date"
            value={values.effectiveOn ?? ''}
            error={errorOf('effectiveOn')}
            autoComplete="off"
            onChange={(value) => form.set('effectiveOn', value)}
          />
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

function AmountFields({ form, errorOf }: PartProps) {
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const { values } = form;
  const isMoney = values.unit === 'CREDIT';
  return (
    <FormLayout.Group>
      <Select
        id="unit"
        label={values.reason === 'deduct' ? t('adjust.unit_deduct') : t('adjust.unit')}
        options={[
          { value: 'POINTS', label: t('units.points_title') },
          { value: 'CREDIT', label: t('units.credit') },
        ]}
        value={values.unit}
        error={errorOf('unit')}
        onChange={(value) => form.set('unit', value)}
      />
      <TextField
        id="amount"
        label={t('adjust.amount')}
        inputMode={isMoney ? 'decimal' : 'numeric'}
        {...(isMoney
          ? { prefix: currencyMark(currency, i18n.language) }
          : { suffix: t('units.points_short') })}
        value={values.amount}
        error={errorOf('amount')}
        autoComplete="off"
        onChange={(value) => form.set('amount', value)}
      />
    </FormLayout.Group>
  );
}

function OrderField({ form, errorOf, orders }: PartProps & { orders: AdjustedCustomer['orders'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNeeded = form.values.reason === NEEDS_ORDER;
  const options = orders.map(({ orderId, name, processedAt, totalMinor }) => ({
    value: String(orderId),
    label: [name ?? String(orderId), format.day(processedAt), format.money(totalMinor)].join(' · '),
  }));
  return (
    <Select
      id="orderId"
      label={t('adjust.order')}
      {...(orders.length === 0 ? { helpText: t('adjust.no_orders') } : {})}
      options={[{ value: '', label: isNeeded ? t('adjust.choose_order') : t('adjust.no_order') }, ...options]}
      value={form.values.orderId}
      error={errorOf('orderId')}
      onChange={(value) => form.set('orderId', value)}
    />
  );
}

function WhenCard({ form, errorOf }: PartProps) {
  const { t } = useTranslation();
  const { values } = form;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('adjust.when')}
        </Text>
        <FormLayout>
          <TextField
            id="validFromOn"
            label={t('adjust.valid_from')}
            type="date"
            value={values.validFromOn}
            error={errorOf('validFromOn')}
            autoComplete="off"
            onChange={(value) => form.set('validFromOn', value)}
          />
          <ChoiceList
            title={t('adjust.when')}
            titleHidden
            choices={[
              { value: 'never', label: t('adjust.lifetime_never') },
              { value: 'until', label: t('adjust.lifetime_until') },
            ]}
            selected={[values.lifetime]}
            onChange={([choice]) => form.set('lifetime', choice ?? 'never')}
          />
          {values.lifetime === 'until' && (
            <TextField
              id="expiresOn"
              label={t('adjust.expires_on')}
              type="date"
              value={values.expiresOn}
              error={errorOf('expiresOn')}
              autoComplete="off"
              onChange={(value) => form.set('expiresOn', value)}
            />
          )}
        </FormLayout>
      </BlockStack>
    </Card>
  );
}

function NoteCard({ form, errorOf }: PartProps) {
  const { t } = useTranslation();
  return (
    <Card>
      <TextField
        id="note"
        label={t('adjust.note')}
        helpText={t('adjust.note_help')}
        multiline={3}
        maxLength={NOTE_CHARACTERS_MAX}
        value={form.values.note}
        error={errorOf('note')}
        autoComplete="off"
        onChange={(value) => form.set('note', value)}
      />
    </Card>
  );
}
