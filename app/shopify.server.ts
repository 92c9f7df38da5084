import '@shopify/shopify-app-remix/adapters/node';
import { AppDistribution, LogSeverity, shopifyApp } from '@shopify/shopify-app-remix/server';
import '#app/integrations/shopify/fetch.server.ts';
import { prisma } from './db.server.ts';
import { env } from './env.server.ts';
import { SHOPIFY_API_VERSION } from '#app/integrations/shopify/api-version.ts';
import { SCOPES } from '#app/integrations/shopify/scopes.ts';
import { EncryptedSessionStorage } from '#app/integrations/shopify/session-storage.server.ts';
import { logger } from './lib/logger.server.ts';
import { scrubText } from './lib/safe-error.ts';

/** Where sessions and their tokens are stored. */
export const sessionStorage = new EncryptedSessionStorage(prisma, env.TOKEN_ENCRYPTION_KEYS);

/** Shopify's library, configured once a process. Names as in Shopify's own template. */
const shopify = shopifyApp({
  apiKey: env.SHOPIFY_API_KEY,
  apiSecretKey: env.SHOPIFY_API_SECRET,
  apiVersion: SHOPIFY_API_VERSION,
  appUrl: env.SHOPIFY_APP_URL,
  scopes: [...SCOPES],
  distribution: AppDistribution.AppStore,
  sessionStorage,
  // Token exchange needs no redirect; expiring tokens limit what a leaked row is worth.
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  logger: { level: LogSeverity.Warning, log: logOfLibrary },
});

function logOfLibrary(severity: LogSeverity, message: string): void {
  if (severity === LogSeverity.Error) logger.error({ library: 'shopify' }, scrubText(message));
  else logger.warn({ library: 'shopify' }, scrubText(message));
}

export default shopify;
export const { authenticate, unauthenticated, addDocumentResponseHeaders } = shopify;
