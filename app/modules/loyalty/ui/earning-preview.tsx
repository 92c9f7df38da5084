import { BlockStack, Card, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { currencyMark, parseMoneyInput, parseWholeInput } from '#app/lib/format.ts';
import { readProgramForm, type ProgramDraft } from '../program-form.ts';
import { previewEarning } from '../rules/preview.ts';
import { valueMinor } from '../rules/redemption.ts';
import type { ProgramScreenValues } from './program-form.tsx';

const EXAMPLE_STEPS = 3n;

/** "An order of X earns Y", by the form as it stands and the rules that real orders go through. */
export function EarningPreview({ values, now }: { values: ProgramScreenValues; now: Date }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { currency } = useShop();
  const read = readProgramForm(values, i18n.language, currency);
  const program = read.ok ? read.draft : null;
  // Made once: an amount that changed with each letter of the rule would be no comparison.
  const [amountText, setAmountText] = useState(() =>
    format.moneyInput((program?.rule.stepMinor ?? 0n) * EXAMPLE_STEPS),
  );
  const amountMinor = parseMoneyInput(amountText, currency, i18n.language);
  return (
    <div className="sticky">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {t('program.preview.title')}
          </Text>
          <TextField
            label={t('program.preview.amount')}
            prefix={currencyMark(currency, i18n.language)}
            inputMode="decimal"
            value={amountText}
            error={amountMinor === null ? t('errors.field.not_an_amount') : false}
            autoComplete="off"
            onChange={setAmountText}
          />
          <div aria-live="polite" className="preview">
            {program && amountMinor !== null ? (
              <Outcome program={program} values={values} amountMinor={amountMinor} now={now} />
            ) : (
              <Text as="p" tone="subdued">
                {t('program.preview.incomplete')}
              </Text>
            )}
          </div>
        </BlockStack>
      </Card>
    </div>
  );
}

interface OutcomeProps {
  program: ProgramDraft;
  values: ProgramScreenValues;
  amountMinor: bigint;
  now: Date;
}

function Outcome({ program, values, amountMinor, now }: OutcomeProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { currency, timeZone } = useShop();
  const { unit, rule } = program;
  const line = { title: null, productId: null, variantId: null, quantity: 1, unitPriceMinor: amountMinor };
  const programs = [{ programId: 1n, version: 1, name: '', unit, rule, startsAt: null, endsAt: null }];
  const rules = {
    timeZone,
    startsOn: null,
    currencyDigits: 2,
    programs,
    offers: [],
    offersIncludeTax: false,
    offersIncludeShipping: false,
  };
  const earned = previewEarning({ lines: [line], currency, rules, now }).outcomes[0]?.entitlement;
  const order = format.money(amountMinor);
  if (!earned)
    return <Text as="p">{t('program.preview.nothing', { order, step: format.money(rule.stepMinor) })}</Text>;

  const rateUnits = parseWholeInput(values.redemptionRateUnits, i18n.language);
  const rateMinor = parseMoneyInput(values.redemptionRateMinor, currency, i18n.language);
  const worthMinor =
    unit === 'POINTS' && rateUnits && rateMinor
      ? valueMinor(earned.amount, { units: rateUnits, amountMinor: rateMinor })
      : null;
  const lastDay = earned.expiresAt && new Date(earned.expiresAt.getTime() - 1);
  return (
    <BlockStack gap="200">
      <Text as="p" variant="bodyLg">
        {t('program.preview.earns', { order, earned: format.units(earned.amount, unit) })}
      </Text>
      {worthMinor !== null && values.redemptionEnabled && (
        <Text as="p">{t('program.preview.worth', { money: format.money(worthMinor) })}</Text>
      )}
      <Text as="p" tone="subdued">
        {rule.pendingDays === 0
          ? t('program.preview.from_now')
          : t('program.preview.from', { day: format.day(earned.validFrom) })}{' '}
        {lastDay ? t('program.preview.until', { day: format.day(lastDay) }) : t('program.preview.forever')}
      </Text>
      {!program.isActive && (
        <Text as="p" tone="caution">
          {t('program.preview.inactive')}
        </Text>
      )}
    </BlockStack>
  );
}
