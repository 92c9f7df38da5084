import type { ClubUnit } from '../../shared/club-api.ts';
import { valueOf } from '../../shared/field-value.ts';
import type { StaffAdjustForm } from '../../shared/staff-api.ts';
import { createTexts, type Translator } from '../../shared/texts.ts';
import type { Meaning } from '../../shared/use-meaning.ts';

interface MeantFieldProps {
  i18n: Translator;
  form: StaffAdjustForm;
  unit: ClubUnit;
  meaning: Meaning;
}

/** Says what the amount is worth, and asks for it once more: a confirmation that has to be meant. */
export function MeantField({ i18n, form, unit, meaning }: MeantFieldProps) {
  const { question, typed, isWrong, type } = meaning;
  if (question === null) return null;
  const { translate } = i18n;
  const { figure, worthMinor, usual } = question;
  const texts = createTexts(i18n, form);
  const units = texts.units(BigInt(figure), unit);
  const worth = texts.money(BigInt(worthMinor));
  const number = i18n.formatNumber(Number(question.number));
  return (
    <s-stack gap="base">
      <s-banner tone="warning">
        {usual === null
          ? translate('meant.text', { units, worth })
          : translate('meant.usual', { units, worth, usual: texts.units(BigInt(usual), unit) })}
      </s-banner>
      <s-number-field
        label={translate('meant.label', { number })}
        value={typed}
        {...(isWrong ? { error: translate('meant.wrong', { number }) } : {})}
        onInput={(event) => type(valueOf(event))}
        onChange={(event) => type(valueOf(event))}
      />
    </s-stack>
  );
}
