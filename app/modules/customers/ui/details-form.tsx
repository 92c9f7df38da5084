import {
  Banner,
  BlockStack,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { DraftSaveBar } from '#app/components/draft-save-bar.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { CustomerClub } from '../customer-club.queries.server.ts';
import type { DetailsValues } from '../customer-forms.ts';

type Values = DetailsValues & { intent: string };

/** What the club knows of a customer besides Shopify: category, dates, national ID, trial mode. */
export function DetailsForm({ club }: { club: CustomerClub }) {
  const { t } = useTranslation();
  const { details, categories } = club;
  const saved: Values = {
    intent: 'details',
    categoryId: String(details.categoryId ?? ''),
    birthDate: details.birthDate ?? '',
    weddingDate: details.weddingDate ?? '',
    nationalId: '',
    removeNationalId: false,
    isTrial: details.isTrial,
  };
  const draft = useDraft(saved);
  const { values, set } = draft;
  const errorOf = useFieldErrorText(draft.errors);
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          draft.save();
        }}
      >
        <DraftSaveBar draft={draft} />
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {t('club.details')}
          </Text>
          {draft.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
          <FormLayout>
            <Select
              id="categoryId"
              label={t('club.category')}
              options={categoryOptions(categories, t('club.no_category'))}
              value={values.categoryId}
              error={errorOf('categoryId')}
              {...(hasClub(categories, values.categoryId) ? {} : { helpText: t('club.category_off') })}
              onChange={(value) => set('categoryId', value)}
            />
            <DateField draft={draft} field="birthDate" label={t('club.birth_date')} />
            {club.asksForWeddingDate && (
              <DateField draft={draft} field="weddingDate" label={t('club.wedding_date')} />
            )}
            {club.asksForNationalId && <NationalIdFields draft={draft} masked={details.maskedNationalId} />}
            <Checkbox
              label={t('club.is_trial')}
              helpText={t('club.is_trial_help')}
              checked={values.isTrial}
              onChange={(isOn) => set('isTrial', isOn)}
            />
          </FormLayout>
        </BlockStack>
        <button type="submit" hidden tabIndex={-1}>
          {t('common.save')}
        </button>
      </form>
    </Card>
  );
}

type Draft = ReturnType<typeof useDraft<Values>>;

function DateField({
  draft,
  field,
  label,
}: {
  draft: Draft;
  field: 'birthDate' | 'weddingDate';
  label: string;
}) {
  const errorOf = useFieldErrorText(draft.errors);
  return (
    <TextField
      id={field}
      type="date"
      label={label}
      value={draft.values[field]}
      error={errorOf(field)}
      autoComplete="off"
      onChange={(value) => draft.set(field, value)}
    />
  );
}

function NationalIdFields({ draft, masked }: { draft: Draft; masked: string | null }) {
  const { t } = useTranslation();
  const errorOf = useFieldErrorText(draft.errors);
  const { values, set } = draft;
  return (
    <BlockStack gap="200">
      <TextField
        id="nationalId"
        label={t('club.national_id')}
        helpText={t('club.national_id_help')}
        placeholder={masked ?? ''}
        value={values.nationalId}
        error={errorOf('nationalId')}
        maxLength={40}
        autoComplete="off"
        disabled={values.removeNationalId}
        onChange={(value) => set('nationalId', value)}
      />
      {masked !== null && (
        <InlineStack>
          <Button
            variant="plain"
            tone="critical"
            pressed={values.removeNationalId}
            onClick={() => set('removeNationalId', !values.removeNationalId)}
          >
            {values.removeNationalId ? t('club.national_id_keep') : t('club.national_id_remove')}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}

/** Customers without a category count as in the default one: choosing that is choosing none. */
function categoryOptions(categories: CustomerClub['categories'], none: string) {
  const fallback = categories.find(({ isDefault }) => isDefault);
  return [
    { label: fallback?.name ?? none, value: '' },
    ...categories
      .filter(({ isDefault }) => !isDefault)
      .map(({ categoryId, name }) => ({ label: name, value: String(categoryId) })),
  ];
}

function hasClub(categories: CustomerClub['categories'], value: string): boolean {
  const chosen = categories.find(({ categoryId, isDefault }) =>
    value === '' ? isDefault : String(categoryId) === value,
  );
  return chosen?.loyaltyEnabled ?? true;
}
