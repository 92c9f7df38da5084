/**
 * The bed of a test file with Shopify beside it: a sandbox of the file's own, in this process. Import it before anything
 * of the app: the app reads its environment, and with it the sandbox's address, when it is loaded.
 */
import { Session } from '@shopify/shopify-api';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { DEPRECATED_IN_USE } from '#app/integrations/shopify/deprecated-fields.ts';
import { emptyDatabase } from './database.ts';
import { useMailOf } from './mail.ts';
import { DEMO_SHOP, startTestSandbox, type Loose } from './sandbox.ts';
import { useTwilioOf } from './twilio.ts';

export const sandbox = await startTestSandbox({ twilioStepMs: 0 });
process.env.SHOPIFY_SANDBOX_ORIGIN = sandbox.origin;
useTwilioOf(sandbox);
useMailOf(sandbox);
const { pool } = await import('#app/db.server.ts');
const { sessionStorage } = await import('#app/shopify.server.ts');
const { ensureInstalled } = await import('#app/modules/home/install.server.ts');
const { launchClub } = await import('#app/modules/shops/launch.server.ts');
const redemptions = await import('./redemptions.ts');

const HOUR_MS = 3_600_000;

afterAll(() => sandbox.close());

/** The club of the demo's shop and what happens in that shop, new for each test after `useSandboxShop`. */
export let club: import('./redemptions.ts').SandboxClub;
export let shop: ReturnType<typeof redemptions.shopOf>;

/** Before each test: the sandbox as it starts, with its webhooks unread, and an empty database. */
export function useSandbox(): void {
  beforeEach(async () => {
    await sandbox.control('POST', '/_control/reset', { tokens: true });
    await sandbox.control('POST', '/_control/scopes', { scopes: null });
    await sandbox.control('DELETE', '/_control/faults');
    await emptyDatabase(process.env.DATABASE_URL!);
    sandbox.receiver.received.length = 0;
  });
  afterEach(expectNothingDeprecated);
}

/** What the app sends is in the table of deprecated fields, or not deprecated: inputs are seen here only. */
function expectNothingDeprecated(): void {
  const used = sandbox.world.state.requests.flatMap(({ deprecated = [] }) => deprecated);
  const unknown = used.filter((name) => !Object.hasOwn(DEPRECATED_IN_USE, name));
  expect(unknown, 'deprecated at Shopify: app/integrations/shopify/deprecated-fields.ts').toEqual([]);
}

/** As `useSandbox`, and the demo's shop has a club: `club` and `shop`. */
export function useSandboxShop({ hasOrders = true }: { hasOrders?: boolean } = {}): void {
  useSandbox();
  beforeEach(async () => {
    if (!hasOrders)
      for (const domain of sandbox.world.shopDomains()) sandbox.world.shop(domain).orders.length = 0;
    await giveClub();
  });
}

async function giveClub(): Promise<void> {
  club = await redemptions.givenSandboxClub(sandbox, DEMO_SHOP);
  shop = redemptions.shopOf(sandbox, club);
}

/** Empties the database and gives the demo's shop its club again; what happened at Shopify stays. */
export async function installAgain(): Promise<void> {
  await emptyDatabase(process.env.DATABASE_URL!);
  await giveClub();
}

/** Returns the app a session in the shop of the sandbox. */
export async function givenSandboxSession(domain: string): Promise<void> {
  const accessToken = await sandbox.accessToken(domain);
  const expires = new Date(Date.now() + HOUR_MS);
  await sessionStorage.storeSession(
    new Session({
      id: `offline_${domain}`,
      shop: domain,
      state: '',
      isOnline: false,
      accessToken,
      expires,
      scope: '',
    }),
  );
}

/** The merchant of the demo's shop lets the app read orders older than 60 days. */
export async function grantAllOrders(): Promise<void> {
  const { scopes, optionalScopes } = sandbox.appConfig;
  await sandbox.control('POST', '/_control/scopes', { scopes: [...scopes, ...optionalScopes] });
}

/** Installs the app in a shop of the sandbox, as opening it does, and launches its club; returns the shop's id. */
export async function installApp(domain: string): Promise<bigint> {
  await givenSandboxSession(domain);
  await ensureInstalled(domain);
  const { rows } = await pool.query<{ id: bigint }>('SELECT shop_id AS id FROM shops WHERE domain = $1', [
    domain,
  ]);
  await launchClub(pool, rows[0]!.id);
  return rows[0]!.id;
}

/** Rows of a query about the club's shop, which is `$1`. */
export async function select(sql: string): Promise<Loose[]> {
  return (await pool.query(sql, [club.shopId])).rows;
}

/** Makes Shopify fail: one Admin API request, or as the change says. */
export function fault(kind: string, change: object = {}) {
  return sandbox.control('POST', '/_control/faults', { target: 'graphql', kind, ...change });
}
