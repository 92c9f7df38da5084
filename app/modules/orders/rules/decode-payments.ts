import { optionalTimestamp, readList, readObject, shopMoney, type JsonObject } from '#app/lib/decode.ts';
import { wasPaid, type OrderState } from './order-state.ts';

/** Payments, as opposed to authorizations, voids and refunds. */
const PAYING = new Set(['sale', 'capture']);

type Payable = Pick<OrderState, 'currency' | 'processedAt' | 'totalMinor' | 'financial'>;

/**
 * Reads when payments first covered what an order was made for, before edits: `original_total_price_set` and
 * `transactions`, which only readings have. Null where payments are not listed or never covered it.
 * https://shopify.dev/docs/api/admin-graphql/latest/objects/Order (originalTotalPriceSet, transactions)
 */
export function readPaidAt(
  order: JsonObject,
  { currency, processedAt, totalMinor, financial }: Payable,
): Date | null {
  if (order.transactions === undefined) return null;
  const dueMinor = shopMoney(order, 'original_total_price', currency, 'order') ?? totalMinor;
  const payments = readList(order.transactions, 'order.transactions')
    .flatMap((value, index) => readPayment(value, `order.transactions[${index}]`, currency))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  if (dueMinor === 0n) return processedAt;
  let paidMinor = 0n;
  for (const { at, amountMinor } of payments) {
    paidMinor += amountMinor;
    if (paidMinor >= dueMinor) return at;
  }
  // An edit took off what was not paid yet; or the order was imported without its payments.
  return wasPaid({ financial }) ? (payments.at(-1)?.at ?? processedAt) : null;
}

/**
 * Reads what payments brought in all. Null where the payload lists no transactions at all, as webhooks do; an order without any
 * payment was imported, and nothing can be told from that: its total.
 */
export function readReceived(
  order: JsonObject,
  { currency, totalMinor }: Pick<OrderState, 'currency' | 'totalMinor'>,
): bigint | null {
  if (order.transactions === undefined) return null;
  const payments = readList(order.transactions, 'order.transactions').flatMap((value, index) =>
    readPayment(value, `order.transactions[${index}]`, currency),
  );
  if (payments.length === 0) return totalMinor;
  return payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

function readPayment(value: unknown, path: string, currency: string): { at: Date; amountMinor: bigint }[] {
  const transaction = readObject(value, path);
  const { kind, status } = transaction;
  if (typeof kind !== 'string' || !PAYING.has(kind) || status !== 'success') return [];
  const at = optionalTimestamp(transaction.processed_at, `${path}.processed_at`);
  return at ? [{ at, amountMinor: shopMoney(transaction, 'amount', currency, path) ?? 0n }] : [];
}
