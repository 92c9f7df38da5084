import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import { RegionPicker } from '#app/modules/regions/ui/region-picker.tsx';
import type { CustomerValues } from '../form-values.ts';

const { DraftText } = draftFields<CustomerValues>();

/** Where the customer lives: the default address at Shopify. */
export function AddressCard({ draft }: { draft: Draft<CustomerValues> }) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const { values } = draft;
  return (
    <FormCard title={t('customer_detail.field.address')}>
      <RegionPicker
        value={values}
        errors={{
          countryCode: errorOf('countryCode'),
          province: errorOf('province') || errorOf('provinceCode'),
          city: errorOf('city') || errorOf('cityCode'),
          district: errorOf('district') || errorOf('districtCode'),
          village: errorOf('village') || errorOf('villageCode'),
          postalCode: errorOf('postalCode'),
        }}
        onChange={(change) => {
          for (const [field, value] of Object.entries(change)) draft.set(field, value);
        }}
      />
      <DraftText
        name="street"
        multiline={2}
        label={t('customer_detail.field.street')}
        helpText={t('customer_form.street_help')}
        maxLength={255}
      />
    </FormCard>
  );
}
