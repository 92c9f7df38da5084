import { useTranslation } from 'react-i18next';
import { RegionPicker } from '#app/modules/regions/ui/region-picker.tsx';
import type { FormPartProps } from './customer-form.tsx';
import { FormCard } from './form-card.tsx';
import { FormText } from './form-text.tsx';

/** Where the customer lives: the default address at Shopify. */
export function AddressCard({ draft, errorOf }: FormPartProps) {
  const { t } = useTranslation();
  const { values } = draft;
  const { countryCode, provinceCode, province, cityCode, city, districtCode, district, postalCode } = values;
  return (
    <FormCard title={t('customer_detail.field.address')}>
      <RegionPicker
        value={{ countryCode, provinceCode, province, cityCode, city, districtCode, district, postalCode }}
        errors={{
          countryCode: errorOf('countryCode'),
          province: errorOf('province') || errorOf('provinceCode'),
          city: errorOf('city') || errorOf('cityCode'),
          district: errorOf('district') || errorOf('districtCode'),
          postalCode: errorOf('postalCode'),
        }}
        onChange={(change) => {
          for (const [field, value] of Object.entries(change)) draft.set(field, value);
        }}
      />
      <FormText
        draft={draft}
        errorOf={errorOf}
        field="street"
        lines={2}
        label={t('customer_detail.field.street')}
        helpText={t('customer_form.street_help')}
        maxLength={255}
      />
    </FormCard>
  );
}
