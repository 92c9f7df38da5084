import { Banner } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { PublishHealth } from '../../publish/ui/publish-health.tsx';
import { RULES_BYTES_MAX, RULES_BYTES_WARNED } from '../../rules/price-rules.ts';
import type { PriceHealth, PriceSettingsView } from '../settings-screen.server.ts';

/** What is at Shopify: the discount, whether it works, and what isn't in step yet. */
export function HealthCard({ view }: { view: PriceSettingsView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { health, settings } = view;
  const due = health.customers.due + health.variants.due;
  const { trouble } = health;
  const lines = (['customers', 'variants'] as const).flatMap((kind) => {
    const counts = health[kind];
    const say = (state: 'due' | 'failed') =>
      counts[state] > 0
        ? t(`pricing.health.${state}_${kind}`, { count: counts[state], number: format.number(counts[state]) })
        : null;
    return [{ text: say('due') }, { text: say('failed'), isProblem: true }];
  });
  return (
    <PublishHealth
      title={t('pricing.health.title')}
      state={stateOf(health, settings.isOn)}
      trouble={
        trouble && {
          title: t(`pricing.health.trouble.${trouble}`),
          text: t(`pricing.health.trouble.${trouble}_text`),
          refusedWith: health.refusedWith,
          activate:
            trouble === 'off_at_shopify'
              ? { label: t('pricing.health.activate'), done: t('pricing.health.activated') }
              : null,
        }
      }
      isMoving={settings.isOn && (health.isWaiting || due > 0)}
      canCheck
      lines={lines}
      publishedAt={health.publishedAt}
      never={t('pricing.health.never')}
      lastDone={
        health.comparedAt && t('pricing.health.compared', { when: format.timestamp(health.comparedAt) })
      }
    >
      {health.sizeBytes !== null && health.sizeBytes > RULES_BYTES_WARNED && (
        <Banner tone="warning">
          {t('pricing.health.nearly_full', {
            size: format.number(health.sizeBytes),
            max: format.number(RULES_BYTES_MAX),
          })}
        </Banner>
      )}
    </PublishHealth>
  );
}

function stateOf(health: PriceHealth, isOn: boolean): 'off' | 'waiting' | 'on' {
  if (!isOn) return 'off';
  return !health.hasDiscount || health.isWaiting ? 'waiting' : 'on';
}
