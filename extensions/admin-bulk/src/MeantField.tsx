import { valueOf } from '../../shared/field-value.ts';
import type { StaffBulkForm } from '../../shared/staff-api.ts';
import { createTexts, type Translator } from '../../shared/texts.ts';
import type { Meaning } from '../../shared/use-meaning.ts';

interface MeantFieldProps {
  i18n: Translator;
  form: StaffBulkForm;
  meaning: Meaning;
}

/** Says what all of it is worth, and asks for the figure: a confirmation that has to be meant. */
export function MeantField({ i18n, form, meaning: { question, typed, isWrong, type } }: MeantFieldProps) {
  if (question === null) return null;
  const { translate } = i18n;
  const { worthMinor, usual } = question;
  const worth = createTexts(i18n, form).money(BigInt(worthMinor));
  const number = i18n.formatNumber(Number(question.number));
  return (
    <s-stack gap="base">
      <s-banner tone="warning">
        {usual === null
          ? translate('meant.text', { worth })
          : translate('meant.usual', { worth, usual: i18n.formatNumber(BigInt(usual)) })}
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
