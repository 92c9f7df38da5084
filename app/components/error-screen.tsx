import { isRouteErrorResponse, useRevalidator } from '@remix-run/react';
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Screen } from './screen.tsx';

/** What stands instead of a screen that could not be shown, with the way to try again where that can help. */
export function ErrorScreen({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const { revalidate, state } = useRevalidator();
  const isMissing = isRouteErrorResponse(error) && error.status === 404;
  const kind = isMissing ? 'missing' : isLostConnection(error) ? 'unreachable' : 'failed';
  return (
    <Screen title={t(`errors.page.${kind}_title`)} backAction={{ content: t('nav.home'), url: '/app' }}>
      <Card>
        <BlockStack gap="400">
          <Text as="p">{t(`errors.page.${kind}_text`)}</Text>
          {!isMissing && (
            <InlineStack>
              <Button variant="primary" loading={state !== 'idle'} onClick={revalidate}>
                {t('errors.offline.try_again')}
              </Button>
            </InlineStack>
          )}
        </BlockStack>
      </Card>
    </Screen>
  );
}

/** What `fetch` throws when nothing answers. */
function isLostConnection(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
}
