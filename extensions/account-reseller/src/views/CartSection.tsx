import type { ResellerTerms } from '../../../shared/reseller-api.ts';
import type { Texts } from '../../../shared/texts.ts';
import { cartAddress } from '../storefront.ts';
import type { ResellerCart } from '../use-cart.ts';
import type { PriceList } from '../use-price-list.ts';

interface CartProps {
  texts: Texts;
  terms: ResellerTerms;
  list: PriceList;
  cart: ResellerCart;
}

/** What was chosen, what it costs, the minimum, and the way to cart and checkout. */
export function CartSection({ texts, terms, list, cart }: CartProps) {
  const { translate, money } = texts;
  const { lines, priced } = cart;
  const minimum = minimumText(texts, terms);
  if (lines.length === 0)
    return (
      <s-section heading={translate('cart.title')}>
        <s-stack gap="small-200">
          <s-paragraph>{translate('cart.empty')}</s-paragraph>
          {minimum === null ? null : <s-text color="subdued">{minimum}</s-text>}
        </s-stack>
      </s-section>
    );
  const totalOf = new Map(priced?.lines.map((line) => [line.variantId, line.totalMinor]));
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <s-section heading={translate('cart.title')}>
      <s-stack gap="base">
        {lines.map(({ variantId, quantity }) => {
          const total = totalOf.get(variantId);
          return (
            <s-grid key={variantId} gridTemplateColumns="1fr auto" gap="base">
              <s-text>{`${quantity} × ${list.known.get(variantId)?.title ?? variantId}`}</s-text>
              <s-text>{total === undefined ? '…' : money(BigInt(total))}</s-text>
            </s-grid>
          );
        })}
        <s-divider />
        <s-grid gridTemplateColumns="1fr auto" gap="base">
          <s-text type="strong">{translate('cart.total', { count: units })}</s-text>
          <s-text type="strong">{priced ? money(BigInt(priced.totalMinor)) : '…'}</s-text>
        </s-grid>
        {cart.hasFailed ? <s-banner tone="warning">{translate('cart.notPriced')}</s-banner> : null}
        {priced?.isBelowMinimum ? (
          <s-banner tone="warning">{`${translate('cart.belowMinimum')} ${minimum ?? ''}`}</s-banner>
        ) : minimum === null ? null : (
          <s-text color="subdued">{minimum}</s-text>
        )}
        <Actions texts={texts} store={list.store} cart={cart} />
      </s-stack>
    </s-section>
  );
}

function Actions({
  texts: { translate },
  store,
  cart,
}: {
  texts: Texts;
  store: string | null;
  cart: ResellerCart;
}) {
  return (
    <s-stack gap="small-200">
      <s-text color="subdued" type="small">
        {translate('cart.replaces')}
      </s-text>
      <s-stack direction="inline" gap="small-200">
        {store === null ? null : (
          <s-button variant="primary" href={cartAddress(store, cart.lines, 'checkout')}>
            {translate('cart.checkout')}
          </s-button>
        )}
        {store === null ? null : (
          <s-button variant="secondary" href={cartAddress(store, cart.lines, 'cart')}>
            {translate('cart.cart')}
          </s-button>
        )}
        <s-button variant="secondary" onClick={cart.clear}>
          {translate('cart.clear')}
        </s-button>
      </s-stack>
      {store === null ? <s-text color="subdued">{translate('cart.noStore')}</s-text> : null}
    </s-stack>
  );
}

/** What an order must reach for these prices; null for nothing. */
function minimumText({ translate, money }: Texts, terms: ResellerTerms): string | null {
  const amount = BigInt(terms.minimumMinor);
  const hasAmount = amount > BigInt(0);
  if (hasAmount && terms.minimumQuantity > 0)
    return translate('minimum.both', { amount: money(amount), quantity: terms.minimumQuantity });
  if (hasAmount) return translate('minimum.amount', { amount: money(amount) });
  return terms.minimumQuantity > 0
    ? translate('minimum.quantity', { quantity: terms.minimumQuantity })
    : null;
}
