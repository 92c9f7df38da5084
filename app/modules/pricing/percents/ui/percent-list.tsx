import { Badge, Banner, Box, Button, Card, Link, Tabs, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { ENDING_DAYS, PERCENT_TABS, type PercentTab } from '../percent-tabs.ts';
import type { PercentLine, PercentListView } from '../list-percents.server.ts';
import { useDays } from './use-days.ts';

const ADDRESS = '/app/resellers';
const tabAddress = (tab: PercentTab) => (tab === 'all' ? ADDRESS : `${ADDRESS}?tab=${tab}`);

/** Everyone with a percent of their own, by tabs, and a warning before one ends. */
export function PercentList({ view }: { view: PercentListView }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const { tab, counts } = view;
  return (
    <div className="stack">
      {counts.ending > 0 && tab !== 'ending' && (
        <Banner tone="warning">
          {t('pricing.percents.ending_note', { count: counts.ending, days: ENDING_DAYS })}{' '}
          <Link url={tabAddress('ending')}>{t('pricing.percents.ending_link')}</Link>
        </Banner>
      )}
      <Card padding="0">
        <Tabs
          tabs={PERCENT_TABS.map((each) => ({
            id: each,
            content: t(`pricing.percents.tab.${each}`),
            panelID: 'percents-panel',
            badge: String(counts[each]),
          }))}
          selected={PERCENT_TABS.indexOf(tab)}
          onSelect={(index) => change({ tab: index === 0 ? null : (PERCENT_TABS[index] ?? null) })}
        />
        <div id="percents-panel">
          {view.lines.length === 0 ? <NoPercents tab={tab} /> : <PercentTable view={view} />}
        </div>
      </Card>
    </div>
  );
}

function NoPercents({ tab }: { tab: PercentTab }) {
  const { t } = useTranslation();
  if (tab !== 'all')
    return <EmptyNote title={t('pricing.percents.none_in_tab')} text={t(`pricing.percents.none.${tab}`)} />;
  return (
    <EmptyNote title={t('pricing.percents.empty_title')} text={t('pricing.percents.empty_text')}>
      <Button url="/app/customers">{t('pricing.percents.choose')}</Button>
    </EmptyNote>
  );
}

function PercentTable({ view }: { view: PercentListView }) {
  const { t } = useTranslation();
  const { lines, tab, after, isFirstPage } = view;
  const address = tabAddress(tab);
  return (
    <>
      <Table
        count={lines.length}
        one={t('pricing.percents.one')}
        many={t('pricing.percents.many')}
        headings={[
          { title: t('pricing.percents.customer') },
          { title: t('pricing.percents.percent'), alignment: 'end' },
          { title: t('pricing.percents.days') },
          { title: t('pricing.percents.category') },
          { title: t('pricing.percents.changed') },
        ]}
        {...(isFirstPage && after === null
          ? {}
          : {
              pages: {
                previous: isFirstPage ? null : address,
                next: after === null ? null : `${address}${address.includes('?') ? '&' : '?'}after=${after}`,
              },
              pagesLabel: t('pricing.percents.pages'),
            })}
      >
        {lines.map((line, position) => (
          <PercentRow
            key={String(line.customerId)}
            line={line}
            position={position}
            categories={view.categories}
          />
        ))}
      </Table>
      <Box padding="300">
        <Text as="p" tone="subdued">
          {t('pricing.percents.how')}
        </Text>
      </Box>
    </>
  );
}

interface PercentRowProps {
  line: PercentLine;
  position: number;
  categories: PercentListView['categories'];
}

function PercentRow({ line, position, categories }: PercentRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useCustomerName()(line);
  const days = useDays()(line);
  const day = line.changedAt === null ? '–' : format.day(line.changedAt);
  const changed =
    line.changedBy === null ? day : t('pricing.percents.changed_by', { day, name: line.changedBy });
  const category = categories.find(({ categoryId, isDefault }) =>
    line.categoryId === null ? isDefault : categoryId === line.categoryId,
  );
  return (
    <TableRow id={String(line.customerId)} position={position}>
      <TwoLineCell url={`/app/customers/${line.customerId}/edit`} title={name} details={[line.note]} />
      <TableCell>
        <Text as="p" alignment="end" numeric>
          {format.percent(line.bp)}
        </Text>
      </TableCell>
      <TableCell>
        <div className="one-line with-badge">
          {days} <StateBadge state={line.state} />
        </div>
      </TableCell>
      <TableCell>{category?.name ?? '–'}</TableCell>
      <TableCell>{changed}</TableCell>
    </TableRow>
  );
}

const TONES = { later: 'info', ending: 'warning', ended: 'critical' } as const;

function StateBadge({ state }: { state: PercentLine['state'] }) {
  const { t } = useTranslation();
  return state === 'now' ? null : <Badge tone={TONES[state]}>{t(`pricing.percents.state.${state}`)}</Badge>;
}
