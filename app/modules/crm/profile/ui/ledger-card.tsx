import { BlockStack, Box, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { Pager } from '#app/components/pager.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { useEntryText } from '#app/modules/earning/explain/ui/entry-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { EntryRow } from '#app/modules/ledger/balances.queries.server.ts';

interface LedgerCardProps {
  customerId: bigint;
  entries: EntryRow[];
  olderThan: bigint | null;
  isFirstPage: boolean;
}

/** All movements of a customer, newest first, each told in a sentence with the balance after it. */
export function LedgerCard({ customerId, entries, olderThan, isFirstPage }: LedgerCardProps) {
  const { t } = useTranslation();
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <CardTitle>{t('ledger.title')}</CardTitle>
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
      <Pager
        isInCard
        pages={newestAndOlder(`/app/customers/${customerId}/points`, { isFirstPage, olderThan })}
        previousTooltip={t('common.newest')}
      />
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
              {[format.timestamp(entry.createdAt), ...text.details].join(' · ')}
            </Text>
            {entry.orderId !== null && entry.rule !== null && (
              <Text as="p" variant="bodySm">
                <Link url={`/app/activity/orders/${entry.orderId}`}>{t('ledger.why')}</Link>
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
