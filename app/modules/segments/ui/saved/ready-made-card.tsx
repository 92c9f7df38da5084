import { Banner, BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { DEFAULT_SORT, filterParams, listAddress } from '../../customer-filter.ts';
import {
  BEST_PERCENT,
  EXPIRING_DAYS,
  READY_MADE,
  readyFilter,
  type ReadyMade,
} from '../../saved/ready-made.ts';
import type { SegmentScreenView } from '../../saved/segment-screens.server.ts';
import { useSegmentChange } from './use-segment-change.ts';

/** Segments that are ready: each opens as a search, or is added to the shop's own. */
export function ReadyMadeCard({ view }: { view: SegmentScreenView }) {
  const { t } = useTranslation();
  const { isBusy, errors, send } = useSegmentChange(t('segment_list.added'), () => undefined);
  const errorOf = useFieldErrorText(errors);
  const error = errorOf('name') || errorOf('form');
  const { segments, lifecycle } = view;
  const has = (name: string) => segments.some((one) => one.name.toLowerCase() === name.toLowerCase());
  const add = (ready: ReadyMade, name: string): void =>
    send({ intent: 'create', name, filter: filterParams(readyFilter(ready, lifecycle)).toString() });
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{t('segment_list.ready_title')}</CardTitle>
        {error && <Banner tone="critical">{error}</Banner>}
        {READY_MADE.map((ready) => {
          const name = t(`segment_list.ready.${ready}`);
          return (
            <InlineStack key={ready} align="space-between" blockAlign="center" gap="200" wrap={false}>
              <BlockStack gap="050">
                <Link url={listAddress(readyFilter(ready, lifecycle), DEFAULT_SORT)} removeUnderline>
                  <Text as="span" fontWeight="medium">
                    {name}
                  </Text>
                </Link>
                <Text as="p" tone="subdued">
                  {t(`segment_list.ready_text.${ready}`, {
                    ...lifecycle,
                    expiringDays: EXPIRING_DAYS,
                    bestPercent: BEST_PERCENT,
                  })}
                </Text>
              </BlockStack>
              {has(name) ? (
                <Text as="span" tone="subdued">
                  {t('segment_list.is_added')}
                </Text>
              ) : (
                <Button
                  disabled={isBusy}
                  accessibilityLabel={t('segment_list.add_of', { name })}
                  onClick={() => add(ready, name)}
                >
                  {t('segment_list.add')}
                </Button>
              )}
            </InlineStack>
          );
        })}
        <Text as="p" tone="subdued">
          {t('segment_list.ready_settings')}{' '}
          <Link url="/app/settings/groups">{t('segment_list.to_settings')}</Link>
        </Text>
      </BlockStack>
    </Card>
  );
}
