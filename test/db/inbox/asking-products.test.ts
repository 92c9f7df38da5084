/** Who else may process an order while Shopify is asked about its products: another worker, another lane. */
import { beforeEach, expect, test } from 'vitest';
import { club, fault, sandbox, useSandboxShop } from '#test/support/sandbox-bed.ts';
import * as db from '#app/db.server.ts';
import * as inbox from '#app/modules/inbox/process-inbox.server.ts';
import * as clubs from '#test/support/clubs.ts';
import * as shops from '#test/support/shops.ts';
import { storeRule } from '#app/modules/earning/rules/rules-json.ts';
import { printedRule } from '#test/support/rules.ts';

const COFFEE = 'kopi-gayo-arabika-250-g';

useSandboxShop();
beforeEach(async () => {
  const rule = JSON.stringify(storeRule(printedRule()));
  await db.pool.query(`UPDATE programs SET kind = 'printed', rule = $1, version = version + 1`, [rule]);
});

/** Places a paid order of one unit and puts its webhook into the inbox. */
async function order(): Promise<void> {
  const input = { customer: club.customers[0], lines: [{ product: COFFEE }] };
  const { body } = await sandbox.control('POST', '/_control/orders', input);
  await shops.givenEvent(club.shopId, 'orders/paid', body.order);
}

/** Prints points on the product; the webhook of it goes into the inbox. */
async function print(points: number): Promise<void> {
  const { webhooks, receiver } = sandbox;
  await webhooks.idle();
  receiver.received.length = 0;
  await sandbox.control('POST', `/_control/products/${COFFEE}`, { points });
  await webhooks.idle();
  for (const { topic, rawBody } of receiver.received.filter(({ topic: each }) => each === 'products/update'))
    await shops.givenEvent(club.shopId, topic, rawBody, { triggeredAt: new Date().toISOString() });
}

/** Makes the next request for products wait for its response. */
const delayShopify = () => fault('delay', { operation: 'ReadProducts', delayMs: 1_500, times: 1 });

test('another worker asks too and does not award by stale values', async () => {
  await print(7);
  await order();
  await inbox.processInbox();
  await print(9);
  await inbox.processInbox();
  await order();
  await delayShopify();
  const asking = inbox.processInbox();
  await expect.poll(() => sandbox.world.state.faults).toMatchObject([{ struck: 1 }]);
  // Loaded a second time, it shares as little with the first as another process does.
  const copy = '#app/modules/inbox/process-inbox.server.ts?other';
  const other: typeof inbox = await import(/* @vite-ignore */ copy);
  const runs = await Promise.all([other.processInbox(), asking]);
  expect(runs).toEqual(
    expect.arrayContaining([
      { done: 1, failed: 0 },
      { done: 0, failed: 0 },
    ]),
  );
  expect(await clubs.balanceOf(club, club.customers[0]!)).toBe(16n);
});

test('the other lane of the same worker leaves the batch alone: Shopify is asked once', async () => {
  await order();
  await db.pool.query(
    `INSERT INTO webhook_events (shop_id, webhook_id, event_id, topic, triggered_at, headers, body)
     SELECT $1, 'many-' || n, 'many-' || n, 'customers/update', clock_timestamp(), '{}',
       json_build_object('id', n, 'updated_at', clock_timestamp())::text FROM generate_series(1, 1000) n`,
    [club.shopId],
  );
  await delayShopify();
  expect(await inbox.processInbox()).toEqual({ done: 1001, failed: 0 });
  const asked = await sandbox.control('GET', '/_control/requests?operation=ReadProducts');
  expect(asked.body.requests).toHaveLength(1);
});
