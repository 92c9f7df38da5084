import { Card, InlineGrid, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { movesAddress } from '../../moves/moves-address.ts';
import type { StoredSegment } from '../../saved/segments.queries.server.ts';
import { SegmentHistory } from './segment-history.tsx';

interface SegmentFiguresProps {
  segment: StoredSegment;
  /** How many there are leads to the list then; beside the list, which counts itself, it isn't said. */
  isAmongMoves?: boolean;
}

/** How a segment changed; with the way to who joined and left. */
export function SegmentFigures({ segment, isAmongMoves = false }: SegmentFiguresProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { segmentId, name, customers, sinceYesterday, sinceLastWeek, history } = segment;
  const change = (since: number | null) => (since === null ? null : format.signed(BigInt(since)));
  const moves = isAmongMoves ? null : movesAddress(segmentId);
  return (
    <Card>
      <InlineGrid columns={{ xs: 2, sm: isAmongMoves ? 4 : 3 }} gap="400">
        {isAmongMoves && (
          <Figure
            title={t('segment_list.customers')}
            text={customers === null ? null : format.number(customers)}
            address={`/app/customers/segments/${segmentId}`}
          />
        )}
        <Figure title={t('segment_list.since_yesterday')} text={change(sinceYesterday)} address={moves} />
        <Figure title={t('segment_list.since_last_week')} text={change(sinceLastWeek)} address={moves}>
          {moves && (
            <Link url={moves} removeUnderline>
              {t('moves.title')}
            </Link>
          )}
        </Figure>
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

interface FigureProps {
  title: string;
  /** Null for one that isn't known. */
  text: string | null;
  address: string | null;
  children?: ReactNode;
}

function Figure({ title, text, address, children }: FigureProps) {
  return (
    <div>
      <Text as="p" tone="subdued">
        {title}
      </Text>
      <Text as="p" variant="headingLg" numeric>
        {address !== null && text !== null ? (
          <Link url={address} accessibilityLabel={`${title}: ${text}`} removeUnderline>
            {text}
          </Link>
        ) : (
          (text ?? '–')
        )}
      </Text>
      {children}
    </div>
  );
}
