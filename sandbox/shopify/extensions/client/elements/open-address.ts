import type { FrameMessage } from '../protocol.ts';

/**
 * Opens what an extension links to. It is in a frame: the page around it opens the address, and knows what Shopify's own
 * schemes (`shopify:`, `extension:`, `app:`) mean.
 */
export function openAddress(address: string, target: string): void {
  if (!/^(?:shopify|extension|app):/.test(address)) {
    open(address, target === '_blank' ? '_blank' : '_top');
    return;
  }
  const message: FrameMessage = { type: 'asked', id: 0, request: { kind: 'navigate', url: address } };
  parent.postMessage(message, location.origin);
}
