import { Button, InlineStack, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { movesAddress } from '../../moves/moves-address.ts';
import type { ListedSegment } from '../../saved/segments.queries.server.ts';
import type { SegmentAsk } from './segment-dialogs.tsx';
import { SegmentHistory } from './segment-history.tsx';

interface SegmentTableProps {
  segments: readonly ListedSegment[];
  onAsk: (ask: SegmentAsk) => void;
}

/** The shop's segments with how many customers each has, and how that changed. */
export function SegmentTable({ segments, onAsk }: SegmentTableProps) {
  const { t } = useTranslation();
  if (segments.length === 0)
    return (
      <EmptyNote title={t('segment_list.empty_title')} text={t('segment_list.empty_text')}>
        <Button url="/app/customers">{t('segment_list.to_customers')}</Button>
      </EmptyNote>
    );
  return (
    <Table
      count={segments.length}
      one={t('segment_list.one')}
      many={t('segment_list.many')}
      headings={[
        { title: t('segment_list.segment') },
        { title: t('segment_list.customers'), alignment: 'end' },
        { title: t('segment_list.since_yesterday'), alignment: 'end' },
        { title: t('segment_list.since_last_week'), alignment: 'end' },
        { title: t('segment_list.history') },
        { title: t('segment_list.actions'), hidden: true },
      ]}
    >
      {segments.map((segment, position) => (
        <SegmentRow key={String(segment.segmentId)} segment={segment} position={position} onAsk={onAsk} />
      ))}
    </Table>
  );
}

interface SegmentRowProps {
  segment: ListedSegment;
  position: number;
  onAsk: (ask: SegmentAsk) => void;
}

function SegmentRow({ segment, position, onAsk }: SegmentRowProps) {
  const { t } = useTranslation();
  const { segmentId, name, history, isComputable, pushed } = segment;
  const actions = ['rename', 'duplicate', 'delete'] as const;
  return (
    <TableRow id={String(segmentId)} position={position}>
      <TwoLineCell
        url={`/app/customers/segments/${segmentId}`}
        title={name}
        details={[
          isComputable ? null : t('segment_list.not_computable'),
          pushed && t(`push.in_list.${pushed}`),
        ]}
      />
      <Counts segment={segment} />
      <TableCell>
        <SegmentHistory values={isComputable ? history : []} label={t('segment_list.history_of', { name })} />
      </TableCell>
      <TableCell>
        {/* A press here must not open the segment, as one on its row does. */}
        <div onClick={(event) => event.stopPropagation()} role="presentation">
          <InlineStack gap="300" align="end" wrap={false}>
            <Button
              variant="plain"
              url={`/app/customers/segments/${segmentId}/edit`}
              accessibilityLabel={t('segment_list.edit_of', { name })}
            >
              {t('segment_list.edit')}
            </Button>
            {actions.map((what) => (
              <Button
                key={what}
                variant="plain"
                {...(what === 'delete' && { tone: 'critical' as const })}
                accessibilityLabel={t(`segment_list.${what}_of`, { name })}
                onClick={() => onAsk({ what, segment })}
              >
                {t(`segment_list.${what}`)}
              </Button>
            ))}
          </InlineStack>
        </div>
      </TableCell>
    </TableRow>
  );
}

/** How many customers, which leads to them, and how that changed, which leads to who joined and left. */
function Counts({ segment }: Pick<SegmentRowProps, 'segment'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { segmentId, name, customers, sinceYesterday, sinceLastWeek } = segment;
  const change = (since: number | null) => {
    if (since === null) return '–';
    const text = format.signed(BigInt(since));
    return (
      <Link
        url={movesAddress(segmentId)}
        accessibilityLabel={t('moves.title_of', { name, change: text })}
        removeUnderline
      >
        {text}
      </Link>
    );
  };
  return (
    <>
      <Figure>
        {customers === null ? (
          '–'
        ) : (
          <Link
            url={`/app/customers/segments/${segmentId}`}
            accessibilityLabel={`${name}: ${format.number(customers)}`}
            removeUnderline
          >
            {format.number(customers)}
          </Link>
        )}
      </Figure>
      <Figure>{change(sinceYesterday)}</Figure>
      <Figure>{change(sinceLastWeek)}</Figure>
    </>
  );
}

function Figure({ children }: { children: ReactNode }) {
  return (
    <TableCell>
      <Text as="span" alignment="end" numeric>
        {children}
      </Text>
    </TableCell>
  );
}
