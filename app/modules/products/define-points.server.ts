import { ensurePointsDefined } from '#app/integrations/shopify/products.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';

/** Shops that this process knows to have the definition. */
const defined = new Set<string>();

/**
 * Makes sure that Shopify knows what the metafield of printed points is, once a process. What goes wrong is logged: points
 * can be written without it, only merchants do not see them on Shopify's product page then.
 */
export async function definePoints(shopDomain: string): Promise<void> {
  if (defined.has(shopDomain)) return;
  try {
    const refusal = await ensurePointsDefined(shopDomain);
    if (refusal === null) defined.add(shopDomain);
    else logger.warn({ shop: shopDomain, reason: refusal }, 'printed points could not be defined');
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shop: shopDomain, reason: safeErrorText(error) }, 'printed points could not be defined');
  }
}
