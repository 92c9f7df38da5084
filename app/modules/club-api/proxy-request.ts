import type { IncomingMessage } from 'node:http';
import type { ProxyCaller } from '#app/integrations/shopify/app-proxy.server.ts';

/** A request of a shop's page; without a customer it is a guest's. */
export interface ProxyRequest {
  caller: ProxyCaller;
  /** What the path's placeholder holds; empty for none. */
  id: string;
  /** The part of the address after the question mark: the page's parameters, and Shopify's. */
  search: string;
  req: IncomingMessage;
}
