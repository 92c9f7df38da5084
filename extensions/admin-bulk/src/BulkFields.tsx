import { valueOf } from '../../shared/field-value.ts';
import type { StaffBulkForm, StaffFieldErrors } from '../../shared/staff-api.ts';
import type { Translator } from '../../shared/texts.ts';
import type { BulkValues } from './values.ts';

interface BulkFieldsProps {
  translate: Translator['translate'];
  form: StaffBulkForm;
  values: BulkValues;
  errors: StaffFieldErrors;
  set: (change: Partial<BulkValues>) => void;
}

/** The fields of what is changed. */
export function BulkFields(props: BulkFieldsProps) {
  const { what } = props.values;
  if (what === 'points') return <PointsFields {...props} />;
  return what === 'category' ? <CategoryField {...props} /> : <PercentFields {...props} />;
}

function errorOf({ translate, errors }: BulkFieldsProps, field: string): { error?: string } {
  const code = errors[field];
  return code === undefined ? {} : { error: translate(`error.${code}`) };
}

function PointsFields(props: BulkFieldsProps) {
  const { translate, form, values, set } = props;
  return (
    <s-stack gap="base">
      <s-select
        label={translate('reason.label')}
        value={values.reason}
        {...errorOf(props, 'reason')}
        onChange={(event) => set({ reason: valueOf(event) })}
      >
        {form.reasons.map((reason) => (
          <s-option key={reason} value={reason}>
            {translate(`reason.${reason}`)}
          </s-option>
        ))}
      </s-select>
      <s-number-field
        label={translate('amount')}
        value={values.amount}
        inputMode="numeric"
        {...errorOf(props, 'amount')}
        onInput={(event) => set({ amount: valueOf(event) })}
        onChange={(event) => set({ amount: valueOf(event) })}
      />
      <s-date-field
        label={translate('until')}
        details={translate('untilHelp')}
        value={values.expiresOn}
        {...errorOf(props, 'expiresOn')}
        onChange={(event) => set({ expiresOn: valueOf(event) })}
      />
      <s-text-area
        label={translate('note')}
        value={values.note}
        {...errorOf(props, 'note')}
        onChange={(event) => set({ note: valueOf(event) })}
      />
    </s-stack>
  );
}

function CategoryField(props: BulkFieldsProps) {
  const { translate, form, values, set } = props;
  return (
    <s-select
      label={translate('category')}
      value={values.categoryId}
      {...errorOf(props, 'categoryId')}
      onChange={(event) => set({ categoryId: valueOf(event) })}
    >
      <s-option value="">{translate('choose')}</s-option>
      {form.categories.map(({ id, name }) => (
        <s-option key={id} value={id}>
          {name}
        </s-option>
      ))}
    </s-select>
  );
}

function PercentFields(props: BulkFieldsProps) {
  const { translate, values, set } = props;
  return (
    <s-stack gap="base">
      <s-number-field
        label={translate('percent')}
        suffix="%"
        inputMode="decimal"
        value={values.discount}
        {...errorOf(props, 'discount')}
        onInput={(event) => set({ discount: valueOf(event) })}
        onChange={(event) => set({ discount: valueOf(event) })}
      />
      <s-date-field
        label={translate('percentFrom')}
        value={values.discountFrom}
        {...errorOf(props, 'discountFrom')}
        onChange={(event) => set({ discountFrom: valueOf(event) })}
      />
      <s-date-field
        label={translate('percentUntil')}
        details={translate('untilHelp')}
        value={values.discountUntil}
        {...errorOf(props, 'discountUntil')}
        onChange={(event) => set({ discountUntil: valueOf(event) })}
      />
      <s-text-area
        label={translate('note')}
        value={values.discountNote}
        {...errorOf(props, 'discountNote')}
        onChange={(event) => set({ discountNote: valueOf(event) })}
      />
    </s-stack>
  );
}
