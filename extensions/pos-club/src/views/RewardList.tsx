import { useState } from 'preact/hooks';
import type { ClubReward, ClubView } from '../../../shared/club-api.ts';
import type { Texts } from '../../../shared/texts.ts';

interface RewardListProps {
  texts: Texts;
  club: ClubView;
  isBusy: boolean;
  onTake: (rewardId: string) => void;
  /** A gift: its points are spent at once. */
  onClaim: (rewardId: string) => void;
}

/** What the shop offers for points, each with its button or with what stands in the way: the same as online. */
export function RewardList(props: RewardListProps) {
  const { texts, club } = props;
  if (club.rewards.length === 0) return null;
  return (
    <s-section heading={texts.translate('reward.title')}>
      <s-stack gap="base">
        {club.rewards.map((reward) => (
          <RewardLine key={reward.id} {...props} reward={reward} />
        ))}
      </s-stack>
    </s-section>
  );
}

function RewardLine({ texts, reward, isBusy, onTake, onClaim }: RewardListProps & { reward: ClubReward }) {
  const { translate } = texts;
  const [isAsking, setIsAsking] = useState(false);
  const price = texts.units(BigInt(reward.units), reward.unit);
  const isGift = reward.kind === 'other';
  const confirm = () => {
    setIsAsking(false);
    onClaim(reward.id);
  };
  return (
    <s-stack gap="small-200">
      <s-text type="strong">
        {translate(isGift ? 'reward.gift' : 'reward.offer', {
          reward: reward.name,
          price,
          gift: texts.gift(reward),
        })}
      </s-text>
      {BigInt(reward.minimumCartMinor) > BigInt(0) ? (
        <s-text color="subdued">
          {translate('reward.minimumCart', { amount: texts.money(BigInt(reward.minimumCartMinor)) })}
        </s-text>
      ) : null}
      {reward.obstacle ? <s-text color="subdued">{obstacleText(texts, reward)}</s-text> : null}
      {reward.obstacle || isAsking ? null : (
        <s-button disabled={isBusy} onClick={() => (isGift ? setIsAsking(true) : onTake(reward.id))}>
          {translate(isGift ? 'reward.handOut' : 'reward.use')}
        </s-button>
      )}
      {isAsking ? (
        <s-stack gap="small">
          <s-text>{translate('reward.confirm', { price, reward: reward.name })}</s-text>
          <s-stack direction="inline" gap="small">
            <s-button variant="primary" disabled={isBusy} onClick={confirm}>
              {translate('reward.confirmYes')}
            </s-button>
            <s-button variant="secondary" onClick={() => setIsAsking(false)}>
              {translate('cancel')}
            </s-button>
          </s-stack>
        </s-stack>
      ) : null}
    </s-stack>
  );
}

function obstacleText(texts: Texts, reward: ClubReward): string {
  return texts.translate(`reward.obstacle.${reward.obstacle ?? ''}`, {
    missing: texts.units(BigInt(reward.missing), reward.unit),
    amount: texts.money(BigInt(reward.minimumCartMinor)),
    count: reward.limitPerCustomer ?? 0,
  });
}
