import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { draftFields } from '#app/components/draft-fields.tsx';
import { useShop } from '#app/components/shop-context.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { addDays } from '#app/lib/calendar-days.ts';
import type { GiftKind } from '../rules/gifts.ts';
import { readGiftForm, type GiftValues } from '../gift-form.ts';
import { MISSING_COUNTED_MAX } from '../missing-limits.ts';

const { DraftCheckbox, DraftChoice, DraftDays, DraftPercent, DraftUnits } = draftFields<GiftValues>();

interface GiftCardProps {
  kind: GiftKind;
  values: GiftValues;
  /** How many customers lack the date. */
  missing: number;
  today: string;
}

const MISSING_FILTER: Record<GiftKind, string> = { birthday: 'birth_date', anniversary: 'wedding_date' };

/** One gift: whether it is given, when, how much and how long it lasts. */
export function GiftCard({ kind, values, missing, today }: GiftCardProps) {
  const { t } = useTranslation();
  return (
    <Card>
      <section aria-labelledby={`${kind}-title`}>
        <BlockStack gap="400">
          <CardTitle id={`${kind}-title`}>{t(`gifts.kind.${kind}`)}</CardTitle>
          <DraftCheckbox
            name={`${kind}_isActive`}
            label={t(`gifts.switch.${kind}`)}
            helpText={t('gifts.switch_help')}
          />
          <MissingLine kind={kind} missing={missing} />
          <AmountFields kind={kind} unit={values[`${kind}_unit`]} />
          <TimingFields kind={kind} />
          <Example kind={kind} values={values} today={today} />
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

function AmountFields({ kind, unit }: { kind: GiftKind; unit: string }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="400">
      <DraftChoice
        name={`${kind}_unit`}
        title={t('gifts.unit')}
        choices={[
          { value: 'POINTS', label: t('gifts.unit_points') },
          { value: 'CREDIT', label: t('gifts.unit_credit') },
        ]}
      />
      <DraftChoice
        name={`${kind}_mode`}
        title={t('gifts.mode')}
        choices={[
          {
            value: 'fixed',
            label: t('gifts.mode_fixed'),
            details: <DraftUnits name={`${kind}_amount`} label={t('gifts.amount')} unit={unit} />,
          },
          {
            value: 'percent',
            label: t('gifts.mode_percent'),
            details: (
              <DraftPercent
                name={`${kind}_percent`}
                label={t('gifts.percent')}
                helpText={t('gifts.percent_help')}
              />
            ),
          },
        ]}
      />
    </BlockStack>
  );
}

function TimingFields({ kind }: { kind: GiftKind }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="400">
      <DraftChoice
        name={`${kind}_timing`}
        title={t('gifts.timing')}
        choices={[
          { value: 'on_day', label: t('gifts.timing_on_day') },
          {
            value: 'before',
            label: t('gifts.timing_before'),
            details: <DraftDays name={`${kind}_daysBefore`} label={t('gifts.days_before')} />,
          },
        ]}
      />
      <DraftDays name={`${kind}_expiresDays`} label={t('gifts.expires')} helpText={t('gifts.expires_help')} />
    </BlockStack>
  );
}

/** The dates for a customer who gets the gift today. */
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
