import { useEffect, useState } from 'preact/hooks';
import { createAccountClient } from '../../../shared/account-client.ts';
import type { AppAddress } from '../../../shared/ask-app.ts';
import type { ClubView } from '../../../shared/club-api.ts';
import { createTexts, type Translator } from '../../../shared/texts.ts';

/** The reseller's points and open code, with the way to the club's page; nothing while they are not known. */
export function ClubSection({ i18n, address }: { i18n: Translator; address: AppAddress }) {
  const [club, setClub] = useState<ClubView | null>(null);
  useEffect(() => {
    void createAccountClient(address)
      .club()
      .then((reply) => setClub(reply.ok ? reply.body : null));
  }, [address]);
  if (!club) return null;
  const texts = createTexts(i18n, club);
  const balances = club.wallets.map(({ available, unit }) => texts.units(BigInt(available), unit));
  return (
    <s-section heading={club.clubTitle || i18n.translate('club.title')}>
      <s-stack gap="small-200">
        <s-text>{i18n.translate('club.balance', { units: balances.join(' + ') })}</s-text>
        {club.open ? <s-text>{i18n.translate('club.code', { code: club.open.code })}</s-text> : null}
        <s-link href="extension:account-club/">{i18n.translate('club.open')}</s-link>
      </s-stack>
    </s-section>
  );
}
