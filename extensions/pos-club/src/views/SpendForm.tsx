import { useState } from 'preact/hooks';
import {
  checkAmount,
  mostUnits,
  quickPicks,
  standingOf,
  unitsText,
  worthMinor,
} from '../../../shared/amounts.ts';
import type { ClubUnit, ClubWallet } from '../../../shared/club-api.ts';
import type { Texts } from '../../../shared/texts.ts';
import { valueOf } from '../../../shared/field-value.ts';

interface SpendFormProps {
  texts: Texts;
  wallet: ClubWallet;
  digits: number;
  isBusy: boolean;
  onSpend: (unit: ClubUnit, units: bigint) => void;
}

/** The amount to pay with: all of what the cart takes unless staff type another. */
export function SpendForm(props: SpendFormProps) {
  const { texts, wallet, digits, isBusy, onSpend } = props;
  const [text, setText] = useState(unitsText(mostUnits(wallet), wallet.unit, digits));
  const [hasTried, setHasTried] = useState(false);
  const check = checkAmount(text, wallet, digits);
  const submit = () => {
    setHasTried(true);
    if (check.ok) onSpend(wallet.unit, check.units);
  };
  const error =
    hasTried && !check.ok
      ? { error: texts.translate(`problem.${check.reason}`, limitsOf(texts, wallet)) }
      : {};
  return (
    <s-stack gap="base">
      <s-stack direction="inline" gap="small">
        {quickPicks(wallet).map((units) => (
          <s-button
            key={units.toString()}
            variant="secondary"
            disabled={isBusy}
            onClick={() => setText(unitsText(units, wallet.unit, digits))}
          >
            {texts.units(units, wallet.unit)}
          </s-button>
        ))}
      </s-stack>
      <s-number-field
        label={texts.translate(wallet.unit === 'CREDIT' ? 'spend.credit' : 'spend.points')}
        inputMode={wallet.unit === 'CREDIT' ? 'decimal' : 'numeric'}
        controls="none"
        value={text}
        disabled={isBusy}
        {...error}
        onInput={(event) => setText(valueOf(event))}
        onChange={(event) => setText(valueOf(event))}
      />
      {check.ok ? (
        <s-text color="subdued">
          {texts.translate('spend.worth', { amount: texts.money(worthMinor(check.units, wallet.rate)) })}
        </s-text>
      ) : null}
      <s-button variant="primary" loading={isBusy} disabled={isBusy} onClick={submit}>
        {texts.translate('spend.use')}
      </s-button>
    </s-stack>
  );
}

/** One sentence on what there is and whether this cart can take it. */
export function standingText(texts: Texts, wallet: ClubWallet): string {
  return texts.translate(`standing.${standingOf(wallet)}`, {
    ...limitsOf(texts, wallet),
    worth: texts.money(worthMinor(BigInt(wallet.available), wallet.rate)),
  });
}

function limitsOf(texts: Texts, wallet: ClubWallet) {
  return {
    available: texts.units(BigInt(wallet.available), wallet.unit),
    minimum: texts.units(BigInt(wallet.minimum), wallet.unit),
    step: texts.units(BigInt(wallet.step), wallet.unit),
    most: texts.units(BigInt(wallet.spendable.units), wallet.unit),
  };
}
