import type { LoaderFunctionArgs } from '@remix-run/node';
import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Screen } from '#app/components/screen.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  await authenticateAdmin(request);
  return null;
}

export default function ReportsScreen() {
  const { t } = useTranslation();
  return (
    <Screen title={t('reports.title')}>
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t('reports.liability.title')}
          </Text>
          <Text as="p">{t('reports.liability.lead')}</Text>
          <Link url="/app/reports/liability">{t('reports.liability.open')}</Link>
        </BlockStack>
      </Card>
    </Screen>
  );
}
