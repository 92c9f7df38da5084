import { Banner, BlockStack, InlineError, InlineStack, List, Tag, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft, type Draft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import { CollectionPicker } from '#app/modules/products/ui/collection-picker.tsx';
import { COMBINATIONS, explainCombination, type ExampleOrder } from '../combination.ts';
import {
  collectionsIn,
  REFUSAL_CHARACTERS_MAX,
  type PickedCollection,
  type PriceSettingsValues,
} from '../settings-form.ts';
import type { PriceSettingsView } from '../settings-screen.server.ts';

const { DraftCheckbox, DraftChoice, DraftPercent, DraftText } = draftFields<PriceSettingsValues>();

/** Whether prices apply at checkout, how they meet other discounts, and the two product sets. */
export function PriceSettingsForm({ view }: { view: PriceSettingsView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { taxBp } = view.settings;
  const draft = useDraft(savedValues(view, taxBp === 0 ? '' : format.percentInput(taxBp)));
  return (
    <DraftForm draft={draft}>
      <FormCard title={t('pricing.settings.on_title')} text={t('pricing.settings.on_text')}>
        <DraftCheckbox
          name="isOn"
          label={t('pricing.settings.on')}
          helpText={t('pricing.settings.on_help')}
        />
        <DraftCheckbox
          name="forCompanies"
          label={t('pricing.settings.companies')}
          helpText={t('pricing.settings.companies_help')}
        />
        <DraftPercent
          name="tax"
          label={t('pricing.settings.tax')}
          helpText={t('pricing.settings.tax_help')}
        />
      </FormCard>
      <CombinationCard draft={draft} example={view.example} />
      <FormCard title={t('pricing.settings.sets_title')} text={t('pricing.settings.sets_text')}>
        <SetField draft={draft} name="setA" title={t('pricing.sets.a')} />
        <SetField draft={draft} name="setB" title={t('pricing.sets.b')} />
      </FormCard>
    </DraftForm>
  );
}

function savedValues({ settings, collections }: PriceSettingsView, tax: string): PriceSettingsValues {
  const { version, isOn, combination, withProducts, withShipping, forCompanies, refusal } = settings;
  return {
    version: String(version),
    isOn,
    combination,
    withProducts,
    withShipping,
    forCompanies,
    tax,
    refusal,
    setA: JSON.stringify(collections.setA),
    setB: JSON.stringify(collections.setB),
  };
}

interface CombinationCardProps {
  draft: Draft<PriceSettingsValues>;
  example: ExampleOrder | null;
}

/** One switch for prices and the club's codes, each choice with what a customer of this shop would pay. */
function CombinationCard({ draft, example }: CombinationCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const paid = example && explainCombination(example);
  const refusal = (
    <DraftText
      name="refusal"
      label={t('pricing.settings.refusal')}
      helpText={t('pricing.settings.refusal_help')}
      maxLength={REFUSAL_CHARACTERS_MAX}
    />
  );
  return (
    <FormCard title={t('pricing.settings.combination')} text={t('pricing.settings.combination_text')}>
      {example && (
        <Banner>
          {t('pricing.settings.example', {
            category: example.category,
            percent: format.percent(example.percentBp),
            goods: format.money(example.goodsMinor),
            code: format.money(example.codeMinor),
          })}
        </Banner>
      )}
      <DraftChoice
        name="combination"
        title={t('pricing.settings.combination')}
        titleHidden
        choices={COMBINATIONS.map((value) => ({
          value,
          label: t(`pricing.settings.combinations.${value}`),
          helpText: [
            t(`pricing.settings.combinations.${value}_help`),
            ...(paid ? [t('pricing.settings.pays', { amount: format.money(paid[value]) })] : []),
          ].join(' '),
          ...(value === 'refuse' ? { details: refusal } : {}),
        }))}
      />
      <BlockStack gap="100">
        <DraftCheckbox
          name="withProducts"
          label={t('pricing.settings.with_products')}
          helpText={t('pricing.settings.with_products_help')}
        />
        <DraftCheckbox name="withShipping" label={t('pricing.settings.with_shipping')} />
      </BlockStack>
      <div>
        <Text as="h3" variant="headingSm">
          {t('pricing.settings.limits')}
        </Text>
        <List>
          {(['one', 'lines', 'cap', 'order'] as const).map((limit) => (
            <List.Item key={limit}>{t(`pricing.settings.limit.${limit}`)}</List.Item>
          ))}
        </List>
      </div>
      {draft.values.combination === 'lowest' && (
        <Text as="p" tone="subdued">
          {t('pricing.settings.released')}
        </Text>
      )}
    </FormCard>
  );
}

interface SetFieldProps {
  draft: Draft<PriceSettingsValues>;
  name: 'setA' | 'setB';
  title: string;
}

/** The collections of a product set. */
function SetField({ draft, name, title }: SetFieldProps) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const picked = collectionsIn(draft.values[name]);
  const write = (next: PickedCollection[]) => draft.set(name, JSON.stringify(next));
  const error = errorOf(name);
  return (
    <div id={name} tabIndex={-1} role="group" aria-label={title}>
      <BlockStack gap="200" inlineAlign="start">
        <Text as="h3" variant="bodyMd">
          {title}
        </Text>
        {picked.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('pricing.settings.empty_set')}
          </Text>
        ) : (
          <InlineStack gap="200">
            {picked.map(({ id, title: text }) => (
              <Tag key={id} onRemove={() => write(picked.filter((each) => each.id !== id))}>
                {text}
              </Tag>
            ))}
          </InlineStack>
        )}
        <CollectionPicker
          label={t('pricing.settings.add_collections', { set: title })}
          onPick={(added) => {
            const rows = added.map(({ collectionId: id, title: text }) => ({ id, title: text }));
            write([...new Map([...picked, ...rows].map((each) => [each.id, each])).values()]);
          }}
        />
        {error && <InlineError fieldID={name} message={error} />}
      </BlockStack>
    </div>
  );
}
