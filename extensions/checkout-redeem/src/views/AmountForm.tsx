import { useState } from 'preact/hooks';
import type { ClubWallet } from '../../../shared/club-api.ts';
import {
  type AmountProblem,
  checkAmount,
  mostUnits,
  quickPicks,
  unitsText,
  worthMinor,
} from '../../../shared/amounts.ts';
import { valueOf } from '../../../shared/field-value.ts';
import type { Texts } from '../../../shared/texts.ts';

interface AmountFormProps {
  texts: Texts;
  wallet: ClubWallet;
  /** Digits of the currency, for a wallet of credit. */
  digits: number;
  isBusy: boolean;
  onSpend: (units: bigint) => void;
}

/** The shopper types an amount or picks one; it says what it is worth before it is sent. */
export function AmountForm({ texts, wallet, digits, isBusy, onSpend }: AmountFormProps) {
  const most = mostUnits(wallet);
  const [text, setText] = useState(unitsText(most, wallet.unit, digits));
  const [error, setError] = useState<AmountProblem | null>(null);
  const check = checkAmount(text, wallet, digits);
  const write = (next: string) => {
    setText(next);
    setError(null);
  };
  const submit = () => {
    if (check.ok) onSpend(check.units);
    else setError(check.reason);
  };
  const errorText = error ? { error: texts.translate(`problem.${error}`, limitsOf(texts, wallet)) } : {};
  return (
    <s-stack gap="base">
      <QuickPicks
        texts={texts}
        wallet={wallet}
        isBusy={isBusy}
        onPick={(units) => write(unitsText(units, wallet.unit, digits))}
      />
      <s-number-field
        label={texts.translate(wallet.unit === 'CREDIT' ? 'field.credit' : 'field.points')}
        name="units"
        inputMode={wallet.unit === 'CREDIT' ? 'decimal' : 'numeric'}
        controls="none"
        value={text}
        disabled={isBusy}
        {...errorText}
        onInput={(event) => write(valueOf(event))}
        onChange={(event) => write(valueOf(event))}
      />
      <s-text color={check.ok ? 'base' : 'subdued'}>
        {check.ok
          ? texts.translate('worth', { amount: texts.money(worthMinor(check.units, wallet.rate)) })
          : texts.translate('most', { units: texts.units(most, wallet.unit) })}
      </s-text>
      <s-button variant="primary" loading={isBusy} disabled={isBusy} onClick={submit}>
        {texts.translate('use')}
      </s-button>
    </s-stack>
  );
}

function QuickPicks(props: {
  texts: Texts;
  wallet: ClubWallet;
  isBusy: boolean;
  onPick: (units: bigint) => void;
}) {
  const { texts, wallet, isBusy, onPick } = props;
  const most = mostUnits(wallet);
  return (
    <s-stack direction="inline" gap="small-200">
      {quickPicks(wallet).map((units) => (
        <s-clickable-chip key={units.toString()} disabled={isBusy} onClick={() => onPick(units)}>
          {units === most ? texts.translate('useAll') : texts.units(units, wallet.unit)}
        </s-clickable-chip>
      ))}
    </s-stack>
  );
}

function limitsOf(texts: Texts, wallet: ClubWallet) {
  return {
    available: texts.units(BigInt(wallet.available), wallet.unit),
    minimum: texts.units(BigInt(wallet.minimum), wallet.unit),
    step: texts.units(BigInt(wallet.step), wallet.unit),
  };
}
