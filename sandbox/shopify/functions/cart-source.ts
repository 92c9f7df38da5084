/** A cart as the input queries of Functions see it. */
import type { Collection, Customer, Metafield, Product, Variant } from '../../state.ts';
import { gid, type World } from '../../world.ts';
import { findMetafield } from '../admin-graphql/sources/metafield.ts';
import { currencyDigits, toDecimal } from '../money.ts';
import type { Cart, PricedLine } from '../pricing.ts';
import { isTip } from '../tips.ts';

/** Above this size a Function gets null instead of the metafield. */
const METAFIELD_MAX_BYTES = 10_000;

/** Where a cart is: Functions run in all but `other`, which are orders made over the API. */
export type Channel = 'web' | 'pos' | 'draft' | 'other';

/** The channel of an order's `source_name`. */
export function channelOf({ sourceName = 'web' }: Pick<Cart, 'sourceName'>): Channel {
  if (sourceName === 'web' || sourceName === 'pos') return sourceName;
  return sourceName === 'shopify_draft_order' ? 'draft' : 'other';
}

/** The cart's currency, with its digits and its units for one of the shop's. */
export function currencyOf(world: World, domain: string, cart: Cart) {
  const { currency: ofShop } = world.shop(domain).shop;
  const currency = cart.presentmentCurrency ?? ofShop;
  return {
    currency,
    digits: currencyDigits(currency),
    shopDigits: currencyDigits(ofShop),
    rate: currency === ofShop ? 1 : (cart.presentmentRate ?? 1),
  };
}

/** Minor units of the shop's currency in those of the cart's. */
export function toPresentment(
  minor: number,
  { rate, digits, shopDigits }: ReturnType<typeof currencyOf>,
): number {
  return rate === 1 ? minor : Math.round(minor * rate * 10 ** (digits - shopDigits));
}

/** Minor units of the cart's currency in those of the shop's. */
export function fromPresentment(
  minor: number,
  { rate, digits, shopDigits }: ReturnType<typeof currencyOf>,
): number {
  return rate === 1 ? minor : Math.round((minor / rate) * 10 ** (shopDigits - digits));
}

/** The id of a cart's line, as long as Shopify's. */
export function cartLineId(index: number): string {
  return `gid://shopify/CartLine/${String(index + 1).padStart(8, '0')}-4b1f-4c7e-9a0d-2f6c8b1d7e55`;
}

/** The place of a line in its cart. */
export function cartLineIndex(id: string): number {
  return Number(/\/CartLine\/(\d{8})-/.exec(id)?.[1] ?? Number.NaN) - 1;
}

/** The fields of `Input.cart` that the sandbox knows. */
export function cartSource(world: World, domain: string, cart: Cart, lines: readonly PricedLine[]): object {
  const customer = buyerOf(world, domain, cart);
  const channel = channelOf(cart);
  return {
    retailLocation: channel === 'pos' ? { __typename: 'Location' } : null,
    buyerIdentity: {
      isAuthenticated: isAuthenticated(world, domain, cart),
      email: cart.email ?? customer?.email ?? null,
      purchasingCompany: cart.isCompany ? { __typename: 'PurchasingCompany' } : null,
      customer: customer && { id: gid('Customer', customer.id), metafield: metafieldOf(customer) },
    },
    lines: lines.map((line, index) => lineSource(world, domain, cart, line, index)),
  };
}

/** An address that is typed at the checkout puts its customer on the cart, without signing in. */
function buyerOf(world: World, domain: string, cart: Cart): Customer | null {
  const reference = cart.customerId ?? cart.email;
  return reference == null ? null : (world.findCustomer(domain, reference) ?? null);
}

function isAuthenticated(world: World, domain: string, cart: Cart): boolean {
  if (cart.customerId === null || cart.isSignedIn === false) return false;
  const channel = channelOf(cart);
  if (channel === 'draft') return world.shop(domain).functionSwitches?.areDraftsAuthenticated ?? false;
  return channel === 'web';
}

function lineSource(world: World, domain: string, cart: Cart, line: PricedLine, index: number): object {
  const money = currencyOf(world, domain, cart);
  const amount = (minor: number) => ({
    amount: toDecimal(toPresentment(minor, money), money.digits),
    currencyCode: money.currency,
  });
  const found = isTip(line) ? null : findVariant(world, domain, line.variantId);
  const compareAt = found?.variant.compareAtPrice ?? null;
  return {
    id: cartLineId(index),
    quantity: line.quantity,
    cost: {
      amountPerQuantity: amount(line.price),
      compareAtAmountPerQuantity: compareAt === null ? null : amount(compareAt),
      subtotalAmount: amount(line.gross),
      totalAmount: amount(line.gross),
    },
    sellingPlanAllocation: cart.lines[index]?.isSubscription ? { __typename: 'SellingPlanAllocation' } : null,
    merchandise: found
      ? variantSource(found.product, found.variant, world.shop(domain).collections)
      : { __typename: 'CustomProduct', title: line.title },
  };
}

function findVariant(
  world: World,
  domain: string,
  id: number | null,
): { product: Product; variant: Variant } | null {
  for (const product of world.shop(domain).products) {
    const variant = product.variants.find((each) => each.id === id);
    if (variant) return { product, variant };
  }
  return null;
}

function variantSource(product: Product, variant: Variant, collections: readonly Collection[]): object {
  return {
    __typename: 'ProductVariant',
    id: gid('ProductVariant', variant.id),
    metafield: metafieldOf(variant),
    product: {
      id: gid('Product', product.id),
      title: product.title,
      isGiftCard: product.giftCard,
      metafield: metafieldOf(product),
      inAnyCollection: ({ ids }: { ids?: readonly string[] | null }) =>
        collections.some(
          ({ id, productIds }) => productIds.includes(product.id) && ids?.includes(gid('Collection', id)),
        ),
    },
  };
}

/** The field `metafield` of an owner, as Functions see it. */
export function metafieldOf(owner: { metafields?: Metafield[] }) {
  return ({ namespace = '$app', key }: { namespace?: string | null; key: string }): object | null => {
    const found = findMetafield(owner, namespace ?? '$app', key);
    if (!found || Buffer.byteLength(found.value) > METAFIELD_MAX_BYTES) return null;
    return {
      value: found.value,
      type: found.type,
      jsonValue: (): unknown => (found.type === 'json' ? JSON.parse(found.value) : found.value),
    };
  };
}
