import type { MenuActionDescriptor } from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useAction } from '#app/components/use-action.ts';
import type { NamedMoveRule } from '../rule-screens.server.ts';

interface RuleActions {
  /** Turns it on or off. */
  toggle: { content: string; loading: boolean; onAction: () => void } | undefined;
  others: MenuActionDescriptor[];
  dialog: ReactNode;
}

/** What can be done with a rule's page: turning it on, which moves people and is asked about, off, and removing it. */
export function useRuleActions(rule: NamedMoveRule | null): RuleActions {
  const { t } = useTranslation();
  const action = useAction();
  const [asked, setAsked] = useState<'on' | 'remove' | null>(null);
  const close = () => setAsked(null);
  if (rule === null) return { toggle: undefined, others: [], dialog: null };
  const run = (intent: 'on' | 'off' | 'remove', done: string) => action.act({ intent }, done, close);
  const confirm = () =>
    asked === 'on' ? run('on', t('pricing.moves.turned_on')) : run('remove', t('pricing.moves.removed'));
  return {
    toggle: rule.isActive
      ? {
          content: t('pricing.moves.turn_off'),
          loading: action.isBusy,
          onAction: () => run('off', t('pricing.moves.turned_off')),
        }
      : { content: t('pricing.moves.turn_on'), loading: action.isBusy, onAction: () => setAsked('on') },
    others: [{ content: t('pricing.moves.remove'), destructive: true, onAction: () => setAsked('remove') }],
    dialog: asked && (
      <ConfirmModal
        isOpen
        title={t(asked === 'on' ? 'pricing.moves.on_title' : 'pricing.moves.remove_title')}
        text={t(asked === 'on' ? 'pricing.moves.on_text' : 'pricing.moves.remove_text')}
        confirm={t(asked === 'on' ? 'pricing.moves.turn_on' : 'pricing.moves.remove')}
        isDestructive={asked === 'remove'}
        isBusy={action.isBusy}
        onConfirm={confirm}
        onCancel={close}
      />
    ),
  };
}
