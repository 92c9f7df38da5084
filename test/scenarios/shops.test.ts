/**
 * Two shops side by side are islands, also where a customer has the same number in both; and the life of an
 * installation: expired tokens, uninstall, what still comes afterwards, and coming back.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, openClub } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import {
  expectCleanAudit,
  pointsByCustomer,
  queryRows,
  runOps,
  waitUntil,
  waitUntilWorked,
} from '#test/support/figures.ts';
import { orderPayload } from '#test/support/orders.ts';
import { seededRandom } from '#test/support/random.ts';
import { newShopper, shopperOf } from '#test/support/shopper.ts';
import { sendWebhook } from '#test/support/webhooks.ts';

const IDR_SHOP = 'setia-demo.myshopify.com';
const USD_SHOP = 'setia-usd.myshopify.com';
const random = seededRandom('shops');

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  await openClub(app, IDR_SHOP);
  await openClub(app, USD_SHOP);
});
afterAll(() => app?.stop());

test('one customer number in two shops: two customers, two balances, no way across', async () => {
  const id = random.between(5_000_000_001, 5_999_999_999);
  const orders = [
    { shop: IDR_SHOP, order: { id, customer: id, currency: 'IDR', lines: [{ price: 1_000_000 }] } },
    { shop: USD_SHOP, order: { id, customer: id, currency: 'USD', lines: [{ price: 30 }] } },
  ];
  // The same ids of webhook and event too: they are unique within a shop only.
  const ids = { webhookId: randomUUID(), eventId: randomUUID() };
  for (const { shop, order } of orders) {
    const body = JSON.stringify(orderPayload(order));
    expect(await sendWebhook(app.appUrl, { topic: 'orders/paid', body, shop, ...ids })).toBe(200);
  }
  await waitUntilWorked(app);
  // Rp 100,000 and $ 10 give 10 points.
  expect((await pointsByCustomer(app, IDR_SHOP))[id]).toBe(100);
  expect((await pointsByCustomer(app, USD_SHOP))[id]).toBe(30);

  const [rupiah, dollar] = [shopperOf(app, IDR_SHOP, id), shopperOf(app, USD_SHOP, id)];
  expect(await rupiah.club()).toMatchObject({ currency: 'IDR', wallets: [{ balance: '100' }] });
  expect(await dollar.club()).toMatchObject({ currency: 'USD', wallets: [{ balance: '30' }] });
  expect(await dollar.reserve(31)).toMatchObject({ ok: false, reason: 'insufficient', available: '30' });
  await dollar.expectFigures({ balance: 30, available: 30, held: 0, debt: 0 });
  await rupiah.expectFigures({ balance: 100, available: 100, held: 0, debt: 0 });
});

test("a redemption of shop A is unknown to the same customer number's token of shop B", async () => {
  const here = await newShopper(app, IDR_SHOP);
  await here.order(1_000_000);
  await here.expectFigures({ balance: 100, available: 100, held: 0, debt: 0 });
  const answer = await here.reserve(40);
  if (!answer.ok) throw new Error(answer.reason);
  const there = shopperOf(app, USD_SHOP, here.id);
  expect((await there.release(answer.redemption.id)).status).toBe(404);
  expect((await there.club()).open).toBeNull();
  await here.expectFigures({ balance: 100, available: 60, held: 40, debt: 0 });

  const neighbour = await newShopper(app, IDR_SHOP, 'Tetangga');
  expect((await neighbour.club()).open).toBeNull();
  expect((await neighbour.release(answer.redemption.id)).status).toBe(404);
  // A code is for its customer only, and for its shop only.
  await expect(neighbour.order(50_000, [answer.redemption.code])).rejects.toThrow('other_customer');
  const elsewhere = await newShopper(app, USD_SHOP);
  await expect(elsewhere.order(50, [answer.redemption.code])).rejects.toThrow('unknown_code');
  expect(await here.release(answer.redemption.id)).toMatchObject({ status: 200 });
});

test('an expired access token is renewed on the way, also by several at once', async () => {
  const shopper = await newShopper(app, IDR_SHOP);
  await shopper.order(1_000_000);
  await shopper.expectFigures({ balance: 100, available: 100, held: 0, debt: 0 });

  const before = await renewals();
  await queryRows(app, `UPDATE "Session" SET expires = now() - interval '1 minute' WHERE shop = $1`, [
    IDR_SHOP,
  ]);
  expect(await shopper.reserve(10)).toMatchObject({ ok: true });
  expect(await renewals()).toBe(before + 1);
  expect(await shopper.reserve(10)).toMatchObject({ ok: true });
  expect(await renewals()).toBe(before + 1);

  // Several processes find it expired at once, and one renewal loses its reply.
  await queryRows(app, `UPDATE "Session" SET expires = now() - interval '1 minute' WHERE shop = $1`, [
    IDR_SHOP,
  ]);
  await app.control('POST', 'faults', { target: 'token', kind: 'lostReply', shop: IDR_SHOP });
  const answers = await Promise.all([
    ...Array.from({ length: 4 }, () => shopper.reserve(10)),
    runOps(app, 'reconcile', '--shop', IDR_SHOP),
  ]);
  const refusals = answers.slice(0, 4).map((answer) => ('reason' in answer ? answer.reason : 'given'));
  // Whose renewal got no reply cannot know whether the code was made; the others can.
  expect(['given', 'pending']).toEqual(expect.arrayContaining(refusals));
  expect(await shopper.reserve(10)).toMatchObject({ ok: true });
});

test('uninstalled: tokens are gone, late webhooks are still processed, reinstalling finds everything', async () => {
  const shopper = await newShopper(app, USD_SHOP);
  await shopper.order(100);
  await shopper.expectFigures({ balance: 100, available: 100, held: 0, debt: 0 });
  const answer = await shopper.reserve(40);
  if (!answer.ok) throw new Error(answer.reason);

  await app.control('POST', 'uninstall', { shop: USD_SHOP });
  await waitUntil('the uninstall is processed', async () => !(await isInstalledThere()));
  expect(await queryRows(app, `SELECT id FROM "Session" WHERE shop = $1`, [USD_SHOP])).toEqual([]);
  expect(await shopper.clubStatus()).toBe(403);

  // Orders paid before it whose webhooks arrive late; and the uninstall once more.
  const late = { id: 6_000_000_001, customer: shopper.id, currency: 'USD', lines: [{ price: 50 }] };
  const body = JSON.stringify(orderPayload(late));
  expect(await sendWebhook(app.appUrl, { topic: 'orders/paid', body, shop: USD_SHOP })).toBe(200);
  await resend('app/uninstalled');
  await waitUntilWorked(app);
  expect((await pointsByCustomer(app, USD_SHOP))[shopper.id]).toBe(150);

  await openApp(app, USD_SHOP);
  expect(await isInstalledThere()).toBe(true);
  // The old uninstall arrives a third time, after the return.
  await resend('app/uninstalled', randomUUID());
  await waitUntilWorked(app);
  expect(await isInstalledThere()).toBe(true);
  await shopper.expectFigures({ balance: 150, available: 110, held: 40, debt: 0 });
  await shopper.order(50, [answer.redemption.code]);
  // $ 50 less $ 4: 4 full steps; 40 spent.
  await shopper.expectFigures({ balance: 150, available: 150, held: 0, debt: 0 });
  expect(await shopper.reserve(10)).toMatchObject({ ok: true });
});

test('the audit finds nothing in either', () => expectCleanAudit(app));

async function renewals(): Promise<number> {
  const { requests } = await app.control<{ requests: unknown[] }>(
    'GET',
    `requests?shop=${IDR_SHOP}&kind=token&operation=refresh`,
  );
  return requests.length;
}

async function isInstalledThere(): Promise<boolean> {
  const [shop] = await queryRows<{ installed: boolean }>(
    app,
    `SELECT installed_at > coalesce(uninstalled_at, '-infinity') AS installed FROM shops WHERE domain = $1`,
    [USD_SHOP],
  );
  return shop?.installed === true;
}

/** Sends the newest delivery of a topic again: under its own ids, or as one that the inbox does not know. */
async function resend(topic: string, webhookId?: string): Promise<void> {
  const { webhooks } = await app.control<{
    webhooks: { webhookId: string; payload: string; triggeredAt: string }[];
  }>('GET', `webhooks?shop=${USD_SHOP}&topic=${topic}`);
  const [delivery] = webhooks;
  if (!delivery) throw new Error(`no ${topic} was sent`);
  const { payload: body, triggeredAt } = delivery;
  const ids = webhookId === undefined ? { webhookId: delivery.webhookId } : { webhookId, eventId: webhookId };
  expect(await sendWebhook(app.appUrl, { topic, body, shop: USD_SHOP, triggeredAt, ...ids })).toBe(200);
}
