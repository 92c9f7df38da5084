import type { ReadOrderQuery } from '#app/types/admin.generated.d.ts';

/** The same with texts for enums: a result read from a file has no more than that. */
type Plain<T> = T extends string
  ? string
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Key in keyof T]: Key extends '__typename' ? T[Key] : Plain<T[Key]> }
      : T;

/** An order as returned by the Admin API, with all pages of its lines. */
export type AdminOrder = Plain<NonNullable<ReadOrderQuery['order']>>;
type AdminLine = AdminOrder['lineItems']['nodes'][number];
type AdminShippingLine = AdminOrder['shippingLines']['nodes'][number];
type AdminFulfillment = AdminOrder['fulfillments'][number];
type AdminRefund = AdminOrder['refunds'][number];
type AdminAllocation = AdminLine['discountAllocations'][number];

/**
 * Converts an Admin API order to the shape of an `orders/updated` webhook, as far as the club reads it, so that there
 * is one decoder for both. Ids are gids, which the decoder accepts like numbers.
 */
export function toOrderPayload(order: AdminOrder): Record<string, unknown> {
  const tip = findTip(order);
  return {
    admin_graphql_api_id: order.id,
    name: order.name,
    email: order.email ?? null,
    phone: order.phone ?? null,
    currency: order.currencyCode,
    created_at: order.createdAt,
    processed_at: order.processedAt,
    updated_at: order.updatedAt,
    cancelled_at: order.cancelledAt ?? null,
    financial_status: order.displayFinancialStatus?.toLowerCase() ?? null,
    source_name: order.sourceName ?? null,
    note: order.note ?? null,
    test: order.test,
    taxes_included: order.taxesIncluded,
    total_price_set: moneySet(order.totalPriceSet),
    original_total_price_set: moneySet(order.originalTotalPriceSet),
    total_outstanding_set: moneySet(order.totalOutstandingSet),
    transactions: order.transactions.map(toTransactionPayload),
    customer: toCustomerPayload(order.customer),
    discount_applications: toApplications(order),
    line_items: order.lineItems.nodes.map((line) => toLinePayload(line, line === tip)),
    fulfillments: order.fulfillments.map(toFulfillmentPayload),
    shipping_lines: order.shippingLines.nodes.map(toShippingPayload),
    refunds: order.refunds.filter(isWhole).map(toRefundPayload),
  };
}

/** No webhook of an order has its transactions; these have the shape that Shopify's REST API gave them. */
function toTransactionPayload(transaction: AdminOrder['transactions'][number]): Record<string, unknown> {
  return {
    kind: transaction.kind.toLowerCase(),
    status: transaction.status.toLowerCase(),
    processed_at: transaction.processedAt ?? null,
    amount_set: moneySet(transaction.amountSet),
  };
}

function toCustomerPayload(customer: AdminOrder['customer']): Record<string, unknown> | null {
  if (!customer) return null;
  return {
    admin_graphql_api_id: customer.id,
    first_name: customer.firstName ?? null,
    last_name: customer.lastName ?? null,
    email: customer.defaultEmailAddress?.emailAddress ?? null,
    phone: customer.defaultPhoneNumber?.phoneNumber ?? null,
    updated_at: customer.updatedAt,
  };
}

/** Allocations refer to their application by its index in this list. */
function toApplications(order: AdminOrder): Record<string, unknown>[] {
  const applications: Record<string, unknown>[] = [];
  for (const application of order.discountApplications.nodes)
    applications[application.index] = toApplicationPayload(application);
  return Array.from(applications, (application) => application ?? { type: 'other' });
}

type AdminApplication = AdminOrder['discountApplications']['nodes'][number];

function toApplicationPayload(application: AdminApplication): Record<string, unknown> {
  if (application.__typename === 'DiscountCodeApplication')
    return { type: 'discount_code', code: application.code };
  if (application.__typename !== 'AutomaticDiscountApplication') return { type: 'other' };
  const { title, targetType, value } = application;
  return {
    type: 'automatic',
    title,
    target_type: targetType.toLowerCase(),
    ...(value.__typename === 'PricingPercentageValue'
      ? { value_type: 'percentage', value: String(value.percentage) }
      : { value_type: 'fixed_amount' }),
  };
}

/**
 * The API marks no line as a tip and only has the tip's amount: of the lines without a product, the last one of that
 * amount is it.
 */
function findTip(order: AdminOrder): AdminLine | undefined {
  const amount = Number(order.totalTipReceivedSet.shopMoney.amount);
  if (amount === 0) return undefined;
  return order.lineItems.nodes.findLast(
    (line) =>
      !line.product &&
      !line.variant &&
      !line.isGiftCard &&
      line.quantity === 1 &&
      Number(line.originalUnitPriceSet.shopMoney.amount) === amount,
  );
}

function toLinePayload(line: AdminLine, isTip: boolean): Record<string, unknown> {
  return {
    admin_graphql_api_id: line.id,
    title: line.title,
    product_id: line.product?.id ?? null,
    variant_id: line.variant?.id ?? null,
    quantity: line.quantity,
    current_quantity: line.currentQuantity,
    price_set: moneySet(line.originalUnitPriceSet),
    gift_card: line.isGiftCard,
    ...(isTip ? { tip: {} } : {}),
    discount_allocations: line.discountAllocations.map(toAllocationPayload),
    tax_lines: line.taxLines.map((tax) => ({ price_set: moneySet(tax.priceSet) })),
  };
}

function toAllocationPayload(allocation: AdminAllocation): Record<string, unknown> {
  return {
    amount_set: moneySet(allocation.allocatedAmountSet),
    discount_application_index: allocation.discountApplication.index,
  };
}

function toShippingPayload(line: AdminShippingLine): Record<string, unknown> {
  return {
    is_removed: line.isRemoved,
    price_set: moneySet(line.originalPriceSet),
    discounted_price_set: moneySet(line.discountedPriceSet),
    discount_allocations: line.discountAllocations.map(toAllocationPayload),
    tax_lines: line.taxLines.map((tax) => ({ price_set: moneySet(tax.priceSet) })),
  };
}

function toFulfillmentPayload(fulfillment: AdminFulfillment): Record<string, unknown> {
  return {
    admin_graphql_api_id: fulfillment.id,
    created_at: fulfillment.createdAt,
    status: fulfillment.status.toLowerCase(),
    line_items: fulfillment.fulfillmentLineItems.nodes.map(({ quantity, lineItem }) => ({
      admin_graphql_api_id: lineItem.id,
      quantity: quantity ?? 0,
    })),
  };
}

/**
 * A refund of which a list is longer than its page is left out: it would replace what is stored of it.
 * Its lines still count through `current_quantity`, and its own webhook brings the rest.
 */
function isWhole({ refundLineItems, refundShippingLines, orderAdjustments }: AdminRefund): boolean {
  return ![refundLineItems, refundShippingLines, orderAdjustments].some(
    ({ pageInfo }) => pageInfo.hasNextPage,
  );
}

function toRefundPayload(refund: AdminRefund): Record<string, unknown> {
  return {
    admin_graphql_api_id: refund.id,
    created_at: refund.createdAt ?? refund.processedAt,
    processed_at: refund.processedAt,
    refund_line_items: refund.refundLineItems.nodes.map((item) => ({
      quantity: item.quantity,
      line_item: { admin_graphql_api_id: item.lineItem.id },
    })),
    refund_shipping_lines: refund.refundShippingLines.nodes.map((line) => ({
      subtotal_amount_set: moneySet(line.subtotalAmountSet),
      tax_amount_set: moneySet(line.taxAmountSet),
    })),
    duties: (refund.duties ?? []).map((duty) => ({ amount_set: moneySet(duty.amountSet) })),
    order_adjustments: refund.orderAdjustments.nodes.map(({ reason, amountSet }) => ({
      kind: 'refund_discrepancy',
      reason: reason ?? null,
      amount_set: moneySet(amountSet),
    })),
    // One for all: what counts is their sum, which the API has in shop money.
    transactions: [{ kind: 'refund', status: 'success', amount_set: moneySet(refund.totalRefundedSet) }],
  };
}

function moneySet(bag: { shopMoney: { amount: string } }): { shop_money: { amount: string } } {
  return { shop_money: { amount: bag.shopMoney.amount } };
}
