import type { CheckoutCart } from '../checkout-cart.ts';
import { defineElements } from './elements/define.ts';
import { reportUnknownElements } from './elements/strict.ts';
import { createHostApi, type HostSettings } from './host-api.ts';
import type { CheckoutMessage } from './page.ts';

function readSettings(): HostSettings {
  const settings: HostSettings = JSON.parse(document.getElementById('host-settings')?.textContent ?? '{}');
  return settings;
}

const tellPage = (message: CheckoutMessage) => parent.postMessage(message, location.origin);

/** Makes this document a place for one extension: its elements, the global `shopify`, and its height. */
function start(): void {
  defineElements();
  reportUnknownElements(document);
  const host = createHostApi(readSettings(), (cart: CheckoutCart) =>
    tellPage({ type: 'cart_changed', cart }),
  );
  Object.assign(window, { shopify: host.shopify });
  addEventListener('message', (event: MessageEvent<CheckoutMessage>) => {
    if (event.origin === location.origin && event.source === parent && event.data.type === 'cart_changed') {
      host.showCart(event.data.cart);
    }
  });
  const report = () =>
    tellPage({ type: 'height', pixels: Math.ceil(document.body.getBoundingClientRect().height) });
  new ResizeObserver(report).observe(document.body);
}

start();
