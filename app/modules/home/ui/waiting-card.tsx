import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { Waiting } from '../waiting.queries.server.ts';

/** Where each of them is done. */
const PLACES = {
  failedEvents: '/app/settings/failed-events',
  rewardRequests: '/app/activity/reward-requests?state=requested',
  applications: '/app/resellers/applications?state=waiting',
  replies: '/app/messages/opt-outs?tab=review',
  campaigns: '/app/messages/campaigns',
  imports: '/app/customers/import',
} as const satisfies Record<keyof Waiting, string>;

const KINDS = [
  'failedEvents',
  'rewardRequests',
  'applications',
  'replies',
  'campaigns',
  'imports',
] as const satisfies (keyof Waiting)[];

/** What needs a person today, each count with the way to it. */
export function WaitingCard({ waiting }: { waiting: Waiting }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kinds = KINDS.filter((kind) => waiting[kind] > 0);
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('home.waiting.title')}</CardTitle>
        {kinds.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('home.waiting.nothing')}
          </Text>
        ) : (
          <ul className="bare-list">
            {kinds.map((kind) => (
              <li key={kind} className="roomy">
                <Link url={PLACES[kind]}>
                  {t(`home.waiting.${kind}`, { count: waiting[kind], number: format.number(waiting[kind]) })}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </BlockStack>
    </Card>
  );
}
