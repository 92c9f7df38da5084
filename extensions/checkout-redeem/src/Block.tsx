import type { Api } from '@shopify/ui-extensions/purchase.checkout.block.render';
import { BlockedView, LoadingView, SignedOutView, UnreachableView } from './views/Notices.tsx';
import { PausedView, WalletView } from './views/WalletView.tsx';
import { AppliedView, OpenView, UnsureView } from './views/RedemptionViews.tsx';
import { type Screen, chooseScreen } from './state.ts';
import { createTexts } from '../../shared/texts.ts';
import { ClaimsView, RewardsView } from './views/RewardsView.tsx';
import { PromotionView, TierView } from './views/TierView.tsx';
import { useClub } from './use-club.ts';

/** What each screen is given. */
interface BlockProps {
  shopify: Api;
  /** Origin of the app. */
  origin: string;
}

/** The whole block: the club's name and the screen that fits the moment. */
export function Block({ shopify, origin }: BlockProps) {
  const club = useClub(shopify, origin);
  const screen = chooseScreen(club.state, club.host);
  const title = 'club' in club.state ? club.state.club.clubTitle : '';
  const shown =
    club.state.step === 'ready' && screen !== 'signed_out' && screen !== 'blocked' ? club.state.club : null;
  return (
    <s-section heading={title || shopify.i18n.translate('name')}>
      <s-stack gap="large">
        {shown ? <PromotionView banner={shown.banner} /> : null}
        {renderScreen(screen, shopify, club)}
        {shown ? (
          <TierView texts={createTexts(shopify.i18n, shown)} club={shown} onJoin={club.actions.join} />
        ) : null}
      </s-stack>
    </s-section>
  );
}

function renderScreen(screen: Screen, shopify: Api, { state, actions }: ReturnType<typeof useClub>) {
  const translate = (key: string, values?: Record<string, string | number>): string =>
    shopify.i18n.translate(key, values);
  if (screen === 'signed_out') return <SignedOutView translate={translate} />;
  if (screen === 'blocked') return <BlockedView translate={translate} />;
  if (state.step === 'loading') return <LoadingView translate={translate} />;
  if (state.step === 'unreachable') {
    return <UnreachableView translate={translate} cause={state.cause} onRetry={actions.reload} />;
  }
  const texts = createTexts(shopify.i18n, state.club);
  if (state.step === 'unsure') {
    return <UnsureView texts={texts} isAsking={state.isAsking} onAsk={actions.askAgain} />;
  }
  const { club, doing, problem, about } = state;
  const shared = { texts, club, doing, problem, about };
  if (club.open && screen === 'applied') {
    return <AppliedView {...shared} redemption={club.open} onUndo={actions.undo} />;
  }
  if (club.open) {
    return (
      <OpenView {...shared} redemption={club.open} onApply={actions.apply} onGiveBack={actions.giveBack} />
    );
  }
  return (
    <s-stack gap="large">
      {screen === 'paused' ? <PausedView {...shared} /> : <WalletView {...shared} onSpend={actions.spend} />}
      <RewardsView
        texts={texts}
        club={club}
        isBusy={doing !== null}
        onTake={actions.takeReward}
        onClaim={actions.claimReward}
      />
      <ClaimsView texts={texts} claims={club.claims} />
    </s-stack>
  );
}
