import { ensurePointsDefined } from '#app/integrations/shopify/products.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';

/** Shops in which this process has had its answer; a refusal, too, stays the same for a while. */
const asked = new Set<string>();

/**
 * Ensures that Shopify knows what the metafield of printed points is, once a process. A refusal (of whatever code) is
 * logged: points can be written without the definition, only merchants do not see them on Shopify's product page then.
 */
export async function definePoints(shopDomain: string): Promise<void> {
  if (asked.has(shopDomain)) return;
  try {
    const refusal = await ensurePointsDefined(shopDomain);
    asked.add(shopDomain);
    if (refusal !== null)
      logger.warn({ shop: shopDomain, reason: refusal }, 'printed points could not be defined');
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shop: shopDomain, reason: safeErrorText(error) }, 'printed points could not be defined');
  }
}
