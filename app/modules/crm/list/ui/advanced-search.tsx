import { Banner, BlockStack, Box, Button, InlineStack, Tag, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import type { CustomerFilter } from '#app/modules/segments/customer-filter.ts';
import type { RuleNames } from '#app/modules/segments/sentence/names.ts';
import { describePart } from '#app/modules/segments/sentence/sentence.ts';
import { allOf, partsOf, type SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { RuleEditor, type EditedRule } from '#app/modules/segments/ui/editor/rule-editor.tsx';
import { useProgress } from '#app/components/use-progress.ts';
import { MissingNote } from '#app/modules/segments/ui/missing-note.tsx';
import type { CustomerListView } from '../customer-list.server.ts';
import { useListChange } from './use-list-change.ts';

interface AdvancedSearchProps {
  filter: CustomerFilter;
  names: RuleNames;
  onClose: () => void;
}

/** The rule of the list's address, edited; "Show customers" goes to the address with it. */
export function AdvancedSearch({ filter, names, onClose }: AdvancedSearchProps) {
  const { t } = useTranslation();
  const { set } = useListChange(filter.segmentId);
  const [edited, setEdited] = useState<EditedRule>({ rule: filter.rule, isWhole: true, names });
  const [isTried, setIsTried] = useState(false);
  const show = () => {
    if (!edited.isWhole) return setIsTried(true);
    onClose();
    set({ rule: edited.rule, hasBrokenRule: false });
  };
  return (
    <Box
      as="section"
      padding="300"
      background="bg-surface-secondary"
      borderRadius="200"
      borderWidth="025"
      borderColor="border-secondary"
    >
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('segments.edit.title')}
        </Text>
        <RuleEditor rule={filter.rule} names={names} onChange={setEdited} showsErrors={isTried} />
        <InlineStack gap="200">
          <Button variant="primary" onClick={show}>
            {t('segments.edit.show')}
          </Button>
          <Button onClick={onClose}>{t('segments.edit.cancel')}</Button>
        </InlineStack>
      </BlockStack>
    </Box>
  );
}

interface RuleChipsProps {
  view: CustomerListView;
  filter: CustomerFilter;
}

/** What the advanced search demands, in words; each part can be removed. */
export function RuleChips({ view, filter }: RuleChipsProps) {
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const { set } = useListChange(filter.segmentId);
  const words = { t, locale: i18n.language, currency, names: view.ruleNames };
  const parts = partsOf(filter.rule);
  // Another part may have been removed just before: what is left of the rule then is not what is shown.
  const remove = (part: SegmentNode) =>
    set(({ rule }) => ({
      rule: allOf(partsOf(rule).filter((one) => JSON.stringify(one) !== JSON.stringify(part))),
    }));
  if (parts.length === 0 && !filter.hasBrokenRule) return null;
  return (
    <div role="group" aria-label={t('segments.edit.title')}>
      <InlineStack gap="200" blockAlign="center">
        {parts.map((part) => (
          <Tag key={JSON.stringify(part)} onRemove={() => remove(part)}>
            {describePart(part, words)}
          </Tag>
        ))}
        <Button variant="plain" onClick={() => set({ rule: null, hasBrokenRule: false })}>
          {t('segments.gone.remove')}
        </Button>
      </InlineStack>
    </div>
  );
}

/** Why a search finds no one that would otherwise seem to mean everybody. */
export function RuleTrouble({ view, filter }: RuleChipsProps) {
  const { t } = useTranslation();
  useProgress(view.missing.some(({ isUnread }) => isUnread === true));
  if (filter.hasBrokenRule)
    return (
      <Banner tone="warning" title={t('segments.gone.title')}>
        <Text as="p">{t('segments.gone.broken')}</Text>
      </Banner>
    );
  if (view.missing.length === 0) return null;
  return <MissingNote missing={view.missing} names={view.ruleNames} />;
}
