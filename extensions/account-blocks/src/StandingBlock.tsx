import type { Api as OrderIndexApi } from '@shopify/ui-extensions/customer-account.order-index.block.render';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { createAccountClient } from '../../shared/account-client.ts';
import type { AppReply } from '../../shared/ask-app.ts';
import type { ClubView } from '../../shared/club-api.ts';
import { createTexts } from '../../shared/texts.ts';

/** What both pages have. */
type BlockApi = Pick<OrderIndexApi, 'i18n' | 'sessionToken' | 'authenticatedAccount'>;

interface BlockProps {
  shopify: BlockApi;
  /** Origin of the app. */
  origin: string;
}

/** Balance and tier in a line, with the way to the club's page. */
export function StandingBlock({ shopify, origin }: BlockProps) {
  const { i18n } = shopify;
  const customerId = shopify.authenticatedAccount.customer.value?.id ?? '';
  const client = useMemo(
    () => createAccountClient({ origin, token: () => shopify.sessionToken.get() }),
    [shopify, origin],
  );
  const [reply, setReply] = useState<AppReply<ClubView> | null>(null);
  useEffect(() => {
    if (customerId !== '') void client.club().then(setReply);
  }, [client, customerId]);
  if (customerId === '') return <Calm heading={i18n.translate('name')} text={i18n.translate('signedOut')} />;
  if (!reply)
    return (
      <s-section accessibilityLabel={i18n.translate('loading')}>
        <s-skeleton-paragraph />
      </s-section>
    );
  if (!reply.ok) {
    const key = reply.cause === 'too_many' ? 'unreachable.too_many' : 'unreachable.later';
    return <Calm heading={i18n.translate('name')} text={i18n.translate(key)} />;
  }
  return <Standing shopify={shopify} club={reply.body} />;
}

function Calm({ heading, text }: { heading: string; text: string }) {
  return (
    <s-section heading={heading}>
      <s-text color="subdued">{text}</s-text>
    </s-section>
  );
}

function Standing({ shopify, club }: { shopify: BlockApi; club: ClubView }) {
  const texts = createTexts(shopify.i18n, club);
  const { translate } = texts;
  const balances = club.wallets.map(({ available, unit }) => texts.units(BigInt(available), unit));
  const tier = club.tier?.name ?? null;
  return (
    <s-section heading={club.clubTitle || translate('name')}>
      <s-stack gap="small-200">
        <s-text>{translate('balance', { units: balances.join(' + ') })}</s-text>
        {tier === null ? null : <s-text>{translate('tier', { tier })}</s-text>}
        {club.open ? (
          <s-text color="subdued">{translate('openCode', { code: club.open.code })}</s-text>
        ) : null}
        {club.membership.isMember || !club.membership.mayJoin ? null : (
          <s-text color="subdued">{translate('invite')}</s-text>
        )}
        <s-link href="extension:account-club/">{translate('openClub')}</s-link>
      </s-stack>
    </s-section>
  );
}
