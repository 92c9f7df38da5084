import { Card, InlineGrid, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { StoredSegment } from '../../saved/segments.queries.server.ts';
import { SegmentHistory } from '../saved/segment-history.tsx';

/** How many customers a segment has, and how that changed. */
export function MovesFigures({ segment }: { segment: StoredSegment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { segmentId, name, customers, sinceYesterday, sinceLastWeek, history } = segment;
  const change = (since: number | null) => (since === null ? '–' : format.signed(BigInt(since)));
  const figures = [
    { title: t('segment_list.since_yesterday'), figure: change(sinceYesterday) },
    { title: t('segment_list.since_last_week'), figure: change(sinceLastWeek) },
  ];
  return (
    <Card>
      <InlineGrid columns={{ xs: 2, sm: 4 }} gap="400">
        <div>
          <Text as="p" tone="subdued">
            {t('segment_list.customers')}
          </Text>
          <Text as="p" variant="headingLg" numeric>
            {customers === null ? (
              '–'
            ) : (
              <Link url={`/app/customers/segments/${segmentId}`} removeUnderline>
                {format.number(customers)}
              </Link>
            )}
          </Text>
        </div>
        {figures.map(({ title, figure }) => (
          <div key={title}>
            <Text as="p" tone="subdued">
              {title}
            </Text>
            <Text as="p" variant="headingLg" numeric>
              {figure}
            </Text>
          </div>
        ))}
        <div>
          <Text as="p" tone="subdued">
            {t('segment_list.history')}
          </Text>
          <SegmentHistory values={history} label={t('segment_list.history_of', { name })} />
        </div>
      </InlineGrid>
    </Card>
  );
}
