import { BlockStack, Button, InlineError, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useDraftContext } from '#app/components/draft-context.ts';
import { draftFields } from '#app/components/draft-fields.tsx';
import { DraftForm } from '#app/components/draft-form.tsx';
import { Checkbox } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import { useDraft, type Draft } from '#app/components/use-draft.ts';
import { CollectionPicker } from '#app/modules/products/ui/collection-picker.tsx';
import { ProductPicker } from '#app/modules/products/ui/product-picker.tsx';
import { ACCESS_TEXT_MAX, rulesIn, type AccessRuleValue } from '../access-form.ts';
import type { AccessView } from '../access-screen.server.ts';

interface AccessValues {
  [field: string]: string | boolean;
  version: string;
  isOn: boolean;
  rules: string;
  guest_en: string;
  other_en: string;
  guest_id: string;
  other_id: string;
}

const { DraftCheckbox, DraftText } = draftFields<AccessValues>();

/** Which products and collections are locked, for whom they open, and what others read. */
export function AccessForm({ view }: { view: AccessView }) {
  const { t } = useTranslation();
  const { texts, usual } = view;
  const draft = useDraft<AccessValues>({
    version: String(view.version),
    isOn: view.isOn,
    rules: JSON.stringify(view.rules),
    guest_en: texts.en.guest,
    other_en: texts.en.other,
    guest_id: texts.id.guest,
    other_id: texts.id.other,
  });
  return (
    <DraftForm draft={draft}>
      <FormCard title={t('members_only.on_title')} text={t('members_only.on_text')}>
        <DraftCheckbox name="isOn" label={t('members_only.on')} helpText={t('members_only.on_help')} />
      </FormCard>
      <RulesCard draft={draft} view={view} />
      <FormCard
        title={t('members_only.texts_title')}
        text={t('members_only.texts_text', { products: '{{products}}' })}
      >
        {(['en', 'id'] as const).map((locale) => (
          <BlockStack key={locale} gap="300">
            <DraftText
              name={`guest_${locale}`}
              label={t(`members_only.texts.guest_${locale}`)}
              placeholder={usual[locale].guest}
              maxLength={ACCESS_TEXT_MAX}
            />
            <DraftText
              name={`other_${locale}`}
              label={t(`members_only.texts.other_${locale}`)}
              placeholder={usual[locale].other}
              maxLength={ACCESS_TEXT_MAX}
            />
          </BlockStack>
        ))}
      </FormCard>
    </DraftForm>
  );
}

interface RulesCardProps {
  draft: Draft<AccessValues>;
  view: AccessView;
}

function RulesCard({ draft, view }: RulesCardProps) {
  const { t } = useTranslation();
  const rules = rulesIn(draft.values.rules);
  const write = (next: readonly AccessRuleValue[]) => draft.set('rules', JSON.stringify(next));
  /** One that is there already stays as it is. */
  const add = (kind: AccessRuleValue['kind'], picked: readonly { id: string; title: string }[]) => {
    const known = new Set(rules.map((rule) => `${rule.kind} ${rule.id}`));
    const added = picked.filter(({ id }) => !known.has(`${kind} ${id}`));
    write([...rules, ...added.map((each) => ({ kind, ...each, categories: [], tiers: [] }))]);
  };
  return (
    <FormCard title={t('members_only.rules')} text={t('members_only.rules_text')}>
      {rules.length === 0 && (
        <Text as="p" tone="subdued">
          {t('members_only.no_rules')}
        </Text>
      )}
      <ul className="bare-list">
        {rules.map((rule, index) => (
          <li key={`${rule.kind} ${rule.id}`} className="ruled roomy">
            <RuleFields
              rule={rule}
              place={index}
              view={view}
              onChange={(next) => write(rules.map((each, at) => (at === index ? next : each)))}
              onRemove={() => write(rules.filter((_each, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      <InlineStack gap="200">
        <ProductPicker
          label={t('members_only.add_products')}
          onPick={(picked) =>
            add(
              'product',
              picked.map(({ productId, title }) => ({ id: productId, title })),
            )
          }
        />
        <CollectionPicker
          label={t('members_only.add_collections')}
          onPick={(picked) =>
            add(
              'collection',
              picked.map(({ collectionId, title }) => ({ id: collectionId, title })),
            )
          }
        />
      </InlineStack>
    </FormCard>
  );
}

interface RuleFieldsProps {
  rule: AccessRuleValue;
  place: number;
  view: AccessView;
  onChange: (rule: AccessRuleValue) => void;
  onRemove: () => void;
}

function RuleFields({ rule, place, view, onChange, onRemove }: RuleFieldsProps) {
  const { t } = useTranslation();
  const { errorOf } = useDraftContext();
  const id = `rules.${place}`;
  const error = errorOf(id);
  const toggled = (list: readonly string[], each: string, isOn: boolean) =>
    isOn ? [...list, each] : list.filter((other) => other !== each);
  return (
    <div id={id} tabIndex={-1} role="group" aria-label={t('members_only.opens_for', { title: rule.title })}>
      <BlockStack gap="200">
        <InlineStack gap="200" align="space-between" blockAlign="center" wrap={false}>
          <Text as="h3" variant="headingSm" breakWord>
            {t(`members_only.kind.${rule.kind}`, { title: rule.title })}
          </Text>
          <Button
            variant="plain"
            tone="critical"
            accessibilityLabel={t('members_only.remove_rule', { title: rule.title })}
            onClick={onRemove}
          >
            {t('members_only.remove')}
          </Button>
        </InlineStack>
        <div className="choice-grid">
          {view.categories.map((category) => (
            <Checkbox
              key={category.id}
              label={category.name}
              checked={rule.categories.includes(category.id)}
              onChange={(isOn) =>
                onChange({ ...rule, categories: toggled(rule.categories, category.id, isOn) })
              }
            />
          ))}
          {view.tiers.map((tier) => (
            <Checkbox
              key={`tier ${tier.id}`}
              label={t('members_only.tier', { name: tier.name })}
              checked={rule.tiers.includes(tier.id)}
              onChange={(isOn) => onChange({ ...rule, tiers: toggled(rule.tiers, tier.id, isOn) })}
            />
          ))}
        </div>
        {error !== false && <InlineError fieldID={id} message={t('members_only.choose_someone')} />}
      </BlockStack>
    </div>
  );
}
