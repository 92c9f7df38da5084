import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { Access } from '../accesses.server.ts';

/** Which staff looked at sensitive data, and when; nothing while no one did. */
export function AccessLogCard({ accesses }: { accesses: readonly Access[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (accesses.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="200">
        <CardTitle>{t('privacy.looked')}</CardTitle>
        <ul className="bare-list">
          {accesses.map(({ accessId, what, subject, rows, staffName, createdAt }) => (
            <li key={String(accessId)} className="ruled planned-line">
              <Text as="p">
                {what === null
                  ? t('privacy.access.other')
                  : t(`privacy.access.${what}`, { subject, rows: format.number(rows) })}
              </Text>
              <Text as="p" variant="bodySm" tone="subdued">
                {t('privacy.by_at', {
                  name: staffName ?? t('common.staff'),
                  timestamp: format.timestamp(createdAt),
                })}
              </Text>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
