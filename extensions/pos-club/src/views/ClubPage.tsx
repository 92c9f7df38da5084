import { useState } from 'preact/hooks';
import { mostUnits, standingOf } from '../../../shared/amounts.ts';
import type { ClubRedemption, ReserveWish } from '../../../shared/club-api.ts';
import type { StaffCustomer } from '../../../shared/staff-api.ts';
import type { StaffClient } from '../../../shared/staff-client.ts';
import { createTexts, type Texts } from '../../../shared/texts.ts';
import { itemsOf, type Till } from '../till.ts';
import { useCustomer } from '../use-customer.ts';
import { useFollowed } from '../use-followed.ts';
import { ConsentForm } from './ConsentForm.tsx';
import { HistoryView } from './HistoryView.tsx';
import { LockedProducts } from './LockedProducts.tsx';
import { MemberPrice } from './MemberPrice.tsx';
import { LoadingView, OfflineView, UnreachableView } from './Notices.tsx';
import { ProblemView } from './ProblemView.tsx';
import { RewardList } from './RewardList.tsx';
import { SpendForm, standingText } from './SpendForm.tsx';

interface ClubPageProps {
  till: Till;
  client: StaffClient;
  customerId: string;
}

/** The whole club of one customer, for staff: what there is, and what can be done with it for this cart. */
export function ClubPage(props: ClubPageProps) {
  const { till, client, customerId } = props;
  const { state, actions } = useCustomer(till, client, customerId);
  const translate = (key: string) => till.i18n.translate(key);
  const { customer } = state;
  return (
    <s-page heading={customer?.person.name || customer?.person.phone || translate('name')}>
      <s-scroll-box padding="base">
        <s-stack gap="large">
          {state.isOffline ? <OfflineView translate={translate} /> : null}
          {state.step === 'loading' && !state.isOffline ? <LoadingView translate={translate} /> : null}
          {state.step === 'unreachable' && state.cause && !state.isOffline ? (
            <UnreachableView translate={translate} cause={state.cause} onRetry={actions.reload} />
          ) : null}
          {customer && !state.isOffline ? (
            <Club {...props} customer={customer} state={state} actions={actions} />
          ) : null}
        </s-stack>
      </s-scroll-box>
    </s-page>
  );
}

type ClubProps = ClubPageProps & { customer: StaffCustomer } & ReturnType<typeof useCustomer>;

/** What waits for the customer's code. */
type Asked = { kind: 'spend'; wish: ReserveWish } | { kind: 'claim'; rewardId: string };

function Club(props: ClubProps) {
  const { till, client, customerId, customer, state, actions } = props;
  const { club, entries, consent } = customer;
  const cart = useFollowed(till.cart.current);
  const texts = createTexts(till.i18n, club);
  const [asked, setAsked] = useState<Asked | null>(null);
  const run = (what: Asked, code?: string) =>
    what.kind === 'spend' ? actions.spend(what.wish, code) : actions.claim(what.rewardId, code);
  const ask = (what: Asked) => (consent === 'code' ? setAsked(what) : run(what));
  const isLocked = consent === 'no_phone' || consent === 'no_channel';
  const confirm = (code: string) => {
    if (!asked) return;
    run(asked, code);
    setAsked(null);
  };
  return (
    <s-stack gap="large">
      <Balance texts={texts} customer={customer} />
      <LockedProducts texts={texts} cart={cart} customer={customer} />
      <ProblemView texts={texts} customer={customer} problem={state.problem} />
      {state.unsure ? (
        <s-button loading={state.isBusy} onClick={actions.askAgain}>
          {texts.translate('unsure.again')}
        </s-button>
      ) : null}
      {club.membership.isMember ? null : (
        <s-button loading={state.isBusy} disabled={state.isBusy} onClick={actions.join}>
          {texts.translate('join.button')}
        </s-button>
      )}
      {isLocked ? <s-banner tone="warning" heading={texts.translate(`consent.${consent}`)} /> : null}
      {asked ? (
        <ConsentForm
          texts={texts}
          client={client}
          customerId={customerId}
          attemptKey={actions.attemptKey}
          isBusy={state.isBusy}
          onCode={confirm}
          onCancel={() => setAsked(null)}
        />
      ) : null}
      {club.open ? (
        <OpenView {...props} texts={texts} redemption={club.open} />
      ) : isLocked || asked ? null : (
        <Spending {...props} texts={texts} onAsk={ask} />
      )}
      <MemberPrice texts={texts} client={client} customerId={customerId} items={itemsOf(cart)} />
      <HistoryView texts={texts} entries={entries} />
    </s-stack>
  );
}

function Balance({ texts, customer }: { texts: Texts; customer: StaffCustomer }) {
  const { club, expiring, category } = customer;
  const { translate } = texts;
  return (
    <s-stack gap="small">
      {club.wallets.map((wallet) => (
        <s-text key={wallet.unit} type="strong">
          {standingText(texts, wallet)}
        </s-text>
      ))}
      {club.tier?.name ? <s-text>{translate('tier', { tier: club.tier.name })}</s-text> : null}
      {category ? <s-text color="subdued">{translate('category', { category })}</s-text> : null}
      {expiring ? (
        <s-text color="subdued">
          {translate('expiring', {
            units: texts.units(BigInt(expiring.units), expiring.unit),
            day: texts.day(expiring.at),
          })}
        </s-text>
      ) : null}
    </s-stack>
  );
}

function Spending(props: ClubProps & { texts: Texts; onAsk: (what: Asked) => void }) {
  const { till, customer, state, texts, onAsk } = props;
  const { club } = customer;
  const { translate } = texts;
  const wallet = club.wallets.find((each) => standingOf(each) === 'spendable');
  if (!club.redemptionEnabled) return <s-banner tone="info" heading={translate('paused')} />;
  if (till.cart.current.value.editable === false)
    return <s-banner tone="info" heading={translate('problem.not_editable')} />;
  return (
    <s-stack gap="large">
      {wallet ? (
        <s-section heading={translate('spend.title')}>
          <SpendForm
            key={`${wallet.unit} ${mostUnits(wallet)}`}
            texts={texts}
            wallet={wallet}
            digits={club.currencyDigits}
            isBusy={state.isBusy}
            onSpend={(unit, units) =>
              onAsk({ kind: 'spend', wish: { kind: 'pay', unit, units: units.toString() } })
            }
          />
        </s-section>
      ) : null}
      <RewardList
        texts={texts}
        club={club}
        isBusy={state.isBusy}
        onTake={(rewardId) => onAsk({ kind: 'spend', wish: { kind: 'reward', rewardId } })}
        onClaim={(rewardId) => onAsk({ kind: 'claim', rewardId })}
      />
    </s-stack>
  );
}

/** Something is reserved: on this cart, or begun elsewhere. It can be used here or given back. */
function OpenView({
  texts,
  redemption,
  state,
  actions,
}: ClubProps & { texts: Texts; redemption: ClubRedemption }) {
  const { translate } = texts;
  const { reward } = redemption;
  const values = {
    units: texts.units(BigInt(redemption.units), redemption.unit),
    amount: reward ? texts.gift(reward) : texts.money(BigInt(redemption.amountMinor)),
    code: redemption.code,
  };
  return (
    <s-section heading={translate(state.isApplied ? 'open.applied' : 'open.reserved', values)}>
      <s-stack gap="small">
        <s-text color="subdued">
          {translate('open.until', { time: texts.time(redemption.expiresAt, new Date()) })}
        </s-text>
        <s-stack direction="inline" gap="small">
          {state.isApplied ? null : (
            <s-button
              variant="primary"
              loading={state.isBusy}
              disabled={state.isBusy}
              onClick={() => actions.apply(redemption)}
            >
              {translate('open.apply')}
            </s-button>
          )}
          <s-button
            tone="critical"
            loading={state.isBusy}
            disabled={state.isBusy}
            onClick={() => actions.undo(redemption)}
          >
            {translate(state.isApplied ? 'open.remove' : 'open.giveBack')}
          </s-button>
        </s-stack>
      </s-stack>
    </s-section>
  );
}
