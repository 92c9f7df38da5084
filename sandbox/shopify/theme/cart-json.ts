/** The cart as `/cart.js` shows it, with the codes on it and whether each takes something off. */
import type { World } from '../../world.ts';
import type { PricedCart } from '../pricing.ts';
import { priceCart } from '../pricing.ts';
import type { StoreVisit } from '../storefront/visit.ts';
import { toHundredths } from './drops.ts';

export interface CartJson {
  token: string;
  currency: string;
  item_count: number;
  original_total_price: number;
  total_price: number;
  total_discount: number;
  items_subtotal_price: number;
  discount_codes: { code: string; applicable: boolean }[];
  cart_level_discount_applications: { title: string; type: string; total_allocated_amount: number }[];
  items: CartItemJson[];
}

interface CartItemJson {
  id: number;
  key: string;
  product_id: number;
  variant_id: number;
  product_title: string;
  variant_title: string | null;
  title: string;
  handle: string;
  url: string;
  quantity: number;
  price: number;
  original_line_price: number;
  final_line_price: number;
  line_level_discount_allocations: { title: string; amount: number }[];
  gift_card: boolean;
}

/** Prices the shopper's cart with its codes; codes that take nothing off stay on it, marked. */
export function cartJson(world: World, { shop, shopper }: StoreVisit): CartJson {
  const priced = priceCart(world, shop.domain, {
    lines: shopper.lines,
    discountCodes: shopper.codes,
    customerId: shopper.customerId,
  });
  const amount = (minor: number): number => toHundredths(minor, shop.currency);
  const rejected = new Set(priced.rejected.map(({ code }) => code));
  return {
    token: `cart-${shop.id}`,
    currency: shop.currency,
    item_count: shopper.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    original_total_price: amount(priced.lineTotal),
    total_price: amount(priced.subtotal),
    total_discount: amount(priced.discountTotal),
    items_subtotal_price: amount(priced.lineTotal - offOfClass(priced, 'product')),
    discount_codes: shopper.codes.map((code) => ({ code, applicable: !rejected.has(code) })),
    cart_level_discount_applications: priced.applications.flatMap((application, index) =>
      application.discountClass === 'product'
        ? []
        : [
            {
              title: application.code ?? application.title,
              type: application.type,
              total_allocated_amount: amount(offOf(priced, index)),
            },
          ],
    ),
    items: itemsOf(world, priced, shop.domain, amount),
  };
}

function itemsOf(
  world: World,
  priced: PricedCart,
  domain: string,
  amount: (minor: number) => number,
): CartItemJson[] {
  return priced.lines.map((line, index) => {
    const handle = world.findProduct(domain, line.productId ?? '')?.handle ?? '';
    const ofLine = line.allocations.filter(
      ({ applicationIndex }) => priced.applications[applicationIndex]?.discountClass === 'product',
    );
    const off = ofLine.reduce((sum, each) => sum + each.amount, 0);
    return {
      id: line.variantId ?? 0,
      key: `${line.variantId}:${index + 1}`,
      product_id: line.productId ?? 0,
      variant_id: line.variantId ?? 0,
      product_title: line.title,
      variant_title: line.variantTitle,
      title: line.variantTitle === null ? line.title : `${line.title} - ${line.variantTitle}`,
      handle,
      url: `/store/${domain}/products/${handle}?variant=${line.variantId}`,
      quantity: line.quantity,
      price: amount(line.price),
      original_line_price: amount(line.gross),
      final_line_price: amount(line.gross - off),
      line_level_discount_allocations: ofLine.map((each) => ({
        title: priced.applications[each.applicationIndex]?.title ?? '',
        amount: amount(each.amount),
      })),
      gift_card: line.giftCard,
    };
  });
}

function offOf({ lines }: PricedCart, application: number): number {
  return lines
    .flatMap(({ allocations }) => allocations)
    .filter(({ applicationIndex }) => applicationIndex === application)
    .reduce((sum, { amount }) => sum + amount, 0);
}

function offOfClass(priced: PricedCart, wanted: string): number {
  return priced.applications.reduce(
    (sum, { discountClass }, index) => sum + (discountClass === wanted ? offOf(priced, index) : 0),
    0,
  );
}
