import type { CheckoutCart } from '../../../checkout/checkout-cart.ts';
import { type ApiContext, standardParts, type TargetApi } from './standard.ts';
import type { HostData } from '../protocol.ts';
import type { CheckoutData, CodeChange } from './checkout-data.ts';

function checkoutOf({ checkout }: HostData): CheckoutData {
  if (!checkout) throw new Error('this page has no checkout');
  return checkout;
}

/** The API of a block in the checkout. */
export function checkoutApi(context: ApiContext): TargetApi {
  const { services, follow } = context;
  return {
    shopify: {
      ...sharedParts(context),
      instructions: follow((data) => ({
        discounts: { canUpdateDiscountCodes: checkoutOf(data).canChangeCodes },
      })),
      applyDiscountCodeChange: (change: CodeChange) => services.askServer('codes', change),
    },
  };
}

/** The API of a block on the page after the order. */
export function thankYouApi(context: ApiContext): TargetApi {
  const orderConfirmation = context.follow((data) => {
    const { confirmation } = checkoutOf(data);
    if (!confirmation) throw new Error('this page has no order');
    const { orderId, number, isFirstOrder } = confirmation;
    return { order: { id: orderId }, number, isFirstOrder };
  });
  return { shopify: { ...sharedParts(context), orderConfirmation } };
}

/** What both have: the buyer, the cart or the lines that were bought, their cost and their discounts. */
function sharedParts(context: ApiContext) {
  const { settings, follow, fixed } = context;
  const { customer, shop, locale, storefrontUrl } = settings;
  const cartOf = (data: HostData) => checkoutOf(data).cart;
  const money = (read: (cart: CheckoutCart) => number) =>
    follow((data) => ({ amount: read(cartOf(data)), currencyCode: cartOf(data).currency }));
  return {
    ...standardParts(context),
    shop: {
      id: `gid://shopify/Shop/${shop.id}`,
      name: shop.name,
      myshopifyDomain: shop.domain,
      storefrontUrl,
    },
    buyerIdentity: {
      customer: fixed(customer ? { id: customer.id } : undefined),
      email: fixed(customer?.email ?? undefined),
      phone: fixed(customer?.phone ?? undefined),
      purchasingCompany: fixed(undefined),
    },
    cost: {
      subtotalAmount: money((cart) => cart.subtotal),
      totalShippingAmount: money((cart) => cart.shipping),
      totalTaxAmount: money((cart) => cart.tax),
      totalAmount: money((cart) => cart.total),
    },
    lines: follow((data) => cartOf(data).lines.map((line) => lineOf(line, cartOf(data).currency))),
    discountCodes: follow((data) => cartOf(data).codes.map((code) => ({ code }))),
    discountAllocations: follow((data) => allocationsOf(cartOf(data))),
    localization: {
      currency: follow((data) => ({ isoCode: cartOf(data).currency })),
      language: fixed({ isoCode: locale }),
      extensionLanguage: fixed({ isoCode: locale }),
      country: fixed({ isoCode: shop.countryCode }),
      timezone: fixed(shop.timeZone),
    },
    settings: fixed({}),
  };
}

/** The discounts of the whole cart or order; a product's are on its lines. */
export function allocationsOf({ allocations, currency }: CheckoutCart) {
  return allocations
    .filter(({ level }) => level === 'order')
    .map(({ code, title, amount }) => ({
      ...(code === null ? { type: 'automatic', title } : { type: 'code', code }),
      discountedAmount: { amount, currencyCode: currency },
    }));
}

/** A line of the cart as the APIs of checkout and order have it. */
export function lineOf(line: CheckoutCart['lines'][number], currencyCode: string) {
  return {
    id: line.id,
    quantity: line.quantity,
    merchandise: {
      type: 'variant',
      id: line.variantId,
      title: line.title,
      product: { id: line.productId },
      selectedOptions: [],
    },
    cost: { totalAmount: { amount: line.amount - line.discount, currencyCode } },
    attributes: [],
    discountAllocations:
      line.discount === 0
        ? []
        : [{ type: 'automatic', title: '', discountedAmount: { amount: line.discount, currencyCode } }],
  };
}
