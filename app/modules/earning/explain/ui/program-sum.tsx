import { Badge, BlockStack, Card, Divider, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { Entitlement } from '../../rules/earning.ts';
import type { BaseLine } from '../../rules/eligible-base.ts';
import type { ProgramOutcome, ProgramSilentBecause } from '../../rules/program-earning.ts';

/** The program does not look at the order at all: what of it would count says nothing. */
const NOT_ASKED: readonly ProgramSilentBecause[] = [
  'not_started',
  'ended',
  'not_member',
  'other_category',
  'other_tier',
];

/** What one program gives for the order: what counts line by line, and the sum. */
export function ProgramBreakdown({ outcome, currency }: { outcome: ProgramOutcome; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { program, silentBecause, entitlements } = outcome;
  const earned = sumOf(entitlements);
  const { unit } = program;
  const isAsked = silentBecause === null || !NOT_ASKED.includes(silentBecause);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="200">
          <CardTitle>{program.name}</CardTitle>
          {earned > 0n && <Badge tone="success">{format.units(earned, unit)}</Badge>}
        </InlineStack>
        {silentBecause && (
          <Text as="p" tone="subdued">
            {t(`explain.silent.${silentBecause}`)}
          </Text>
        )}
        {isAsked && <Sum outcome={outcome} currency={currency} />}
      </BlockStack>
    </Card>
  );
}

const sumOf = (entitlements: readonly Entitlement[]): bigint =>
  entitlements.reduce((sum, { amount }) => sum + amount, 0n);

function Sum({ outcome, currency }: { outcome: ProgramOutcome; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = (amountMinor: bigint) => format.moneyOf(amountMinor, currency);
  const { program, base, steps, rows, entitlements } = outcome;
  const { rule, unit } = program;
  return (
    <>
      <ul className="bare-list stack">
        {base.lines.map((line, index) => (
          <LineOfSum key={String(line.lineId)} line={line} number={index + 1} money={money} />
        ))}
        {base.shippingMinor > 0n && (
          <SumRow name={t('explain.shipping')} detail="" amount={money(base.shippingMinor)} />
        )}
        {base.amountRefundMinor > 0n && (
          <SumRow name={t('explain.amount_refund')} detail="" amount={money(-base.amountRefundMinor)} />
        )}
      </ul>
      <Divider />
      <InlineStack align="space-between">
        <Text as="p" fontWeight="semibold">
          {t('explain.total')}
        </Text>
        <Text as="p" fontWeight="semibold" numeric>
          {money(base.totalMinor)}
        </Text>
      </InlineStack>
      {rule.kind === 'spend' && (
        <Text as="p">
          {t('explain.sum', {
            base: money(base.totalMinor),
            step: money(rule.stepMinor),
            steps: format.number(steps),
            each: format.units(rule.units, unit),
            earned: format.units(sumOf(entitlements), unit),
          })}
        </Text>
      )}
      {rows.map((row, index) => (
        <Text as="p" key={index}>
          {t('explain.row', {
            count: row.quantity,
            title: row.title,
            quantity: format.number(row.quantity),
            times: format.number(row.times),
            each: format.units(row.units, unit),
            earned: format.units(row.times * row.units, unit),
          })}
        </Text>
      ))}
      {entitlements.map((entitlement, index) => (
        <Usable key={index} entitlement={entitlement} />
      ))}
      <Text as="p" tone="subdued">
        {rule.earnAt === 'fulfilled' && `${t('explain.at_fulfilled')} `}
        {rule.includeTax ? t('explain.with_tax') : t('explain.without_tax')}{' '}
        {rule.includeShipping ? t('explain.with_shipping') : t('explain.without_shipping')}
      </Text>
    </>
  );
}

/** From when until when what was earned can be used. */
export function Usable({ entitlement }: { entitlement: Entitlement }) {
  const { t } = useTranslation();
  const format = useFormat();
  const from = format.day(entitlement.validFrom);
  // Expiry is exclusive: the day before is the last on which it can be used.
  const until = entitlement.expiresAt && format.day(new Date(entitlement.expiresAt.getTime() - 1));
  return (
    <Text as="p" tone="subdued">
      {until ? t('explain.usable', { from, until }) : t('explain.usable_for_ever', { from })}
    </Text>
  );
}

interface LineOfSumProps {
  line: BaseLine;
  number: number;
  money: (amountMinor: bigint) => string;
}

function LineOfSum({ line, number, money }: LineOfSumProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const details = [
    t('explain.gross', {
      count: line.quantity,
      quantity: format.number(line.quantity),
      gross: money(line.grossMinor),
    }),
  ];
  if (line.discountMinor > 0n) details.push(t('explain.discount', { amount: money(line.discountMinor) }));
  if (line.refundedQuantity > 0)
    details.push(t('explain.refunded', { quantity: format.number(line.refundedQuantity) }));
  const amount = line.excluded ? t(`explain.excluded.${line.excluded}`) : money(line.eligibleMinor);
  return (
    <SumRow name={line.title ?? t('explain.item', { number })} detail={details.join(' · ')} amount={amount} />
  );
}

/** A text with what stands below it, and its figure at the end of the line. */
export function SumRow({ name, detail, amount }: { name: string; detail: string; amount: string }) {
  return (
    <li>
      <InlineStack align="space-between" gap="400" wrap={false}>
        <BlockStack>
          <Text as="p">{name}</Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {detail}
          </Text>
        </BlockStack>
        <span className="one-line">
          <Text as="p" numeric alignment="end">
            {amount}
          </Text>
        </span>
      </InlineStack>
    </li>
  );
}
