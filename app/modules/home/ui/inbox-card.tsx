import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { InboxState } from '#app/modules/inbox/inbox-state.queries.server.ts';

/** Whether what happens in the shop arrives here. */
export function InboxCard({ inbox, now }: { inbox: InboxState; now: Date }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <CardTitle>{t('home.inbox.title')}</CardTitle>
          {inbox.dead === 0 ? (
            <Badge tone="success">{t('home.inbox.healthy')}</Badge>
          ) : (
            <Badge tone="critical">{t('home.inbox.needs_you')}</Badge>
          )}
        </InlineStack>
        <Fact name={t('home.inbox.last')}>
          {inbox.lastReceivedAt ? (
            <span title={format.timestamp(inbox.lastReceivedAt)}>
              {format.ago(inbox.lastReceivedAt, now)}
            </span>
          ) : (
            t('home.inbox.never')
          )}
        </Fact>
        <Fact name={t('home.inbox.waiting')}>{format.number(inbox.waiting)}</Fact>
        <Fact name={t('home.inbox.failed')}>
          {inbox.dead === 0 ? (
            format.number(0)
          ) : (
            <Link
              url="/app/settings/failed-events"
              accessibilityLabel={`${t('home.inbox.failed')}: ${format.number(inbox.dead)}`}
            >
              {format.number(inbox.dead)}
            </Link>
          )}
        </Fact>
        <Link url="/app/settings/failed-events">{t('home.inbox.see')}</Link>
      </BlockStack>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <InlineStack align="space-between" gap="400">
      <Text as="span" tone="subdued">
        {name}
      </Text>
      <Text as="span" numeric>
        {children}
      </Text>
    </InlineStack>
  );
}
