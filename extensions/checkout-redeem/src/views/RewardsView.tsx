import { useState } from 'preact/hooks';
import type { ClubClaim, ClubReward, ClubView } from '../../../shared/club-api.ts';
import type { Texts } from '../../../shared/texts.ts';

interface RewardsViewProps {
  texts: Texts;
  club: ClubView;
  isBusy: boolean;
  /** Takes a reward and puts its code on the checkout. */
  onTake: (rewardId: string) => void;
  /** Asks for a gift. */
  onClaim: (rewardId: string) => void;
}

/** What the shop offers for points, each with its button or with what stands in the way. */
export function RewardsView(props: RewardsViewProps) {
  const { texts, club } = props;
  const [asked, setAsked] = useState<string | null>(null);
  if (club.rewards.length === 0) return null;
  return (
    <s-stack gap="base">
      <s-text type="strong">{texts.translate('reward.title')}</s-text>
      {club.rewards.map((reward) => (
        <s-stack key={reward.id} gap="small-300">
          <Offer texts={texts} reward={reward} />
          {reward.obstacle ? (
            <s-text color="subdued" type="small">
              {obstacleText(texts, reward)}
            </s-text>
          ) : asked === reward.id ? (
            <Confirm {...props} reward={reward} onEnd={() => setAsked(null)} />
          ) : (
            <TakeButton {...props} reward={reward} onAsk={() => setAsked(reward.id)} />
          )}
        </s-stack>
      ))}
    </s-stack>
  );
}

function Offer({ texts, reward }: { texts: Texts; reward: ClubReward }) {
  const { translate } = texts;
  const price = texts.units(BigInt(reward.units), reward.unit);
  const terms: string[] = [];
  if (reward.description !== '') terms.push(reward.description);
  if (BigInt(reward.minimumCartMinor) > BigInt(0)) {
    terms.push(translate('reward.minimumCart', { amount: texts.money(BigInt(reward.minimumCartMinor)) }));
  }
  return (
    <s-stack gap="small-300">
      {reward.pictureUrl === null ? null : (
        <s-image
          src={reward.pictureUrl}
          alt={reward.name}
          aspectRatio="16/9"
          objectFit="contain"
          loading="lazy"
        />
      )}
      <s-text>
        {reward.kind === 'other'
          ? translate('reward.gift', { reward: reward.name, price })
          : translate('reward.offer', { reward: reward.name, price, gift: texts.gift(reward) })}
      </s-text>
      {terms.map((term) => (
        <s-text key={term} color="subdued" type="small">
          {term}
        </s-text>
      ))}
    </s-stack>
  );
}

/** A code can be given back, so it is taken at once; a gift spends for good, so it is asked for twice. */
function TakeButton(props: RewardsViewProps & { reward: ClubReward; onAsk: () => void }) {
  const { texts, reward, isBusy, onTake, onAsk } = props;
  const isGift = reward.kind === 'other';
  const label = texts.translate(isGift ? 'reward.request' : 'reward.use');
  return (
    <s-button
      variant="secondary"
      disabled={isBusy}
      accessibilityLabel={`${label}: ${reward.name}`}
      onClick={isGift ? onAsk : () => onTake(reward.id)}
    >
      {label}
    </s-button>
  );
}

function Confirm(props: RewardsViewProps & { reward: ClubReward; onEnd: () => void }) {
  const { texts, reward, isBusy, onClaim, onEnd } = props;
  const price = texts.units(BigInt(reward.units), reward.unit);
  const confirm = () => {
    onEnd();
    onClaim(reward.id);
  };
  return (
    <s-stack gap="small-200" accessibilityRole="status">
      <s-text>{texts.translate('reward.confirm', { price, reward: reward.name })}</s-text>
      <s-stack direction="inline" gap="small-200">
        <s-button variant="primary" disabled={isBusy} onClick={confirm}>
          {texts.translate('reward.confirmYes')}
        </s-button>
        <s-button variant="secondary" disabled={isBusy} onClick={onEnd}>
          {texts.translate('reward.confirmNo')}
        </s-button>
      </s-stack>
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

/** The gifts that the shopper asked for, and how they stand. */
export function ClaimsView({ texts, claims }: { texts: Texts; claims: readonly ClubClaim[] }) {
  if (claims.length === 0) return null;
  return (
    <s-stack gap="small-200">
      <s-text type="strong">{texts.translate('claim.title')}</s-text>
      {claims.map((claim) => (
        <s-stack key={claim.id} gap="small-300">
          <s-text>{texts.translate(`claim.${claim.state}`, { reward: claim.name })}</s-text>
          <s-text color="subdued" type="small">
            {texts.translate('claim.asked', { day: texts.day(claim.requestedAt), number: claim.number })}
          </s-text>
          {claim.note === '' ? null : <s-text>{texts.translate('claim.note', { note: claim.note })}</s-text>}
        </s-stack>
      ))}
    </s-stack>
  );
}
