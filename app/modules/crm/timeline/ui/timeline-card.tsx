import { Box, Card, InlineStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Select } from '#app/components/fields.tsx';
import { Pager } from '#app/components/pager.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { useOptions } from '#app/components/use-options.ts';
import { useComingSearch, useSearchChange } from '#app/components/use-search-change.ts';
import { readTimelineKind, TIMELINE_KINDS, type TimelineKind } from '../timeline-kinds.ts';
import type { TimelinePage } from '../timeline.queries.server.ts';
import { TimelineLine } from './timeline-line.tsx';

interface TimelineCardProps {
  customerId: bigint;
  page: TimelinePage;
  /** What is shown; null for all. */
  kind: TimelineKind | null;
}

/** All that happened with a customer, newest first, or one kind of it. */
export function TimelineCard({ customerId, page, kind }: TimelineCardProps) {
  const { t } = useTranslation();
  const { events, names, olderThan, isFirstPage } = page;
  const address = `/app/customers/${customerId}${kind === null ? '' : `?show=${kind}`}`;
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>{t('timeline.title')}</CardTitle>
          <KindChoice />
        </InlineStack>
      </Box>
      {events.length === 0 ? (
        <EmptyNote
          title={t('timeline.empty_title')}
          text={kind === null ? t('timeline.empty_text') : t('timeline.none_text')}
        />
      ) : (
        <ol className="bare-list" aria-label={t('timeline.title')}>
          {events.map((event) => (
            <TimelineLine key={`${event.of} ${event.key}`} event={event} names={names} />
          ))}
        </ol>
      )}
      <Pager
        isInCard
        pages={newestAndOlder(address, { isFirstPage, olderThan })}
        previousTooltip={t('common.newest')}
      />
    </Card>
  );
}

function KindChoice() {
  const { t } = useTranslation();
  const { search } = useComingSearch();
  const change = useSearchChange();
  const kinds = useOptions(TIMELINE_KINDS, 'timeline.kind');
  return (
    <Select
      label={t('timeline.show')}
      labelInline
      options={[{ value: '', label: t('timeline.all') }, ...kinds]}
      value={readTimelineKind(search.get('show')) ?? ''}
      onChange={(show) => change({ show }, { preventScrollReset: true })}
    />
  );
}
