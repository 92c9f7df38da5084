import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';

/**
 * The result of `work`, or `{ ok: false }` and a line in the log when Shopify failed, so that the screen can say so.
 */
export async function unlessUnavailable<T>(
  shopDomain: string,
  work: () => Promise<T>,
): Promise<T | { ok: false }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shop: shopDomain, reason: safeErrorText(error) }, 'the catalog could not be read');
    return { ok: false };
  }
}
