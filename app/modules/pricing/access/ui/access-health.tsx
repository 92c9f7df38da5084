import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import { PublishHealth } from '../../publish/ui/publish-health.tsx';
import type { AccessHealth, AccessView } from '../access-screen.server.ts';

/** What is at Shopify: the validation, whether it works, and which products are locked. */
export function AccessHealthCard({ view }: { view: AccessView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { health, isOn } = view;
  const { trouble, locked, due, failed } = health;
  const say = (state: 'locked' | 'due' | 'failed', count: number) =>
    t(`members_only.health.${state}`, { count, number: format.number(count) });
  return (
    <PublishHealth
      title={t('members_only.health.title')}
      state={stateOf(health, isOn)}
      trouble={
        trouble && {
          title: t(`members_only.health.trouble.${trouble}`),
          text: t(`members_only.health.trouble.${trouble}_text`),
          refusedWith: health.refusedWith,
          activate:
            trouble === 'off_at_shopify'
              ? { label: t('members_only.health.activate'), done: t('members_only.health.activating') }
              : null,
        }
      }
      isMoving={health.isWaiting || due > 0}
      canCheck={view.version > 0}
      lines={[
        { text: isOn ? say('locked', locked) : null },
        { text: due > 0 ? say('due', due) : null },
        { text: failed > 0 ? say('failed', failed) : null, isProblem: true },
      ]}
      publishedAt={health.publishedAt}
      never={t('members_only.health.never')}
      lastDone={
        health.searchedAt && t('members_only.health.searched', { when: format.timestamp(health.searchedAt) })
      }
    />
  );
}

function stateOf(health: AccessHealth, isOn: boolean): 'off' | 'waiting' | 'on' {
  if (!isOn) return 'off';
  return !health.hasValidation || health.isWaiting || health.due > 0 ? 'waiting' : 'on';
}
