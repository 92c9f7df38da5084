import { BlockStack, Card, Checkbox, ChoiceList, Link, Text, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShop } from '#app/components/shop-context.tsx';
import type { useDraft } from '#app/components/use-draft.ts';
import { useFormat } from '#app/components/use-format.ts';
import { currencyMark } from '#app/lib/format.ts';
import { addDays } from '#app/modules/loyalty/rules/days.ts';
import type { GiftKind } from '#app/modules/loyalty/rules/gifts.ts';
import { readGiftForm, type GiftValues } from '../gift-form.ts';
import { MISSING_COUNTED_MAX } from '../missing-counted.ts';

type Draft = ReturnType<typeof useDraft<GiftValues>>;

interface SectionProps {
  kind: GiftKind;
  draft: Draft;
  errorOf: (field: string) => string | false;
}

interface GiftCardProps extends SectionProps {
  /** How many customers lack the date. */
  missing: number;
  today: string;
}

const MISSING_FILTER: Record<GiftKind, string> = { birthday: 'birth_date', anniversary: 'wedding_date' };

/** One gift: whether it is given, when, how much and how long it lasts. */
export function GiftCard({ kind, draft, errorOf, missing, today }: GiftCardProps) {
  const { t } = useTranslation();
  const section = { kind, draft, errorOf };
  return (
    <Card>
      <section aria-labelledby={`${kind}-title`}>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd" id={`${kind}-title`}>
            {t(`gifts.kind.${kind}`)}
          </Text>
          <Checkbox
            label={t(`gifts.switch.${kind}`)}
            helpText={t('gifts.switch_help')}
            checked={draft.values[`${kind}_isActive`]}
            onChange={(isOn) => draft.set(`${kind}_isActive`, isOn)}
          />
          <MissingLine kind={kind} missing={missing} />
          <AmountFields {...section} />
          <TimingFields {...section} />
          <Example kind={kind} values={draft.values} today={today} />
        </BlockStack>
      </section>
    </Card>
  );
}

function MissingLine({ kind, missing }: { kind: GiftKind; missing: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (missing === 0) return <Text as="p">{t(`gifts.missing_none.${kind}`)}</Text>;
  const isMany = missing > MISSING_COUNTED_MAX;
  const count = isMany ? `${format.number(MISSING_COUNTED_MAX)}+` : format.number(missing);
  return (
    <Text as="p">
      <Link url={`/app/customers?missing=${MISSING_FILTER[kind]}`}>
        {t('gifts.missing', { count: missing, number: count })}
      </Link>{' '}
      {t(`gifts.missing_what.${kind}`)}
    </Text>
  );
}

function AmountFields({ kind, draft, errorOf }: SectionProps) {
  const { t, i18n } = useTranslation();
  const mark = currencyMark(useShop().currency, i18n.language);
  const { values, set } = draft;
  const isCredit = values[`${kind}_unit`] === 'CREDIT';
  const isPercent = values[`${kind}_mode`] === 'percent';
  const amount = (
    <TextField
      id={`${kind}_amount`}
      label={t('gifts.amount')}
      {...(isCredit ? { prefix: mark } : { suffix: t('units.points_short') })}
      inputMode={isCredit ? 'decimal' : 'numeric'}
      value={values[`${kind}_amount`]}
      error={errorOf(`${kind}_amount`)}
      autoComplete="off"
      onChange={(value) => set(`${kind}_amount`, value)}
    />
  );
  const percent = (
    <TextField
      id={`${kind}_percent`}
      label={t('gifts.percent')}
      helpText={t('gifts.percent_help')}
      suffix="%"
      inputMode="decimal"
      value={values[`${kind}_percent`]}
      error={errorOf(`${kind}_percent`)}
      autoComplete="off"
      onChange={(value) => set(`${kind}_percent`, value)}
    />
  );
  return (
    <BlockStack gap="400">
      <ChoiceList
        title={t('gifts.unit')}
        choices={[
          { label: t('gifts.unit_points'), value: 'POINTS' },
          { label: t('gifts.unit_credit'), value: 'CREDIT' },
        ]}
        selected={[values[`${kind}_unit`]]}
        onChange={([unit]) => set(`${kind}_unit`, unit ?? 'POINTS')}
      />
      <ChoiceList
        title={t('gifts.mode')}
        choices={[
          { label: t('gifts.mode_fixed'), value: 'fixed', renderChildren: (isOn) => isOn && amount },
          { label: t('gifts.mode_percent'), value: 'percent', renderChildren: (isOn) => isOn && percent },
        ]}
        selected={[isPercent ? 'percent' : 'fixed']}
        onChange={([mode]) => set(`${kind}_mode`, mode ?? 'fixed')}
      />
    </BlockStack>
  );
}

function TimingFields({ kind, draft, errorOf }: SectionProps) {
  const { t } = useTranslation();
  const { values, set } = draft;
  const days = (
    <TextField
      id={`${kind}_daysBefore`}
      label={t('gifts.days_before')}
      suffix={t('units.days')}
      inputMode="numeric"
      value={values[`${kind}_daysBefore`]}
      error={errorOf(`${kind}_daysBefore`)}
      autoComplete="off"
      onChange={(value) => set(`${kind}_daysBefore`, value)}
    />
  );
  return (
    <BlockStack gap="400">
      <ChoiceList
        title={t('gifts.timing')}
        choices={[
          { label: t('gifts.timing_on_day'), value: 'on_day' },
          { label: t('gifts.timing_before'), value: 'before', renderChildren: (isOn) => isOn && days },
        ]}
        selected={[values[`${kind}_timing`]]}
        onChange={([timing]) => set(`${kind}_timing`, timing ?? 'on_day')}
      />
      <TextField
        id={`${kind}_expiresDays`}
        label={t('gifts.expires')}
        helpText={t('gifts.expires_help')}
        suffix={t('units.days')}
        inputMode="numeric"
        value={values[`${kind}_expiresDays`]}
        error={errorOf(`${kind}_expiresDays`)}
        autoComplete="off"
        onChange={(value) => set(`${kind}_expiresDays`, value)}
      />
    </BlockStack>
  );
}

/** The days of somebody who would get the gift today. */
function Example({ kind, values, today }: { kind: GiftKind; values: GiftValues; today: string }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { currency } = useShop();
  const read = readGiftForm(values, kind, i18n.language, currency);
  if (!read.ok) return null;
  const { daysBefore, expiresDays, amountMode, amount, percentBp, unit } = read.draft;
  const day = addDays(today, daysBefore);
  const gift =
    amountMode === 'fixed'
      ? format.units(amount, unit)
      : t('gifts.percent_of', { percent: format.percent(percentBp) });
  return (
    <div aria-live="polite">
      <Text as="p" tone="subdued">
        {t('gifts.example', {
          day: format.calendarDay(day),
          given: format.calendarDay(today),
          gift,
          until: format.calendarDay(addDays(day, expiresDays)),
        })}
      </Text>
    </div>
  );
}
