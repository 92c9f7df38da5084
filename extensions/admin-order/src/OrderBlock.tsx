import { useEffect, useState } from 'preact/hooks';
import type { StaffOrder, StaffRule } from '../../shared/staff-api.ts';
import type { StaffCause, StaffClient } from '../../shared/staff-client.ts';
import { createTexts, type Texts, type Translator } from '../../shared/texts.ts';

interface OrderBlockProps {
  i18n: Translator;
  client: StaffClient;
  orderId: string;
}

type Read = { order: StaffOrder } | { cause: StaffCause } | null;
type Amounts = StaffOrder['earns'];

const SUMMARY_MAX = 30;

/** What an order earned, rule by rule, with what was posted for it. */
export function OrderBlock({ i18n, client, orderId }: OrderBlockProps) {
  const { translate } = i18n;
  const [read, setRead] = useState<Read>(null);
  const load = () => {
    setRead(null);
    void client
      .order(orderId)
      .then((reply) => setRead(reply.ok ? { order: reply.body } : { cause: reply.cause }));
  };
  useEffect(load, [client, orderId]);
  if (read && 'order' in read)
    return <Explanation texts={createTexts(i18n, read.order)} order={read.order} />;
  return (
    <s-admin-block heading={translate('name')}>
      {read ? (
        <s-stack gap="base">
          <s-banner tone={read.cause === 'gone' ? 'info' : 'warning'}>
            {translate(`cause.${read.cause}`)}
          </s-banner>
          {read.cause === 'no_permission' ? null : <s-button onClick={load}>{translate('again')}</s-button>}
        </s-stack>
      ) : (
        <s-spinner accessibilityLabel={translate('loading')} />
      )}
    </s-admin-block>
  );
}

function Explanation({ texts, order }: { texts: Texts; order: StaffOrder }) {
  const { translate } = texts;
  const answer = answerOf(texts, order);
  return (
    <s-admin-block heading={translate('name')} collapsedSummary={summaryOf(texts, order)}>
      <s-stack gap="base">
        <s-text type="strong">{answer}</s-text>
        <s-text color="subdued">{translate(order.isKept ? 'rules.kept' : 'rules.today')}</s-text>
        {order.rules.map((rule, index) => (
          <RuleView key={index} texts={texts} rule={rule} />
        ))}
        {order.refunds > 0 ? (
          <s-text color="subdued">{translate('refunds', { count: order.refunds })}</s-text>
        ) : null}
        <s-divider />
        <s-text type="strong">{translate('posted')}</s-text>
        {order.entries.length === 0 ? <s-text color="subdued">{translate('postedNothing')}</s-text> : null}
        {order.entries.map((entry) => (
          <s-text key={entry.id}>
            {`${texts.signed(BigInt(entry.amount), entry.unit)} · ${translate(`kind.${entry.kind}`)} · ${texts.day(entry.at)}`}
          </s-text>
        ))}
        {order.isDue ? <s-banner tone="info">{translate('due')}</s-banner> : null}
        <s-button href={`app://app/activity/orders/${order.id}`}>{translate('open')}</s-button>
      </s-stack>
    </s-admin-block>
  );
}

function RuleView({ texts, rule }: { texts: Texts; rule: StaffRule }) {
  const { translate } = texts;
  const gave = texts.units(BigInt(rule.units), rule.unit);
  return (
    <s-stack gap="none">
      <s-text type="strong">{`${translate(`rule.${rule.kind}`, { name: rule.name })}: ${gave}`}</s-text>
      <s-text color="subdued">{reasonOf(texts, rule)}</s-text>
    </s-stack>
  );
}

function reasonOf(texts: Texts, { baseMinor, steps, silent, unit }: StaffRule): string {
  const { translate } = texts;
  const base = baseMinor === null ? '' : texts.money(BigInt(baseMinor));
  if (silent !== null) {
    const why = translate(`silent.${silent}`);
    return base === '' ? why : `${translate('counts', { base })} ${why}`;
  }
  if (steps)
    return translate('steps', {
      base,
      count: steps.count,
      step: texts.money(BigInt(steps.stepMinor)),
      units: texts.units(BigInt(steps.units), unit),
    });
  return base === '' ? translate('tierAdds') : translate('counts', { base });
}

const sumText = (texts: Texts, amounts: Amounts): string =>
  amounts.map(({ unit, units }) => texts.units(BigInt(units), unit)).join(' + ');

function answerOf(texts: Texts, order: StaffOrder): string {
  if (order.nothing !== null) return texts.translate(`nothing.${order.nothing}`);
  if (order.rules.length === 0) return texts.translate('noProgram');
  return order.earns.length === 0
    ? texts.translate('earnsNothing')
    : texts.translate('earns', { earned: sumText(texts, order.earns) });
}

function summaryOf(texts: Texts, order: StaffOrder): string {
  const text = order.posted.length > 0 ? sumText(texts, order.posted) : texts.translate('summaryNothing');
  return text.slice(0, SUMMARY_MAX);
}
