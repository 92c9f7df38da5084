import { FormLayout, Select } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { CategoryChoice } from '../known-customer.server.ts';
import type { FormPartProps } from './customer-form.tsx';
import { FormCard } from './form-card.tsx';
import { FormText } from './form-text.tsx';

/** Category, tier and a discount of one's own where the category allows it. */
export function ClubCard(part: FormPartProps) {
  const { draft, view, errorOf } = part;
  const { t } = useTranslation();
  const { categories, tiers } = view.rules;
  const chosen = categories.find(({ categoryId, isDefault }) =>
    draft.values.categoryId === '' ? isDefault : String(categoryId) === draft.values.categoryId,
  );
  return (
    <FormCard title={t('customer_form.club')}>
      <FormLayout>
        <Select
          id="categoryId"
          label={t('club.category')}
          options={categoryOptions(categories, t('club.no_category'))}
          value={draft.values.categoryId}
          error={errorOf('categoryId')}
          {...(chosen?.loyaltyEnabled === false ? { helpText: t('club.category_off') } : {})}
          onChange={(categoryId) => draft.set('categoryId', categoryId)}
        />
        {chosen?.allowsPersonDiscount && (
          <FormText
            draft={draft}
            errorOf={errorOf}
            field="discount"
            label={t('customer_detail.field.personDiscount')}
            helpText={t('customer_form.discount_help', { category: chosen.name })}
            inputMode="decimal"
            suffix="%"
          />
        )}
        {tiers.length > 0 && <TierFields {...part} />}
      </FormLayout>
    </FormCard>
  );
}

/** Customers without a category count as in the default one: choosing that is choosing none. */
function categoryOptions(categories: readonly CategoryChoice[], none: string) {
  const fallback = categories.find(({ isDefault }) => isDefault);
  return [
    { label: fallback?.name ?? none, value: '' },
    ...categories
      .filter(({ isDefault }) => !isDefault)
      .map(({ categoryId, name }) => ({ label: name, value: String(categoryId) })),
  ];
}

function TierFields({ draft, view, errorOf }: FormPartProps) {
  const { t } = useTranslation();
  const saved = String(view.own.tierId ?? '');
  const isChanged = draft.values.tierId !== saved;
  return (
    <>
      <Select
        id="tierId"
        label={t('club.tier')}
        options={[
          ...(saved === '' ? [{ label: t('customer_form.tier_by_spending'), value: '' }] : []),
          ...view.rules.tiers.map(({ tierId, name }) => ({ label: name, value: String(tierId) })),
        ]}
        value={draft.values.tierId}
        error={errorOf('tierId')}
        onChange={(tierId) => draft.set('tierId', tierId)}
      />
      {isChanged && (
        <FormText
          draft={draft}
          errorOf={errorOf}
          field="tierReason"
          label={t('club.tier_reason')}
          helpText={t('club.tier_reason_help')}
          maxLength={200}
        />
      )}
    </>
  );
}
