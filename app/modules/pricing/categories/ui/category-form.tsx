import { Banner, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormLayout } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { TAX_SHOWN } from '../../rules/category-price.ts';
import { COLORS, LABEL_CHARACTERS_MAX, NAME_CHARACTERS_MAX, type CategoryValues } from '../category-form.ts';
import type { CategoryView } from '../category-screens.server.ts';
import { BreaksField } from './breaks-field.tsx';
import { SalesCard } from './sales-card.tsx';
import type { CategoryDoor } from './category-list.tsx';

const { DraftCheckbox, DraftChoice, DraftMoney, DraftNumber, DraftPercent, DraftSelect, DraftText } =
  draftFields<CategoryValues>();

interface CategoryFormProps {
  view: CategoryView;
  door: CategoryDoor;
}

/** A category: what it is called, what its customers pay, and who they are. */
export function CategoryForm({ view, door }: CategoryFormProps) {
  const { t } = useTranslation();
  const draft = useDraft(useSavedValues(view));
  const isNew = view.category.categoryId === 0n;
  return (
    <DraftForm draft={draft}>
      {!view.isOn && (
        <Banner tone="info">
          {t('pricing.off_note')} <Link url="/app/resellers/settings">{t('pricing.off_link')}</Link>
        </Banner>
      )}
      <NameCard />
      <PriceCard draft={draft} />
      <ConditionsCard view={view} />
      <PlacesCard view={view} />
      {view.sales && <SalesCard sales={view.sales} />}
      {!isNew && <PeopleCard view={view} door={door} />}
    </DraftForm>
  );
}

function useSavedValues({ category }: CategoryView): CategoryValues {
  const format = useFormat();
  const money = (amount: bigint) => (amount === 0n ? '' : format.moneyInput(amount));
  const percent = (bp: number) => (bp === 0 ? '' : format.percentInput(bp));
  return {
    version: String(category.version),
    name: category.name,
    color: category.color,
    loyaltyEnabled: category.loyaltyEnabled,
    allowsPersonDiscount: category.allowsPersonDiscount,
    discount: percent(category.discountBp),
    breaks: JSON.stringify(
      category.breaks.map(({ quantity, bp }) => ({
        quantity: format.number(quantity),
        percent: format.percentInput(bp),
      })),
    ),
    breaksPer: category.breaksPer,
    minimum: money(category.minimumMinor),
    minimumQuantity: category.minimumQuantity === 0 ? '' : format.number(category.minimumQuantity),
    onlySet: category.onlySet ?? '',
    notSet: category.notSet ?? '',
    includesSale: category.includesSale,
    includesSubscriptions: category.includesSubscriptions,
    step: money(category.stepMinor),
    appliesAtTill: category.appliesAtTill,
    taxShown: category.taxShown,
    opensResellerPage: category.opensResellerPage,
    label: category.label,
  };
}

function NameCard() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('pricing.category.about')}>
      <FormLayout.Group>
        <DraftText name="name" label={t('pricing.category.name')} maxLength={NAME_CHARACTERS_MAX} />
        <DraftSelect
          name="color"
          label={t('pricing.category.color')}
          options={COLORS.map((value) => ({ value, label: t(`pricing.category.colors.${value}`) }))}
        />
      </FormLayout.Group>
      <DraftCheckbox
        name="loyaltyEnabled"
        label={t('pricing.category.club')}
        helpText={t('pricing.category.club_help')}
      />
      <DraftCheckbox
        name="allowsPersonDiscount"
        label={t('pricing.category.percents')}
        helpText={t('pricing.category.percents_help')}
      />
    </FormCard>
  );
}

function PriceCard({ draft }: { draft: ReturnType<typeof useDraft<CategoryValues>> }) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('pricing.category.price')} text={t('pricing.category.price_text')}>
      <DraftPercent
        name="discount"
        label={t('pricing.category.discount')}
        helpText={t('pricing.category.discount_help')}
      />
      <BreaksField draft={draft} />
      <DraftChoice
        name="breaksPer"
        title={t('pricing.category.per')}
        choices={(['line', 'product'] as const).map((value) => ({
          value,
          label: t(`pricing.category.per_${value}`),
        }))}
      />
      <DraftMoney name="step" label={t('pricing.category.step')} helpText={t('pricing.category.step_help')} />
      <DraftText
        name="label"
        label={t('pricing.category.label')}
        helpText={t('pricing.category.label_help')}
        maxLength={LABEL_CHARACTERS_MAX}
      />
    </FormCard>
  );
}

function ConditionsCard({ view: { sets } }: { view: CategoryView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const optionsOr = (none: string) => [
    { value: '', label: none },
    ...(['a', 'b'] as const).map((value) => ({
      value,
      label:
        sets[value].length === 0
          ? t(`pricing.category.set_${value}_empty`)
          : `${t(`pricing.sets.${value}`)}: ${format.list(sets[value])}`,
    })),
  ];
  return (
    <FormCard title={t('pricing.category.conditions')} text={t('pricing.category.conditions_text')}>
      <FormLayout.Group>
        <DraftMoney name="minimum" label={t('pricing.category.minimum')} />
        <DraftNumber name="minimumQuantity" label={t('pricing.category.minimum_quantity')} />
      </FormLayout.Group>
      <DraftSelect
        name="onlySet"
        label={t('pricing.category.only')}
        options={optionsOr(t('pricing.category.no_set'))}
      />
      <DraftSelect
        name="notSet"
        label={t('pricing.category.not')}
        options={optionsOr(t('pricing.category.none_left_out'))}
        helpText={t('pricing.category.sets_help')}
      />
      <BlockStack gap="100">
        <DraftCheckbox
          name="includesSale"
          label={t('pricing.category.sale')}
          helpText={t('pricing.category.sale_help')}
        />
        <DraftCheckbox
          name="includesSubscriptions"
          label={t('pricing.category.subscriptions')}
          helpText={t('pricing.category.subscriptions_help')}
        />
      </BlockStack>
    </FormCard>
  );
}

/** Where the price applies and how it is shown. */
function PlacesCard({ view: { taxBp } }: { view: CategoryView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <FormCard title={t('pricing.category.places')}>
      <BlockStack gap="100">
        <DraftCheckbox
          name="appliesAtTill"
          label={t('pricing.category.till')}
          helpText={t('pricing.category.till_help')}
        />
        <DraftCheckbox
          name="opensResellerPage"
          label={t('pricing.category.page')}
          helpText={t('pricing.category.page_help')}
        />
      </BlockStack>
      <DraftChoice
        name="taxShown"
        title={t('pricing.category.tax')}
        choices={TAX_SHOWN.map((value) => ({ value, label: t(`pricing.category.tax_${value}`) }))}
      />
      <Text as="p" tone="subdued">
        {taxBp === 0
          ? t('pricing.category.tax_unknown')
          : t('pricing.category.tax_help', { percent: format.percent(taxBp) })}
      </Text>
    </FormCard>
  );
}

/** The best customers, and where all of them are. */
function PeopleCard({ view: { category, people }, door }: CategoryFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  const { customers } = category;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>{t('pricing.category.people')}</CardTitle>
          <Link url={door(String(category.categoryId), category.name)}>
            {t('pricing.categories.customers', { count: customers, number: format.number(customers) })}
          </Link>
        </InlineStack>
        {people.length === 0 && (
          <Text as="p" tone="subdued">
            {t('pricing.category.no_people')}
          </Text>
        )}
        <ul className="bare-list">
          {people.map((person) => (
            <li key={String(person.customerId)} className="ruled planned-line">
              <InlineStack align="space-between" gap="200">
                <div className="wrapping">
                  <Link url={`/app/customers/${person.customerId}`} removeUnderline>
                    {nameOf(person)}
                  </Link>
                  {person.percentBp !== null && (
                    <Text as="p" variant="bodySm" tone="subdued">
                      {t('pricing.category.own_percent', { percent: format.percent(person.percentBp) })}
                    </Text>
                  )}
                </div>
                <Text as="span" numeric>
                  {format.money(person.spendMinor)}
                </Text>
              </InlineStack>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
