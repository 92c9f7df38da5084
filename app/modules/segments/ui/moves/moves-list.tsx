import { Badge, Card, Tabs } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { Table, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useSearchChange } from '#app/components/use-search-change.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { MOVES, movesAddress } from '../../moves/moves-address.ts';
import type { MovesView, SegmentMove } from '../../moves/moves-screen.server.ts';

const TABS = [null, ...MOVES] as const;

/** Who joined and left a segment, the newest first. */
export function MovesList({ view }: { view: MovesView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = useSearchChange();
  const { segment, only, moves, isFirstPage, olderThan, counts, days } = view;
  return (
    <Card padding="0">
      <Tabs
        tabs={TABS.map((move) => ({
          id: `moves-${move ?? 'all'}`,
          content:
            move === null
              ? t('moves.all')
              : `${t(`moves.${move}`)} (${format.number(counts[move].count)}${counts[move].isMore ? '+' : ''})`,
          panelID: 'moves-panel',
        }))}
        selected={TABS.indexOf(only)}
        onSelect={(index) => change({ only: TABS[index] ?? null })}
      />
      <div id="moves-panel">
        {moves.length === 0 ? (
          <EmptyNote title={t(`moves.none.${only ?? 'all'}`, { count: days })} text={t('moves.none_text')} />
        ) : (
          <Table
            count={moves.length}
            one={t('moves.one')}
            many={t('moves.many')}
            headings={[{ title: t('moves.customer') }, { title: t('moves.what') }]}
            pages={newestAndOlder(movesAddress(segment.segmentId, only ?? undefined), {
              isFirstPage,
              olderThan,
            })}
          >
            {moves.map((move, index) => (
              <MoveRow key={String(move.eventId)} move={move} position={index} />
            ))}
          </Table>
        )}
      </div>
    </Card>
  );
}

function MoveRow({
  move: { eventId, move, at, customer },
  position,
}: {
  move: SegmentMove;
  position: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  return (
    <TableRow id={String(eventId)} position={position}>
      {customer === null ? (
        <TwoLineCell title={t('moves.erased')} details={[]} />
      ) : (
        <TwoLineCell
          url={`/app/customers/${customer.customerId}`}
          title={nameOf(customer)}
          details={[customer.phone ?? customer.email].filter((contact) => contact !== nameOf(customer))}
        />
      )}
      <TwoLineCell
        title={
          <Badge {...(move === 'joined' ? { tone: 'success' as const } : {})}>{t(`moves.${move}`)}</Badge>
        }
        details={[format.timestamp(at)]}
      />
    </TableRow>
  );
}
