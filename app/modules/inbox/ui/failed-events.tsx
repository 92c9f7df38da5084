import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Badge, BlockStack, Box, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { TechnicalDetails } from '#app/components/technical-details.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { useEventLabels } from './event-labels.ts';

export interface FailedEventRow {
  inboxId: bigint;
  topic: string;
  receivedAt: Date;
  attempts: number;
  lastError: string | null;
  /** `dead`: given up; `retrying`: it is tried again by itself at `nextAttemptAt`. */
  status: 'dead' | 'retrying';
  nextAttemptAt: Date | null;
}

/** Posts a retry to the list's action and says how many events went back into the queue. */
export function useRetry() {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ retried: number }>();
  useEffect(() => {
    if (fetcher.state === 'idle' && fetcher.data) {
      shopify.toast.show(t('events.retried', { count: fetcher.data.retried }));
    }
  }, [fetcher.state, fetcher.data, shopify, t]);
  return {
    isRetrying: fetcher.state !== 'idle',
    retry: (inboxId: bigint | 'all') =>
      fetcher.submit(
        { retry: String(inboxId) },
        { method: 'post', action: '/app/settings/failed-events?index', encType: 'application/json' },
      ),
  };
}

export function FailedEvents({ events }: { events: FailedEventRow[] }) {
  const { t } = useTranslation();
  if (events.length === 0) {
    return (
      <Card>
        <EmptyNote title={t('events.empty_title')} text={t('events.empty_text')} />
      </Card>
    );
  }
  return (
    <Card padding="0">
      <ul className="bare-list" aria-label={t('events.title')}>
        {events.map((event) => (
          <EventRow key={String(event.inboxId)} event={event} />
        ))}
      </ul>
    </Card>
  );
}

/** A row of a list and not of a table: on a phone the button must stay in sight. */
function EventRow({ event }: { event: FailedEventRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const labels = useEventLabels();
  const { retry, isRetrying } = useRetry();
  const received = format.timestamp(event.receivedAt);
  const details = [
    t('events.received_at', { time: received }),
    t('events.tried', { count: event.attempts, tries: format.number(event.attempts) }),
  ];
  return (
    <li className="ruled">
      <Box padding="400" paddingBlock="300">
        <InlineStack gap="400" align="space-between" blockAlign="center" wrap={false}>
          <BlockStack gap="100">
            <InlineStack gap="200" align="start" blockAlign="center">
              <Link url={`/app/settings/failed-events/${event.inboxId}`} dataPrimaryLink>
                {labels.topic(event.topic)}
              </Link>
              <EventStatus event={event} />
            </InlineStack>
            <Text as="p" breakWord>
              {labels.cause(event.lastError)}
            </Text>
            <Text as="p" variant="bodySm" tone="subdued">
              {details.join(' · ')}
            </Text>
          </BlockStack>
          <span className="one-line">
            <Button
              loading={isRetrying}
              onClick={() => retry(event.inboxId)}
              accessibilityLabel={t('events.retry_label', {
                topic: labels.topic(event.topic),
                time: received,
              })}
            >
              {t('events.retry')}
            </Button>
          </span>
        </InlineStack>
      </Box>
    </li>
  );
}

function EventStatus({ event }: { event: FailedEventRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (event.status === 'dead') return <Badge tone="critical">{t('events.given_up')}</Badge>;
  if (event.nextAttemptAt === null) return <Badge tone="success">{t('events.worked')}</Badge>;
  return (
    <Badge tone="attention">{t('events.next_try', { time: format.timestamp(event.nextAttemptAt) })}</Badge>
  );
}

interface EventDetail extends FailedEventRow {
  webhookId: string;
  eventId: string | null;
  triggeredAt: Date | null;
  apiVersion: string | null;
  body: string;
}

/** One failed event in words, and what to do; what a developer needs is folded away. */
export function FailedEventDetails({ event }: { event: EventDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const labels = useEventLabels();
  const facts: [string, string][] = [
    [t('events.received'), format.timestamp(event.receivedAt)],
    [t('events.triggered'), event.triggeredAt ? format.timestamp(event.triggeredAt) : t('common.unknown')],
    [t('events.attempts'), format.number(event.attempts)],
  ];
  const technical: [string, string][] = [
    [t('events.technical_error'), event.lastError ?? t('events.no_error')],
    [t('events.technical_topic'), event.topic],
    [t('events.webhook_id'), event.webhookId],
    [t('events.event_id'), event.eventId ?? t('common.none')],
    [t('events.api_version'), event.apiVersion ?? t('common.unknown')],
  ];
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="200">
          <InlineStack gap="200" blockAlign="center">
            <CardTitle>{t('events.error')}</CardTitle>
            <EventStatus event={event} />
          </InlineStack>
          <Text as="p">{labels.cause(event.lastError)}</Text>
          <Text as="p">{labels.todo(event.lastError)}</Text>
          <Facts facts={facts} />
        </BlockStack>
      </Card>
      <Card>
        <TechnicalDetails>
          <Facts facts={technical} />
          <CardTitle>{t('events.body')}</CardTitle>
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
          <pre className="payload" tabIndex={0} aria-label={t('events.body')}>
            {indented(event.body)}
          </pre>
        </TechnicalDetails>
      </Card>
    </BlockStack>
  );
}

function Facts({ facts }: { facts: readonly [string, string][] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** JSON with line breaks; what is no JSON, or holds numbers that JavaScript would round, stays as it came. */
function indented(body: string): string {
  if (/\d{16}/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
