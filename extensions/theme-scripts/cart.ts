/** The shop's cart: what is in it, and its discount codes. The theme refreshes itself where Shopify lets it. */

export interface CartCode {
  code: string;
  applicable: boolean;
}

/** The part of `/cart.js` that is used; every amount in hundredths, whatever the currency. */
export interface Cart {
  currency: string;
  total_price: number;
  discount_codes?: CartCode[];
  cart_level_discount_applications?: { total_allocated_amount: number }[];
  items: {
    product_id: number;
    variant_id: number;
    quantity: number;
    original_line_price: number;
    final_line_price: number;
    gift_card: boolean;
  }[];
}

interface ActionsCart {
  discountCodes?: CartCode[] | null;
}

/** `Shopify.actions` of every storefront since June 2026. */
interface StorefrontActions {
  getCart: () => Promise<{ cart?: ActionsCart | null }>;
  updateCart: (change: {
    discountCodes: string[];
  }) => Promise<{ cart?: ActionsCart | null; userErrors?: { message: string }[] }>;
}

declare global {
  interface Window {
    Shopify?: { actions?: StorefrontActions };
  }
}

/** The codes on the cart after a change, and whether the theme has been told; null: the cart could not be changed. */
export type CodesChanged = { codes: CartCode[]; isRefreshed: boolean } | null;

const SUBUNITS = 100;

/** The cart's total as decimal text. */
export const toAmount = ({ total_price: total }: Cart): string => (total / SUBUNITS).toFixed(2);

/** The lines as `product:variant:quantity:gross:discount`, discounts of the whole cart spread over them. */
export function toLines({ items, cart_level_discount_applications: whole = [] }: Cart): string {
  const goods = items.filter(({ gift_card: isGift }) => !isGift);
  const net = goods.reduce((sum, item) => sum + item.final_line_price, 0);
  const off = whole.reduce((sum, each) => sum + each.total_allocated_amount, 0);
  const share = (item: Cart['items'][number]): number =>
    item.gift_card || net === 0
      ? 0
      : Math.min(item.final_line_price, Math.round((off * item.final_line_price) / net));
  return items
    .map((item) =>
      [
        item.product_id,
        item.variant_id,
        item.quantity,
        item.original_line_price,
        item.original_line_price - item.final_line_price + share(item),
        ...(item.gift_card ? ['gift'] : []),
      ].join(':'),
    )
    .join(',');
}

/** Reads the cart; null when it can't be read. @param root the shop's root without a slash at its end */
export async function readCart(root: string): Promise<Cart | null> {
  try {
    const response = await fetch(`${root}/cart.js`, { headers: { accept: 'application/json' } });
    const cart: unknown = response.ok ? await response.json() : null;
    return isCart(cart) ? cart : null;
  } catch {
    return null;
  }
}

function isCart(value: unknown): value is Cart {
  return typeof value === 'object' && value !== null && 'items' in value && 'total_price' in value;
}

/** Codes compare without case. */
export const isSame = (one: string, other: string): boolean => one.toUpperCase() === other.toUpperCase();

/**
 * Adds our code to those that are on the cart, or takes it off; the codes of others stay. By `Shopify.actions`, after which
 * the theme shows the new total by itself, or else by the cart's own address.
 */
export async function changeCode(root: string, code: string, isAdded: boolean): Promise<CodesChanged> {
  const actions = window.Shopify?.actions;
  const withCode = (held: readonly CartCode[]): string[] => {
    const others = held.map((each) => each.code).filter((each) => !isSame(each, code));
    return isAdded ? [...others, code] : others;
  };
  if (actions?.updateCart) {
    try {
      const { cart: before } = await actions.getCart();
      const { cart, userErrors = [] } = await actions.updateCart({
        discountCodes: withCode(before?.discountCodes ?? []),
      });
      if (cart?.discountCodes) return { codes: cart.discountCodes, isRefreshed: true };
      if (userErrors.length > 0) return { codes: [], isRefreshed: true };
    } catch {
      // The cart's own address is asked.
    }
  }
  const before = await readCart(root);
  if (!before) return null;
  try {
    const response = await fetch(`${root}/cart/update.js`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ discount: withCode(before.discount_codes ?? []).join(',') }),
    });
    const after: unknown = response.ok ? await response.json() : null;
    return isCart(after) ? { codes: after.discount_codes ?? [], isRefreshed: false } : null;
  } catch {
    return null;
  }
}

/** Whether a code is on the cart and takes something off. */
export const isApplied = (codes: readonly CartCode[] | undefined, code: string): boolean =>
  codes?.some((each) => isSame(each.code, code) && each.applicable) ?? false;

/** The address that puts a code on the cart and shows it, for a cart that nothing else can change. */
export const linkOf = (root: string, code: string): string =>
  `${root}/discount/${encodeURIComponent(code)}?redirect=${encodeURIComponent(`${root}/cart`)}`;
