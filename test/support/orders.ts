/**
 * Webhook payloads of orders and refunds in the shape of the genuine captures (fixtures/webhooks): shop money in
 * `*_set.shop_money`, discounts as allocations on lines, ids beside gids. Amounts are given in whole currency units.
 */

export interface LineSpec {
  /** Its number within the order, from 1; by default its place. */
  number?: number;
  price: number;
  quantity?: number;
  /** Units left after refunds and edits that this payload includes; all by default. */
  left?: number;
  tax?: number;
  gift?: boolean;
  tip?: boolean;
  /** "Piece 1" by default. */
  title?: string;
  /** Product and variant; 1 and 2 by default. A custom line has none: null. */
  product?: number | null;
  variant?: number;
  /** Units fulfilled so far. */
  fulfilled?: number;
}

export interface DiscountSpec {
  /** A code typed at checkout; without it an automatic discount. */
  code?: string;
  type?: 'discount_code' | 'automatic' | 'manual';
  /** Of an automatic one; "Sale" by default. */
  title?: string;
  /** As Shopify writes it, "12.5": a percent; without it an amount. */
  percent?: string;
  /** What it takes off each line, by place. */
  takes: readonly number[];
  /** What it takes off shipping. */
  shipping?: number;
}

/** Beyond 2^53 as text of its digits. */
export type SpecId = number | string;

export interface RefundSpec {
  id: SpecId;
  order: SpecId;
  /** Units by line number. */
  lines?: Readonly<Record<number, number>>;
  /** Money beyond the lines. */
  extra?: number;
  shipping?: number;
  /** The money that moved, as its transaction says; without it there is none. */
  moved?: number;
  at?: string;
}

export interface OrderSpec {
  id: SpecId;
  customer?: number | string | null;
  lines: readonly LineSpec[];
  discounts?: readonly DiscountSpec[];
  refunds?: readonly RefundSpec[];
  shipping?: number;
  shippingTax?: number;
  currency?: string;
  taxesIncluded?: boolean;
  financial?: string;
  /** What is not paid yet. */
  outstanding?: number;
  cancelledAt?: string | null;
  test?: boolean;
  processedAt?: string;
  updatedAt?: string;
  /** When `fulfilled` units were fulfilled. */
  fulfilledAt?: string;
  /** Further fulfillments: units by line number. */
  fulfillments?: readonly { at: string; lines: Readonly<Record<number, number>> }[];
  /** For guest orders: the guest's contact details. */
  email?: string;
  phone?: string;
  /** `web` by default. */
  source?: string;
  note?: string;
}

const DEFAULT_AT = '2026-11-20T10:00:00+07:00';

/** Shopify's money set; buyers here pay in another currency, which must never count. */
function moneySet(amount: number, currency: string) {
  return {
    shop_money: { amount: amount.toFixed(2), currency_code: currency },
    presentment_money: { amount: (amount * 3).toFixed(2), currency_code: 'EUR' },
  };
}

function priced(field: string, amount: number, currency: string) {
  return { [field]: amount.toFixed(2), [`${field}_set`]: moneySet(amount, currency) };
}

function taxLines(tax: number, currency: string) {
  return tax === 0 ? [] : [{ title: 'PPN', rate: 0.11, ...priced('price', tax, currency) }];
}

/** So that ids of lines fit PostgreSQL's bigint, as Shopify's do. */
const ORDER_ID_MODULUS = 10n ** 16n;

/** The line's id at Shopify: as parseWebhookJson leaves it, text beyond 2^53. */
export function lineId(order: SpecId, number: number): SpecId {
  const id = (BigInt(order) % ORDER_ID_MODULUS) * 100n + BigInt(number);
  return id <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(id) : id.toString();
}

function allocations(order: OrderSpec, pick: (discount: DiscountSpec) => number, currency: string) {
  return (order.discounts ?? []).flatMap((discount, index) => {
    const amount = pick(discount);
    return amount > 0 ? [{ discount_application_index: index, ...priced('amount', amount, currency) }] : [];
  });
}

function linePayload(order: OrderSpec, line: LineSpec, place: number, currency: string) {
  const quantity = line.quantity ?? 1;
  const id = lineId(order.id, line.number ?? place + 1);
  return {
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    title: line.title ?? `Piece ${line.number ?? place + 1}`,
    product_id: line.product === undefined ? 1 : line.product,
    variant_id: line.product === null ? null : (line.variant ?? 2),
    quantity,
    current_quantity: line.left ?? quantity,
    gift_card: line.gift ?? false,
    ...(line.tip ? { tip: { payment_gateway: null, payment_method: null } } : {}),
    ...priced('price', line.price, currency),
    tax_lines: taxLines(line.tax ?? 0, currency),
    discount_allocations: allocations(order, (discount) => discount.takes[place] ?? 0, currency),
  };
}

function shippingPayload(order: OrderSpec, currency: string) {
  if (order.shipping === undefined) return [];
  const off = (order.discounts ?? []).reduce((sum, discount) => sum + (discount.shipping ?? 0), 0);
  return [
    {
      id: lineId(order.id, 99),
      is_removed: false,
      ...priced('price', order.shipping, currency),
      ...priced('discounted_price', order.shipping - off, currency),
      tax_lines: taxLines(order.shippingTax ?? 0, currency),
      discount_allocations: allocations(order, (discount) => discount.shipping ?? 0, currency),
    },
  ];
}

/** One fulfillment with everything that lines say is fulfilled, and the others. */
function fulfillmentPayloads(order: OrderSpec) {
  const others = (order.fulfillments ?? []).map(({ at, lines }, index) => ({
    id: lineId(order.id, 80 + index),
    status: 'success',
    created_at: at,
    line_items: Object.entries(lines).map(([number, quantity]) => ({
      id: lineId(order.id, Number(number)),
      quantity,
    })),
  }));
  return [...fulfillmentPayload(order), ...others];
}

function fulfillmentPayload(order: OrderSpec) {
  const lines = order.lines.flatMap((line, place) =>
    line.fulfilled ? [{ id: lineId(order.id, line.number ?? place + 1), quantity: line.fulfilled }] : [],
  );
  if (lines.length === 0) return [];
  const created_at = order.fulfilledAt ?? order.updatedAt ?? DEFAULT_AT;
  return [{ id: lineId(order.id, 98), status: 'success', created_at, line_items: lines }];
}

function application(discount: DiscountSpec) {
  const type = discount.type ?? (discount.code === undefined ? 'automatic' : 'discount_code');
  return {
    type,
    target_type: 'line_item',
    ...(discount.percent === undefined
      ? { value_type: 'fixed_amount' }
      : { value_type: 'percentage', value: discount.percent }),
    ...(discount.code === undefined ? { title: discount.title ?? 'Sale' } : { code: discount.code }),
  };
}

/** Lines and shipping less discounts, and tax where prices are without. */
function totalOf({ lines, discounts = [], shipping = 0, shippingTax = 0, taxesIncluded }: OrderSpec): number {
  const goods = lines.reduce((sum, line) => sum + line.price * (line.quantity ?? 1), 0);
  const off = discounts.flatMap((discount) => [...discount.takes, discount.shipping ?? 0]);
  const tax = lines.reduce((sum, line) => sum + (line.tax ?? 0), shippingTax);
  return goods + shipping - off.reduce((sum, amount) => sum + amount, 0) + (taxesIncluded ? 0 : tax);
}

/** The payload of orders/paid, orders/updated and orders/cancelled. */
export function orderPayload(order: OrderSpec) {
  const currency = order.currency ?? 'IDR';
  const updatedAt = order.updatedAt ?? DEFAULT_AT;
  const customer = order.customer ?? null;
  return {
    id: order.id,
    admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
    name: `#${order.id}`,
    email: order.email ?? null,
    phone: order.phone ?? null,
    source_name: order.source ?? 'web',
    note: order.note ?? null,
    currency,
    presentment_currency: 'EUR',
    created_at: order.processedAt ?? DEFAULT_AT,
    processed_at: order.processedAt ?? DEFAULT_AT,
    updated_at: updatedAt,
    cancelled_at: order.cancelledAt ?? null,
    financial_status: order.financial ?? 'paid',
    test: order.test ?? false,
    taxes_included: order.taxesIncluded ?? false,
    ...priced('total_price', totalOf(order), currency),
    ...(order.outstanding === undefined ? {} : { total_outstanding: order.outstanding.toFixed(2) }),
    customer:
      customer === null
        ? null
        : {
            id: customer,
            admin_graphql_api_id: `gid://shopify/Customer/${customer}`,
            first_name: 'Siti',
            last_name: 'Rahayu',
            email: `c${customer}@example.com`,
            updated_at: order.processedAt ?? DEFAULT_AT,
          },
    discount_applications: (order.discounts ?? []).map(application),
    discount_codes: (order.discounts ?? []).flatMap(({ code, takes }) =>
      code === undefined
        ? []
        : [{ code, amount: takes.reduce((sum, take) => sum + take, 0).toFixed(2), type: 'fixed_amount' }],
    ),
    line_items: order.lines.map((line, place) => linePayload(order, line, place, currency)),
    shipping_lines: shippingPayload(order, currency),
    fulfillments: fulfillmentPayloads(order),
    refunds: (order.refunds ?? []).map((refund) => refundPayload(refund, currency)),
  };
}

/** The payload of refunds/create, and of each of `refunds` inside an order. */
export function refundPayload(refund: RefundSpec, currency = 'IDR') {
  const adjustment = (kind: string, amount: number | undefined) =>
    amount === undefined ? [] : [{ kind, ...priced('amount', -amount, currency) }];
  return {
    id: refund.id,
    admin_graphql_api_id: `gid://shopify/Refund/${refund.id}`,
    order_id: refund.order,
    created_at: refund.at ?? DEFAULT_AT,
    processed_at: refund.at ?? DEFAULT_AT,
    refund_line_items: Object.entries(refund.lines ?? {}).map(([number, quantity]) => ({
      line_item_id: lineId(refund.order, Number(number)),
      quantity,
      subtotal: 1,
      subtotal_set: moneySet(1, currency),
    })),
    order_adjustments: [
      ...adjustment('refund_discrepancy', refund.extra),
      ...adjustment('shipping_refund', refund.shipping),
    ],
    transactions:
      refund.moved === undefined
        ? []
        : [{ kind: 'refund', status: 'success', ...priced('amount', refund.moved, currency) }],
  };
}
