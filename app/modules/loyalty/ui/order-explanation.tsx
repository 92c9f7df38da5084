import { BlockStack, Card, Divider, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useEntryText } from '#app/components/entry-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { OrderExplained } from '../explain.server.ts';
import type { BaseLine } from '../rules/eligible-base.ts';
import type { ProgramOutcome } from '../rules/program-earning.ts';

/** Why an order earned what it earned: each step of the sum, by the rules that were in force when it was paid. */
export function OrderExplanation({ explained }: { explained: OrderExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { earning, isSnapshot, eligibleAt } = explained;
  return (
    <div className="stack">
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t('explain.answer')}
          </Text>
          <Text as="p" variant="bodyLg">
            <Answer explained={explained} />
          </Text>
          <Text as="p" tone="subdued">
            {isSnapshot && eligibleAt
              ? t('explain.rules_kept', { time: format.moment(eligibleAt) })
              : t('explain.rules_today')}
          </Text>
        </BlockStack>
      </Card>
      {earning.outcomes.map((outcome) => (
        <ProgramSum key={String(outcome.program.programId)} outcome={outcome} />
      ))}
      <PostedCard explained={explained} />
    </div>
  );
}

/** One sentence for the whole: nothing and why, or how much. */
function Answer({ explained }: { explained: OrderExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { nothingBecause, outcomes } = explained.earning;
  if (nothingBecause) return t(`explain.nothing.${nothingBecause}`);
  const earned = outcomes.flatMap(({ entitlement }) => entitlement ?? []);
  if (outcomes.length === 0) return t('explain.no_program');
  if (earned.length === 0) return t('explain.no_step');
  const amounts = earned.map(({ amount, unit }) => format.units(amount, unit));
  return t('explain.earns', { earned: new Intl.ListFormat(format.locale).format(amounts) });
}

function ProgramSum({ outcome }: { outcome: ProgramOutcome }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { program, base, steps, rows, silentBecause, entitlement } = outcome;
  const { rule, unit } = program;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {program.name}
        </Text>
        <ul className="bare-list stack">
          {base.lines.map((line, index) => (
            <LineOfSum key={String(line.lineId)} line={line} number={index + 1} />
          ))}
          {base.shippingMinor > 0n && (
            <SumRow name={t('explain.shipping')} detail="" amount={format.money(base.shippingMinor)} />
          )}
          {base.amountRefundMinor > 0n && (
            <SumRow
              name={t('explain.amount_refund')}
              detail=""
              amount={format.money(-base.amountRefundMinor)}
            />
          )}
        </ul>
        <Divider />
        <InlineStack align="space-between">
          <Text as="p" fontWeight="semibold">
            {t('explain.total')}
          </Text>
          <Text as="p" fontWeight="semibold" numeric>
            {format.money(base.totalMinor)}
          </Text>
        </InlineStack>
        {rule.kind === 'spend' && (
          <Text as="p">
            {t('explain.sum', {
              base: format.money(base.totalMinor),
              step: format.money(rule.stepMinor),
              steps: format.number(steps),
              each: format.units(rule.units, unit),
              earned: format.units(entitlement?.amount ?? 0n, unit),
            })}
          </Text>
        )}
        {rows.map((row, index) => (
          <Text as="p" key={index}>
            {t('explain.row', {
              title: row.title,
              quantity: format.number(row.quantity),
              times: format.number(row.times),
              each: format.units(row.units, unit),
              earned: format.units(row.times * row.units, unit),
            })}
          </Text>
        ))}
        {silentBecause && (
          <Text as="p" tone="subdued">
            {t(`explain.silent.${silentBecause}`)}
          </Text>
        )}
        <Text as="p" tone="subdued">
          {rule.includeTax ? t('explain.with_tax') : t('explain.without_tax')}{' '}
          {rule.includeShipping ? t('explain.with_shipping') : t('explain.without_shipping')}
        </Text>
      </BlockStack>
    </Card>
  );
}

function LineOfSum({ line, number }: { line: BaseLine; number: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const details = [
    t('explain.gross', { quantity: format.number(line.quantity), gross: format.money(line.grossMinor) }),
  ];
  if (line.discountMinor > 0n)
    details.push(t('explain.discount', { amount: format.money(line.discountMinor) }));
  if (line.refundedQuantity > 0)
    details.push(t('explain.refunded', { quantity: format.number(line.refundedQuantity) }));
  const amount = line.excluded ? t(`explain.excluded.${line.excluded}`) : format.money(line.eligibleMinor);
  return (
    <SumRow name={line.title ?? t('explain.item', { number })} detail={details.join(' · ')} amount={amount} />
  );
}

function SumRow({ name, detail, amount }: { name: string; detail: string; amount: string }) {
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

/** What the ledger holds for the order; its sum is what the rules say, whatever order the events came in. */
function PostedCard({ explained }: { explained: OrderExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useEntryText();
  const { entries, earning, order } = explained;
  const programs = new Map(
    earning.outcomes.map(({ program }) => [`program:${program.programId}`, program.name]),
  );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('explain.posted')}
        </Text>
        {entries.length === 0 && (
          <Text as="p" tone="subdued">
            {t('explain.nothing_posted')}
          </Text>
        )}
        <ul className="bare-list stack">
          {entries.map((entry) => {
            const programName = programs.get(entry.rule ?? '') ?? null;
            return (
              <SumRow
                key={String(entry.entryId)}
                name={textOf({ ...entry, ...NO_DETAILS, orderName: order.name, programName }).line}
                detail={format.moment(entry.createdAt)}
                amount={entry.unit === 'CREDIT' ? format.money(entry.amount) : format.signed(entry.amount)}
              />
            );
          })}
        </ul>
      </BlockStack>
    </Card>
  );
}

const NO_DETAILS = { code: null, note: null, validFrom: null, expiresAt: null };
