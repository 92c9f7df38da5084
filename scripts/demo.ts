/**
 * `npm run demo`: the whole product on this machine, with a shop to try it in, until Ctrl-C. With `-- --check` it
 * plays the main story by itself in a temporary folder and exits with 0 only if every figure was right; with `--
 * --watch` (`npm run dev`) a change of the sources shows at once.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { removeEmbeddedPostgres } from './embedded-postgres.ts';
import { createScratchDatabase } from './lib/scratch-database.ts';
import { control } from './lib/shop-visit.ts';
import { restartWorkerOnChange } from './lib/watch-sources.ts';
import { prepare } from './prepare.ts';
import { PortBusyError, startServices, type Services } from './services.ts';

const DEFAULT_PORT = 3000;
const DEFAULT_SANDBOX_PORT = 3900;
const SHOP = 'setia-demo.myshopify.com';

/** The signal that asked the process to end; resolves once. */
const interrupted = new Promise<string>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal));
});

class Interrupted extends Error {}
class ServiceEnded extends Error {}

/** Rejects when a service ends by itself: then there is nothing left to show or to check. */
const died = Promise.withResolvers<never>();
died.promise.catch(() => undefined);
const onUnexpectedEnd = (message: string): void => died.reject(new ServiceEnded(message));

/** The services end with this process: they watch for that. */
function unlessInterrupted<T>(work: Promise<T>): Promise<T> {
  const end = interrupted.then((signal) => Promise.reject(new Interrupted(signal)));
  return Promise.race([work, end, died.promise]);
}

async function runDemo(isDevelopment: boolean): Promise<number> {
  const services = await unlessInterrupted(
    startServices({
      dataDir: path.resolve(process.env.DATA_DIR || '.data'),
      port: portFrom('PORT', DEFAULT_PORT),
      sandboxPort: portFrom('SANDBOX_PORT', DEFAULT_SANDBOX_PORT),
      ...databaseFromEnvironment(),
      rememberSandbox: true,
      development: isDevelopment,
      onUnexpectedEnd,
    }),
  );
  try {
    await unlessInterrupted(seedDemo(services));
    say(whatToTry(services));
    if (isDevelopment) restartWorkerOnChange(services);
    await Promise.race([interrupted, died.promise]);
    say('\nStopping ...');
    return 0;
  } finally {
    await services.stop();
  }
}

async function runCheck(): Promise<number> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-check-'));
  const given = databaseFromEnvironment().databaseUrl;
  const database = given === undefined ? undefined : await createScratchDatabase(given, 'setia_check');
  let services: Services | undefined;
  try {
    services = await unlessInterrupted(
      startServices({
        dataDir,
        durable: false,
        ...(database ? { databaseUrl: database.url } : {}),
        onUnexpectedEnd,
      }),
    );
    const { runCheck: play } = await import('./demo-check.ts');
    return (await unlessInterrupted(play(services))) ? 0 : 1;
  } finally {
    await services?.stop();
    await database?.drop();
    removeEmbeddedPostgres(dataDir);
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function seedDemo(services: Services): Promise<void> {
  const { seed } = await import('../prisma/seed.ts');
  const { seedMessaging } = await import('../prisma/seed-messaging.ts');
  await seed(services);
  await seedMessaging(services, SHOP);
  // The merchant has placed the club in the store's theme, too.
  const { THEME_BLOCKS } = await import('#app/modules/home/placements.ts');
  const blocks = THEME_BLOCKS.map(({ handle }) => handle);
  await control(services, 'POST', 'theme', { shop: SHOP, blocks });
}

function databaseFromEnvironment(): { databaseUrl?: string } {
  const databaseUrl = process.env.DATABASE_URL;
  return databaseUrl === undefined || databaseUrl === '' ? {} : { databaseUrl };
}

function portFrom(variable: string, otherwise: number): number {
  const text = process.env[variable];
  if (text === undefined || text === '') return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Error(`${variable}=${text} is not a port: a number from 1 to 65535.`);
}

function whatToTry({ sandboxUrl, appUrl, logDir }: Services): string {
  return `
Setia runs on a local Shopify. Ctrl-C stops everything.

  Start here     ${sandboxUrl}
  Shop admin     ${sandboxUrl}/admin/${SHOP}
  Storefront     ${sandboxUrl}/store/${SHOP}
  Account        ${sandboxUrl}/store/${SHOP}/account
  Till           ${sandboxUrl}/pos/${SHOP}
  Console        ${sandboxUrl}/console
  Health         ${appUrl}/healthz
  Logs           ${logDir}

What to try
  1. Buy something in the storefront as one of its customers. Seconds later the points are in the admin, under
     Customers: first pending, then available, as the program says.
  2. Buy again and spend points in the checkout. The discount appears at once; the order settles it.
     Or in the cart, as shops without Plus do: the club stands in the theme (admin, Online store).
     The order's page says what it earned; "Orders" and "Club" in the store's account have the rest.
  3. Refund that order in the console: its value returns to the customer.
  4. Send the campaign that waits under Messages, and see it arrive on the phones of the console; STOP and the link in
     it stop further messages. The wallet was topped up, and pays for it.
  5. At the till find a member by phone, or add one, and pay with points. In the admin's customer and order pages look
     at the blocks "Club" and "Why these points?". Home says where the club is shown.
  6. Let the console make Shopify fail (lost replies, duplicates, delays) and see that the points stay right.
`;
}

function explain(error: unknown): string {
  if (error instanceof Interrupted) return 'Interrupted.';
  if (!(error instanceof Error)) return String(error);
  const isExpected = error instanceof PortBusyError || error instanceof ServiceEnded;
  return isExpected ? error.message : (error.stack ?? error.message);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  const { values } = parseArgs({
    options: { check: { type: 'boolean', default: false }, watch: { type: 'boolean', default: false } },
  });
  await unlessInterrupted(prepare({ build: !values.watch }));
  process.exitCode = await (values.check ? runCheck() : runDemo(values.watch));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
// Whatever is still open now (an idle connection, a timer) must not keep the demo from ending.
process.exit();
