import { useNavigate } from '@remix-run/react';
import { Banner, BlockStack, Box, Button, InlineStack, Tag, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import {
  listAddress,
  type CustomerFilter,
  type CustomerSort,
} from '#app/modules/segments/customer-filter.ts';
import type { RuleNames } from '#app/modules/segments/sentence/names.ts';
import { describePart } from '#app/modules/segments/sentence/sentence.ts';
import { allOf, partsOf } from '#app/modules/segments/tree/tree.ts';
import { RuleEditor, type EditedRule } from '#app/modules/segments/ui/editor/rule-editor.tsx';
import { useProgress } from '#app/components/use-progress.ts';
import { MissingNote } from '#app/modules/segments/ui/missing-note.tsx';
import type { CustomerListView } from '../customer-list.server.ts';

interface AdvancedSearchProps {
  filter: CustomerFilter;
  sort: CustomerSort;
  names: RuleNames;
  onClose: () => void;
}

/** The rule of the list's address, edited; "Show customers" goes to the address with it. */
export function AdvancedSearch({ filter, sort, names, onClose }: AdvancedSearchProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [edited, setEdited] = useState<EditedRule>({ rule: filter.rule, isWhole: true, names });
  const [isTried, setIsTried] = useState(false);
  const show = () => {
    if (!edited.isWhole) return setIsTried(true);
    onClose();
    navigate(listAddress({ ...filter, rule: edited.rule, hasBrokenRule: false }, sort));
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
  sort: CustomerSort;
}

/** What the advanced search demands, in words; each part can be removed. */
export function RuleChips({ view, filter, sort }: RuleChipsProps) {
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const navigate = useNavigate();
  const words = { t, locale: i18n.language, currency, names: view.ruleNames };
  const parts = partsOf(filter.rule);
  const go = (change: Partial<CustomerFilter>) => navigate(listAddress({ ...filter, ...change }, sort));
  if (parts.length === 0 && !filter.hasBrokenRule) return null;
  return (
    <div role="group" aria-label={t('segments.edit.title')}>
      <InlineStack gap="200" blockAlign="center">
        {parts.map((part, index) => (
          <Tag key={JSON.stringify(part)} onRemove={() => go({ rule: allOf(parts.toSpliced(index, 1)) })}>
            {describePart(part, words)}
          </Tag>
        ))}
        <Button variant="plain" onClick={() => go({ rule: null, hasBrokenRule: false })}>
          {t('segments.gone.remove')}
        </Button>
      </InlineStack>
    </div>
  );
}

/** Why a search finds no one that would otherwise seem to mean everybody. */
export function RuleTrouble({ view, filter }: Omit<RuleChipsProps, 'sort'>) {
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
