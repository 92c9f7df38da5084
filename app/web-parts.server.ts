/**
 * What server.ts needs besides Remix. It takes these from the Remix build (entry.server.tsx exports them) and not by
 * importing the modules a second time: the process would have two pools and two of Shopify's clients.
 */
import { pool, prisma } from './db.server.ts';
import { env } from './env.server.ts';
import { logger } from './lib/logger.server.ts';
import { healthHandler, metricsHandler } from '#app/modules/shops/health.server.ts';
import { WEBHOOK_PATH, webhookDoor } from '#app/modules/webhooks/receive.server.ts';
import { cancelWake } from '#app/modules/webhooks/wake.server.ts';

/** Where to listen, and the process's log. */
export const serverSettings = { host: env.HOST, port: env.PORT, logger };

export { healthHandler, metricsHandler, WEBHOOK_PATH, webhookDoor };

/** Ends the database connections; after the last request was answered. */
export async function closeServer(): Promise<void> {
  cancelWake();
  await Promise.all([pool.end(), prisma.$disconnect()]);
}
