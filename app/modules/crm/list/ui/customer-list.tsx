import { BlockStack, Box, Button, Card, InlineStack, Tabs, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Folded, FoldToggle, PhoneFold } from '#app/components/phone-fold.tsx';
import { SearchField } from '#app/components/search-field.tsx';
import {
  filterParams,
  isNarrowed,
  QUERY_CHARACTERS_MAX,
  TABS,
  type CustomerFilter,
  type CustomerSort,
} from '#app/modules/segments/customer-filter.ts';
import type { Count } from '#app/modules/segments/count-customers.server.ts';
import type { CustomerListView } from '../customer-list.server.ts';
import { AdvancedSearch, RuleChips, RuleTrouble } from './advanced-search.tsx';
import type { OnExport } from './bulk-actions.tsx';
import { CustomerTable } from './customer-table.tsx';
import { scopeOf } from './exported-scope.ts';
import { GroupBars, GroupingSelect } from './group-bars.tsx';
import { ListFilters } from './list-filters.tsx';
import { ListTools } from './list-tools.tsx';
import { useColumns, type Column } from './use-columns.ts';
import { useCounts, useCountLabels } from './use-counts.ts';
import { useListChange } from './use-list-change.ts';

interface CustomerListProps {
  view: CustomerListView;
  filter: CustomerFilter;
  sort: CustomerSort;
  onExport: OnExport;
}

/** The customers of the shop: tabs, search, filters, and a table that staff arrange to their liking. */
export function CustomerList({ view, filter, sort, onExport }: CustomerListProps) {
  const { t } = useTranslation();
  const search = filterParams(filter).toString();
  const { tabs, found } = useCounts(filter);
  const { shown, choose } = useColumns();
  const { customers } = view;
  return (
    <Card padding="0">
      {filter.segmentId === null && <ListTabs counts={tabs} />}
      <Box padding="300">
        <PhoneFold startsOpen={hasFilters(filter)}>
          <BlockStack gap="300">
            <SearchField
              label={t('customers.search')}
              placeholder={t('customer_list.search_placeholder')}
              query={filter.query}
              maxLength={QUERY_CHARACTERS_MAX}
            />
            <FoldToggle label={t('customer_list.controls')} />
            <Folded>
              <ListFilters
                filter={filter}
                categories={view.categories}
                cityName={view.cityName}
                comparedName={view.comparedName}
              />
            </Folded>
            <RuleChips view={view} filter={filter} />
            <RuleTrouble view={view} filter={filter} />
            <ListHead
              view={view}
              filter={filter}
              sort={sort}
              found={found}
              columns={shown}
              onColumns={choose}
              onExport={onExport}
            />
          </BlockStack>
        </PhoneFold>
      </Box>
      <div id="customers-panel">
        {customers.length === 0 ? (
          <NobodyFound filter={filter} />
        ) : (
          <CustomerTable
            key={`${search} ${customers[0]?.customerId}`}
            view={view}
            filter={filter}
            sort={sort}
            columns={shown}
            found={found}
            onExport={onExport}
          />
        )}
      </div>
    </Card>
  );
}

/** What the filters narrow must be seen with them. */
const hasFilters = ({ categoryId, cityKey, missing, hasLeft, compared }: CustomerFilter): boolean =>
  hasLeft || [categoryId, cityKey, missing, compared].some((value) => value !== null);

interface ListHeadProps extends CustomerListProps {
  found: Count | null;
  columns: readonly Column[];
  onColumns: (columns: readonly string[]) => void;
}

/** How many are found, what can be done with the list, and below it the advanced search and the groups while they are open. */
function ListHead({ view, filter, sort, found, columns, onColumns, onExport }: ListHeadProps) {
  const { t } = useTranslation();
  const { long } = useCountLabels();
  const [isSearching, setIsSearching] = useState(false);
  const { sort: chosen, show } = useListChange(filter.segmentId);
  const grouping = sort.grouping ?? null;
  const exportFound = () => {
    const words = found ? long(found) : t('customer_list.all_found');
    onExport({ sent: { filter: filterParams(filter).toString() }, words }, scopeOf(filter));
  };
  return (
    <>
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <div role="status">
          <Text as="p" tone="subdued">
            {found ? long(found) : t('customer_list.counting')}
          </Text>
        </div>
        <Folded>
          <InlineStack gap="200" blockAlign="center">
            <Button
              disclosure={isSearching ? 'up' : 'down'}
              ariaExpanded={isSearching}
              onClick={() => setIsSearching(!isSearching)}
            >
              {t('segments.edit.title')}
            </Button>
            <GroupingSelect grouping={chosen.grouping ?? null} onChoose={(by) => show({ grouping: by })} />
            <ListTools
              filter={filter}
              columns={columns}
              onColumns={onColumns}
              {...(view.customers.length === 0 ? {} : { onExport: exportFound })}
            />
          </InlineStack>
        </Folded>
      </InlineStack>
      {isSearching && (
        <AdvancedSearch
          key={JSON.stringify(filter.rule)}
          filter={filter}
          names={view.ruleNames}
          onClose={() => setIsSearching(false)}
        />
      )}
      {grouping !== null && <GroupBars by={grouping} filter={filter} sort={sort} />}
    </>
  );
}

interface ListTabsProps {
  counts: ReturnType<typeof useCounts>['tabs'];
}

function ListTabs({ counts }: ListTabsProps) {
  const { t } = useTranslation();
  const { filter, set } = useListChange(null);
  const { short } = useCountLabels();
  return (
    <Tabs
      tabs={TABS.map((tab) => ({
        id: tab,
        content: tab === 'all' ? t('customer_list.tab_all') : t(`segments.group.${tab}`),
        panelID: 'customers-panel',
        ...(counts ? { badge: short(counts[tab]) } : {}),
      }))}
      selected={TABS.indexOf(filter.tab)}
      onSelect={(index) => set({ tab: TABS[index] ?? 'all' })}
    />
  );
}

function NobodyFound({ filter }: { filter: CustomerFilter }) {
  const { t } = useTranslation();
  if (filter.query !== '')
    return (
      <EmptyNote
        title={t('customers.none_title')}
        text={t('customer_list.none_searched', { query: filter.query })}
      />
    );
  if (filter.segmentId !== null && !isNarrowed({ ...filter, segmentId: null }))
    return <EmptyNote title={t('customers.none_title')} text={t('customer_list.none_in_segment')} />;
  if (isNarrowed(filter))
    return <EmptyNote title={t('customers.none_title')} text={t('customer_list.none_filtered')} />;
  if (filter.tab !== 'all')
    return <EmptyNote title={t('customers.none_title')} text={t(`customer_list.none_in.${filter.tab}`)} />;
  return <EmptyNote title={t('customers.empty_title')} text={t('customers.empty_text')} />;
}
