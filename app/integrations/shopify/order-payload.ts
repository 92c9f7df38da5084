import type { ReadOrderQuery } from '#app/types/admin.generated.d.ts';

/** The same with texts for enums: a result that was read from a file knows no more. */
type Plain<T> = T extends string
  ? string
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : T extends object
      ? { [Key in keyof T]: Key extends '__typename' ? T[Key] : Plain<T[Key]> }
      : T;

/** An order as the Admin API answers it, with all pages of its lines. */
export type AdminOrder = Plain<NonNullable<ReadOrderQuery['order']>>;
type AdminLine = AdminOrder['lineItems']['nodes'][number];
type AdminShippingLine = AdminOrder['shippingLines']['nodes'][number];
type AdminFulfillment = AdminOrder['fulfillments'][number];
type AdminRefund = AdminOrder['refunds'][number];
type AdminAllocation = AdminLine['discountAllocations'][number];

/**
 * Writes an Admin API order in the shape of an `orders/updated` webhook, as far as the club reads that: so there is
 * one decoder for both. Ids are gids, which the decoder takes as it takes numbers.
 */
export function toOrderPayload(order: AdminOrder): Record<string, unknown> {
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
    customer: toCustomerPayload(order.customer),
    discount_applications: toApplications(order),
    line_items: order.lineItems.nodes.map(toLinePayload),
    fulfillments: order.fulfillments.map(toFulfillmentPayload),
    shipping_lines: order.shippingLines.nodes.map(toShippingPayload),
    refunds: order.refunds.filter(hasAllLines).map(toRefundPayload),
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

/** Allocations name their application by its place in this list, so it is laid out by index. */
function toApplications(order: AdminOrder): Record<string, unknown>[] {
  const applications: Record<string, unknown>[] = [];
  for (const application of order.discountApplications.nodes) {
    applications[application.index] =
      application.__typename === 'DiscountCodeApplication'
        ? { type: 'discount_code', code: application.code }
        : { type: 'other' };
  }
  return Array.from(applications, (application) => application ?? { type: 'other' });
}

function toLinePayload(line: AdminLine): Record<string, unknown> {
  return {
    admin_graphql_api_id: line.id,
    title: line.title,
    product_id: line.product?.id ?? null,
    variant_id: line.variant?.id ?? null,
    quantity: line.quantity,
    current_quantity: line.currentQuantity,
    price_set: moneySet(line.originalUnitPriceSet),
    gift_card: line.isGiftCard,
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
 * A refund with more lines than one page holds is left out: what is stored of a refund never changes, so it must be
 * whole. Its lines count all the same through `current_quantity`, and its own webhook brings the rest.
 */
function hasAllLines(refund: AdminRefund): boolean {
  return !refund.refundLineItems.pageInfo.hasNextPage;
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
    order_adjustments: refund.orderAdjustments.nodes.map(({ reason, amountSet }) => ({
      // The API names a reason only for discrepancies; what has none is refunded shipping.
      kind: reason ? 'refund_discrepancy' : 'shipping_refund',
      amount_set: moneySet(amountSet),
    })),
  };
}

function moneySet(bag: { shopMoney: { amount: string } }): { shop_money: { amount: string } } {
  return { shop_money: { amount: bag.shopMoney.amount } };
}
