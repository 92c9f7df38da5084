/**
 * What server.ts needs besides Remix. It gets these from the Remix build (entry.server.tsx exports them) instead of
 * importing the modules a second time: otherwise the process would have two pools and two Shopify clients.
 */
import { pool, prisma } from './db.server.ts';
import { env } from './env.server.ts';
import { logger } from './lib/logger.server.ts';
import { CLUB_API_PREFIX, clubDoor } from '#app/modules/club-api/club-door.server.ts';
import { PROXY_PREFIX, proxyDoor } from '#app/modules/club-api/proxy-door.server.ts';
import { STAFF_API_PREFIX, staffDoor } from '#app/modules/club-api/staff/staff-door.server.ts';
import { healthHandler, metricsHandler } from '#app/modules/inbox/health.server.ts';
import { WEBHOOK_PATH, webhookDoor } from '#app/modules/inbox/webhook-door.server.ts';
import { TWILIO_PREFIX, twilioDoor } from '#app/modules/messaging/doors/twilio-door.server.ts';
import { cancelWake } from '#app/modules/inbox/wake-inbox.server.ts';

/** Where to listen, and the process's log. */
export const serverSettings = { host: env.HOST, port: env.PORT, logger };

export {
  CLUB_API_PREFIX,
  clubDoor,
  healthHandler,
  metricsHandler,
  PROXY_PREFIX,
  proxyDoor,
  STAFF_API_PREFIX,
  staffDoor,
  TWILIO_PREFIX,
  twilioDoor,
  WEBHOOK_PATH,
  webhookDoor,
};

/** Closes the database connections; called after the last response. */
export async function closeServer(): Promise<void> {
  cancelWake();
  await Promise.all([pool.end(), prisma.$disconnect()]);
}
