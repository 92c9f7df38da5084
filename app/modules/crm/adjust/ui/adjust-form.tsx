import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CostDialog } from '#app/components/cost-dialog.tsx';
import { DraftContext } from '#app/components/draft-context.ts';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useOptions } from '#app/components/use-options.ts';
import { NOTE_CHARACTERS_MAX, type AdjustValues } from '../adjust-form.ts';
import type { Balance } from '#app/modules/ledger/balances.queries.server.ts';
import {
  ADD_REASONS,
  MAY_HAVE_ORDER,
  NEEDS_ORDER,
  REMOVE_REASONS,
} from '#app/modules/ledger/rules/adjustment.ts';
import type { AdjustedCustomer } from '../find-to-adjust.queries.server.ts';
import { AdjustProfile } from './adjust-profile.tsx';
import { AdjustResult } from './adjust-result.tsx';
import { useAdjustForm, type AdjustState } from './use-adjust-form.ts';

interface AdjustFormProps {
  customer: AdjustedCustomer;
  balances: Balance[];
  today: string;
  lifetimeDays: number | null;
  staffName: string | null;
}

const { DraftChoice, DraftDate, DraftSelect, DraftText, DraftUnits } = draftFields<AdjustValues>();

/** The second step of an adjustment: what, from when and why, with the result beside it before anything is saved. */
export function AdjustForm({ customer, balances, today, lifetimeDays, staffName }: AdjustFormProps) {
  const { t } = useTranslation();
  const form = useAdjustForm(customer, today, lifetimeDays);
  const fieldError = useFieldErrorText(form.errors);
  const errorOf = useAmountError(form, fieldError);
  const isRemoval = form.values.direction === 'remove';
  return (
    <DraftContext.Provider value={{ draft: form, errorOf }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!form.isSaving) form.save(false);
        }}
      >
        <DraftSaveBar draft={{ ...form, save: () => form.save(false) }} />
        <div className="with-preview">
          {form.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
          <WhatCard values={form.values} orders={customer.orders} />
          {!isRemoval && <WhenCard lifetime={form.values.lifetime} />}
          <NoteCard />
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
              </InlineStack>
              <Text as="p" variant="bodySm" tone="subdued" alignment="end">
                {staffName === null ? t('adjust.by_unknown') : t('adjust.by', { name: staffName })}
              </Text>
            </BlockStack>
          </div>
        </div>
        {/* Enter in a field presses the form's first submit button. */}
        <button type="submit" hidden tabIndex={-1}>
          {t('common.save')}
        </button>
      </form>
      {/* Outside the form: Enter in the dialog answers the question. */}
      {form.question && (
        <CostDialog
          question={form.question}
          isBusy={form.isSaving}
          onAnswer={(meant) => form.answer(meant)}
        />
      )}
    </DraftContext.Provider>
  );
}

/** As `fieldError`, but a deduction that was refused says how much there is. */
function useAmountError({ available, draft }: AdjustState, fieldError: (field: string) => string | false) {
  const { t } = useTranslation();
  const format = useFormat();
  return (field: string) =>
    field === 'amount' && available !== undefined && draft
      ? t('adjust.insufficient', { units: format.units(available, draft.unit) })
      : fieldError(field);
}

interface WhatCardProps {
  values: AdjustValues;
  orders: AdjustedCustomer['orders'];
}

function WhatCard({ values, orders }: WhatCardProps) {
  const { t } = useTranslation();
  const isRemoval = values.direction === 'remove';
  const adding = useOptions(ADD_REASONS, 'adjust.reasons');
  const removing = useOptions(REMOVE_REASONS, 'adjust.reasons');
  return (
    <FormCard title={t('adjust.what')}>
      <DraftChoice
        name="direction"
        title={t('adjust.direction')}
        choices={[
          { value: 'add', label: t('adjust.add') },
          { value: 'remove', label: t('adjust.remove') },
        ]}
      />
      <DraftSelect
        name="reason"
        label={t('adjust.reason')}
        placeholder={t('adjust.choose_reason')}
        options={isRemoval ? removing : adding}
      />
      {MAY_HAVE_ORDER.some((reason) => reason === values.reason) && (
        <OrderField isNeeded={values.reason === NEEDS_ORDER} orders={orders} />
      )}
      <FormLayout.Group>
        <DraftSelect
          name="unit"
          label={isRemoval ? t('adjust.unit_deduct') : t('adjust.unit')}
          options={[
            { value: 'POINTS', label: t('units.points_title') },
            { value: 'CREDIT', label: t('units.credit') },
          ]}
        />
        <DraftUnits name="amount" label={t('adjust.amount')} unit={values.unit} />
      </FormLayout.Group>
      <DraftDate name="effectiveOn" label={t('adjust.effective_on')} helpText={t('adjust.effective_help')} />
    </FormCard>
  );
}

function OrderField({ isNeeded, orders }: { isNeeded: boolean; orders: AdjustedCustomer['orders'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const options = orders.map(({ orderId, name, processedAt, totalMinor, currency }) => ({
    value: String(orderId),
    label: [name ?? String(orderId), format.day(processedAt), format.moneyOf(totalMinor, currency)].join(
      ' · ',
    ),
  }));
  return (
    <DraftSelect
      name="orderId"
      label={t('adjust.order')}
      helpText={orders.length === 0 ? t('adjust.no_orders') : undefined}
      options={[{ value: '', label: isNeeded ? t('adjust.choose_order') : t('adjust.no_order') }, ...options]}
    />
  );
}

function WhenCard({ lifetime }: { lifetime: string }) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('adjust.when')}>
      <DraftDate name="validFromOn" label={t('adjust.valid_from')} />
      <DraftChoice
        name="lifetime"
        title={t('adjust.when')}
        titleHidden
        choices={[
          { value: 'never', label: t('adjust.lifetime_never') },
          { value: 'until', label: t('adjust.lifetime_until') },
        ]}
      />
      {lifetime === 'until' && <DraftDate name="expiresOn" label={t('adjust.expires_on')} />}
    </FormCard>
  );
}

function NoteCard() {
  const { t } = useTranslation();
  return (
    <Card>
      <DraftText
        name="note"
        label={t('adjust.note')}
        helpText={t('adjust.note_help')}
        multiline={3}
        maxLength={NOTE_CHARACTERS_MAX}
      />
    </Card>
  );
}
