import type { Sandbox } from '../../sandbox.ts';
import type { Exchange } from '../../router.ts';
import type { Order } from '../../state.ts';
import { viewBought } from '../checkout/bought.ts';
import type { AccountData } from '../extensions/client/apis/account-data.ts';
import type { Shoppers } from '../storefront/shoppers.ts';
import { type StoreVisit, visitOf } from '../storefront/visit.ts';
import type { Words } from '../ui/i18n.ts';
import { gid } from '../../world.ts';

/** How a visitor may see an order: signed in as its customer, by the link of a message, or not at all. */
export type OrderAccess = 'fully_authenticated' | 'pre_authenticated' | 'none';

/** An order's page: the order, and what the visitor may see of it. */
export interface OrderVisit extends StoreVisit {
  order: Order;
  access: OrderAccess;
}

/** Reads who visits which order; null for an order that the shop doesn't have. */
export function orderVisitOf(exchange: Exchange, sandbox: Sandbox, shoppers: Shoppers): OrderVisit | null {
  const visit = visitOf(exchange, sandbox, shoppers);
  const order = sandbox.world
    .shop(visit.shop.domain)
    .orders.find(({ token }) => token === exchange.params.token);
  if (!order) return null;
  const isOwner = visit.customer !== null && visit.customer.id === order.customerId;
  const hasBuyersAddress =
    visit.customer !== null && order.email !== null && visit.customer.email === order.email;
  const hasKey = exchange.url.searchParams.get('key') === orderKey(order);
  const access = isOwner || hasBuyersAddress ? 'fully_authenticated' : hasKey ? 'pre_authenticated' : 'none';
  return { ...visit, order, access };
}

/** What the link of a message carries, so that its reader sees the order without signing in. */
export const orderKey = (order: Order): string => order.confirmationNumber.toLowerCase();

/** Returns the address of an order's page as a message links it. */
export const orderLink = (domain: string, order: Order): string =>
  `/store/${domain}/account/orders/${order.token}?key=${orderKey(order)}`;

/** What an extension on an order's page knows of it. */
export function orderData(words: Words, order: Order, access: OrderAccess): AccountData {
  return {
    order: {
      id: gid('Order', order.id),
      name: order.name,
      confirmationNumber: order.confirmationNumber,
      processedAt: order.processedAt,
      cancelledAt: order.cancelledAt,
      bought: viewBought(words, order),
      authenticationState: access === 'fully_authenticated' ? access : 'pre_authenticated',
    },
  };
}
