import { isRouteErrorResponse } from '@remix-run/react';
import { Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Screen } from './screen.tsx';

/** What stands instead of a screen that could not be shown. */
export function ErrorScreen({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const isMissing = isRouteErrorResponse(error) && error.status === 404;
  const title = isMissing ? t('errors.page.missing_title') : t('errors.page.failed_title');
  const text = isMissing ? t('errors.page.missing_text') : t('errors.page.failed_text');
  return (
    <Screen title={title} backAction={{ content: t('nav.home'), url: '/app' }}>
      <Card>
        <Text as="p">{text}</Text>
      </Card>
    </Screen>
  );
}
