import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { DayField } from '#app/components/day-field.tsx';
import { MoneyField, NumberField, PercentField, Select, TextField } from '#app/components/fields.tsx';
import type { Kind } from '../../conditions/kind.ts';
import { TEXT_CHARACTERS_MAX } from '../../conditions/kinds/limits.ts';
import { CONDITIONS } from '../../conditions/registry.ts';
import {
  GOODS_BY,
  hasPeriod,
  inputsOf,
  measureOf,
  PERIODS,
  type FieldName,
  type Fields,
} from '../../editor/fields.ts';
import type { DraftCondition } from '../../editor/rule-draft.ts';
import { monthText } from '../../sentence/amounts.ts';
import { useEditor } from './editor-context.ts';
import { GoodsField, ListField } from './list-field.tsx';

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** The fields that the condition's comparison asks for. */
export function ConditionInputs({ condition }: { condition: DraftCondition }) {
  const { kind } = CONDITIONS[condition.code];
  const names = inputsOf(kind, condition.fields);
  const input = (name: FieldName) => <Input key={name} name={name} condition={condition} />;
  if (kind.name !== 'bought') return <>{names.map(input)}</>;
  const isLimit = (name: FieldName) => name === 'from' || name === 'to';
  return (
    <>
      <GoodsInputs condition={condition} />
      {names.filter(isLimit).map(input)}
      {hasPeriod(condition.fields.op) && <PeriodSelect condition={condition} />}
      {names.filter((name) => name !== 'list' && !isLimit(name)).map(input)}
    </>
  );
}

interface InputProps {
  name: FieldName;
  condition: DraftCondition;
}

function Input({ name, condition }: InputProps) {
  const { t } = useTranslation();
  const { idPrefix, words, change, wrongOf } = useEditor();
  const { id, code, fields } = condition;
  const { kind } = CONDITIONS[code];
  const isWrong = wrongOf(id).includes(name);
  const set = (value: string) => change({ type: 'set', id, fields: { [name]: value } });
  if (name === 'list') return <ListField condition={condition} isWrong={isWrong} />;
  const common = {
    id: `${idPrefix}${id}-${name}`,
    label: labelOf(name, kind, t),
    value: fields[name],
    error: isWrong && (t(`segments.wrong.${name}`, '') || true),
    onChange: set,
  };
  switch (name) {
    case 'value':
    case 'from':
    case 'to':
      return <AmountField {...common} kind={kind} op={fields.op} />;
    case 'days':
      return <NumberField {...common} suffix={t('units.days')} />;
    case 'fromDate':
    case 'toDate':
      return <NumberField {...common} />;
    case 'month':
    case 'fromMonth':
    case 'toMonth':
      return (
        <Select
          {...common}
          options={MONTHS.map((month) => ({ value: String(month), label: monthText(month, words.locale) }))}
        />
      );
    case 'text':
      return <TextField {...common} maxLength={TEXT_CHARACTERS_MAX} />;
    default:
      return <DayField {...common} />;
  }
}

function labelOf(name: FieldName, kind: Kind, t: TFunction): string {
  if (kind.name === 'bought' && name === 'from') return t('segments.field.atLeast');
  if (kind.name === 'bought' && name === 'to') return t('segments.field.atMost');
  if (kind.name === 'expiring' && name === 'days') return t('segments.field.within');
  return t(`segments.field.${name}`);
}

type AmountFieldProps = React.ComponentProps<typeof TextField> & { kind: Kind; op: string };

function AmountField({ kind, op, ...field }: AmountFieldProps) {
  const { t } = useTranslation();
  const { measure } = measureOf(kind, op);
  switch (measure) {
    case 'money':
      return <MoneyField {...field} />;
    case 'percent':
      return <PercentField {...field} />;
    case 'points':
      return <NumberField {...field} suffix={t('units.points_short')} />;
    case 'days':
      return <TextField {...field} inputMode="decimal" suffix={t('units.days')} />;
    case 'kilograms':
      return <TextField {...field} inputMode="decimal" suffix={t('customer_form.kilograms')} />;
    case 'centimetres':
      return <TextField {...field} inputMode="decimal" suffix={t('customer_form.centimetres')} />;
    default:
      return <TextField {...field} inputMode="decimal" />;
  }
}

function GoodsInputs({ condition }: { condition: DraftCondition }) {
  const { t } = useTranslation();
  const { change, wrongOf } = useEditor();
  const { id, fields } = condition;
  return (
    <>
      <Select
        label={t('segments.field.by')}
        options={GOODS_BY.map((by) => ({ value: by, label: t(`segments.goods.${by}`) }))}
        value={fields.by}
        onChange={(by) =>
          change({
            type: 'set',
            id,
            // Ids of one kind are none of another.
            fields: { by: GOODS_BY.find((one) => one === by) ?? 'product', list: [] },
          })
        }
      />
      <GoodsField condition={condition} isWrong={wrongOf(id).includes('list')} />
    </>
  );
}

function PeriodSelect({ condition: { id, fields } }: { condition: DraftCondition }) {
  const { t } = useTranslation();
  const { change } = useEditor();
  const dots = '…';
  const choose = (chosen: string): Partial<Fields> => ({
    period: PERIODS.find((one) => one === chosen) ?? 'any',
  });
  return (
    <Select
      label={t('segments.field.period')}
      options={PERIODS.map((period) => ({
        value: period,
        label: t(`segments.period.${period}`, { value: dots, from: dots, to: dots }),
      }))}
      value={fields.period}
      onChange={(period) => change({ type: 'set', id, fields: choose(period) })}
    />
  );
}
