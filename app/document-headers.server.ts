import { env } from './env.server.ts';
import { addDocumentResponseHeaders } from './shopify.server.ts';

const ADMIN_FRAMES = 'frame-ancestors https://admin.shopify.com https://*.myshopify.com;';

/**
 * Sets the headers of a document: only Shopify's admin may frame it. With a sandbox its admin frame may too, under
 * both names of this machine, and nothing is preloaded from Shopify's network.
 */
export function setDocumentHeaders(request: Request, headers: Headers): void {
  addDocumentResponseHeaders(request, headers);
  // The library names the shop's own admin, and sets nothing where the address does not name a shop.
  if (!headers.has('Content-Security-Policy')) headers.set('Content-Security-Policy', ADMIN_FRAMES);
  if (env.SHOPIFY_SANDBOX_ORIGIN === undefined) return;
  const { protocol, port } = new URL(env.SHOPIFY_SANDBOX_ORIGIN);
  const frames = ['127.0.0.1', 'localhost'].map((host) => `${protocol}//${host}:${port}`);
  headers.set('Content-Security-Policy', `frame-ancestors ${frames.join(' ')};`);
  headers.delete('Link');
}
