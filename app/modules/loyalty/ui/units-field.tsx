import { TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { currencyMark } from '#app/lib/format.ts';

interface UnitsFieldProps {
  id: string;
  label: string;
  helpText?: string;
  unit: string;
  value: string;
  error: string | false;
  onChange: (value: string) => void;
}

/** So many points, or so much money when the program pays credit. */
export function UnitsField({ unit, ...field }: UnitsFieldProps) {
  const { t, i18n } = useTranslation();
  const mark = currencyMark(useShop().currency, i18n.language);
  const isCredit = unit === 'CREDIT';
  return (
    <TextField
      {...field}
      {...(isCredit ? { prefix: mark } : { suffix: t('units.points_short') })}
      inputMode={isCredit ? 'decimal' : 'numeric'}
      autoComplete="off"
    />
  );
}
