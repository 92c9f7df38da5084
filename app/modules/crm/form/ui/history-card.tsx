import { useFetcher } from '@remix-run/react';
import { Badge, BlockStack, Button, Card, InlineStack, SkeletonBodyText, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { HistoryPage, RecordChange } from '#app/modules/customers/history.queries.server.ts';
import { useChangeText } from './change-text.ts';

/** Who changed what of a customer's record, when, and what did not win. Read when it is shown; older ones on demand. */
export function HistoryCard({ customerId }: { customerId: bigint }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<HistoryPage>();
  const { load, data, state } = fetcher;
  const [shown, setShown] = useState<readonly RecordChange[]>([]);
  const path = `/app/customers/${customerId}/history`;
  useEffect(() => {
    setShown([]);
    load(path);
  }, [load, path]);
  useEffect(() => {
    if (data) setShown((before) => withLater(before, data.changes));
  }, [data]);
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{t('customer_form.history.title')}</CardTitle>
        {!data && <SkeletonBodyText lines={3} />}
        {data && shown.length === 0 && (
          <Text as="p" tone="subdued">
            {t('customer_form.history.empty')}
          </Text>
        )}
        {shown.map((change) => (
          <Change key={change.changeId} change={change} />
        ))}
        {data && data.older !== null && (
          <InlineStack>
            <Button
              variant="plain"
              loading={state !== 'idle'}
              onClick={() => load(`${path}?before=${data.older}`)}
            >
              {t('customer_form.history.older')}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}

/** A page that was read again replaces what is known of it. */
function withLater(known: readonly RecordChange[], page: readonly RecordChange[]): readonly RecordChange[] {
  const ids = new Set(page.map(({ changeId }) => changeId));
  const all = [...known.filter(({ changeId }) => !ids.has(changeId)), ...page];
  return all.toSorted((a, b) => (BigInt(a.changeId) < BigInt(b.changeId) ? 1 : -1));
}

function Change({ change }: { change: RecordChange }) {
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useChangeText();
  const who =
    change.source === 'staff'
      ? (change.staffName ?? t('common.staff'))
      : t(`customer_form.history.by_${change.source}`);
  return (
    <BlockStack gap="050">
      <InlineStack gap="200" blockAlign="center">
        <Text as="p" fontWeight="semibold">
          {t(`customer_form.history.field.${change.field}`)}
        </Text>
        {!change.isKept && <Badge tone="attention">{t('customer_form.history.lost')}</Badge>}
      </InlineStack>
      <Text as="p" breakWord>
        {textOf(change, change.after)}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued" breakWord>
        {t('customer_form.history.was', { value: textOf(change, change.before) })}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {who} · {format.timestamp(change.changedAt)}
      </Text>
    </BlockStack>
  );
}
