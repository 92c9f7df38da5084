import { Banner, BlockStack, List, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useAction } from '#app/components/use-action.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { FailingTask } from '#app/modules/shops/task-failures.server.ts';
import type { HomeView } from '../read-home.server.ts';

type Task = keyof GraphileWorker.Tasks;

/** The text of each task; the inbox and the sync have cards of their own. */
const TASK_TEXTS = {
  'check-redemptions': 'codes',
  'delete-codes': 'codes',
  'update-codes': 'codes',
  'expire-lots': 'expiry',
  'close-months': 'months',
  'give-gifts': 'gifts',
  'plan-reminders': 'reminders',
  'evaluate-tiers': 'tiers',
  'reconcile-shops': 'orders',
  'refresh-orders': 'orders',
  'adopt-guests': 'guests',
  'process-backfills': 'backfill',
  'process-tag-jobs': 'tags',
  'write-prices': 'prices',
  'write-standings': 'standings',
  'move-people': 'moves',
  'compare-prices': 'prices',
  'keep-segment-tags': 'tags',
  'push-segments': 'pushed_segments',
  'reconcile-customers': 'customers',
  'refresh-shops': 'settings',
  'react-to-events': 'messages',
  'prune-inbox': 'cleanup',
  'prune-events': 'cleanup',
  'remove-files': 'cleanup',
  'purge-notes': 'cleanup',
  'purge-applications': 'cleanup',
  'prune-tag-jobs': 'cleanup',
  'process-imports': 'imports',
  'compute-rfm': 'rfm',
  'process-exports': 'exports',
  'evaluate-segments': 'members',
  'prune-imports': 'cleanup',
  'count-segments': 'segments',
  'read-shopify-segments': 'shopify_segments',
  'recount-figures': 'figures',
  'sweep-erased': 'erasing',
  'process-inbound': 'replies',
  'read-topups': 'topups',
  'process-receipts': 'texts',
  'send-messages': 'texts',
  'send-asked': 'texts',
  'sweep-messages': 'texts',
  'read-deactivations': 'replies',
  'read-missed-texts': 'replies',
  'redact-texts': 'erasing',
  'close-accounts': 'erasing',
  'read-costs': 'texts',
  'freeze-campaigns': 'texts',
  'send-mails': 'mails',
} as const satisfies Record<Exclude<Task, 'process-inbox' | 'process-syncs'>, string>;

const TEXTS = new Map<string, (typeof TASK_TEXTS)[keyof typeof TASK_TEXTS]>(Object.entries(TASK_TEXTS));

/** What keeps failing in the shop although it is tried again by itself. */
export function Trouble({ failing, unknownZone }: Pick<HomeView, 'failing' | 'unknownZone'>) {
  const { t } = useTranslation();
  const action = useAction();
  return (
    <BlockStack gap="400">
      {failing.length > 0 && (
        <Banner
          tone="warning"
          title={t('home.trouble.title')}
          action={{
            content: t('home.trouble.retry'),
            loading: action.isBusy,
            onAction: () => action.act({ intent: 'retry_tasks' }, t('home.trouble.retried')),
          }}
        >
          <Text as="p">{t('home.trouble.text')}</Text>
          <List>
            {failing.map((each) => (
              <FailingItem key={`${each.task}/${each.part}`} failing={each} />
            ))}
          </List>
        </Banner>
      )}
      {unknownZone && (
        <Banner tone="warning" title={t('home.trouble.zone_title')}>
          <Text as="p">{t('home.trouble.zone_text', unknownZone)}</Text>
        </Banner>
      )}
    </BlockStack>
  );
}

function FailingItem({ failing }: { failing: FailingTask }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { task, cause, since, retryAt } = failing;
  return (
    <List.Item>
      {t(`home.trouble.cause_${cause}`, {
        task: t(`home.trouble.task.${TEXTS.get(task) ?? 'other'}`),
        since: format.timestamp(since),
        retryAt: format.timestamp(retryAt),
      })}
    </List.Item>
  );
}
