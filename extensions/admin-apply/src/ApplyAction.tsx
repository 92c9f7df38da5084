import { useCallback, useEffect, useState } from 'preact/hooks';
import type { StaffApplyAnswer, StaffOrder } from '../../shared/staff-api.ts';
import type { StaffCause, StaffClient } from '../../shared/staff-client.ts';
import { createTexts, type Texts, type Translator } from '../../shared/texts.ts';

interface ApplyActionProps {
  i18n: Translator;
  client: StaffClient;
  orderId: string;
  onClose: () => void;
}

type Answer = { answer: StaffApplyAnswer } | { cause: StaffCause } | null;

/** Says what the rules give and what was posted, applies them on a press, and says what came of it. */
export function ApplyAction({ i18n, client, orderId, onClose }: ApplyActionProps) {
  const { translate } = i18n;
  const [order, setOrder] = useState<StaffOrder | null>(null);
  const [isRead, setIsRead] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [result, setResult] = useState<Answer>(null);
  const load = useCallback(async () => {
    const reply = await client.order(orderId);
    setOrder(reply.ok ? reply.body : null);
    setIsRead(true);
    // The club may not know the order yet: applying brings it.
    if (!reply.ok && reply.cause !== 'gone') setResult({ cause: reply.cause });
  }, [client, orderId]);
  useEffect(() => void load(), [load]);
  const apply = async () => {
    setIsBusy(true);
    const reply = await client.apply(orderId);
    await load();
    setResult(reply.ok ? { answer: reply.body } : { cause: reply.cause });
    setIsBusy(false);
  };
  const texts = order && createTexts(i18n, order);
  const isDone = result !== null && 'answer' in result && result.answer.ok;
  return (
    <s-admin-action heading={translate('title')} loading={!isRead}>
      <s-stack gap="base">
        <s-text>{translate('text')}</s-text>
        {texts && order ? <Compared texts={texts} order={order} /> : null}
        {result ? <Outcome translate={translate} texts={texts} result={result} /> : null}
      </s-stack>
      <s-button slot="secondary-actions" disabled={isBusy} onClick={onClose}>
        {translate(isDone ? 'done' : 'close')}
      </s-button>
      {isDone ? null : (
        <s-button
          slot="primary-action"
          variant="primary"
          loading={isBusy}
          disabled={isBusy || !isRead}
          onClick={() => void apply()}
        >
          {translate('apply')}
        </s-button>
      )}
    </s-admin-action>
  );
}

function Compared({ texts, order }: { texts: Texts; order: StaffOrder }) {
  const { translate } = texts;
  const sum = (amounts: StaffOrder['earns']) =>
    amounts.length === 0
      ? translate('nothingYet')
      : amounts.map(({ unit, units }) => texts.units(BigInt(units), unit)).join(' + ');
  return (
    <s-stack gap="small-200">
      <s-text>{translate('rulesGive', { amount: sum(order.earns) })}</s-text>
      <s-text>{translate('wasPosted', { amount: sum(order.posted) })}</s-text>
    </s-stack>
  );
}

function Outcome(props: {
  translate: Translator['translate'];
  texts: Texts | null;
  result: Exclude<Answer, null>;
}) {
  const { translate, texts, result } = props;
  if ('cause' in result) return <s-banner tone="critical">{translate(`cause.${result.cause}`)}</s-banner>;
  const { answer } = result;
  if (!answer.ok) return <s-banner tone="critical">{translate(`failed.${answer.reason}`)}</s-banner>;
  if (answer.gains.length > 0 && texts) {
    const amount = answer.gains.map(({ unit, units }) => texts.signed(BigInt(units), unit)).join(', ');
    return <s-banner tone="success">{translate('gained', { amount })}</s-banner>;
  }
  return (
    <s-banner tone="info">
      {translate(answer.nothing === null ? 'unchanged' : `nothing.${answer.nothing}`)}
    </s-banner>
  );
}
