/** What the screens of orders can be told to do. */
import { z } from 'zod';
import { readIdParam } from '#app/lib/read-id.ts';
import { applyToAll, ORDERS_A_PAGE } from './order-list.server.ts';
import { explainOrder } from '../explain/explain-order.server.ts';
import { applyNow, type Gain } from '../award/refresh-orders.server.ts';
import type { NothingBecause } from '../rules/entitlement.ts';

/** What "apply now" came to for one order, for people. */
export interface AppliedOrder {
  orderId: bigint;
  name: string | null;
  outcome: 'applied' | 'gone' | 'unreachable';
  gains: Gain[];
  /** Why the order earns nothing at all; null when it does, or by its programs only. */
  nothingBecause: NothingBecause | null;
}

export type OrdersAnswer =
  { kind: 'applied'; orders: AppliedOrder[] } | { kind: 'queued'; count: number } | { kind: 'invalid' };

const applyForm = z.object({
  apply: z.union([z.literal('all'), z.array(z.string()).min(1).max(ORDERS_A_PAGE)]),
});

/** Applies the rules now to chosen orders, or has the worker do it for all that never earned. */
export async function applyFromForm(
  shop: { shopId: bigint; domain: string },
  form: unknown,
): Promise<OrdersAnswer> {
  const parsed = applyForm.safeParse(form);
  if (!parsed.success) return { kind: 'invalid' };
  const { apply } = parsed.data;
  if (apply === 'all') return { kind: 'queued', count: await applyToAll(shop.shopId) };
  const orderIds = apply.flatMap((id) => readIdParam(id) ?? []);
  return { kind: 'applied', orders: await applyToThese(shop, orderIds) };
}

/** Applies the rules now to these orders and says what came of it. */
export async function applyToThese(
  shop: { shopId: bigint; domain: string },
  orderIds: readonly bigint[],
): Promise<AppliedOrder[]> {
  const applied = await applyNow(shop, orderIds);
  return Promise.all(
    applied.map(async (one) => {
      const explained = await explainOrder(shop.shopId, one.orderId);
      const name = explained?.order.name ?? null;
      return { ...one, name, nothingBecause: explained?.earning.nothingBecause ?? null };
    }),
  );
}
