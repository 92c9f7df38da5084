import { Banner, BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { Missing } from '../conditions/condition.ts';
import { nameOf, type RuleNames } from '../sentence/names.ts';

interface MissingNoteProps {
  /** What the rule names and what is gone, or not read yet (`findMissing`). */
  missing: readonly Missing[];
  names: RuleNames;
}

/** Says why a rule can't be computed: something that it names is gone, or its members are still being read. */
export function MissingNote({ missing, names }: MissingNoteProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { currency } = useShop();
  const words = { t, locale: i18n.language, currency, names };
  const listOf = (some: readonly Missing[]) =>
    format.list(some.map(({ to, id }) => t(`segments.named.${to}`, { name: nameOf(to, id, words) })));
  const gone = missing.filter(({ isUnread }) => !isUnread);
  const unread = missing.filter(({ isUnread }) => isUnread);
  return (
    <BlockStack gap="200">
      {gone.length > 0 && (
        <Banner tone="warning" title={t('segments.gone.title')}>
          <Text as="p">{t('segments.gone.text', { list: listOf(gone) })}</Text>
        </Banner>
      )}
      {unread.length > 0 && (
        <Banner tone="info" title={t('segments.unread.title')}>
          <Text as="p">{t('segments.unread.text', { list: listOf(unread) })}</Text>
        </Banner>
      )}
    </BlockStack>
  );
}
