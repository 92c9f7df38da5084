import { Banner, BlockStack, Box, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '#app/components/day-field.tsx';
import { CardTitle } from '#app/components/card-title.tsx';
import {} from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { RequestAllOrders } from '#app/modules/shops/ui/request-all-orders.tsx';
import type { BackfillScreenView } from '../backfill-screen.server.ts';

/** From which day on, and what will happen: nothing yet. */
export function StartBackfill({ view }: { view: BackfillScreenView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [startsOn, setStartsOn] = useState(view.suggestedDay);
  const { visibleFrom, today } = view;
  const start = () => action.act({ intent: 'start', startsOn }, t('backfill.started'));
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <BlockStack gap="400">
          <BlockStack gap="100">
            <CardTitle>{t('backfill.start_title')}</CardTitle>
            <Text as="p" tone="subdued">
              {t('backfill.start_text')}
            </Text>
          </BlockStack>
          {errorOf('form') && <Banner tone="critical">{errorOf('form')}</Banner>}
          {visibleFrom !== null && startsOn < visibleFrom && (
            <Banner tone="warning">
              <BlockStack gap="200" inlineAlign="start">
                {t('backfill.only_recent', { day: format.calendarDay(visibleFrom) })}
                <RequestAllOrders />
              </BlockStack>
            </Banner>
          )}
          <Box maxWidth="24rem">
            <DayField
              label={t('backfill.starts_on')}
              helpText={t('backfill.starts_on_help')}
              value={startsOn}
              max={today}
              onChange={setStartsOn}
              error={errorOf('startsOn')}
            />
          </Box>
          <InlineStack>
            <Button submit variant="primary" loading={action.isBusy}>
              {t('backfill.start')}
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}
