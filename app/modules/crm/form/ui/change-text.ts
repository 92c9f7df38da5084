import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { CONSENTS, GENDERS, HOUSINGS } from '#app/modules/customers/rules/customer-record.ts';

/** A function from a change and one of its two values to what people read. */
export function useChangeText(): (change: { field: string }, value: string | null) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ field }, value) => {
    if (value === null) return t('customer_form.history.nothing');
    const gender = GENDERS.find((each) => each === value);
    const housing = HOUSINGS.find((each) => each === value);
    const consent = CONSENTS.find((each) => each === value);
    switch (field) {
      case 'gender':
        return gender ? t(`customer_detail.gender.${gender}`) : value;
      case 'housing':
        return housing ? t(`customer_detail.housing.${housing}`) : value;
      case 'smsConsent':
      case 'emailConsent':
        return consent ? t(`customer_detail.consent.${consent}`) : value;
      case 'birthDate':
      case 'weddingDate':
        return format.calendarDay(value);
      case 'weightGrams':
        return `${format.number(Number(value) / 1000)} ${t('customer_form.kilograms')}`;
      case 'heightMm':
        return `${format.number(Number(value) / 10)} ${t('customer_form.centimetres')}`;
      default:
        return value;
    }
  };
}
