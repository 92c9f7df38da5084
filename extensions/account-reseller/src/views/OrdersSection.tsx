import { useEffect, useState } from 'preact/hooks';
import type { ResellerItem } from '../../../shared/reseller-api.ts';
import type { ResellerClient } from '../../../shared/reseller-client.ts';
import type { Texts, Translator } from '../../../shared/texts.ts';
import { type PastOrder, readOrders } from '../storefront.ts';
import type { ResellerCart } from '../use-cart.ts';
import { findLinesBySku } from './add-by-sku.ts';

interface OrdersProps {
  texts: Texts;
  i18n: Translator;
  client: ResellerClient;
  onFound: (items: readonly ResellerItem[]) => void;
  cart: ResellerCart;
  toast: (content: string) => void;
}

type State = { step: 'loading' } | { step: 'unknown' } | { step: 'ready'; orders: PastOrder[] };

/** Past orders, each with its page and its documents there, and a button that puts the same into the order. */
export function OrdersSection(props: OrdersProps) {
  const { translate } = props.texts;
  const [state, setState] = useState<State>({ step: 'loading' });
  useEffect(() => {
    void readOrders().then((orders) => setState(orders ? { step: 'ready', orders } : { step: 'unknown' }));
  }, []);
  return (
    <s-section heading={translate('orders.title')}>
      <s-stack gap="base">
        {state.step === 'loading' ? <s-skeleton-paragraph /> : null}
        {state.step === 'unknown' ? <s-paragraph>{translate('orders.failed')}</s-paragraph> : null}
        {state.step === 'ready' && state.orders.length === 0 ? (
          <s-paragraph>{translate('orders.empty')}</s-paragraph>
        ) : null}
        {state.step === 'ready'
          ? state.orders.map((order) => <Order key={order.id} {...props} order={order} />)
          : null}
      </s-stack>
    </s-section>
  );
}

function Order({ texts, i18n, client, onFound, cart, toast, order }: OrdersProps & { order: PastOrder }) {
  const { translate, day } = texts;
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const again = async () => {
    setIsBusy(true);
    setProblem(null);
    const { quantities, hasOthers } = quantitiesOf(order);
    const found = quantities.size === 0 ? null : await findLinesBySku(client, quantities);
    setIsBusy(false);
    if (found === null) return setProblem(translate('orders.nothing'));
    if (!found.ok) return setProblem(translate('paste.failed'));
    onFound(found.items);
    cart.add(found.lines);
    if (found.lines.length > 0) toast(translate('paste.added', { count: found.lines.length }));
    if (hasOthers || found.missing.length + found.several.length > 0)
      setProblem(translate('orders.someMissing'));
  };
  const { amount, currencyCode } = order.totalPrice;
  const total = i18n.formatCurrency(Number(amount), {
    currency: currencyCode,
    currencyDisplay: 'narrowSymbol',
  });
  const items = order.lineItems.nodes.map(({ title, quantity }) => `${quantity} × ${title}`).join(', ');
  return (
    <s-box border="base" borderRadius="base" padding="base">
      <s-stack gap="small-200">
        <s-text type="strong">{`${order.name} · ${day(order.processedAt)} · ${total}`}</s-text>
        <s-text color="subdued" type="small">
          {items}
        </s-text>
        {problem === null ? null : <s-banner tone="warning">{problem}</s-banner>}
        <s-stack direction="inline" gap="small-200">
          <s-button
            variant="secondary"
            loading={isBusy}
            accessibilityLabel={`${translate('orders.again')}: ${order.name}`}
            onClick={() => void again()}
          >
            {translate('orders.again')}
          </s-button>
          <s-link href={order.statusPageUrl}>{translate('orders.documents')}</s-link>
        </s-stack>
      </s-stack>
    </s-box>
  );
}

function quantitiesOf({ lineItems }: PastOrder): { quantities: Map<string, number>; hasOthers: boolean } {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lineItems.nodes)
    if (sku) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return { quantities, hasOthers: lineItems.nodes.some(({ sku }) => !sku) };
}
