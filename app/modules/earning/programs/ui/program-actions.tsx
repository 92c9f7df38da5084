import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import type { MenuActionDescriptor } from '@shopify/polaris';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { CostDialog } from '#app/components/cost-dialog.tsx';
import type { SaveAnswer } from '#app/components/use-draft.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import type { Program } from '../programs.queries.server.ts';

type Asked = 'pause' | 'resume' | 'end';

/** Rewards, pause or resume, end, copy: the page's actions and the dialog that asks before. */
export function useProgramActions(program: Program): { actions: MenuActionDescriptor[]; dialog: ReactNode } {
  const { t, i18n } = useTranslation();
  const fetcher = useFetcher<SaveAnswer>();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [sent, setSent] = useState<Asked | 'copy' | null>(null);
  const isBusy = fetcher.state !== 'idle';
  const [isAnswered, setIsAnswered] = useState(false);
  const post = (intent: Asked | 'copy', meant?: string) => {
    setSent(intent);
    setIsAnswered(false);
    const values = { intent, locale: i18n.language, ...(meant === undefined ? {} : { meant }) };
    fetcher.submit(values, { method: 'post', encType: 'application/json' });
  };
  useAnswer(isBusy ? undefined : fetcher.data, sent, () => setAsked(null));
  const question = fetcher.data?.ok === false && !isAnswered ? fetcher.data.question : undefined;

  const ask = (what: Asked) => ({
    content: t(`programs.action.${what}`),
    disabled: isBusy,
    onAction: () => setAsked(what),
  });
  const copy = { content: t('programs.action.copy'), disabled: isBusy, onAction: () => post('copy') };
  const { name, status, programId } = program;
  const rewards = { content: t('programs.action.rewards'), url: `/app/loyalty/rewards?program=${programId}` };
  const actions =
    status === 'ended'
      ? [rewards, copy]
      : [rewards, ask(status === 'active' ? 'pause' : 'resume'), copy, { ...ask('end'), destructive: true }];
  const dialog = asked && (
    <ConfirmModal
      isOpen
      title={t(`programs.confirm.${asked}.title`, { name })}
      text={t(`programs.confirm.${asked}.text`)}
      confirm={t(`programs.action.${asked}`)}
      isDestructive={asked === 'end'}
      isBusy={isBusy}
      onConfirm={() => post(asked)}
      onCancel={() => setAsked(null)}
    />
  );
  const cost = question && (
    <CostDialog
      question={question}
      isBusy={isBusy}
      onAnswer={(meant) => (meant === null ? setIsAnswered(true) : post('resume', meant))}
    />
  );
  return { actions, dialog: cost ?? dialog };
}

/** Tells what was done, or what stood in its way, and goes on to a copy. */
function useAnswer(answer: SaveAnswer | undefined, sent: Asked | 'copy' | null, onEnd: () => void): void {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const errorOf = useFieldErrorText(answer && !answer.ok ? answer.errors : {});
  useEffect(() => {
    if (!answer || !sent) return;
    onEnd();
    if (answer.ok) shopify.toast.show(t(`programs.done.${sent}`));
    else if (!answer.question)
      shopify.toast.show(errorOf('form') || t('errors.field.not_saved'), { isError: true });
    if (answer.ok && answer.goTo !== undefined) navigate(answer.goTo);
    // Once an answer: everything else here is created on each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [answer]);
}
