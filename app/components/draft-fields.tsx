/** Fields of a `DraftForm`: each shows the value of its name, what is wrong with it, and writes what is typed. */
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTimeOfDay } from '#app/lib/format.ts';
import { DayField } from './day-field.tsx';
import { useDraftContext } from './draft-context.ts';
import {
  Checkbox,
  ChoiceList,
  MoneyField,
  NumberField,
  PercentField,
  Select,
  TextField,
  UnitsField,
  type TextFieldProps,
} from './fields.tsx';
import type { Values } from './use-draft.ts';

interface TextProps extends Omit<TextFieldProps, 'id' | 'name' | 'value' | 'error' | 'onChange'> {
  name: string;
}

interface UnitsProps extends TextProps {
  unit: string;
}

interface SelectProps {
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
  helpText?: string | undefined;
  /** Shown while none is chosen. */
  placeholder?: string;
}

interface DraftChoice {
  value: string;
  label: string;
  helpText?: string;
  /** Fields that belong to this choice, shown while it is chosen. */
  details?: ReactNode;
}

interface ChoiceProps {
  name: string;
  title: string;
  titleHidden?: boolean;
  choices: readonly DraftChoice[];
}

interface CheckboxProps {
  name: string;
  label: string;
  helpText?: string;
}

type NamesOf<T extends Values, V> = keyof { [K in keyof T as T[K] extends V ? K : never]: true };
type Field<P, Name> = (props: Omit<P, 'name'> & { name: Name }) => ReactElement;

interface DraftFields<T extends Values> {
  DraftText: Field<TextProps, NamesOf<T, string>>;
  DraftDate: Field<TextProps, NamesOf<T, string>>;
  DraftTime: Field<Omit<SelectProps, 'options'>, NamesOf<T, string>>;
  DraftMoney: Field<TextProps, NamesOf<T, string>>;
  DraftNumber: Field<TextProps, NamesOf<T, string>>;
  DraftDays: Field<TextProps, NamesOf<T, string>>;
  DraftPercent: Field<TextProps, NamesOf<T, string>>;
  DraftUnits: Field<UnitsProps, NamesOf<T, string>>;
  DraftSelect: Field<SelectProps, NamesOf<T, string>>;
  DraftChoice: Field<ChoiceProps, NamesOf<T, string>>;
  DraftCheckbox: Field<CheckboxProps, NamesOf<T, boolean>>;
}

/** The fields for a form with these values. Their names are checked when the code is compiled. */
export function draftFields<T extends Values>(): DraftFields<T> {
  return FIELDS;
}

const FIELDS = {
  DraftText: (props: TextProps) => <TextField {...useText(props)} />,
  DraftDate: (props: TextProps) => <DayField {...useText(props)} />,
  DraftTime,
  DraftMoney: (props: TextProps) => <MoneyField {...useText(props)} />,
  DraftNumber: (props: TextProps) => <NumberField {...useText(props)} />,
  DraftDays,
  DraftPercent: (props: TextProps) => <PercentField {...useText(props)} />,
  DraftUnits: ({ unit, ...props }: UnitsProps) => <UnitsField {...useText(props)} unit={unit} />,
  DraftSelect,
  DraftChoice,
  DraftCheckbox,
};

/** What wires a text to the draft. */
function useText({ name, ...rest }: TextProps): TextFieldProps {
  const { draft, errorOf } = useDraftContext();
  const value = draft.values[name];
  return {
    ...rest,
    ...useTheirs(name, rest.helpText),
    id: name,
    value: typeof value === 'string' ? value : '',
    error: errorOf(name),
    onChange: (typed) => draft.set(name, typed),
  };
}

/** The help text, with what someone else saved in this field meanwhile. */
function useTheirs(name: string, helpText: ReactNode): { helpText?: ReactNode } {
  const { t } = useTranslation();
  const { draft } = useDraftContext();
  const theirs = draft.theirs?.[name];
  if (theirs === undefined) return {};
  const value =
    typeof theirs === 'string' ? theirs || t('common.none') : t(theirs ? 'common.on' : 'common.off');
  return {
    helpText: (
      <>
        <strong>{t('errors.conflict.theirs', { value })}</strong>
        {helpText !== undefined && <br />}
        {helpText}
      </>
    ),
  };
}

function DraftDays(props: TextProps) {
  const { t } = useTranslation();
  return <NumberField {...useText(props)} suffix={t('units.days')} />;
}

const HALF_HOURS = Array.from(
  { length: 48 },
  (_half, index) => `${String(index >> 1).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`,
);

/** A time of the day, by the half hour, in the user's own writing; browsers write theirs in the language of the browser. */
function DraftTime(props: Omit<SelectProps, 'options'>) {
  const { i18n } = useTranslation();
  const { draft } = useDraftContext();
  const value = String(draft.values[props.name] ?? '');
  const times = value === '' || HALF_HOURS.includes(value) ? HALF_HOURS : [...HALF_HOURS, value].sort();
  return (
    <DraftSelect
      {...props}
      options={times.map((time) => ({ value: time, label: formatTimeOfDay(time, i18n.language) }))}
    />
  );
}

function DraftSelect({ name, options, helpText, ...rest }: SelectProps) {
  const { draft, errorOf } = useDraftContext();
  return (
    <Select
      {...rest}
      id={name}
      options={[...options]}
      {...(helpText === undefined ? {} : { helpText })}
      {...useTheirs(name, helpText)}
      value={String(draft.values[name] ?? '')}
      error={errorOf(name)}
      onChange={(value) => draft.set(name, value)}
    />
  );
}

function DraftChoice({ name, title, titleHidden = false, choices }: ChoiceProps) {
  const { draft } = useDraftContext();
  return (
    <ChoiceList
      title={title}
      titleHidden={titleHidden}
      choices={choices.map(({ details, ...choice }) => ({
        ...choice,
        ...(details === undefined ? {} : { renderChildren: (isChosen: boolean) => isChosen && details }),
      }))}
      selected={[String(draft.values[name])]}
      onChange={([choice]) => choice !== undefined && draft.set(name, choice)}
    />
  );
}

function DraftCheckbox({ name, label, helpText }: CheckboxProps) {
  const { draft, errorOf } = useDraftContext();
  return (
    <Checkbox
      id={name}
      label={label}
      {...(helpText === undefined ? {} : { helpText })}
      {...useTheirs(name, helpText)}
      checked={draft.values[name] === true}
      error={errorOf(name)}
      onChange={(isOn) => draft.set(name, isOn)}
    />
  );
}
