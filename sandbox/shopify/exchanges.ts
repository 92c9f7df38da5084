import type { Order } from '../state.ts';
import type { World } from '../world.ts';
import { payMore } from './order-edits.ts';
import { type CartLineInput, priceLines } from './pricing.ts';
import { type RefundOutcome, makeRefund } from './refunds.ts';

export type ExchangeWish = { returned: { lineId: number; quantity: number }[]; add: CartLineInput[] };

/**
 * Exchanges units for other lines (state only; the caller announces it). The new lines join the order, the returned units
 * leave by a refund, and only the difference is paid or given back.
 */
export function makeExchange(
  world: World,
  domain: string,
  order: Order,
  { returned, add }: ExchangeWish,
): RefundOutcome {
  const before = order.financialStatus;
  const added = priceLines(world, domain, add);
  const worth = added.reduce((sum, line) => sum + line.net + (order.taxesIncluded ? 0 : line.tax), 0);
  const outcome = makeRefund(world, order, { lines: returned, amount: 0, offset: worth });
  if (!outcome.ok) return outcome;
  for (const { gross: _gross, net: _net, ...kept } of added)
    order.lines.push({ ...kept, id: world.nextId(), currentQuantity: kept.quantity });
  const gone = outcome.refund.lines.reduce(
    (sum, line) => sum + line.subtotal + (order.taxesIncluded ? 0 : line.tax),
    0,
  );
  payMore(world, order, worth - gone);
  if (outcome.refund.transactions.length === 0) order.financialStatus = before;
  return outcome;
}
