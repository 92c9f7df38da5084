/**
 * The worker is killed with SIGKILL in the middle of its transactions, again and again, while it processes 2,000
 * events that come in any order and partly twice. Each customer then has what plain sums over the orders' final
 * states give.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import { deliver } from '#test/support/deliver.ts';
import { expectCleanAudit, inboxStates, pointsByCustomer, waitUntilWorked } from '#test/support/figures.ts';
import { waitUntilMidWrite } from '#test/support/mid-write.ts';
import { makeHistory } from '#test/support/order-history.ts';
import { seededRandom } from '#test/support/random.ts';

const SHOP = 'setia-demo.myshopify.com';
const EVENTS = 2_000;
const CUSTOMERS = Array.from({ length: 40 }, (_, index) => 9_000_001 + index);
const KILLS = 6;
const MID_WRITE_MS = 60_000;
const random = seededRandom('worker-killed');

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  await openClub(app, SHOP);
  await app.killWorker();
});
afterAll(() => app?.stop());

test('2,000 shuffled events, the worker killed six times: nothing lost, nothing twice', async () => {
  const history = makeHistory(random, { shop: SHOP, events: EVENTS, customers: CUSTOMERS });
  const shuffled = random.shuffle(history.events);
  const portion = Math.ceil(shuffled.length / KILLS);
  let killedMidWrite = 0;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const sent = deliver(app.appUrl, shuffled.splice(0, portion));
    app.startWorker();
    if (await waitUntilMidWrite(app.databaseUrl, MID_WRITE_MS)) killedMidWrite += 1;
    // Sometimes within the first batch, sometimes when more have come and some have been committed.
    await sleep(random.pick([0, 5, 20, 60, 150]));
    await app.killWorker();
    await sent;
    process.stdout.write(`kill ${kill}: ${JSON.stringify(await inboxStates(app))}\n`);
  }
  app.startWorker();
  await waitUntilWorked(app);

  // How many kills met a transaction is the machine's speed, not the product's: said, not asserted.
  process.stdout.write(`killed within a transaction: ${killedMidWrite} of ${KILLS}\n`);
  expect(await pointsByCustomer(app, SHOP)).toEqual(history.points);
  await expectCleanAudit(app);

  // I9: all of it once more under new ids, so that the inbox does not recognise it.
  const again = random.shuffle(history.events).map((event, index) => ({
    ...event,
    webhookId: `${event.webhookId}-again-${index}`,
    eventId: `${event.eventId}-again-${index}`,
  }));
  await deliver(app.appUrl, again);
  await waitUntilWorked(app);
  expect(await pointsByCustomer(app, SHOP)).toEqual(history.points);
  await expectCleanAudit(app);
});
