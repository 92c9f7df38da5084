import { useState } from 'preact/hooks';
import type { ClubUnit, ClubView, ClubWallet } from '../../../shared/club-api.ts';
import { standingOf, worthMinor } from '../../../shared/amounts.ts';
import type { Doing, ProblemCode } from '../state.ts';
import type { Texts } from '../../../shared/texts.ts';
import { AmountForm } from './AmountForm.tsx';
import { ProblemBanner } from './ProblemBanner.tsx';

interface WalletViewProps {
  texts: Texts;
  club: ClubView;
  doing: Doing | null;
  problem: ProblemCode | null;
  about: string | null;
}

/** Spending is switched off by the merchant: the balance is shown, nothing else. */
export function PausedView({ texts, club, problem, about }: WalletViewProps) {
  const available = club.wallets.map((wallet) => texts.units(BigInt(wallet.available), wallet.unit));
  return (
    <s-stack gap="base">
      <ProblemBanner texts={texts} club={club} problem={problem} about={about} />
      <s-text>{texts.translate('paused', { available: available.join(' + ') })}</s-text>
    </s-stack>
  );
}

/** Balance, and the amount form of the wallet that the shopper pays with. */
export function WalletView(props: WalletViewProps & { onSpend: (unit: ClubUnit, units: bigint) => void }) {
  const { texts, club, doing, problem, about, onSpend } = props;
  const spendable = club.wallets.filter((wallet) => standingOf(wallet) === 'spendable');
  const [unit, setUnit] = useState<ClubUnit | null>(null);
  const wallet = spendable.find((each) => each.unit === unit) ?? spendable[0] ?? club.wallets[0];
  return (
    <s-stack gap="base">
      <ProblemBanner texts={texts} club={club} problem={problem} about={about} />
      {spendable.length > 1 ? (
        <s-stack direction="inline" gap="small-200" accessibilityLabel={texts.translate('wallet.label')}>
          {spendable.map((each) => (
            <s-press-button
              key={each.unit}
              pressed={each.unit === wallet?.unit}
              disabled={doing !== null}
              onClick={() => setUnit(each.unit)}
            >
              {texts.translate(each.unit === 'CREDIT' ? 'wallet.credit' : 'wallet.points')}
            </s-press-button>
          ))}
        </s-stack>
      ) : null}
      {wallet ? <Standing texts={texts} wallet={wallet} /> : <s-text>{texts.translate('empty')}</s-text>}
      {wallet && standingOf(wallet) === 'spendable' ? (
        <AmountForm
          key={`${wallet.unit} ${wallet.spendable.units}`}
          texts={texts}
          wallet={wallet}
          digits={club.currencyDigits}
          isBusy={doing !== null}
          onSpend={(units) => onSpend(wallet.unit, units)}
        />
      ) : null}
    </s-stack>
  );
}

/** One sentence: what there is and whether this cart can take it; one more when something is on its way. */
function Standing({ texts, wallet }: { texts: Texts; wallet: ClubWallet }) {
  const units = (text: string) => texts.units(BigInt(text), wallet.unit);
  const standing = standingOf(wallet);
  const key = { empty: 'empty', short: 'short', nothing_to_pay: 'nothingToPay', spendable: 'balance' }[
    standing
  ];
  const values = {
    available: units(wallet.available),
    minimum: units(wallet.minimum),
    worth: texts.money(worthMinor(BigInt(wallet.available), wallet.rate)),
  };
  return (
    <s-stack gap="small-300">
      <s-text>{texts.translate(key, values)}</s-text>
      {BigInt(wallet.pending) > BigInt(0) ? (
        <s-text color="subdued" type="small">
          {texts.translate('pendingNote', { pending: units(wallet.pending) })}
        </s-text>
      ) : null}
    </s-stack>
  );
}
