import { BlockStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { PartFigures } from '../../compare/compare-segments.server.ts';
import { partAddress, type Side } from '../../compare/sides.ts';

interface CompareResultProps {
  a: Side;
  b: Side;
  names: { a: string; b: string };
  parts: readonly PartFigures[];
}

const BASIS_POINTS = 10_000;

/** Who is in both, and who in only one: a bar of the three, and each with its figures and its list. */
export function CompareResult({ a, b, names, parts }: CompareResultProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = parts.reduce((sum, { customers }) => sum + customers, 0);
  if (total === 0) return <Text as="p">{t('compare.empty')}</Text>;
  return (
    <BlockStack gap="400">
      <div className="compare-bar" aria-hidden>
        {parts.map(({ part, customers }) => (
          <span key={part} className={`compare-${part}`} style={{ flexGrow: customers }} />
        ))}
      </div>
      <ul className="bare-list compare-parts">
        {parts.map(({ part, customers, spendMinor }) => (
          <li key={part}>
            <BlockStack gap="050">
              <Text as="h2" variant="headingSm" breakWord>
                <span className={`compare-key compare-${part}`} aria-hidden />
                {t(`compare.${part}`, names)}
              </Text>
              <Link url={partAddress(part, a, b)} removeUnderline>
                {t('customer_list.count', { count: customers, amount: format.number(customers) })}
              </Link>
              <Text as="p" variant="bodySm" tone="subdued">
                {t('compare.figures', {
                  share: format.percent(Math.round((customers * BASIS_POINTS) / total)),
                  spend: format.money(spendMinor),
                })}
              </Text>
            </BlockStack>
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}
