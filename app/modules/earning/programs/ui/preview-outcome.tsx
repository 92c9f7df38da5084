import { BlockStack, Divider, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { Entitlement } from '../../rules/earning.ts';
import { entitlementsOf, type EarningExplained } from '../../rules/entitlement.ts';
import type { CountedRow, ProgramOutcome } from '../../rules/program-earning.ts';
import { valueMinor } from '#app/modules/redemptions/rules/redemption.ts';
import { type RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import { ASKED_ABOVE_BP } from '#app/modules/shops/rules/give-back.ts';
import { UNITS, type Unit } from '#app/lib/units.ts';

interface PreviewOutcomeProps {
  earning: EarningExplained;
  /** The form's own program; null while the form is incomplete. */
  draftId: bigint | null;
  isPaused: boolean;
  /** The order's amount, minor units. */
  orderMinor: bigint;
  rate: RedemptionRate | null;
  now: Date;
}

/** Each program's part and the sum, or why there is nothing at all. */
export function PreviewOutcome({ earning, draftId, isPaused, orderMinor, rate, now }: PreviewOutcomeProps) {
  const { t } = useTranslation();
  const { nothingBecause, outcomes, offers, bonuses } = earning;
  if (nothingBecause)
    return (
      <Text as="p" tone="caution">
        {t(`explain.nothing.${nothingBecause}`)}
      </Text>
    );
  const given = entitlementsOf(earning);
  return (
    <BlockStack gap="300">
      <ul className="bare-list stack">
        {outcomes.map((outcome) => (
          <li key={String(outcome.program.programId)}>
            <ProgramPart outcome={outcome} isDraft={outcome.program.programId === draftId} now={now} />
          </li>
        ))}
        {offers.map(({ groupId, groupName, offers: [first], entitlement }) => (
          <li key={`offer ${groupId}`}>
            <Part
              name={groupName}
              amount={entitlement?.amount ?? 0n}
              unit={entitlement?.unit ?? first?.unit ?? 'POINTS'}
            />
          </li>
        ))}
        {bonuses.map(({ tier, unit, entitlement }) => (
          <li key={`tier ${unit}`}>
            <Part
              name={t('programs.preview.bonus', { tier: tier.name })}
              amount={entitlement?.amount ?? 0n}
              unit={unit}
            />
          </li>
        ))}
      </ul>
      <Divider />
      <Sum given={given} orderMinor={orderMinor} rate={rate} />
      {isPaused && draftId !== null && (
        <Text as="p" tone="caution">
          {t('programs.preview.paused')}
        </Text>
      )}
    </BlockStack>
  );
}

function Part({ name, amount, unit }: { name: string; amount: bigint; unit: Unit }) {
  const format = useFormat();
  return (
    <InlineStack align="space-between" gap="200" wrap={false}>
      <Text as="p" fontWeight="medium">
        {name}
      </Text>
      <span className="one-line">
        <Text as="p" numeric>
          {format.units(amount, unit)}
        </Text>
      </span>
    </InlineStack>
  );
}

function ProgramPart({ outcome, isDraft, now }: { outcome: ProgramOutcome; isDraft: boolean; now: Date }) {
  const { t } = useTranslation();
  // What is typed in is paid and fulfilled at once: there is one part.
  const {
    program,
    rows,
    silentBecause,
    entitlements: [entitlement],
  } = outcome;
  return (
    <BlockStack gap="050">
      <Part name={program.name} amount={entitlement?.amount ?? 0n} unit={program.unit} />
      <Text as="p" variant="bodySm" tone="subdued">
        {silentBecause ? t(`explain.silent.${silentBecause}`) : <Reason outcome={outcome} />}
      </Text>
      {!silentBecause && <RowSums rows={rows.filter(({ times }) => times > 0n)} unit={program.unit} />}
      {isDraft && entitlement && <Usable entitlement={entitlement} now={now} />}
    </BlockStack>
  );
}

/** "3 x Rp 100,000": only total spend counts steps, the others say it row by row. */
function Reason({ outcome: { program, steps } }: { outcome: ProgramOutcome }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rule, unit } = program;
  if (rule.kind !== 'spend') return null;
  return t('programs.preview.steps', {
    steps: format.number(steps),
    step: format.money(rule.stepMinor),
    each: format.units(rule.units, unit),
  });
}

function RowSums({ rows, unit }: { rows: readonly CountedRow[]; unit: Unit }) {
  const { t } = useTranslation();
  const format = useFormat();
  return rows.map((row, index) => (
    <Text as="p" variant="bodySm" tone="subdued" key={index}>
      {t('programs.preview.row', {
        title: row.title === '' ? t('programs.preview.printed') : row.title,
        times: format.number(row.times),
        each: format.units(row.units, unit),
      })}
    </Text>
  ));
}

/** From when and until when. */
function Usable({ entitlement, now }: { entitlement: Entitlement; now: Date }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { validFrom, expiresAt } = entitlement;
  const lastDay = expiresAt && new Date(expiresAt.getTime() - 1);
  return (
    <Text as="p" variant="bodySm" tone="subdued">
      {validFrom > now
        ? t('programs.preview.from', { day: format.day(validFrom) })
        : t('programs.preview.at_once')}{' '}
      {lastDay ? t('programs.preview.until', { day: format.day(lastDay) }) : t('programs.preview.forever')}
    </Text>
  );
}

interface SumProps {
  given: readonly Entitlement[];
  orderMinor: bigint;
  rate: RedemptionRate | null;
}

/** The sum, its worth and which part of the order that is. */
function Sum({ given, orderMinor, rate }: SumProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const sums = UNITS.flatMap((unit) => {
    const amount = given.reduce((sum, part) => (part.unit === unit ? sum + part.amount : sum), 0n);
    return amount > 0n ? [{ unit, amount }] : [];
  });
  const points = sums.find(({ unit }) => unit === 'POINTS')?.amount;
  const credit = sums.find(({ unit }) => unit === 'CREDIT')?.amount ?? 0n;
  const worthMinor = credit + (points !== undefined && rate ? valueMinor(points, rate) : 0n);
  const shareBp = orderMinor > 0n ? Number((worthMinor * 10_000n) / orderMinor) : 0;
  const text = new Intl.ListFormat(format.locale).format(
    sums.map(({ unit, amount }) => format.units(amount, unit)),
  );
  return (
    <BlockStack gap="100">
      <Text as="p" variant="bodyLg" fontWeight="semibold">
        {sums.length === 0 ? t('programs.preview.nothing') : t('programs.preview.sum', { earned: text })}
      </Text>
      {worthMinor > 0n && orderMinor > 0n && (
        <Text as="p" tone={shareBp > ASKED_ABOVE_BP ? 'critical' : 'subdued'}>
          {t('programs.preview.worth_share', {
            money: format.money(worthMinor),
            share: format.percent(shareBp),
          })}
        </Text>
      )}
    </BlockStack>
  );
}
