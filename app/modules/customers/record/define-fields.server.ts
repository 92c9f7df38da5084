import { ensureCustomerFieldsDefined } from '#app/integrations/shopify/customer-parts.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';

/** Shops that this process knows to have the definitions. */
const defined = new Set<string>();

/**
 * Makes sure that Shopify knows what the metafields of customers are, once a process. What goes wrong is logged: they can
 * be written without it, only merchants do not see them on Shopify's customer page then.
 */
export async function defineCustomerFields(shopDomain: string): Promise<void> {
  if (defined.has(shopDomain)) return;
  try {
    const refusal = await ensureCustomerFieldsDefined(shopDomain);
    if (refusal === null) defined.add(shopDomain);
    else logger.warn({ shop: shopDomain, reason: refusal }, 'fields of customers could not be defined');
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn(
      { shop: shopDomain, reason: safeErrorText(error) },
      'fields of customers could not be defined',
    );
  }
}
