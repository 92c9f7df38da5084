import { useState } from 'preact/hooks';
import type { ResellerItem } from '../../../shared/reseller-api.ts';
import { valueOf } from '../../../shared/field-value.ts';
import type { Texts } from '../../../shared/texts.ts';
import { readQuantity } from '../pasted-lines.ts';
import type { Stock } from '../storefront.ts';
import type { ResellerCart } from '../use-cart.ts';
import type { ListState, PriceList } from '../use-price-list.ts';

interface ListProps {
  texts: Texts;
  state: Extract<ListState, { step: 'open' }>;
  list: PriceList;
  cart: ResellerCart;
}

/** The price list with search; a quantity beside each variant. */
export function ListSection({ texts, state, list, cart }: ListProps) {
  const { translate } = texts;
  const [typed, setTyped] = useState('');
  const search = () => void list.find(typed.trim());
  return (
    <s-section heading={translate('list.title')}>
      <s-stack gap="base">
        <s-grid gridTemplateColumns="1fr auto" gap="small-200" alignItems="center">
          <s-text-field
            label={translate('list.search')}
            value={typed}
            onInput={(event) => setTyped(valueOf(event))}
            onChange={search}
          />
          <s-button variant="secondary" loading={list.isAsking} onClick={search}>
            {translate('list.find')}
          </s-button>
        </s-grid>
        {state.items.length === 0 ? (
          <s-paragraph>{translate(state.search === '' ? 'list.empty' : 'list.nothing')}</s-paragraph>
        ) : null}
        {state.items.map((item) => (
          <Item
            key={item.variantId}
            texts={texts}
            item={item}
            stock={list.stock.get(item.variantId) ?? null}
            cart={cart}
          />
        ))}
        {state.next === null ? null : (
          <s-button variant="secondary" loading={list.isAsking} onClick={() => void list.more()}>
            {translate('list.more')}
          </s-button>
        )}
      </s-stack>
    </s-section>
  );
}

interface ItemProps {
  texts: Texts;
  item: ResellerItem;
  stock: Stock | null;
  cart: ResellerCart;
}

function Item({ texts, item, stock, cart }: ItemProps) {
  const { translate } = texts;
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = cart.lines.find(({ variantId }) => variantId === item.variantId)?.quantity ?? 0;
  const isReadable = typed === null || readQuantity(typed) !== null;
  const change = (text: string) => {
    const quantity = readQuantity(text);
    setTyped(quantity === null ? text : null);
    if (quantity !== null) cart.set(item.variantId, quantity);
  };
  const left = stock?.left ?? null;
  const isTooMany = left !== null && chosen > left;
  const error = isReadable
    ? isTooMany
      ? translate('item.left', { count: left })
      : ''
    : translate('item.quantityInvalid');
  return (
    <s-grid
      gridTemplateColumns="@container (inline-size > 480px) 1fr 110px, 1fr 88px"
      gap="base"
      alignItems="start"
    >
      <s-stack gap="small-400">
        <s-text type="strong">{item.title}</s-text>
        <s-text color="subdued" type="small">
          {[item.sku, stockText(texts, stock)].filter((part) => part !== '').join(' · ')}
        </s-text>
        <Prices texts={texts} item={item} />
      </s-stack>
      <s-number-field
        label={translate('item.quantityOf', { item: item.title })}
        labelAccessibilityVisibility="exclusive"
        value={typed ?? (chosen === 0 ? '' : String(chosen))}
        min={0}
        inputMode="numeric"
        error={error}
        disabled={stock !== null && !stock.isForSale}
        onInput={(event) => setTyped(valueOf(event))}
        onChange={(event) => change(valueOf(event))}
      />
    </s-grid>
  );
}

function stockText({ translate }: Texts, stock: Stock | null): string {
  if (stock === null) return '';
  if (!stock.isForSale) return translate('item.soldOut');
  return stock.left === null ? translate('item.inStock') : translate('item.stock', { count: stock.left });
}

/** The price of one unit, and of one of more; the store's price behind it where that is higher. */
function Prices({ texts, item }: { texts: Texts; item: ResellerItem }) {
  const { translate, money } = texts;
  const [first, ...breaks] = item.breaks;
  const unit = BigInt(first?.unitMinor ?? item.retailMinor);
  const retail = BigInt(item.retailMinor);
  return (
    <s-stack gap="small-400">
      <s-text>
        {money(unit)}
        {unit < retail ? ` (${translate('item.retail', { amount: money(retail) })})` : ''}
      </s-text>
      {breaks.map(({ quantity, unitMinor }) => (
        <s-text key={quantity} color="subdued" type="small">
          {translate('item.break', { count: quantity, amount: money(BigInt(unitMinor)) })}
        </s-text>
      ))}
    </s-stack>
  );
}
