/** read_all_orders is optional: orders of 60 days first, all of them once the merchant has granted it. */
import { beforeEach, expect, test } from 'vitest';
import { club, grantAllOrders, sandbox, select, shop, useSandboxShop } from '#test/support/sandbox-bed.ts';
import * as db from '#app/db.server.ts';
import * as syncs from '#test/support/syncs.ts';
import { receiveScopes, refreshAccess } from '#app/modules/sync/refresh-access.server.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useSandboxShop({ hasOrders: false });

const DAY_MS = 86_400_000;
const ALL = ['read_all_orders'];
const { scopes: required } = sandbox.appConfig;
const storedOrders = async () =>
  (await select('SELECT count(*)::int AS n FROM orders WHERE shop_id = $1'))[0].n;

beforeEach(async () => {
  const { id } = await shop.order(club.customers[0]!, [250_000]);
  const held = sandbox.world.findOrder(DEMO_SHOP, id)!;
  held.createdAt = new Date(Date.now() - 100 * DAY_MS).toISOString();
  held.processedAt = held.createdAt;
  await shop.order(club.customers[0]!, [100_000]);
  await refreshAccess({ shopId: club.shopId, domain: DEMO_SHOP });
  await syncs.startSync(club);
  await syncs.syncUntilOver(club);
});

test('after the install 60 days are read; granting it in Shopify’s dialog starts the rest, once', async () => {
  expect(await storedOrders()).toBe(1);
  await grantAllOrders();
  await refreshAccess({ shopId: club.shopId, domain: DEMO_SHOP });
  await refreshAccess({ shopId: club.shopId, domain: DEMO_SHOP });
  expect(await syncs.syncUntilOver(club)).toMatchObject({ orders: { state: 'done', run: 2 } });
  expect(await storedOrders()).toBe(2);
});

test('so does the webhook of it; taking it back, or another scope, starts nothing', async () => {
  const receive = (current: string[], at: number) =>
    db.withTransaction((tx) =>
      receiveScopes(tx, {
        shopId: club.shopId,
        topic: 'app/scopes_update',
        triggeredAt: new Date(at),
        payload: { current },
      }),
    );
  await receive(required, 1);
  expect((await syncs.syncRows(club)).orders.run).toBe(1);
  await receive([...required, ...ALL], 2);
  expect((await syncs.syncRows(club)).orders).toMatchObject({ state: 'waiting', run: 2 });
  await syncs.syncUntilOver(club);
  await receive([...required, ...ALL], 3);
  await receive(required, 4);
  expect((await syncs.syncRows(club)).orders.run).toBe(2);
});
