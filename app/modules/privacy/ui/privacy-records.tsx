import { Badge, Banner, Button, Card, Link, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useDownload } from '#app/components/use-download.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { PrivacyRecord, PrivacyRecordPage } from '../privacy-records.server.ts';

/** What Shopify asked for customers, and what was done; an answer to a data request can be taken along. */
export function PrivacyRecords({ page, isFirstPage }: { page: PrivacyRecordPage; isFirstPage: boolean }) {
  const { t } = useTranslation();
  const { download, busy } = useDownload();
  const [hasFailed, setFailed] = useState(false);
  const take = async (customerId: bigint) => {
    setFailed(false);
    const name = String(customerId);
    if ((await download(`/app/settings/privacy/export/${name}`, name)) === null) setFailed(true);
  };
  const { records, olderThan } = page;
  return (
    <div className="stack">
      {hasFailed && (
        <Banner tone="critical" onDismiss={() => setFailed(false)}>
          {t('privacy.download_failed')}
        </Banner>
      )}
      <Card padding="0">
        {records.length === 0 ? (
          <EmptyNote title={t('privacy.empty_title')} text={t('privacy.empty_text')} />
        ) : (
          <Table
            count={records.length}
            one={t('privacy.one')}
            many={t('privacy.many')}
            headings={[
              { title: t('privacy.request') },
              { title: t('privacy.customer') },
              { title: t('privacy.file') },
              { title: t('privacy.done') },
              { title: t('privacy.came') },
            ]}
            pages={newestAndOlder('/app/settings/privacy', { isFirstPage, olderThan })}
          >
            {records.map((record, index) => (
              <RecordRow
                key={String(record.recordId)}
                record={record}
                position={index}
                busy={busy}
                onTake={take}
              />
            ))}
          </Table>
        )}
      </Card>
    </div>
  );
}

const TOPICS = ['data_request', 'redact', 'shop_redact'] as const;
/** Of a topic: the word of its text. */
const wordOf = (topic: string) =>
  TOPICS.find((word) => word === (topic === 'shop/redact' ? 'shop_redact' : topic.replace('customers/', '')));
/** What is counted on record; each has a text `privacy.count.<name>`. */
const COUNTS = [
  'profile',
  'orders',
  'notes',
  'photos',
  'messages',
  'changes',
  'ledger',
  'redemptions',
  'webhookBodies',
] as const;

interface RecordRowProps {
  record: PrivacyRecord;
  position: number;
  /** The customer whose file is being made. */
  busy: string | null;
  onTake: (customerId: bigint) => void;
}

function RecordRow({ record, position, busy, onTake }: RecordRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  const { customerId, counts, answerBy, isExportable } = record;
  const topic = wordOf(record.topic);
  const done = COUNTS.flatMap((name) => {
    const count = counts[name] ?? 0;
    return count === 0 ? [] : [t(`privacy.count.${name}`, { count, amount: format.number(count) })];
  });
  return (
    <TableRow id={String(record.recordId)} position={position}>
      <TableCell>
        <Badge tone={topic === 'data_request' ? 'info' : 'attention'}>
          {topic === undefined ? record.topic : t(`privacy.topic.${topic}`)}
        </Badge>
      </TableCell>
      <TableCell>
        {customerId !== null && (
          <Link url={`/app/customers/${customerId}`} removeUnderline monochrome>
            {isExportable ? nameOf(record) : String(customerId)}
          </Link>
        )}
      </TableCell>
      <TableCell>
        {customerId !== null && topic === 'data_request' && (
          <Button
            disabled={!isExportable || busy !== null}
            loading={busy === String(customerId)}
            accessibilityLabel={t('privacy.download_of', { customer: nameOf(record) })}
            onClick={() => onTake(customerId)}
          >
            {t('privacy.download')}
          </Button>
        )}
      </TableCell>
      <TableCell>
        <div className="wrapping">
          {done.length === 0 ? (
            <Text as="span" tone="subdued">
              {t('privacy.nothing_held')}
            </Text>
          ) : (
            done.join(', ')
          )}
        </div>
      </TableCell>
      <TableCell>
        <Text as="p">{format.timestamp(record.createdAt)}</Text>
        {answerBy !== null && (
          <Text as="p" variant="bodySm" tone="subdued">
            {t('privacy.answer_by', { day: format.day(answerBy) })}
          </Text>
        )}
      </TableCell>
    </TableRow>
  );
}
