import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  ProgressBar,
  Text,
} from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useProgress } from '#app/components/use-progress.ts';
import { RequestAllOrders } from '#app/modules/shops/ui/request-all-orders.tsx';
import type { SyncKindView, SyncView } from '../sync-card.server.ts';

/** How far everything the shop has is read, while it is read and until the merchant has seen that it is done. */
export function SyncCard({ sync }: { sync: SyncView }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  useProgress(sync.isWorking);
  const { kinds, isWorking, seesAllOrders } = sync;
  const hasFailed = kinds.some(isFailed);
  const ended = hasFailed ? 'failed' : 'done';
  const phase = isWorking ? 'working' : ended;
  const orders = kinds.find(({ kind }) => kind === 'orders');
  return (
    <Card>
      <Announcement sync={sync} />
      <BlockStack gap="400">
        <BlockStack gap="100">
          <CardTitle>{t(`sync.title.${phase}`)}</CardTitle>
          <Text as="p" tone="subdued">
            {t(`sync.text.${phase}`)}
          </Text>
        </BlockStack>
        {errorOf('form') && <Banner tone="critical">{errorOf('form')}</Banner>}
        <InlineGrid columns={{ xs: 1, md: kinds.length }} gap="400">
          {kinds.map((kind) => (
            <KindRow key={kind.kind} view={kind} />
          ))}
        </InlineGrid>
        {!seesAllOrders && orders?.state !== 'failed' && <OnlyRecent />}
        {!isWorking && (
          <InlineStack gap="200">
            {hasFailed && (
              <Button
                variant="primary"
                loading={action.isBusy}
                onClick={() => action.act({ intent: 'try_again' }, t('sync.begun'))}
              >
                {t('sync.try_again')}
              </Button>
            )}
            <Button
              loading={action.isBusy}
              onClick={() => action.act({ intent: 'dismiss' }, t('sync.dismissed'))}
            >
              {t('sync.dismiss')}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}

/** Shopify shows the orders of 60 days; more on request. */
function OnlyRecent() {
  const { t } = useTranslation();
  return (
    <BlockStack gap="200" inlineAlign="start">
      <Text as="p" tone="subdued">
        {t('sync.only_recent')}
      </Text>
      <RequestAllOrders />
    </BlockStack>
  );
}

/** For screen readers: in words, and only when a kind comes to its end. */
function Announcement({ sync }: { sync: SyncView }) {
  const { t } = useTranslation();
  const over = sync.kinds.filter((kind) => kind.state === 'done' || isFailed(kind));
  return (
    <div role="status">
      <Text as="span" visuallyHidden>
        {over
          .map(({ kind, state }) =>
            t('sync.announce', {
              kind: t(`sync.kind.${kind}`),
              state: t(state === 'done' ? 'sync.state.done' : 'sync.state.failed'),
            }),
          )
          .join(' ')}
      </Text>
    </div>
  );
}

/** Failed for good, or kept from going on by an error of ours. */
const isFailed = ({ state, retryAt }: SyncKindView): boolean => state === 'failed' || retryAt !== null;

function KindRow({ view }: { view: SyncKindView }) {
  const { t } = useTranslation();
  const { kind, state, percent, failure } = view;
  const name = `sync-${kind}`;
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h3" variant="headingSm" id={name}>
          {t(`sync.kind.${kind}`)}
        </Text>
        {state === 'done' && <Badge tone="success">{t('sync.state.done')}</Badge>}
        {isFailed(view) && (
          <Badge tone={failure === 'access_denied' ? 'attention' : 'critical'}>
            {t('sync.state.failed')}
          </Badge>
        )}
      </InlineStack>
      {!isFailed(view) && (
        <ProgressBar
          progress={percent}
          size="small"
          tone={state === 'done' ? 'success' : 'highlight'}
          ariaLabelledBy={name}
        />
      )}
      <Text as="p" tone="subdued">
        <KindText view={view} />
      </Text>
    </BlockStack>
  );
}

function KindText({ view }: { view: SyncKindView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, state, found, done, failure, retryAt } = view;
  if (retryAt) return t('sync.failure.retrying', { time: format.timestamp(retryAt) });
  switch (state) {
    case 'waiting':
      return t('sync.waiting');
    case 'running':
      return t('sync.running', { count: found, amount: format.number(found) });
    case 'reading':
    case 'storing':
      return t(`sync.progress.${kind === 'orders' ? state : 'whole'}`, {
        done: format.number(done),
        total: format.number(found),
      });
    case 'done':
      return t('sync.read', { count: done, amount: format.number(done) });
    case 'failed':
      if (failure === 'access_denied' && kind === 'orders') return t('sync.failure.access_denied_orders');
      return t(`sync.failure.${failure ?? 'other'}`);
  }
}

/** After the first sync: when it was, and the way to read all once more. */
export function ReadAgainCard({ sync }: { sync: SyncView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [isAsked, setIsAsked] = useState(false);
  const formError = errorOf('form');
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('sync.again_title')}</CardTitle>
        {sync.finishedAt && (
          <Text as="p" tone="subdued">
            {t('sync.last', { time: format.timestamp(sync.finishedAt) })}
          </Text>
        )}
        <InlineStack>
          <Button onClick={() => setIsAsked(true)}>{t('sync.read_again')}</Button>
        </InlineStack>
        {!sync.seesAllOrders && <OnlyRecent />}
      </BlockStack>
      <ConfirmModal
        isOpen={isAsked}
        title={t('sync.ask_again')}
        text={formError || t('sync.ask_again_text')}
        confirm={t('sync.read_again')}
        isBusy={action.isBusy}
        onConfirm={() => action.act({ intent: 'read_again' }, t('sync.begun'), () => setIsAsked(false))}
        onCancel={() => {
          action.clear();
          setIsAsked(false);
        }}
      />
    </Card>
  );
}
