import { useState } from 'preact/hooks';
import type { OrderPointsView } from '../../../shared/account-api.ts';
import type { AccountClient } from '../../../shared/account-client.ts';
import { createTexts, type Texts, type Translator } from '../../../shared/texts.ts';
import type { OrderPointsState } from '../use-order-points.ts';

/** How a visitor who has not signed in does so; by a link where the page has no way of its own. */
export type SignIn = { onClick: () => void } | { href: string };

interface SectionProps {
  i18n: Translator;
  state: OrderPointsState;
  client: AccountClient;
  /** The order's gid; empty while the page does not know it. */
  orderId: string;
  /** The order changed hands: it is asked for again. */
  onChanged: () => void;
  /** Null once the visitor is signed in. */
  signIn: SignIn | null;
  /** The address of the club's page; null where there is no way to it. */
  clubPage: string | null;
}

const ZERO = BigInt(0);

/** What an order earned or will earn, what paid for it, and how the customer gets what is theirs. */
export function OrderPointsSection(props: SectionProps) {
  const { i18n, state } = props;
  if (state.step === 'loading')
    return (
      <s-section accessibilityLabel={i18n.translate('loading')}>
        <s-skeleton-paragraph />
      </s-section>
    );
  // As in the merchant's editor, where there is no session yet: calm, and nothing to press.
  if (state.step === 'unreachable')
    return (
      <s-section heading={i18n.translate('name')}>
        <s-text color="subdued">
          {i18n.translate(state.cause === 'too_many' ? 'unreachable.too_many' : 'unreachable.later')}
        </s-text>
      </s-section>
    );
  const { view } = state;
  if (view.state === 'none' && view.used.length === 0) return null;
  return <Known {...props} view={view} texts={createTexts(i18n, view)} />;
}

type KnownProps = SectionProps & { view: OrderPointsView; texts: Texts };

function Known({ view, texts, client, orderId, onChanged, signIn, clubPage, i18n }: KnownProps) {
  const { translate } = texts;
  const isVisitor = view.available === null;
  return (
    <s-section heading={view.clubTitle || i18n.translate('name')}>
      <s-stack gap="base">
        {view.state === 'none' ? null : (
          <s-text type="strong">
            {translate(`points.${sentenceOf(view, isVisitor)}`, { points: amountText(texts, view) })}
          </s-text>
        )}
        {view.usableFrom === null ? null : (
          <s-text color="subdued">
            {translate('points.usableFrom', { day: texts.date(view.usableFrom) })}
          </s-text>
        )}
        {view.used.map((used, index) => (
          <s-text key={index}>
            {translate(used.reward === null ? 'used.payment' : 'used.reward', {
              units: texts.units(BigInt(used.units), used.unit),
              reward: used.reward ?? '',
            })}
          </s-text>
        ))}
        {view.state === 'waiting' && isVisitor && signIn ? (
          <SignInButton texts={texts} signIn={signIn} />
        ) : null}
        {view.state === 'waiting' && !isVisitor ? (
          <ClaimButton texts={texts} client={client} orderId={orderId} onChanged={onChanged} />
        ) : null}
        {isVisitor ? null : (
          <s-text color="subdued">
            {translate('balance', { units: texts.units(BigInt(view.available ?? 0), 'POINTS') })}{' '}
            {clubPage === null ? null : <s-link href={clubPage}>{translate('openClub')}</s-link>}
          </s-text>
        )}
      </s-stack>
    </s-section>
  );
}

const sentenceOf = ({ state }: OrderPointsView, isVisitor: boolean): string =>
  state === 'waiting' && !isVisitor ? 'claimable' : state;

function amountText(texts: Texts, { points, credit }: OrderPointsView): string {
  const parts: string[] = [];
  if (BigInt(points) > ZERO) parts.push(texts.units(BigInt(points), 'POINTS'));
  if (BigInt(credit) > ZERO) parts.push(texts.units(BigInt(credit), 'CREDIT'));
  return parts.join(' + ');
}

function SignInButton({ texts: { translate }, signIn }: { texts: Texts; signIn: SignIn }) {
  const label = translate('signIn');
  return 'href' in signIn ? (
    <s-button variant="secondary" href={signIn.href}>
      {label}
    </s-button>
  ) : (
    <s-button variant="secondary" onClick={signIn.onClick}>
      {label}
    </s-button>
  );
}

interface ClaimProps {
  texts: Texts;
  client: AccountClient;
  orderId: string;
  onChanged: () => void;
}

function ClaimButton({ texts: { translate }, client, orderId, onChanged }: ClaimProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const claim = async () => {
    setIsBusy(true);
    setProblem(null);
    const reply = await client.claimOrder(orderId);
    setIsBusy(false);
    if (reply.ok && reply.body.ok) return onChanged();
    if (reply.ok && !reply.body.ok) return setProblem(reply.body.reason);
    setProblem(!reply.ok && reply.cause === 'too_many' ? 'too_many' : 'failed');
  };
  return (
    <s-stack gap="small-200">
      {problem === null ? null : <s-banner tone="critical">{translate(`claim.${problem}`)}</s-banner>}
      <s-button variant="secondary" loading={isBusy} onClick={() => void claim()}>
        {translate('claim.button')}
      </s-button>
    </s-stack>
  );
}
