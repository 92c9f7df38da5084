import { Box, Button, Card, Collapsible, InlineStack } from '@shopify/polaris';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { FilterChips } from '#app/components/filter-chips.tsx';
import { SearchField } from '#app/components/search-field.tsx';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { historyParams } from '../history-filter.ts';
import type { HistoryView } from '../history-screen.server.ts';
import { HistoryFilters } from './history-filters.tsx';
import { useHistoryChips } from './use-history-chips.ts';
import { SentMessages } from './sent-messages.tsx';

const ADDRESS = '/app/messages/history';
const QUERY_CHARACTERS_MAX = 100;

function addressOf(params: URLSearchParams): string {
  const query = params.toString();
  return query === '' ? ADDRESS : `${ADDRESS}?${query}`;
}

/** Every message of the shop, searched and filtered, with a way to take the list along. */
export function HistoryList({ view, onExport }: { view: HistoryView; onExport: (filter: string) => void }) {
  const { t } = useTranslation();
  const { filter, messages, names, before, after, isTooWide } = view;
  const params = historyParams(filter);
  const empty = isTooWide ? 'too_wide' : params.size > 0 ? 'none' : 'empty';
  const pageAt = (side: 'before' | 'after', position: string | null) => {
    if (position === null) return null;
    const search = new URLSearchParams(params);
    search.set(side, position);
    return addressOf(search);
  };
  return (
    <Card padding="0">
      <Bar view={view} params={params} onExport={onExport} />
      {messages.length === 0 ? (
        <EmptyNote title={t(`sms_history.${empty}_title`)} text={t(`sms_history.${empty}_text`)} />
      ) : (
        <SentMessages
          messages={messages}
          names={names}
          pages={{ previous: pageAt('before', before), next: pageAt('after', after) }}
        />
      )}
    </Card>
  );
}

interface BarProps {
  view: HistoryView;
  params: URLSearchParams;
  onExport: (filter: string) => void;
}

function Bar({ view, params, onExport }: BarProps) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { filter, messages, campaigns, staff } = view;
  const chips = useHistoryChips(view, addressOf);
  return (
    <Box padding="300">
      <div className="stack">
        <SearchField
          label={t('sms_history.search')}
          placeholder={t('sms_history.search')}
          query={filter.q ?? ''}
          maxLength={QUERY_CHARACTERS_MAX}
        />
        <InlineStack align="space-between" gap="200">
          <Button
            disclosure={isOpen ? 'up' : 'down'}
            onClick={() => setOpen(!isOpen)}
            ariaExpanded={isOpen}
            ariaControls={id}
          >
            {t('sms_history.filters.show')}
          </Button>
          {messages.length > 0 && (
            <Button onClick={() => onExport(params.toString())}>{t('exports.action')}</Button>
          )}
        </InlineStack>
        <FilterChips chips={chips} />
        <Collapsible id={id} open={isOpen}>
          <HistoryFilters filter={filter} campaigns={campaigns} staff={staff} onApply={change} />
        </Collapsible>
      </div>
    </Box>
  );
}
