import { useEffect, useState } from 'preact/hooks';
import type { StaffCustomer, StaffOrder } from '../../../shared/staff-api.ts';
import type { StaffCause, StaffClient } from '../../../shared/staff-client.ts';
import { createTexts } from '../../../shared/texts.ts';
import { keepBalance } from '../balances.ts';
import type { TillBase } from '../till.ts';
import { useIsOffline } from '../use-followed.ts';

interface EarnedBlockProps {
  till: TillBase;
  client: StaffClient;
  orderId: string;
  customerId: string | null;
  /** Pauses before the app is asked again whether it knows the order by now. */
  againMs: readonly number[];
  /** Opens the form with which a walk-in joins; null where no one can join. */
  onJoin: (() => void) | null;
}

type Read = { order: StaffOrder | null; customer: StaffCustomer | null } | { cause: StaffCause };

/** What an order earned, and what its customer has now. */
export function EarnedBlock(props: EarnedBlockProps) {
  const { till, client, orderId, customerId, againMs, onJoin } = props;
  const isOffline = useIsOffline(till);
  const [read, setRead] = useState<Read | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    if (!isOffline && customerId !== null)
      void follow({ client, orderId, customerId, againMs, signal: stop.signal }, (next) => {
        setRead(next);
        if ('customer' in next && next.customer) void keepBalance(till, next.customer);
      });
    return () => stop.abort();
  }, [till, client, orderId, customerId, againMs, isOffline]);
  const translate = (key: string) => till.i18n.translate(key);
  return (
    <s-pos-block heading={translate('name')}>
      {customerId === null && onJoin && !isOffline ? (
        <s-button slot="secondary-actions" onClick={onJoin}>
          {translate('earned.join')}
        </s-button>
      ) : null}
      <s-stack gap="small">
        {linesOf(props, isOffline, read).map((line) => (
          <s-text key={line}>{line}</s-text>
        ))}
      </s-stack>
    </s-pos-block>
  );
}

function linesOf({ till, customerId }: EarnedBlockProps, isOffline: boolean, read: Read | null): string[] {
  const { translate } = till.i18n;
  if (isOffline) return [translate('offline')];
  if (customerId === null) return [translate('earned.noCustomer')];
  if (!read) return [translate('loading')];
  if ('cause' in read) return [translate(`cause.${read.cause}`)];
  const { order, customer } = read;
  const balance = customer?.club.wallets[0];
  const texts = customer && createTexts(till.i18n, customer.club);
  return [
    ...(order ? earnedLines(till, order) : [translate('earned.waiting')]),
    ...(texts && balance
      ? [texts.translate('earned.balance', { balance: texts.units(BigInt(balance.available), balance.unit) })]
      : []),
  ];
}

function earnedLines({ i18n }: TillBase, order: StaffOrder): string[] {
  if (order.nothing !== null) return [i18n.translate(`nothing.${order.nothing}`)];
  const texts = createTexts(i18n, order);
  if (order.earns.length === 0) return [texts.translate('earned.none')];
  return order.earns.map(({ unit, units }) =>
    texts.translate('earned.earned', { units: texts.units(BigInt(units), unit) }),
  );
}

interface FollowInput {
  client: StaffClient;
  orderId: string;
  customerId: string;
  againMs: readonly number[];
  signal: AbortSignal;
}

/** Reads until the order is known here: Shopify may tell of it later than the till shows it. */
async function follow(input: FollowInput, show: (read: Read) => void): Promise<void> {
  const { client, orderId, customerId, againMs, signal } = input;
  for (const pauseMs of [...againMs, null]) {
    const [order, customer] = await Promise.all([client.order(orderId), client.customer(customerId, null)]);
    if (signal.aborted) return;
    const isUnknown = !order.ok && order.cause === 'gone';
    if (!order.ok && !isUnknown) return show({ cause: order.cause });
    show({ order: order.ok ? order.body : null, customer: customer.ok ? customer.body : null });
    if (order.ok || pauseMs === null) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (signal.aborted) return;
  }
}
