/**
 * Our reading of `Shopify.actions`, which every storefront has since June 2026: changes the cart and lets the theme show it. The
 * theme is told by the standard events, and draws its cart again.
 */
interface CodeOnCart {
  code: string;
  applicable: boolean;
}

interface CartAnswer {
  discount_codes: CodeOnCart[];
  total_price: number;
  item_count: number;
}

const { currentScript } = document;
const root = document.documentElement.dataset.root ?? '';
const hasEvents = currentScript instanceof HTMLScriptElement && currentScript.dataset.events !== undefined;

async function ask(path: string, body?: object): Promise<CartAnswer> {
  const response = await fetch(`${root}/${path}`, {
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the cart was not changed: ${response.status}`);
  const cart: CartAnswer = await response.json();
  return cart;
}

const toCart = ({ discount_codes: discountCodes, total_price: total, item_count: count }: CartAnswer) => ({
  discountCodes,
  cost: { totalAmount: { amount: (total / 100).toFixed(2) } },
  totalQuantity: count,
});

function tell(name: string, cart: ReturnType<typeof toCart>): void {
  // The theme's own refresh is not an event's business: themes without events are told by their script.
  document.dispatchEvent(new CustomEvent('sandbox:cart-changed', { detail: cart }));
  if (hasEvents)
    document.dispatchEvent(new CustomEvent(`shopify:cart:${name}`, { bubbles: true, detail: { cart } }));
}

const actions = {
  getCart: async () => ({ cart: toCart(await ask('cart.js')) }),
  updateCart: async ({ discountCodes }: { discountCodes?: string[] }) => {
    if (!Array.isArray(discountCodes)) throw new Error('sandbox: updateCart takes discountCodes only');
    const cart = toCart(await ask('cart/update.js', { discount: discountCodes.join(',') }));
    tell('discount-update', cart);
    return { cart, userErrors: [] };
  },
  openCart: async () => {
    tell('view', toCart(await ask('cart.js')));
  },
};

Object.assign(window, { Shopify: { actions } });
