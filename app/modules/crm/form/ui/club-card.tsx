import { Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { PERCENT_NOTE_MAX } from '#app/modules/pricing/percents/percent-form.ts';
import { useDays } from '#app/modules/pricing/percents/ui/use-days.ts';
import type { CustomerValues } from '../form-values.ts';
import type { CategoryChoice } from '../known-customer.server.ts';
import type { FormPartProps } from './form-part.ts';

const { DraftDate, DraftPercent, DraftSelect, DraftText } = draftFields<CustomerValues>();

/** Category, tier, and a personal discount where the category allows it. */
export function ClubCard({ draft, view }: FormPartProps) {
  const { t } = useTranslation();
  const { categories, tiers } = view.rules;
  const chosen = categories.find(({ categoryId, isDefault }) =>
    draft.values.categoryId === '' ? isDefault : String(categoryId) === draft.values.categoryId,
  );
  return (
    <FormCard title={t('customer_form.club')}>
      <DraftSelect
        name="categoryId"
        label={t('club.category')}
        options={categoryOptions(categories, t('club.no_category'))}
        helpText={chosen?.loyaltyEnabled === false ? t('club.category_off') : undefined}
      />
      {chosen?.allowsPersonDiscount && <PercentFields category={chosen.name} view={view} />}
      {tiers.length > 0 && <TierFields draft={draft} view={view} />}
    </FormCard>
  );
}

/** A percent of one's own, when it is valid, and who last changed it. */
function PercentFields({ category, view }: { category: string; view: FormPartProps['view'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const days = useDays();
  return (
    <>
      <DraftPercent
        name="discount"
        label={t('customer_detail.field.personDiscount')}
        helpText={t('customer_form.discount_help', { category })}
      />
      <FormLayout.Group>
        <DraftDate name="discountFrom" label={t('pricing.percent.from')} />
        <DraftDate
          name="discountUntil"
          label={t('pricing.percent.until')}
          helpText={t('pricing.percent.until_help')}
        />
      </FormLayout.Group>
      <DraftText name="discountNote" label={t('pricing.percent.note')} maxLength={PERCENT_NOTE_MAX} />
      {view.percentChanges.length > 0 && (
        <div>
          <Text as="h3" variant="headingSm">
            {t('pricing.percent.history')}
          </Text>
          <ul className="bare-list">
            {view.percentChanges.map(({ changeId, bp, from, until, note, changedBy, changedAt }) => (
              <li key={changeId}>
                <Text as="p" variant="bodySm" tone="subdued">
                  {[
                    format.timestamp(changedAt),
                    changedBy ?? t('pricing.percent.unknown'),
                    bp === null
                      ? t('pricing.percent.removed')
                      : `${format.percent(bp)}, ${days({ from, until })}`,
                    ...(note === null ? [] : [note]),
                  ].join(' · ')}
                </Text>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
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

function TierFields({ draft, view }: FormPartProps) {
  const { t } = useTranslation();
  const saved = String(view.own.tierId ?? '');
  return (
    <>
      <DraftSelect
        name="tierId"
        label={t('club.tier')}
        options={[
          ...(saved === '' ? [{ label: t('customer_form.tier_by_spending'), value: '' }] : []),
          ...view.rules.tiers.map(({ tierId, name }) => ({ label: name, value: String(tierId) })),
        ]}
      />
      {draft.values.tierId !== saved && (
        <DraftText
          name="tierReason"
          label={t('club.tier_reason')}
          helpText={t('club.tier_reason_help')}
          maxLength={200}
        />
      )}
    </>
  );
}
