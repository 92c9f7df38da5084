/** Polaris' input fields as this app uses them. Screens import these, so that another design system is one file away. */
import {
  TextField as PolarisTextField,
  type TextFieldProps as PolarisTextFieldProps,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { currencyMark } from '#app/lib/format.ts';
import { useShop } from './shop-context.tsx';

export { Checkbox, ChoiceList, FormLayout, RadioButton, Select } from '@shopify/polaris';

export interface TextFieldProps extends Omit<PolarisTextFieldProps, 'autoComplete' | 'onChange'> {
  onChange: (value: string) => void;
}

/** A text. Browsers must not offer what was typed for another customer. */
export function TextField(props: TextFieldProps) {
  return <PolarisTextField {...props} autoComplete="off" />;
}

/** An amount in the shop's currency. */
export function MoneyField(props: TextFieldProps) {
  const { i18n } = useTranslation();
  return (
    <TextField {...props} prefix={currencyMark(useShop().currency, i18n.language)} inputMode="decimal" />
  );
}

/** A whole number. */
export function NumberField(props: TextFieldProps) {
  return <TextField {...props} inputMode="numeric" />;
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
