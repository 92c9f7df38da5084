import { BlockStack, Card, DataTable, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useEntryText } from '#app/components/entry-text.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { OrderExplained } from '../explain.server.ts';
import type { ProgramOutcome } from '../rules/entitlement.ts';

/** Why an order earned what it earned: each step of the sum, by the rules that were in force when it was paid. */
export function OrderExplanation({ explained }: { explained: OrderExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { earning, isSnapshot, eligibleAt, order } = explained;
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
      <PostedCard explained={explained} orderName={order.name} />
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
  const { program, base, steps, silentBecause, entitlement } = outcome;
  const { rule, unit } = program;
  const rows = base.lines.map((line, index) => [
    t('explain.item', { number: index + 1 }),
    format.number(line.quantity),
    format.money(line.grossMinor),
    line.discountMinor > 0n ? format.money(-line.discountMinor) : '–',
    line.excluded ? t(`explain.excluded.${line.excluded}`) : format.money(line.eligibleMinor),
  ]);
  const extra = [
    ...(base.shippingMinor > 0n
      ? [['', '', '', t('explain.shipping'), format.money(base.shippingMinor)]]
      : []),
    ...(base.amountRefundMinor > 0n
      ? [['', '', '', t('explain.amount_refund'), format.money(-base.amountRefundMinor)]]
      : []),
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {program.name}
        </Text>
        <DataTable
          columnContentTypes={['text', 'numeric', 'numeric', 'numeric', 'numeric']}
          headings={[
            t('explain.line'),
            t('explain.quantity'),
            t('explain.price'),
            t('explain.discount'),
            t('explain.counts'),
          ]}
          rows={[...rows, ...extra]}
          totals={['', '', '', '', format.money(base.totalMinor)]}
          totalsName={{ singular: t('explain.total'), plural: t('explain.total') }}
          showTotalsInFooter
        />
        <Text as="p">
          {t('explain.sum', {
            base: format.money(base.totalMinor),
            step: format.money(rule.stepMinor),
            steps: format.number(steps),
            each: format.units(rule.units, unit),
            earned: format.units(entitlement?.amount ?? 0n, unit),
          })}
        </Text>
        {silentBecause && (
          <Text as="p" tone="subdued">
            {t(`explain.silent.${silentBecause}`, { step: format.money(rule.stepMinor) })}
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

/** What the ledger holds for the order; its sum is what the rules say, whatever order the events came in. */
function PostedCard({ explained, orderName }: { explained: OrderExplained; orderName: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useEntryText();
  const { entries, earning } = explained;
  const programNames = new Map(
    earning.outcomes.map(({ program }) => [`program:${program.programId}`, program.name]),
  );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('explain.posted')}
        </Text>
        {entries.length === 0 ? (
          <Text as="p" tone="subdued">
            {t('explain.nothing_posted')}
          </Text>
        ) : (
          <DataTable
            columnContentTypes={['text', 'text', 'numeric']}
            headings={[t('explain.when'), t('explain.what'), t('explain.amount')]}
            rows={entries.map((entry) => [
              format.moment(entry.createdAt),
              textOf({
                ...entry,
                ...NO_DETAILS,
                orderName,
                programName: programNames.get(entry.rule ?? '') ?? null,
              }).line,
              entry.unit === 'CREDIT' ? format.money(entry.amount) : format.signed(entry.amount),
            ])}
          />
        )}
      </BlockStack>
    </Card>
  );
}

const NO_DETAILS = { code: null, note: null, validFrom: null, expiresAt: null };
