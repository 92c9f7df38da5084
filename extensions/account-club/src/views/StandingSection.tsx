import type { ClubTier, ClubView, ClubWallet } from '../../../shared/club-api.ts';
import { worthMinor } from '../../../shared/amounts.ts';
import type { Texts } from '../../../shared/texts.ts';

const ZERO = BigInt(0);

/** What the customer can spend, what is on its way, and their tier with the distance to the next. */
export function StandingSection({ texts, club }: { texts: Texts; club: ClubView }) {
  return (
    <s-section heading={texts.translate('balance.title')}>
      <s-grid gridTemplateColumns="@container (inline-size > 560px) 1fr 1fr, 1fr" gap="base">
        {club.wallets.map((wallet) => (
          <Wallet key={wallet.unit} texts={texts} wallet={wallet} isPaused={!club.redemptionEnabled} />
        ))}
        {club.tier ? <Tier texts={texts} tier={club.tier} /> : null}
      </s-grid>
    </s-section>
  );
}

function Wallet({ texts, wallet, isPaused }: { texts: Texts; wallet: ClubWallet; isPaused: boolean }) {
  const { translate } = texts;
  const units = (text: string) => texts.units(BigInt(text), wallet.unit);
  const worth = worthMinor(BigInt(wallet.available), wallet.rate);
  const notes: string[] = [];
  if (wallet.unit === 'POINTS' && worth > ZERO && !isPaused)
    notes.push(translate('balance.worth', { worth: texts.money(worth) }));
  if (BigInt(wallet.pending) > ZERO)
    notes.push(translate('balance.pending', { units: units(wallet.pending) }));
  if (BigInt(wallet.held) > ZERO) notes.push(translate('balance.held', { units: units(wallet.held) }));
  if (BigInt(wallet.debt) > ZERO) notes.push(translate('balance.debt', { units: units(wallet.debt) }));
  if (isPaused) notes.push(translate('balance.paused'));
  return (
    <s-box border="base" borderRadius="base" padding="base">
      <s-stack gap="small-300">
        <s-text color="subdued">
          {translate(wallet.unit === 'CREDIT' ? 'balance.credit' : 'balance.points')}
        </s-text>
        <s-heading>{units(wallet.available)}</s-heading>
        {notes.map((note) => (
          <s-text key={note} color="subdued" type="small">
            {note}
          </s-text>
        ))}
      </s-stack>
    </s-box>
  );
}

function Tier({ texts, tier: { name, next } }: { texts: Texts; tier: ClubTier }) {
  const { translate } = texts;
  const missing = next && BigInt(next.missing) > ZERO ? next : null;
  const amount =
    missing &&
    (missing.measure === 'spend'
      ? texts.money(BigInt(missing.missing))
      : texts.units(BigInt(missing.missing), 'POINTS'));
  return (
    <s-box border="base" borderRadius="base" padding="base">
      <s-stack gap="small-300">
        <s-text color="subdued">{translate('tier.title')}</s-text>
        <s-heading>{name ?? translate('tier.none')}</s-heading>
        <s-text color="subdued" type="small">
          {missing
            ? translate(missing.measure === 'spend' ? 'tier.spend' : 'tier.points', {
                amount: amount ?? '',
                tier: missing.name,
              })
            : translate(next ? 'tier.soon' : 'tier.highest', { tier: next?.name ?? '' })}
        </s-text>
      </s-stack>
    </s-box>
  );
}
