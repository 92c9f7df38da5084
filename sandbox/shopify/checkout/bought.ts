import type { MinorUnits, Order } from '../../state.ts';
import { currencyDigits, toDecimal } from '../money.ts';
import { orderTotals } from '../order-totals.ts';
import { money } from '../ui/format.ts';
import type { Words } from '../ui/i18n.ts';
import { type CheckoutCart, ownDiscount } from './checkout-cart.ts';

/** What an order bought, in the shape of the cart that it was: lines, codes and cost for the extensions after it. */
export function viewBought(words: Words, order: Order): CheckoutCart {
  const digits = currencyDigits(order.currency);
  const amount = (minor: MinorUnits) => Number(toDecimal(minor, digits));
  const show = (minor: MinorUnits) => money(words, minor, order.currency);
  const totals = orderTotals(order);
  const taken = order.discountApplications.map((application, index) => ({
    code: application.code,
    title: application.code ?? application.title,
    level: application.discountClass ?? ('order' as const),
    minor: [...order.lines.flatMap((line) => line.allocations), ...(order.shippingAllocations ?? [])]
      .filter(({ applicationIndex }) => applicationIndex === index)
      .reduce((sum, each) => sum + each.amount, 0),
  }));
  return {
    currency: order.currency,
    customerId: order.customerId === null ? null : `gid://shopify/Customer/${order.customerId}`,
    lines: order.lines.map((line) => ({
      id: `gid://shopify/CartLine/${line.id}`,
      variantId: line.variantId === null ? '' : `gid://shopify/ProductVariant/${line.variantId}`,
      productId: line.productId === null ? '' : `gid://shopify/Product/${line.productId}`,
      title: line.title,
      quantity: line.quantity,
      amount: amount(line.price * line.quantity),
      discount: amount(ownDiscount(line.allocations, order.discountApplications)),
    })),
    codes: taken.flatMap(({ code }) => (code === null ? [] : [code])),
    allocations: taken.map(({ code, title, level, minor }) => ({
      code,
      title,
      level,
      amount: amount(minor),
    })),
    subtotal: amount(totals.subtotal),
    shipping: amount(totals.shipping),
    tax: amount(totals.tax),
    total: amount(totals.total),
    shown: {
      subtotal: show(totals.subtotal),
      discounts: taken.map(({ title, minor }) => ({ title, amount: `−${show(minor)}` })),
      shipping: show(totals.shipping),
      tax: show(totals.tax),
      total: show(totals.total),
    },
  };
}
