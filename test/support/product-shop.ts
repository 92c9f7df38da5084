/** The bed of tests about products of orders: a sandbox shop, its orders, and what the app stored of its products. */
import { beforeEach, expect, vi } from 'vitest';
import { fault, installApp, sandbox, useSandbox } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { storeRule } from '#app/modules/earning/rules/rules-json.ts';
import type { ProgramRule } from '#app/modules/earning/rules/program.ts';
import { printedRule } from '#test/support/rules.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { givenEvent } from '#test/support/shops.ts';

export const COFFEE = 'kopi-gayo-arabika-250-g';
export const TEA = 'teh-melati-premium';
export const BATIK = 'batik-tulis-parang';

export let shopId: bigint;

/** A shop of the sandbox whose products the tests change; registers the hooks of the test file that calls it. */
export function useProductShop(): void {
  useSandbox();
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    shopId = await installApp(DEMO_SHOP);
    await setRule(printedRule());
    return () => vi.useRealTimers();
  });
}

export async function setRule(rule: ProgramRule): Promise<void> {
  await pool.query('UPDATE programs SET kind = $2, rule = $3, version = version + 1 WHERE shop_id = $1', [
    shopId,
    rule.kind,
    JSON.stringify(storeRule(rule)),
  ]);
}

export const change = (product: string | number, what: Record<string, unknown>) =>
  sandbox.control('POST', `/_control/products/${product}`, what);
export const productOf = (handle: string) => sandbox.world.findProduct(DEMO_SHOP, handle)!;

/** Places a paid order of Siti's and puts its webhook into the inbox. */
export async function order(
  ...lines: { product: string; quantity?: number }[]
): Promise<{ event: bigint; order: Loose }> {
  const answer = await sandbox.control('POST', '/_control/orders', {
    customer: 'siti.rahmawati@example.com',
    lines,
  });
  expect(answer.status).toBe(201);
  return { event: await givenEvent(shopId, 'orders/paid', answer.body.order), order: answer.body.order };
}

/** Delivers webhooks of a topic that the sandbox sent, each only once. */
export async function deliver(topic: string): Promise<void> {
  await sandbox.webhooks.idle();
  for (const webhook of sandbox.receiver.received.filter((each) => each.topic === topic))
    await givenEvent(shopId, topic, webhook.rawBody, {
      triggeredAt: webhook.headers['x-shopify-triggered-at']!,
    });
  sandbox.receiver.received.length = 0;
}

export async function points(): Promise<bigint> {
  const { rows } = await pool.query(
    `SELECT coalesce(sum(balance), 0)::bigint AS sum FROM ledger_accounts WHERE shop_id = $1 AND unit = 'POINTS'`,
    [shopId],
  );
  return rows[0].sum;
}
export async function entries(): Promise<number> {
  return (await pool.query('SELECT 1 FROM ledger_entries WHERE shop_id = $1', [shopId])).rowCount ?? 0;
}
export async function known(handle: string) {
  const { rows } = await pool.query('SELECT * FROM products WHERE shop_id = $1 AND product_id = $2', [
    shopId,
    productOf(handle).id,
  ]);
  return rows[0];
}
export async function eventOf(inboxId: bigint) {
  const { rows } = await pool.query('SELECT * FROM webhook_events WHERE inbox_id = $1', [inboxId]);
  return rows[0];
}
export const reads = async () =>
  (await sandbox.control('GET', '/_control/requests?operation=ReadProducts')).body.requests.length;
export const breakShopify = (times: number) => fault('status500', { operation: 'ReadProducts', times });
/** When failed events and shops that didn't answer are retried. */
export async function later(): Promise<void> {
  vi.setSystemTime(Date.now() + 60_000);
  await pool.query(`UPDATE webhook_events SET next_attempt_at = clock_timestamp() WHERE state = 'pending'`);
}
export const makeStale = () =>
  pool.query(
    `UPDATE products SET seen_at = seen_at - interval '25 hours', asked_at = asked_at - interval '25 hours'`,
  );
