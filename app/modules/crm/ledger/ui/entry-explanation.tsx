import { BlockStack, Card, Layout, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { useEntryText } from '#app/modules/earning/explain/ui/entry-text.ts';
import { TechnicalDetails } from '#app/components/technical-details.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { Consumption, EntryExplained } from '#app/modules/earning/explain/explain-entry.server.ts';
import { FILTER_KINDS } from '../ledger-filter.ts';
import type { Unit } from '#app/lib/units.ts';
import { useActorName, useReasonName } from '../../ui/actor-name.ts';
import { RuleThenCard } from './rule-snapshot-card.tsx';

interface EntryExplanationProps {
  explained: EntryExplained;
  names: Record<string, string>;
}

/** One movement: where it comes from, by which rule, which value it took or gave, and who used that. */
export function EntryExplanation({ explained, names }: EntryExplanationProps) {
  const { line, rule, takenFrom, owed } = explained;
  const { t } = useTranslation();
  const format = useFormat();
  const { unit } = line;
  return (
    <Layout>
      <Layout.Section>
        <div className="stack">
          <SummaryCard explained={explained} />
          {rule && <RuleThenCard rule={rule} />}
          <LotCard explained={explained} />
          {takenFrom.length > 0 && (
            <ConsumptionsCard
              title={t('ledger_page.entry.taken_from')}
              rows={takenFrom}
              unit={unit}
              showUntil
            />
          )}
          {owed && (
            <Card>
              <Text as="p">
                {t('ledger_page.entry.owed', {
                  amount: format.units(owed.amount, unit),
                  remaining: format.units(owed.remaining, unit),
                })}
              </Text>
            </Card>
          )}
        </div>
      </Layout.Section>
      <Layout.Section variant="oneThird">
        <FactsCard explained={explained} names={names} />
      </Layout.Section>
    </Layout>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{title}</CardTitle>
        {children}
      </BlockStack>
    </Card>
  );
}

const SOURCES = ['order', 'refund', 'redemption', 'staff', 'job', 'import'] as const;

function SummaryCard({ explained: { line } }: { explained: EntryExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useEntryText()(line);
  const source = SOURCES.find((known) => known === line.source);
  const amount = line.unit === 'CREDIT' ? format.money(line.amount) : format.signed(line.amount);
  return (
    <Section title={t('ledger_page.entry.where_from')}>
      <Text as="p" variant="heading2xl" numeric>
        {amount}
      </Text>
      <Text as="p" variant="bodyLg">
        {text.line}
      </Text>
      <Text as="p" tone="subdued">
        {[...(source ? [t(`ledger_page.entry.sources.${source}`)] : []), ...text.details].join(' · ')}
      </Text>
      {line.orderId !== null && (
        <Link url={`/app/activity/orders/${line.orderId}`}>{t('ledger_page.entry.why')}</Link>
      )}
    </Section>
  );
}

function LotCard({ explained }: { explained: EntryExplained }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { line, remaining, givenTo } = explained;
  if (remaining === null) return null;
  const sentences = [
    t('ledger_page.entry.lot_left', {
      left: format.units(remaining, line.unit),
      amount: format.units(line.amount, line.unit),
    }),
    ...(line.validFrom ? [t('ledger_page.entry.lot_from', { day: format.day(line.validFrom) })] : []),
    // Expiry is exclusive: the day before is the last one.
    line.expiresAt
      ? t('ledger_page.entry.lot_until', { day: format.day(new Date(line.expiresAt.getTime() - 1)) })
      : t('ledger_page.entry.lot_ever'),
  ];
  return (
    <Section title={t('ledger_page.entry.lot')}>
      <Text as="p">{sentences.join(' ')}</Text>
      <Text as="h3" variant="headingSm">
        {t('ledger_page.entry.given_to')}
      </Text>
      {givenTo.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('ledger_page.entry.unused')}
        </Text>
      ) : (
        <Consumptions rows={givenTo} unit={line.unit} />
      )}
    </Section>
  );
}

interface ConsumptionsProps {
  rows: Consumption[];
  unit: Unit;
  /** The lot's end is worth knowing at the entry that took from it. */
  showUntil?: boolean;
}

function ConsumptionsCard({ title, ...rest }: ConsumptionsProps & { title: string }) {
  return (
    <Section title={title}>
      <Consumptions {...rest} />
    </Section>
  );
}

function Consumptions({ rows, unit, showUntil = false }: ConsumptionsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useMovementName();
  return (
    <ul className="bare-list">
      {rows.map((row) => {
        const details = [
          ...(showUntil && row.expiresAt
            ? [t('ledger_page.entry.until', { day: format.day(new Date(row.expiresAt.getTime() - 1)) })]
            : []),
          ...(row.restored > 0n
            ? [t('ledger_page.entry.came_back', { units: format.units(row.restored, unit) })]
            : []),
        ];
        return (
          <li key={String(row.entryId)} className="sum-line">
            <span>
              <Link url={`/app/activity/ledger/${row.entryId}`}>{nameOf(row)}</Link>
              <Text as="p" variant="bodySm" tone="subdued">
                {details.join(' · ')}
              </Text>
            </span>
            <Text as="span" numeric>
              {format.amount(row.amount, unit)}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}

function useMovementName(): (row: Consumption) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, orderName, createdAt }) => {
    const known = FILTER_KINDS.find((one) => one === kind);
    const name = known ? t(`ledger_page.kinds.${known}`) : kind;
    const day = format.day(createdAt);
    return orderName === null
      ? t('ledger_page.entry.movement', { kind: name, day })
      : t('ledger_page.entry.with_order', { kind: name, order: orderName, day });
  };
}

function OrderLink({ line: { orderId, orderName } }: { line: EntryExplained['line'] }) {
  return orderId === null ? orderName : <Link url={`/app/activity/orders/${orderId}`}>{orderName}</Link>;
}

function FactsCard({ explained, names }: EntryExplanationProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCustomerName();
  const { line, key } = explained;
  const reason = useReasonName()(line.reason);
  const actorName = useActorName(names);
  const facts: { name: string; value: ReactNode }[] = [
    {
      name: t('ledger_page.entry.customer'),
      value: <Link url={`/app/customers/${line.customerId}`}>{nameOf(line)}</Link>,
    },
    { name: t('ledger_page.entry.balance'), value: format.units(line.balanceAfter, line.unit) },
    { name: t('ledger_page.entry.by'), value: actorName(line) },
    ...(reason === null ? [] : [{ name: t('ledger_page.entry.reason'), value: reason }]),
    ...(line.note === null ? [] : [{ name: t('ledger_page.entry.note'), value: line.note }]),
    { name: t('ledger_page.entry.posted'), value: format.timestamp(line.createdAt) },
    { name: t('ledger_page.entry.effective'), value: format.timestamp(line.effectiveAt) },
    ...(line.orderName === null
      ? []
      : [{ name: t('ledger_page.entry.order'), value: <OrderLink line={line} /> }]),
    ...(line.code === null ? [] : [{ name: t('ledger_page.entry.redemption'), value: line.code }]),
  ];
  return (
    <Section title={t('ledger_page.entry.facts')}>
      <dl className="facts">
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
      <TechnicalDetails>
        <dl className="facts">
          <div>
            <dt>{t('ledger_page.entry.key')}</dt>
            <dd>{key}</dd>
          </div>
        </dl>
        <Text as="p" variant="bodySm" tone="subdued">
          {t('ledger_page.entry.key_help')}
        </Text>
      </TechnicalDetails>
    </Section>
  );
}
