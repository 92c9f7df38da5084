import { tillClient } from './client.ts';
import { watchCart } from './watch-cart.ts';

/** Entry of the target pos.app.ready.data: lives as long as the till is open. */
export default function extension(): void {
  const stop = watchCart({ till: shopify, client: tillClient(shopify), pause: waitFor });
  shopify.addEventListener('transactioncomplete', () => stop.paid());
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
