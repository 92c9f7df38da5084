import { useState } from 'preact/hooks';
import type { ClubTier, ClubView } from '../../../shared/club-api.ts';
import type { JoinReply } from '../club-client.ts';
import type { Texts } from '../../../shared/texts.ts';

interface TierViewProps {
  texts: Texts;
  club: ClubView;
  onJoin: () => Promise<JoinReply>;
}

/** The shop's online promotion, where it has one. */
export function PromotionView({ banner }: { banner: string }) {
  return banner === '' ? null : <s-banner tone="info">{banner}</s-banner>;
}

/** The customer's tier and what the next one takes; customers who are not members can join. */
export function TierView({ texts, club, onJoin }: TierViewProps) {
  return (
    <s-stack gap="small-300">
      {club.tier ? <Tier texts={texts} tier={club.tier} /> : null}
      <Membership texts={texts} club={club} onJoin={onJoin} />
    </s-stack>
  );
}

function Tier({ texts, tier: { name, next } }: { texts: Texts; tier: ClubTier }) {
  const { translate } = texts;
  return (
    <s-stack gap="small-300">
      {name === null ? null : <s-text>{translate('tier.current', { tier: name })}</s-text>}
      {next && BigInt(next.missing) > BigInt(0) ? (
        <s-text color="subdued" type="small">
          {translate(next.measure === 'spend' ? 'tier.spend' : 'tier.points', {
            amount:
              next.measure === 'spend'
                ? texts.money(BigInt(next.missing))
                : texts.units(BigInt(next.missing), 'POINTS'),
            tier: next.name,
          })}
        </s-text>
      ) : null}
    </s-stack>
  );
}

const problemOf = (reply: JoinReply): string =>
  !reply.ok && reply.reason === 'too_many' ? 'problem.too_many' : 'membership.failed';

function Membership({ texts: { translate }, club, onJoin }: TierViewProps) {
  const [isAsking, setIsAsking] = useState(false);
  const [reply, setReply] = useState<JoinReply | null>(null);
  const join = async () => {
    setIsAsking(true);
    setReply(await onJoin());
    setIsAsking(false);
  };
  if (reply?.ok) return <s-text>{translate('membership.joined')}</s-text>;
  if (club.membership.isMember || !club.membership.mayJoin) return null;
  const isClosed = reply?.reason === 'closed' || reply?.reason === 'unknown_customer';
  if (isClosed) return <s-text>{translate('membership.closed')}</s-text>;
  return (
    <s-stack gap="small-300">
      <s-text>{translate('membership.invite')}</s-text>
      {reply ? <s-banner tone="critical">{translate(problemOf(reply))}</s-banner> : null}
      <s-button variant="secondary" loading={isAsking} disabled={isAsking} onClick={() => void join()}>
        {translate('membership.join')}
      </s-button>
    </s-stack>
  );
}
