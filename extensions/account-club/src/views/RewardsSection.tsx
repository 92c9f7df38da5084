import type { AccountClient } from '../../../shared/account-client.ts';
import type { ClubReward, ClubView } from '../../../shared/club-api.ts';
import type { Texts } from '../../../shared/texts.ts';
import { type SpendProblem, useSpending } from './use-spending.ts';

interface RewardsProps {
  texts: Texts;
  club: ClubView;
  client: AccountClient;
  refresh: () => Promise<void>;
  toast: (content: string) => void;
}

/** What the shop offers: a reward becomes a code, a gift is asked for; each with what stands in the way. */
export function RewardsSection(props: RewardsProps) {
  const { texts, club, client, refresh, toast } = props;
  const { translate } = texts;
  const spending = useSpending(client);
  if (club.rewards.length === 0) return null;
  const take = async (reward: ClubReward) => {
    const isGift = reward.kind === 'other';
    const isTaken = await spending.take(reward.id, isGift);
    if (isTaken) toast(translate(isGift ? 'reward.claimed' : 'reward.taken', { reward: reward.name }));
    await refresh();
  };
  return (
    <s-section heading={translate('reward.title')}>
      <s-stack gap="large">
        {club.open ? <s-text color="subdued">{translate('reward.oneAtATime')}</s-text> : null}
        {club.rewards.map((reward) => (
          <s-stack key={reward.id} gap="small-300">
            <Offer texts={texts} reward={reward} />
            {spending.problem?.rewardId === reward.id ? (
              <s-banner tone="critical">{problemText(texts, reward, spending.problem.reason)}</s-banner>
            ) : null}
            <Action
              texts={texts}
              reward={reward}
              isBlocked={spending.busyWith !== null || !club.redemptionEnabled}
              isBusy={spending.busyWith === reward.id}
              hasOpen={club.open !== null}
              onTake={() => void take(reward)}
            />
          </s-stack>
        ))}
      </s-stack>
    </s-section>
  );
}

function Offer({ texts, reward }: { texts: Texts; reward: ClubReward }) {
  const { translate } = texts;
  const price = texts.units(BigInt(reward.units), reward.unit);
  const terms: string[] = [];
  if (reward.description !== '') terms.push(reward.description);
  if (BigInt(reward.minimumCartMinor) > BigInt(0))
    terms.push(translate('reward.minimumCart', { amount: texts.money(BigInt(reward.minimumCartMinor)) }));
  if (reward.kind !== 'other') terms.push(translate('reward.valid', { count: reward.validDays }));
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
      <s-text type="strong">
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

interface ActionProps {
  texts: Texts;
  reward: ClubReward;
  isBlocked: boolean;
  isBusy: boolean;
  hasOpen: boolean;
  onTake: () => void;
}

/** A code can be given back, so it is taken at once; a gift spends for good, so it is confirmed. */
function Action({ texts, reward, isBlocked, isBusy, hasOpen, onTake }: ActionProps) {
  const { translate } = texts;
  if (reward.obstacle)
    return (
      <s-text color="subdued" type="small">
        {translate(`reward.obstacle.${reward.obstacle}`, {
          missing: texts.units(BigInt(reward.missing), reward.unit),
          amount: texts.money(BigInt(reward.minimumCartMinor)),
          count: reward.limitPerCustomer ?? 0,
        })}
      </s-text>
    );
  const isGift = reward.kind === 'other';
  const label = translate(isGift ? 'reward.request' : 'reward.use');
  const accessibilityLabel = `${label}: ${reward.name}`;
  if (!isGift)
    return (
      <s-button
        variant="secondary"
        loading={isBusy}
        disabled={isBlocked || hasOpen}
        accessibilityLabel={accessibilityLabel}
        onClick={onTake}
      >
        {label}
      </s-button>
    );
  const modal = `confirm-${reward.id}`;
  const price = texts.units(BigInt(reward.units), reward.unit);
  return (
    <s-stack>
      <s-button
        variant="secondary"
        loading={isBusy}
        disabled={isBlocked}
        accessibilityLabel={accessibilityLabel}
        commandFor={modal}
        command="--show"
      >
        {label}
      </s-button>
      <s-modal id={modal} heading={label}>
        <s-paragraph>{translate('reward.confirm', { price, reward: reward.name })}</s-paragraph>
        <s-button slot="secondary-actions" commandFor={modal} command="--hide">
          {translate('reward.confirmNo')}
        </s-button>
        <s-button
          slot="primary-action"
          variant="primary"
          commandFor={modal}
          command="--hide"
          onClick={onTake}
        >
          {translate('reward.confirmYes')}
        </s-button>
      </s-modal>
    </s-stack>
  );
}

function problemText(texts: Texts, reward: ClubReward, reason: SpendProblem): string {
  return texts.translate(`problem.${reason}`, {
    reward: reward.name,
    price: texts.units(BigInt(reward.units), reward.unit),
    amount: texts.money(BigInt(reward.minimumCartMinor)),
    count: reward.limitPerCustomer ?? 0,
  });
}
