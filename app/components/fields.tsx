/** Polaris' input fields as this app uses them. Screens import these, so that another design system is one file away. */
import {
  TextField as PolarisTextField,
  type TextFieldProps as PolarisTextFieldProps,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { foldDigits } from '#app/lib/digits.ts';
import { currencyMark, formatMoney, formatMoneyInput, formatNumber, separators } from '#app/lib/format.ts';
import { parseMoneyInput, parseWholeInput } from '#app/lib/typed-number.ts';
import { useShop } from './shop-context.tsx';

export { Checkbox, ChoiceList, FormLayout, RadioButton, Select } from '@shopify/polaris';

export interface TextFieldProps extends Omit<PolarisTextFieldProps, 'autoComplete' | 'onChange'> {
  onChange: (value: string) => void;
}

/** From this part of the limit on a field counts what is typed. */
const COUNTED_FROM = 0.8;

/**
 * A text. Browsers must not offer what was typed for another customer. What is longer than `maxLength` is never cut
 * silently, as the browser would do with what is pasted: the field says its limit.
 */
export function TextField({ maxLength, showCharacterCount = false, ...props }: TextFieldProps) {
  const { t, i18n } = useTranslation();
  const { length } = props.value ?? '';
  if (maxLength === undefined || (!showCharacterCount && length < maxLength * COUNTED_FROM))
    return <PolarisTextField {...props} autoComplete="off" />;
  const written = {
    limit: formatNumber(maxLength, i18n.language),
    length: formatNumber(length, i18n.language),
  };
  const isOver = length > maxLength;
  const count = t('units.characters', written);
  const helpText = (
    <>
      {props.helpText} {count}
    </>
  );
  const error = isOver ? t('errors.field.too_long_limit', written) : props.error;
  return (
    <PolarisTextField
      {...props}
      {...(isOver ? {} : { helpText })}
      {...(error === undefined ? {} : { error })}
      autoComplete="off"
    />
  );
}

/** An amount in the shop's currency. Says what it understood when that was typed as another language writes it. */
export function MoneyField(props: TextFieldProps) {
  const { i18n } = useTranslation();
  const { currency } = useShop();
  const locale = i18n.language;
  const amountMinor = parseMoneyInput(props.value ?? '', currency, locale);
  const written = amountMinor === null ? null : formatMoneyInput(amountMinor, currency, locale);
  const helpText = useHelpText(props, written, () => formatMoney(amountMinor ?? 0n, currency, locale));
  return <TextField {...props} {...helpText} prefix={currencyMark(currency, locale)} inputMode="decimal" />;
}

/** A whole number. Says what it understood when that was typed as another language writes it. */
export function NumberField(props: TextFieldProps) {
  const locale = useTranslation().i18n.language;
  const value = parseWholeInput(props.value ?? '', locale);
  const written = value === null ? null : formatNumber(value, locale);
  return <TextField {...props} {...useHelpText(props, written, () => written ?? '')} inputMode="numeric" />;
}

/** The help text, with what was understood if `written`, the language's own writing of it, is not what was typed. */
function useHelpText({ value = '', helpText }: TextFieldProps, written: string | null, show: () => string) {
  const { t, i18n } = useTranslation();
  const typed = foldDigits(value).trim();
  const ungrouped = written?.replaceAll(separators(i18n.language).group, '');
  if (written === null || [written, ungrouped].includes(typed.replace(/^0+(?=\d)/, ''))) return {};
  const understood = t('units.understood', { value: show() });
  return {
    helpText: (
      <>
        {understood}
        {helpText !== undefined && <br />}
        {helpText}
      </>
    ),
  };
}

/** A percentage. */
export function PercentField(props: TextFieldProps) {
  return <TextField {...props} suffix="%" inputMode="decimal" />;
}

/** An amount of points, or of money where `unit` is `CREDIT`. */
export function UnitsField({ unit, ...field }: TextFieldProps & { unit: string }) {
  const { t } = useTranslation();
  return unit === 'CREDIT' ? (
    <MoneyField {...field} />
  ) : (
    <NumberField {...field} suffix={t('units.points_short')} />
  );
}
