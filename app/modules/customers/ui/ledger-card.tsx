import { useNavigate } from '@remix-run/react';
import { BlockStack, Box, Card, InlineStack, Link, Pagination, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useEntryText } from '#app/components/entry-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { EntryRow } from '#app/modules/loyalty/ledger.queries.server.ts';

interface LedgerCardProps {
  customerId: bigint;
  entries: EntryRow[];
  olderThan: bigint | null;
  isFirstPage: boolean;
}

/** All movements of a customer, newest first, each told in a sentence with the balance after it. */
export function LedgerCard({ customerId, entries, olderThan, isFirstPage }: LedgerCardProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = `/app/customers/${customerId}/points`;
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <Text as="h2" variant="headingMd">
          {t('ledger.title')}
        </Text>
      </Box>
      {entries.length === 0 ? (
        <EmptyNote title={t('ledger.empty_title')} text={t('ledger.empty_text')} />
      ) : (
        <ol className="bare-list">
          {entries.map((entry) => (
            <Entry key={String(entry.entryId)} entry={entry} />
          ))}
        </ol>
      )}
      {(olderThan !== null || !isFirstPage) && (
        <Box padding="300">
          <InlineStack align="center">
            <Pagination
              hasPrevious={!isFirstPage}
              onPrevious={() => navigate(address)}
              previousTooltip={t('common.newest')}
              hasNext={olderThan !== null}
              onNext={() => navigate(`${address}?before=${olderThan}`)}
            />
          </InlineStack>
        </Box>
      )}
    </Card>
  );
}

function Entry({ entry }: { entry: EntryRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useEntryText()(entry);
  const amount = entry.unit === 'CREDIT' ? format.money(entry.amount) : format.signed(entry.amount);
  return (
    <li className="ruled">
      <Box padding="400" paddingBlock="300">
        <InlineStack gap="400" align="space-between" wrap={false}>
          <BlockStack gap="050">
            <Text as="p" fontWeight="medium">
              {text.line}
            </Text>
            <Text as="p" variant="bodySm" tone="subdued">
              {[format.moment(entry.createdAt), ...text.details].join(' · ')}
            </Text>
            {entry.orderId !== null && entry.rule !== null && (
              <Text as="p" variant="bodySm">
                <Link url={`/app/orders/${entry.orderId}`}>{t('ledger.why')}</Link>
              </Text>
            )}
          </BlockStack>
          <BlockStack gap="050" inlineAlign="end">
            <Text as="p" fontWeight="semibold" numeric {...(entry.amount > 0n ? { tone: 'success' } : {})}>
              {amount}
            </Text>
            <span className="one-line">
              <Text as="p" variant="bodySm" tone="subdued" numeric alignment="end">
                {t('ledger.after', { balance: format.amount(entry.balanceAfter, entry.unit) })}
              </Text>
            </span>
          </BlockStack>
        </InlineStack>
      </Box>
    </li>
  );
}
