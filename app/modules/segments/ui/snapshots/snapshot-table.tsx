import { Button, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { ruleAddress } from '../../rule-address.ts';
import type { ListedSnapshot } from '../../snapshots/snapshot-screens.server.ts';
import type { SnapshotAsk } from './snapshot-dialogs.tsx';

interface SnapshotTableProps {
  snapshots: readonly ListedSnapshot[];
  onAsk: (ask: SnapshotAsk) => void;
}

/** The shop's snapshots: each opens as a list of its customers. */
export function SnapshotTable({ snapshots, onAsk }: SnapshotTableProps) {
  const { t } = useTranslation();
  if (snapshots.length === 0)
    return (
      <EmptyNote title={t('snapshots.empty_title')} text={t('snapshots.empty_text')}>
        <Button url="/app/customers/segments">{t('segment_list.title')}</Button>
      </EmptyNote>
    );
  return (
    <Table
      count={snapshots.length}
      one={t('snapshots.one')}
      many={t('snapshots.many')}
      headings={[
        { title: t('snapshots.snapshot') },
        { title: t('segment_list.customers'), alignment: 'end' },
        { title: t('snapshots.taken_at') },
        { title: t('segment_list.actions'), hidden: true },
      ]}
    >
      {snapshots.map((snapshot, position) => (
        <SnapshotRow
          key={String(snapshot.snapshotId)}
          snapshot={snapshot}
          position={position}
          onAsk={onAsk}
        />
      ))}
    </Table>
  );
}

interface SnapshotRowProps {
  snapshot: ListedSnapshot;
  position: number;
  onAsk: (ask: SnapshotAsk) => void;
}

function SnapshotRow({ snapshot, position, onAsk }: SnapshotRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { snapshotId, name, segmentName, takenAt, customers } = snapshot;
  const id = String(snapshotId);
  const rule = {
    kind: 'condition' as const,
    code: 'snapshot' as const,
    values: { op: 'anyOf' as const, list: [id] },
  };
  return (
    <TableRow id={id} position={position}>
      <TwoLineCell
        url={ruleAddress(rule, name)}
        title={name}
        details={[t('snapshots.of', { name: segmentName })]}
      />
      <TableCell>
        <Text as="span" alignment="end" numeric>
          <Link
            url={ruleAddress(rule, name)}
            accessibilityLabel={`${name}: ${format.number(customers)}`}
            removeUnderline
          >
            {format.number(customers)}
          </Link>
        </Text>
      </TableCell>
      <TableCell>{format.timestamp(takenAt)}</TableCell>
      <TableCell>
        {/* A press here must not open the snapshot, as one on its row does. */}
        <div onClick={(event) => event.stopPropagation()} role="presentation">
          <InlineStack gap="300" align="end" wrap={false}>
            {(['rename', 'delete'] as const).map((what) => (
              <Button
                key={what}
                variant="plain"
                {...(what === 'delete' && { tone: 'critical' as const })}
                accessibilityLabel={t(`segment_list.${what}_of`, { name })}
                onClick={() => onAsk({ what, snapshot })}
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
