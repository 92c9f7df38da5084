import { Badge, Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useProgress } from '#app/components/use-progress.ts';
import { RULES_BYTES_MAX, RULES_BYTES_WARNED } from '../../rules/price-rules.ts';
import type { PriceHealth, PriceSettingsView } from '../settings-screen.server.ts';

/** What is at Shopify: the discount, whether it works, and what isn't in step yet. */
export function HealthCard({ view }: { view: PriceSettingsView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { health, settings } = view;
  const due = health.customers.due + health.variants.due;
  useProgress(settings.isOn && (health.isWaiting || due > 0));
  const action = useAction();
  const formError = useFieldErrorText(action.errors)('form');
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <CardTitle>{t('pricing.health.title')}</CardTitle>
            <StateBadge health={health} isOn={settings.isOn} />
          </InlineStack>
          <Button
            loading={action.isBusy}
            onClick={() => action.act({ intent: 'check' }, t('pricing.health.checking'))}
          >
            {t('pricing.health.check')}
          </Button>
        </InlineStack>
        {formError && <Banner tone="critical">{formError}</Banner>}
        {health.trouble && (
          <Banner
            tone="critical"
            title={t(`pricing.health.trouble.${health.trouble}`)}
            {...(health.trouble === 'off_at_shopify'
              ? {
                  action: {
                    content: t('pricing.health.activate'),
                    onAction: () => action.act({ intent: 'activate' }, t('pricing.health.activated')),
                  },
                }
              : {})}
          >
            <Text as="p">{t(`pricing.health.trouble.${health.trouble}_text`)}</Text>
            {health.refusedWith && (
              <Text as="p">{t('pricing.health.words', { words: health.refusedWith })}</Text>
            )}
          </Banner>
        )}
        {(['customers', 'variants'] as const).map((kind) => (
          <InStep key={kind} kind={kind} counts={health[kind]} />
        ))}
        {health.sizeBytes !== null && health.sizeBytes > RULES_BYTES_WARNED && (
          <Banner tone="warning">
            {t('pricing.health.nearly_full', {
              size: format.number(health.sizeBytes),
              max: format.number(RULES_BYTES_MAX),
            })}
          </Banner>
        )}
        <Text as="p" tone="subdued">
          {health.publishedAt === null
            ? t('pricing.health.never')
            : t('pricing.health.published', { when: format.timestamp(health.publishedAt) })}{' '}
          {health.comparedAt !== null &&
            t('pricing.health.compared', { when: format.timestamp(health.comparedAt) })}
        </Text>
      </BlockStack>
    </Card>
  );
}

function StateBadge({ health, isOn }: { health: PriceHealth; isOn: boolean }) {
  const { t } = useTranslation();
  if (health.trouble) return <Badge tone="critical">{t('pricing.health.state.trouble')}</Badge>;
  if (!isOn) return <Badge>{t('pricing.health.state.off')}</Badge>;
  if (!health.hasDiscount || health.isWaiting)
    return <Badge tone="attention">{t('pricing.health.state.waiting')}</Badge>;
  return <Badge tone="success">{t('pricing.health.state.on')}</Badge>;
}

interface InStepProps {
  kind: 'customers' | 'variants';
  counts: { due: number; failed: number };
}

function InStep({ kind, counts: { due, failed } }: InStepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      {due > 0 && (
        <Text as="p">{t(`pricing.health.due_${kind}`, { count: due, number: format.number(due) })}</Text>
      )}
      {failed > 0 && (
        <Text as="p" tone="critical">
          {t(`pricing.health.failed_${kind}`, { count: failed, number: format.number(failed) })}
        </Text>
      )}
    </>
  );
}
