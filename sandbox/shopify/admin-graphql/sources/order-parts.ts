import type { Allocation, DiscountApplication, Order, OrderLine, Shop, Transaction } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { openUnits } from '../../fulfillments.ts';
import { toMinorUnits } from '../../money.ts';
import { lineDiscount, shippingPrice } from '../../order-totals.ts';
import { isEach } from '../../payloads/order-line.ts';
import { isTip } from '../../tips.ts';
import type { AdminContext, Source } from '../context.ts';
import { dateTime, moneyBags, moneyV2 } from './money.ts';
import { productSource, variantSource } from './product.ts';

/** `LineItem` */
export function lineItemSource(context: AdminContext, order: Order, line: OrderLine): Source {
  const bag = moneyBags(order);
  const gross = line.price * line.quantity;
  const net = gross - lineDiscount(line);
  const product = context.state.products.find((each) => each.id === line.productId);
  const variant = product?.variants.find((each) => each.id === line.variantId);
  return {
    id: gid('LineItem', line.id),
    title: line.title,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity: line.currentQuantity,
    refundableQuantity: line.currentQuantity,
    unfulfilledQuantity: openUnits(order, line.id),
    isGiftCard: line.giftCard,
    requiresShipping: !line.giftCard && !isTip(line),
    taxable: !line.giftCard && !isTip(line),
    customAttributes: [],
    originalUnitPriceSet: bag(line.price),
    originalTotalSet: bag(gross),
    // Only what was allocated on the line itself; discounts of the whole order are among the allocations.
    totalDiscountSet: bag(0),
    discountedTotalSet: (args) => bag(args.withCodeDiscounts ? net : gross),
    discountedUnitPriceSet: bag(line.price),
    discountedUnitPriceAfterAllDiscountsSet: bag(Math.round(net / line.quantity)),
    discountAllocations: () => line.allocations.map((each) => allocationSource(order, each)),
    duties: [],
    taxLines: () => taxLineSources(context.state.shop, order, line.tax),
    product: () => (product ? productSource(context, product) : null),
    variant: () => (product && variant ? variantSource(context, product, variant) : null),
  };
}

/** `DiscountAllocation` */
export function allocationSource(order: Order, allocation: Allocation): Source {
  const application = order.discountApplications[allocation.applicationIndex];
  return {
    allocatedAmountSet: moneyBags(order)(allocation.amount),
    allocatedAmount: moneyV2(allocation.amount, order.currency),
    discountApplication: application
      ? applicationSource(order, application, allocation.applicationIndex)
      : null,
  };
}

const APPLICATION_TYPES = {
  discount_code: 'DiscountCodeApplication',
  manual: 'ManualDiscountApplication',
  automatic: 'AutomaticDiscountApplication',
} as const;

/** `DiscountApplication`, as its concrete type. */
export function applicationSource(order: Order, application: DiscountApplication, index: number): Source {
  return {
    __typename: APPLICATION_TYPES[application.type],
    index,
    allocationMethod: isEach(application) ? 'EACH' : 'ACROSS',
    targetSelection: targetSelection(application),
    targetType: application.discountClass === 'shipping' ? 'SHIPPING_LINE' : 'LINE_ITEM',
    code: application.code,
    title: application.title,
    description: application.title,
    value:
      application.valueType === 'percentage'
        ? { __typename: 'PricingPercentageValue', percentage: Number(application.value) }
        : moneyV2(toMinorUnits(application.value, 2), order.currency),
  };
}

function targetSelection({ isExplicit, discountClass }: DiscountApplication): string {
  if (isExplicit) return 'EXPLICIT';
  return discountClass === 'product' ? 'ENTITLED' : 'ALL';
}

/** `TaxLine`s of an amount of tax. */
export function taxLineSources(shop: Shop, order: Order, tax: number): Source[] {
  if (tax === 0) return [];
  return [
    {
      title: shop.taxTitle,
      channelLiable: false,
      rate: shop.taxRateBasisPoints / 10_000,
      ratePercentage: shop.taxRateBasisPoints / 100,
      source: 'Shopify',
      priceSet: moneyBags(order)(tax),
    },
  ];
}

/** `OrderTransaction` */
export function transactionSource(order: Order, transaction: Transaction): Source {
  return {
    id: gid('OrderTransaction', transaction.id),
    kind: transaction.kind.toUpperCase(),
    status: transaction.isPending ? 'PENDING' : 'SUCCESS',
    test: order.test,
    gateway: transaction.gateway,
    amountSet: moneyBags(order)(transaction.amount),
    createdAt: dateTime(transaction.createdAt),
    processedAt: dateTime(transaction.createdAt),
  };
}

/** `ShippingLine` */
export function shippingLineSource(shop: Shop, order: Order): Source {
  const bag = moneyBags(order);
  return {
    id: gid('ShippingLine', order.checkoutId + 1),
    title: order.shippingTitle,
    code: order.shippingTitle,
    custom: false,
    isRemoved: false,
    source: 'shopify',
    phone: null,
    carrierIdentifier: null,
    originalPriceSet: bag(shippingPrice(order)),
    discountedPriceSet: bag(order.shipping),
    currentDiscountedPriceSet: bag(order.shipping),
    discountAllocations: () => (order.shippingAllocations ?? []).map((each) => allocationSource(order, each)),
    taxLines: taxLineSources(shop, order, order.shippingTax ?? 0),
  };
}
