import type { ClubReward, ClubView } from '../../../shared/club-api.ts';
import type { ProblemCode } from '../state.ts';
import type { Texts } from '../../../shared/texts.ts';

interface ProblemBannerProps {
  texts: Texts;
  club: ClubView;
  problem: ProblemCode | null;
  /** The reward that it is about, or null. */
  about: string | null;
}

/** Problems that are news rather than a failure. */
const CALM: ReadonlySet<ProblemCode> = new Set([
  'already_open',
  'used',
  'release_pending',
  'claimed',
  'price_is_lower',
  'not_with_price',
]);

/** Says why what the shopper wanted did not happen; nothing when it did. */
export function ProblemBanner({ texts, club, problem, about }: ProblemBannerProps) {
  if (!problem) return null;
  const reward = club.rewards.find(({ id }) => id === about);
  if (reward) return <RewardBanner texts={texts} club={club} problem={problem} reward={reward} />;
  const wallet = club.wallets[0];
  const values = wallet
    ? {
        available: texts.units(BigInt(wallet.available), wallet.unit),
        minimum: texts.units(BigInt(wallet.minimum), wallet.unit),
        step: texts.units(BigInt(wallet.step), wallet.unit),
      }
    : {};
  return (
    <s-banner tone={CALM.has(problem) ? 'info' : 'critical'}>
      {texts.translate(`problem.${problem}`, values)}
    </s-banner>
  );
}

/** As the other, with the reward's own figures. */
function RewardBanner(props: { texts: Texts; club: ClubView; problem: ProblemCode; reward: ClubReward }) {
  const { texts, club, problem, reward } = props;
  const wallet = club.wallets.find(({ unit }) => unit === reward.unit);
  const values = {
    reward: reward.name,
    price: texts.units(BigInt(reward.units), reward.unit),
    available: texts.units(BigInt(wallet?.available ?? 0), reward.unit),
    minimumCart: texts.money(BigInt(reward.minimumCartMinor)),
    count: reward.limitPerCustomer ?? 0,
  };
  const key = problem === 'insufficient' ? 'reward.insufficient' : `problem.${problem}`;
  return <s-banner tone={CALM.has(problem) ? 'info' : 'critical'}>{texts.translate(key, values)}</s-banner>;
}
