import { useState } from 'preact/hooks';
import type { AccountClient } from '../../../shared/account-client.ts';
import type { ClubView } from '../../../shared/club-api.ts';
import type { Texts } from '../../../shared/texts.ts';

interface MembershipProps {
  texts: Texts;
  club: ClubView;
  client: AccountClient;
  refresh: () => Promise<void>;
  toast: (content: string) => void;
}

const LEAVE_MODAL = 'leave-club';

/** Joining, and leaving after a question: points stay, but new orders no longer count as a member's. */
export function MembershipSection({ texts, club, client, refresh, toast }: MembershipProps) {
  const { translate } = texts;
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (ask: () => Promise<{ ok: boolean; cause?: string }>, done: string) => {
    setIsBusy(true);
    setProblem(null);
    const reply = await ask();
    if (reply.ok) toast(translate(done));
    else setProblem(reply.cause === 'too_many' ? 'problem.too_many' : (reply.cause ?? 'membership.failed'));
    await refresh();
    setIsBusy(false);
  };
  const join = () =>
    run(async () => {
      const reply = await client.join();
      if (!reply.ok) return reply.cause === 'too_many' ? reply : { ok: false };
      return reply.body.ok ? { ok: true } : { ok: false, cause: 'membership.closed' };
    }, 'membership.joined');
  const leave = () =>
    run(async () => {
      const reply = await client.leave();
      if (!reply.ok) return reply.cause === 'too_many' ? reply : { ok: false };
      return { ok: reply.body.ok };
    }, 'membership.left');
  const { isMember, mayJoin } = club.membership;
  if (!isMember && !mayJoin) return null;
  return (
    <s-section heading={translate('membership.title')}>
      <s-stack gap="base">
        {problem === null ? null : <s-banner tone="critical">{translate(problem)}</s-banner>}
        <s-paragraph>{translate(isMember ? 'membership.member' : 'membership.invite')}</s-paragraph>
        {isMember ? (
          <s-button variant="secondary" loading={isBusy} commandFor={LEAVE_MODAL} command="--show">
            {translate('membership.leave')}
          </s-button>
        ) : (
          <s-button variant="primary" loading={isBusy} onClick={() => void join()}>
            {translate('membership.join')}
          </s-button>
        )}
        {isMember ? (
          <s-modal id={LEAVE_MODAL} heading={translate('membership.leave')}>
            <s-paragraph>{translate('membership.confirm')}</s-paragraph>
            <s-button slot="secondary-actions" commandFor={LEAVE_MODAL} command="--hide">
              {translate('membership.stay')}
            </s-button>
            <s-button
              slot="primary-action"
              variant="primary"
              tone="critical"
              commandFor={LEAVE_MODAL}
              command="--hide"
              onClick={() => void leave()}
            >
              {translate('membership.confirmYes')}
            </s-button>
          </s-modal>
        ) : null}
      </s-stack>
    </s-section>
  );
}
