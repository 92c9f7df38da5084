import type { Order, Shop } from '../../state.ts';
import type { World } from '../../world.ts';
import type { PosCart, PosData, PosDiscount } from '../extensions/client/apis/pos-data.ts';
import { currencyDigits, toDecimal } from '../money.ts';
import { type Cart, type PricedCart, priceCart } from '../pricing.ts';
import type { Words } from '../ui/i18n.ts';
import type { TillState } from './tills.ts';

/** What a page of a till starts from. */
export interface TillVisit {
  words: Words;
  shop: Shop;
  till: TillState;
}

/** The user of the till's session token, and the member of staff whose PIN was typed last. */
export const TILL_USER_ID = 86402001;
const PINNED_STAFF_ID = 9001;

/** The till's cart as the discount engine takes it: the same that prices a checkout. */
export function cartOfTill(till: TillState): Cart {
  return {
    lines: till.lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    discountCodes: till.codes,
    customerId: till.customerId,
    sourceName: 'pos',
    ...(till.manualMinor === null ? {} : { manualDiscount: { title: 'Manual', amount: till.manualMinor } }),
  };
}

/** Prices the cart. A code that no longer applies leaves it, as at a till. */
export function priceTill(world: World, shop: Shop, till: TillState): PricedCart {
  const priced = priceCart(world, shop.domain, cartOfTill(till));
  if (priced.rejected.length === 0) return priced;
  const dropped = new Set(priced.rejected.map(({ code }) => code));
  till.codes = till.codes.filter((code) => !dropped.has(code));
  return priceCart(world, shop.domain, cartOfTill(till));
}

/** Puts a code on the cart; returns why it does not apply, or null. A manual discount gives way. */
export function addTillCode(
  world: World,
  shop: Shop,
  till: TillState,
  words: Words,
  code: string,
): string | null {
  const wanted = code.trim();
  if (till.codes.some((each) => each.toUpperCase() === wanted.toUpperCase())) return null;
  const tried = { ...till, codes: [...till.codes, wanted], manualMinor: null };
  const { rejected } = priceCart(world, shop.domain, cartOfTill(tried));
  const refusal = rejected.find((each) => each.code === wanted);
  if (refusal) return refusal.message ?? words.t(`code.${refusal.reason}`);
  const dropped = new Set(rejected.map((each) => each.code));
  till.codes = tried.codes.filter((each) => !dropped.has(each));
  till.manualMinor = null;
  return null;
}

/** What a discount of the cart takes off, in minor units. */
export function discountsOf(cart: PricedCart): { code: string | null; title: string; minor: number }[] {
  return cart.applications.map((application, index) => ({
    code: application.code,
    title: application.code ?? application.title,
    minor: cart.lines
      .flatMap((line) => line.allocations)
      .filter(({ applicationIndex }) => applicationIndex === index)
      .reduce((sum, { amount }) => sum + amount, 0),
  }));
}

/** The page's own record: a customer, or an order. */
export interface TillRecord {
  customerId?: number | null;
  order?: Order | null;
}

/** What the extensions of a till's page know. */
export function posDataOf(world: World, shop: Shop, till: TillState, record: TillRecord = {}): PosData {
  const { customerId = null, order = null } = record;
  return {
    cart: viewCart(shop, till, priceTill(world, shop, till)),
    isOffline: till.isOffline,
    currency: shop.currency,
    userId: TILL_USER_ID,
    staffMemberId: PINNED_STAFF_ID,
    transactions: till.transactions,
    customerId,
    order: order && {
      id: order.id,
      name: order.name,
      ...(order.customerId === null ? {} : { customerId: order.customerId }),
    },
  };
}

function viewCart(shop: Shop, till: TillState, cart: PricedCart): PosCart {
  const { currency } = shop;
  const digits = currencyDigits(currency);
  const text = (minor: number) => toDecimal(minor, digits);
  const discounts = discountsOf(cart).map(({ code, title, minor }): PosDiscount => ({
    amount: Number(text(minor)),
    currency,
    discountDescription: title,
    type: code !== null ? 'Code' : till.manualMinor === null ? 'Automatic' : 'FixedAmount',
  }));
  const [first] = discounts;
  return {
    editable: true,
    subtotal: text(cart.lineTotal),
    taxTotal: text(cart.tax),
    grandTotal: text(cart.total),
    ...(first ? { cartDiscount: first } : {}),
    cartDiscounts: discounts,
    ...(till.customerId === null ? {} : { customer: { id: till.customerId } }),
    lineItems: cart.lines.map((line, index) => ({
      uuid: till.lines[index]?.uuid ?? String(index),
      price: Number(text(line.price)),
      quantity: line.quantity,
      title: line.title,
      ...(line.variantId === null ? {} : { variantId: line.variantId }),
      ...(line.productId === null ? {} : { productId: line.productId }),
      discounts: [],
      taxable: true,
      taxLines: [],
      properties: {},
      isGiftCard: line.giftCard,
    })),
    properties: {},
  };
}
