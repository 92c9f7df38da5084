import { useNavigate } from '@remix-run/react';
import { Banner, Box, Button, Card, Collapsible, InlineStack, Link, Text } from '@shopify/polaris';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { FilterChips } from '#app/components/filter-chips.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { filterParams } from '../ledger-filter.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import type { LedgerView } from '../ledger-screen.server.ts';
import { LedgerFilters } from './ledger-filters.tsx';
import { SavedFilters } from '../../saved-filters/ui/saved-filters.tsx';
import type { SavedFilter } from '../../saved-filters/saved-filters.server.ts';
import { useLedgerChips } from './use-filter-chips.ts';
import { LedgerTotalsLine } from './ledger-totals.tsx';
import { LedgerTable } from './ledger-table.tsx';

const ADDRESS = '/app/activity/ledger';

function addressOf(params: URLSearchParams): string {
  const query = params.toString();
  return query === '' ? ADDRESS : `${ADDRESS}?${query}`;
}

interface LedgerListProps {
  view: LedgerView;
  saved: readonly SavedFilter[];
  onExport: (filter: string) => void;
}

/** Every movement of the shop, filtered, with a way to take the list along (F92). */
export function LedgerList({ view, saved, onExport }: LedgerListProps) {
  const { t } = useTranslation();
  const { filter, lines, before, after, candidates, names } = view;
  const params = filterParams(filter);
  const isFiltered = params.size > 0;
  const pageAt = (side: 'before' | 'after', position: string | null) => {
    if (position === null) return null;
    const search = new URLSearchParams(params);
    search.set(side, position);
    return addressOf(search);
  };
  return (
    <Card padding="0">
      <FilterBar key={params.toString()} view={view} saved={saved} params={params} onExport={onExport} />
      {candidates.length === 0 && lines.length > 0 && <LedgerTotalsLine filter={params.toString()} />}
      {candidates.length > 0 && <Candidates candidates={candidates} params={params} />}
      {candidates.length === 0 && lines.length === 0 && (
        <EmptyNote
          title={isFiltered ? t('ledger_page.none_title') : t('ledger_page.empty_title')}
          text={isFiltered ? t('ledger_page.none_text') : t('ledger_page.empty_text')}
        />
      )}
      {lines.length > 0 && (
        <LedgerTable
          lines={lines}
          names={names}
          pages={{ previous: pageAt('before', before), next: pageAt('after', after) }}
        />
      )}
    </Card>
  );
}

interface FilterBarProps {
  view: LedgerView;
  saved: readonly SavedFilter[];
  params: URLSearchParams;
  onExport: (filter: string) => void;
}

function FilterBar({ view, saved, params, onExport }: FilterBarProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const nameOf = useCustomerName();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { filter, customer, staff } = view;
  const chips = useLedgerChips(view, addressOf);
  return (
    <Box padding="400">
      <InlineStack align="space-between" gap="200">
        <Button
          disclosure={isOpen ? 'up' : 'down'}
          onClick={() => setOpen(!isOpen)}
          ariaExpanded={isOpen}
          ariaControls={id}
        >
          {t('ledger_page.filters.show')}
        </Button>
        <InlineStack gap="200">
          <SavedFilters saved={saved} query={params.toString()} />
          {view.lines.length > 0 && (
            <Button onClick={() => onExport(params.toString())}>{t('exports.action')}</Button>
          )}
        </InlineStack>
      </InlineStack>
      {chips.length > 0 && (
        <Box paddingBlockStart="300">
          <FilterChips chips={chips} />
        </Box>
      )}
      <Collapsible id={id} open={isOpen}>
        <Box paddingBlockStart="400">
          <LedgerFilters
            filter={filter}
            customerName={customer && nameOf(customer)}
            staff={staff}
            onApply={(next) => navigate(addressOf(next))}
          />
        </Box>
      </Collapsible>
    </Box>
  );
}

function Candidates({ candidates, params }: { candidates: CustomerLine[]; params: URLSearchParams }) {
  const { t } = useTranslation();
  const nameOf = useCustomerName();
  return (
    <Box padding="400" paddingBlockStart="0">
      <Banner tone="info">
        <Text as="p">{t('ledger_page.filters.choose')}</Text>
        <ul>
          {candidates.map((customer) => {
            const next = new URLSearchParams(params);
            next.delete('customer');
            next.set('customerId', String(customer.customerId));
            const contact = customer.phone ?? customer.email;
            return (
              <li key={String(customer.customerId)}>
                <Link url={addressOf(next)}>{nameOf(customer)}</Link> {contact}
              </li>
            );
          })}
        </ul>
      </Banner>
    </Box>
  );
}
