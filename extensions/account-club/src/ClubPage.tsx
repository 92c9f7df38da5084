import type { Api } from '@shopify/ui-extensions/customer-account.page.render';
import { createTexts } from '../../shared/texts.ts';
import { type Account, useAccount, useStoreAddress } from './use-account.ts';
import { ClaimsSection } from './views/ClaimsSection.tsx';
import { CodeSection } from './views/CodeSection.tsx';
import { HistorySection } from './views/HistorySection.tsx';
import { LotsSection } from './views/LotsSection.tsx';
import { MembershipSection } from './views/MembershipSection.tsx';
import { LoadingView, SignedOutView, UnreachableView } from './views/Notices.tsx';
import { ProfileSection } from './views/ProfileSection.tsx';
import { RewardsSection } from './views/RewardsSection.tsx';
import { StandingSection } from './views/StandingSection.tsx';

interface PageProps {
  shopify: Api;
  /** Origin of the app. */
  origin: string;
}

/** The whole page: the club's name and what the customer has in it. */
export function ClubPage({ shopify, origin }: PageProps) {
  const customerId = shopify.authenticatedAccount.customer.value?.id ?? '';
  const account = useAccount(shopify, origin, customerId);
  const { state } = account;
  const title = state.step === 'ready' ? state.club.clubTitle : '';
  return (
    <s-page heading={title || shopify.i18n.translate('name')}>
      {customerId === '' ? (
        <SignedOutView translate={shopify.i18n.translate} />
      ) : (
        <Content shopify={shopify} account={account} />
      )}
    </s-page>
  );
}

function Content({ shopify, account }: { shopify: Api; account: Account }) {
  const store = useStoreAddress(shopify);
  const { state, client, refresh } = account;
  const { translate } = shopify.i18n;
  if (state.step === 'loading') return <LoadingView translate={translate} />;
  if (state.step === 'unreachable')
    return <UnreachableView translate={translate} cause={state.cause} onRetry={refresh} />;
  const { club } = state;
  const texts = createTexts(shopify.i18n, club);
  const shared = { texts, club, client, refresh };
  const toast = (content: string) => void shopify.toast.show(content);
  return (
    <s-stack gap="large-200">
      {club.banner === '' ? null : <s-banner tone="info">{club.banner}</s-banner>}
      <StandingSection texts={texts} club={club} />
      {club.membership.isMember ? null : <MembershipSection {...shared} toast={toast} />}
      {club.open ? <CodeSection {...shared} open={club.open} store={store} toast={toast} /> : null}
      <RewardsSection {...shared} toast={toast} />
      <ClaimsSection texts={texts} claims={club.claims} />
      <LotsSection texts={texts} lots={state.account.lots} more={state.account.moreLots} />
      <HistorySection texts={texts} client={client} first={state.account.history} />
      {state.account.profile ? (
        <ProfileSection {...shared} profile={state.account.profile} toast={toast} />
      ) : null}
      {club.membership.isMember ? <MembershipSection {...shared} toast={toast} /> : null}
    </s-stack>
  );
}
