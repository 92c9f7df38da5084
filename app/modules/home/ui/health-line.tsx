import { Badge, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { InboxState } from '#app/modules/inbox/inbox-state.queries.server.ts';

/** Whether what happens in the shop arrives here, in one line. */
export function HealthLine({ inbox, now }: { inbox: InboxState; now: Date }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lastReceivedAt, waiting, retrying } = inbox;
  const facts = [
    lastReceivedAt === null
      ? t('home.health.never')
      : t('home.health.last', { ago: format.ago(lastReceivedAt, now) }),
    ...(waiting > 0 ? [t('home.health.waiting', { count: waiting, number: format.number(waiting) })] : []),
    ...(retrying > 0
      ? [t('home.health.retrying', { count: retrying, number: format.number(retrying) })]
      : []),
  ];
  return (
    <section className="loose" aria-label={t('home.health.title')}>
      <InlineStack gap="200" blockAlign="center">
        <HealthBadge inbox={inbox} />
        <Text as="p" tone="subdued">
          {facts.join(' · ')}
        </Text>
        <Link url="/app/settings/failed-events">{t('home.health.see')}</Link>
      </InlineStack>
    </section>
  );
}

/** "Working" only while nothing is listed among the failed events. */
function HealthBadge({ inbox: { dead, retrying } }: { inbox: InboxState }) {
  const { t } = useTranslation();
  if (dead > 0) return <Badge tone="critical">{t('home.health.needs_you')}</Badge>;
  if (retrying > 0) return <Badge tone="attention">{t('home.health.trying')}</Badge>;
  return <Badge tone="success">{t('home.health.healthy')}</Badge>;
}
