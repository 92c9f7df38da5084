import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import type { Invited } from '../invite-customers.server.ts';

/** What is sent: ticked customers, a list's filter, or a category. */
export type InviteTarget =
  { selection: { ids: string[] } | { filter: string } } | { intent: 'category'; categoryId: string };

/** Invites customers and says how many; `onDone` is called when it is done. */
export function useInvite(onDone: () => void): {
  isBusy: boolean;
  errors: FieldErrors;
  invite: (target: InviteTarget) => void;
} {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<Invited>();
  const isBusy = fetcher.state !== 'idle';
  const answer = isBusy ? undefined : fetcher.data;
  useEffect(() => {
    if (!answer?.ok) return;
    const { invited, withoutEmail, justInvited, left } = answer;
    const parts = [
      t('invitations.invited', { count: invited }),
      ...(withoutEmail > 0 ? [t('invitations.without_email', { count: withoutEmail })] : []),
      ...(justInvited > 0 ? [t('invitations.just_invited', { count: justInvited })] : []),
      ...(left > 0 ? [t('invitations.left', { count: left })] : []),
    ];
    shopify.toast.show(parts.join(' '));
    onDone();
    // Only the answer matters: the callbacks are others with each rendering.
  }, [answer]);
  return {
    isBusy,
    errors: answer && !answer.ok ? answer.errors : {},
    invite: (target) =>
      fetcher.submit(
        { ...target },
        { method: 'post', action: '/app/resellers/invitations', encType: 'application/json' },
      ),
  };
}
