import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';

/** What `work` gives, or `{ ok: false }` with a line in the log when Shopify failed it; a screen then says so itself. */
export async function orNoAnswer<T>(shopDomain: string, work: () => Promise<T>): Promise<T | { ok: false }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shop: shopDomain, reason: safeErrorText(error) }, 'the catalog could not be read');
    return { ok: false };
  }
}
