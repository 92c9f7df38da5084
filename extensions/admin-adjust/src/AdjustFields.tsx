import { useRef, useState } from 'preact/hooks';
import type { ClubUnit } from '../../shared/club-api.ts';
import { valueOf } from '../../shared/field-value.ts';
import type { StaffAdjustAnswer, StaffAdjustForm, StaffFieldErrors } from '../../shared/staff-api.ts';
import type { StaffClient } from '../../shared/staff-client.ts';
import { createTexts, type Translator } from '../../shared/texts.ts';
import { useMeaning } from '../../shared/use-meaning.ts';
import { MeantField } from './MeantField.tsx';

interface AdjustFieldsProps {
  i18n: Translator;
  client: StaffClient;
  form: StaffAdjustForm;
  onClose: () => void;
}

interface Values {
  reason: string;
  unit: ClubUnit;
  amount: string;
  validFromOn: string;
  expiresOn: string;
  orderId: string;
  note: string;
}

/** A field of the admin writes numbers with a point, whatever the language. */
const FIELD_LOCALE = 'en';
const NOTE_MAX = 500;

/** The form: why, how much, from when until when, for which order, and a note. It is posted once, however often it is sent. */
export function AdjustFields(props: AdjustFieldsProps) {
  const { i18n, form, onClose } = props;
  const { translate } = i18n;
  const texts = createTexts(i18n, form);
  const { values, set, isBusy, save, errorOf, meaning } = useAdjusting(props, texts);
  const isDeduction = form.removes.includes(values.reason);
  const { error: formError } = errorOf('form');
  return (
    <s-admin-action heading={translate('title')}>
      <s-stack gap="base">
        <s-text>{headOf(texts, form)}</s-text>
        {formError ? <s-banner tone="critical">{formError}</s-banner> : null}
        <s-select
          label={translate('reason.label')}
          value={values.reason}
          {...errorOf('reason')}
          onChange={(event) => set({ reason: valueOf(event) })}
        >
          {form.reasons.map((reason) => (
            <s-option key={reason} value={reason}>
              {translate(`reason.${reason}`)}
            </s-option>
          ))}
        </s-select>
        <AmountFields form={form} values={values} set={set} errorOf={errorOf} translate={translate} />
        {form.mayHaveOrder.includes(values.reason) ? (
          <s-select
            label={translate(form.needsOrder.includes(values.reason) ? 'order.needed' : 'order.label')}
            value={values.orderId}
            {...errorOf('orderId')}
            onChange={(event) => set({ orderId: valueOf(event) })}
          >
            <s-option value="">{translate('order.none')}</s-option>
            {form.orders.map(({ id, name, at }) => (
              <s-option key={id} value={id}>
                {`${name} · ${texts.day(at)}`}
              </s-option>
            ))}
          </s-select>
        ) : null}
        {isDeduction ? null : <DayFields values={values} set={set} errorOf={errorOf} translate={translate} />}
        <s-text-area
          label={translate('note')}
          value={values.note}
          maxLength={NOTE_MAX}
          {...errorOf('note')}
          onChange={(event) => set({ note: valueOf(event) })}
        />
        <MeantField i18n={i18n} form={form} unit={values.unit} meaning={meaning} />
        <s-text color="subdued">
          {form.staff ? translate('by', { staff: form.staff }) : translate('byUnknown')}
        </s-text>
      </s-stack>
      <s-button
        slot="primary-action"
        variant="primary"
        loading={isBusy}
        disabled={isBusy}
        onClick={() => void save()}
      >
        {translate(isDeduction ? 'deduct' : 'add')}
      </s-button>
      <s-button slot="secondary-actions" disabled={isBusy} onClick={onClose}>
        {translate('close')}
      </s-button>
    </s-admin-action>
  );
}

/** What was typed, what is wrong with it, and its posting. */
function useAdjusting(
  { i18n: { translate }, client, form, onClose }: AdjustFieldsProps,
  texts: ReturnType<typeof createTexts>,
) {
  const formKey = useRef(crypto.randomUUID());
  const [values, setValues] = useState<Values>(() => startValues(form));
  const [errors, setErrors] = useState<StaffFieldErrors>({});
  const [isBusy, setIsBusy] = useState(false);
  const [available, setAvailable] = useState<string | null>(null);
  const meaning = useMeaning(useState);
  const set = (change: Partial<Values>) => {
    setValues((before) => ({ ...before, ...change }));
    setErrors({});
    meaning.ask(null);
  };
  const save = async () => {
    if (!meaning.check()) return;
    setIsBusy(true);
    const { question } = meaning;
    const meant = question ? { meant: question.figure } : {};
    const reply = await client.adjust({ ...requestOf(form, values, formKey.current), ...meant });
    setIsBusy(false);
    if (!reply.ok) return setErrors({ form: `cause.${reply.cause}` });
    if (reply.body.ok) return onClose();
    setErrors(reply.body.errors);
    setAvailable(availableOf(reply.body));
    meaning.ask(reply.body.question ?? null);
  };
  const errorOf = (field: string) => {
    const code = errors[field];
    if (code === undefined) return {};
    const units = texts.units(BigInt(available ?? 0), values.unit);
    return { error: translate(code.startsWith('cause.') ? code : `error.${code}`, { available: units }) };
  };
  return { values, set, isBusy, save, errorOf, meaning };
}

interface FieldProps {
  values: Values;
  set: (change: Partial<Values>) => void;
  errorOf: (field: string) => { error?: string };
  translate: Translator['translate'];
}

function AmountFields({ form, values, set, errorOf, translate }: FieldProps & { form: StaffAdjustForm }) {
  const pick = (text: string) => set({ unit: form.units.find((unit) => unit === text) ?? values.unit });
  return (
    <s-stack gap="base">
      {form.units.length > 1 ? (
        <s-select
          label={translate('unit.label')}
          value={values.unit}
          onChange={(event) => pick(valueOf(event))}
        >
          {form.units.map((unit) => (
            <s-option key={unit} value={unit}>
              {translate(`unit.${unit}`)}
            </s-option>
          ))}
        </s-select>
      ) : null}
      <s-number-field
        label={translate(values.unit === 'CREDIT' ? 'amount.credit' : 'amount.points')}
        value={values.amount}
        inputMode={values.unit === 'CREDIT' ? 'decimal' : 'numeric'}
        {...(values.unit === 'CREDIT' ? { suffix: form.currency } : {})}
        {...errorOf('amount')}
        onInput={(event) => set({ amount: valueOf(event) })}
        onChange={(event) => set({ amount: valueOf(event) })}
      />
    </s-stack>
  );
}

function DayFields({ values, set, errorOf, translate }: FieldProps) {
  return (
    <s-stack gap="base">
      <s-date-field
        label={translate('from')}
        value={values.validFromOn}
        {...errorOf('validFromOn')}
        onChange={(event) => set({ validFromOn: valueOf(event) })}
      />
      <s-date-field
        label={translate('until')}
        details={translate('untilHelp')}
        value={values.expiresOn}
        {...errorOf('expiresOn')}
        onChange={(event) => set({ expiresOn: valueOf(event) })}
      />
    </s-stack>
  );
}

function startValues({ reasons, units, today }: StaffAdjustForm): Values {
  return {
    reason: reasons[0] ?? '',
    unit: units[0] ?? 'POINTS',
    amount: '',
    validFromOn: today,
    expiresOn: '',
    orderId: '',
    note: '',
  };
}

function requestOf({ person, today }: StaffAdjustForm, values: Values, formKey: string) {
  return {
    ...values,
    customerId: person.id,
    formKey,
    locale: FIELD_LOCALE,
    effectiveOn: today,
    lifetime: values.expiresOn === '' ? ('never' as const) : ('until' as const),
  };
}

function headOf(texts: ReturnType<typeof createTexts>, { person, available }: StaffAdjustForm): string {
  const has = available.map(({ unit, units }) => texts.units(BigInt(units), unit));
  const name = person.name || person.phone || person.email || person.id;
  return has.length === 0
    ? texts.translate('hasNothing', { name })
    : texts.translate('has', { name, available: has.join(' + ') });
}

const availableOf = (answer: StaffAdjustAnswer): string | null =>
  !answer.ok && answer.available !== undefined ? answer.available : null;
