import { env } from './env.server.ts';
import { addDocumentResponseHeaders } from './shopify.server.ts';

/**
 * The headers of a document: only Shopify's admin may frame it. With a sandbox its admin frame may, under both names
 * of this machine, and nothing is preloaded from Shopify's network.
 */
export function setDocumentHeaders(request: Request, headers: Headers): void {
  addDocumentResponseHeaders(request, headers);
  if (env.SHOPIFY_SANDBOX_ORIGIN === undefined) return;
  const { protocol, port } = new URL(env.SHOPIFY_SANDBOX_ORIGIN);
  const frames = ['127.0.0.1', 'localhost'].map((host) => `${protocol}//${host}:${port}`);
  headers.set('Content-Security-Policy', `frame-ancestors ${frames.join(' ')};`);
  headers.delete('Link');
}
