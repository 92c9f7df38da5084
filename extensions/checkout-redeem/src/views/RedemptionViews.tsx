import type { ClubRedemption, ClubView } from '../../../shared/club-api.ts';
import type { Doing, ProblemCode } from '../state.ts';
import type { Texts } from '../../../shared/texts.ts';
import { ProblemBanner } from './ProblemBanner.tsx';

interface RedemptionViewProps {
  texts: Texts;
  club: ClubView;
  doing: Doing | null;
  problem: ProblemCode | null;
  about: string | null;
  redemption: ClubRedemption;
}

const wordsOf = (texts: Texts, redemption: ClubRedemption) => ({
  units: texts.units(BigInt(redemption.units), redemption.unit),
  amount: texts.money(BigInt(redemption.amountMinor)),
  reward: redemption.reward?.name ?? '',
  gift: redemption.reward ? texts.gift(redemption.reward) : '',
});

/** A reward's code is refused by the checkout below its minimum: better said before. */
function MinimumCart({ texts, redemption: { reward } }: Pick<RedemptionViewProps, 'texts' | 'redemption'>) {
  const minimum = BigInt(reward?.minimumCartMinor ?? 0);
  if (minimum === BigInt(0)) return null;
  return (
    <s-text color="subdued" type="small">
      {texts.translate('reward.minimumCart', { amount: texts.money(minimum) })}
    </s-text>
  );
}

/** The discount is on the checkout. */
export function AppliedView(props: RedemptionViewProps & { onUndo: () => void }) {
  const { texts, club, doing, problem, about, redemption, onUndo } = props;
  return (
    <s-stack gap="base">
      <ProblemBanner texts={texts} club={club} problem={problem} about={about} />
      <s-banner tone="success">
        {texts.translate(redemption.reward ? 'reward.applied' : 'applied.title', wordsOf(texts, redemption))}
      </s-banner>
      <s-button variant="secondary" loading={doing === 'undoing'} disabled={doing !== null} onClick={onUndo}>
        {texts.translate('applied.undo')}
      </s-button>
    </s-stack>
  );
}

/** Value is reserved, its code is not on this checkout. */
export function OpenView(props: RedemptionViewProps & { onApply: () => void; onGiveBack: () => void }) {
  const { texts, club, doing, problem, about, redemption, onApply, onGiveBack } = props;
  const isBusy = doing !== null;
  return (
    <s-stack gap="base">
      <ProblemBanner texts={texts} club={club} problem={problem} about={about} />
      <s-stack gap="small-200">
        <s-text>
          {texts.translate(redemption.reward ? 'reward.open' : 'open.title', wordsOf(texts, redemption))}
        </s-text>
        <MinimumCart texts={texts} redemption={redemption} />
        <s-text color="subdued" type="small">
          {texts.translate('open.until', { time: texts.time(redemption.expiresAt, new Date()) })}
        </s-text>
      </s-stack>
      <s-stack direction="inline" gap="small-200">
        <s-button variant="primary" loading={doing === 'applying'} disabled={isBusy} onClick={onApply}>
          {texts.translate('open.apply')}
        </s-button>
        <s-button
          variant="secondary"
          loading={doing === 'releasing' || doing === 'undoing'}
          disabled={isBusy}
          onClick={onGiveBack}
        >
          {texts.translate('open.giveBack')}
        </s-button>
      </s-stack>
    </s-stack>
  );
}

/** It is not known whether the value was reserved; the same question is asked again. */
export function UnsureView(props: { texts: Texts; isAsking: boolean; onAsk: () => void }) {
  const { texts, isAsking, onAsk } = props;
  if (isAsking) {
    return (
      <s-stack direction="inline" gap="small-200" alignItems="center" accessibilityRole="status">
        <s-spinner size="small" accessibilityLabel={texts.translate('unsure.asking')} />
        <s-text>{texts.translate('unsure.asking')}</s-text>
      </s-stack>
    );
  }
  return (
    <s-stack gap="base">
      <s-banner tone="warning" heading={texts.translate('unsure.title')}>
        {texts.translate('unsure.text')}
      </s-banner>
      <s-button variant="secondary" onClick={onAsk}>
        {texts.translate('unsure.again')}
      </s-button>
    </s-stack>
  );
}
