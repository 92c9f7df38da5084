import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { Access } from '../accesses.server.ts';

/** Who of the staff looked at a customer's sensitive data, and when; nothing while nobody did. */
export function AccessLogCard({ accesses }: { accesses: readonly Access[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (accesses.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t('privacy.looked')}
        </Text>
        <ul className="bare-list">
          {accesses.map(({ accessId, what, staffName, createdAt }) => (
            <li key={String(accessId)} className="ruled planned-line">
              <Text as="p">{what === null ? t('privacy.access.other') : t(`privacy.access.${what}`)}</Text>
              <Text as="p" variant="bodySm" tone="subdued">
                {t('privacy.by_at', {
                  name: staffName ?? t('privacy.somebody'),
                  moment: format.moment(createdAt),
                })}
              </Text>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
