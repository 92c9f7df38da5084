import { Badge, BlockStack, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { SHOPIFY_CLAUSES_MAX, toShopifyQuery } from '../../query/to-shopify.ts';
import type { RuleNames } from '../../sentence/names.ts';
import { describePart } from '../../sentence/sentence.ts';
import { conditionsOf, type SegmentNode } from '../../tree/tree.ts';

interface HindranceProps {
  rule: SegmentNode;
  names: RuleNames;
}

/** Why Shopify can't ask a rule: each condition, and which of them hinder it. Nothing for a rule that it can ask. */
export function Hindrance({ rule, names }: HindranceProps) {
  const { t, i18n } = useTranslation();
  const { currency } = useShop();
  const words = { t, locale: i18n.language, currency, names };
  const made = toShopifyQuery(rule, words);
  if (made.ok) return null;
  if (made.reason === 'clauses')
    return (
      <Text as="p">
        {t('segment_query.shopify.clauses', { clauses: made.count, limit: SHOPIFY_CLAUSES_MAX })}
      </Text>
    );
  return (
    <BlockStack gap="200">
      <Text as="p">{t('push.hindered')}</Text>
      <ul className="push-conditions">
        {conditionsOf(rule).map((condition, position) => (
          <li key={position}>
            <InlineStack gap="200" align="start" blockAlign="center">
              <Text as="span">{describePart(condition, words)}</Text>
              {made.conditions.includes(condition) ? (
                <Badge tone="warning">{t('push.only_here')}</Badge>
              ) : (
                <Badge tone="success">{t('push.there_too')}</Badge>
              )}
            </InlineStack>
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}
