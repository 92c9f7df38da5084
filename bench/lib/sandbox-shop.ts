import { z } from 'zod';
import { startSandbox } from '../../sandbox/main.ts';
import { type Sandbox } from '#sandbox/sandbox.ts';
import type { Throttle } from '../../sandbox/shopify/admin-graphql/cost.ts';
import { signSessionToken } from '../../sandbox/shopify/session-token.ts';
import { DEMO_APP } from '../../scripts/services.ts';
import { SHOP, SHOP_ID, insertShop, withClient } from './shop-rows.ts';

/** The shop of the sandbox that benches fill. */
export const SANDBOX_SHOP = 'setia-demo.myshopify.com';

/** A sandbox in this process whose webhooks go nowhere; `throttle`: the limit of the shop's plan, Plus by default. */
export async function startQuietSandbox(throttle?: Throttle): Promise<Sandbox> {
  const { apiKey, apiSecret } = DEMO_APP;
  const sandbox = await startSandbox({
    port: 0,
    appUrl: 'http://127.0.0.1:9',
    apiKey,
    apiSecret,
    ...(throttle ? { throttle } : {}),
  });
  sandbox.webhooks.close();
  return sandbox;
}

/** The sandbox's shop in a migrated database, with a club. */
export async function insertSandboxShop(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await insertShop(client);
    await client.query('UPDATE shops SET domain = $2 WHERE domain = $1', [SHOP, SANDBOX_SHOP]);
    await client.query('SELECT seed_club($1, 10000)', [SHOP_ID]);
  });
}

/** Copies genuine customers of the sandbox's shop until it has `count`, with numbers from `firstId` on. */
export function copyCustomers({ world }: Sandbox, count: number, firstId = world.nextId()): void {
  const { customers } = world.shop(SANDBOX_SHOP);
  const seeds = [...customers];
  for (let copy = 0; customers.length < count; copy += 1) {
    const seed = seeds[copy % seeds.length];
    if (!seed) return;
    const id = firstId + copy;
    customers.push({ ...seed, id, email: `p${id}@example.com`, phone: null, metafields: [] });
  }
}

/** An access token of the sandbox's shop, as the app gets one. */
export async function accessToken(sandbox: Sandbox): Promise<string> {
  const subject = signSessionToken(sandbox.options, { surface: 'admin', shop: SANDBOX_SHOP, customer: null });
  const response = await fetch(`${sandbox.origin}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox-shop': SANDBOX_SHOP },
    body: JSON.stringify({
      client_id: sandbox.options.apiKey,
      client_secret: sandbox.options.apiSecret,
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: subject,
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
      expiring: '1',
    }),
  });
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}
