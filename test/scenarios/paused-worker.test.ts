/**
 * Two workers on one inbox. One is stopped with SIGSTOP in the middle of its transaction and continues later: before
 * the other had to take over its rows, and after the database had given them away. No order earns twice.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startService, type ServiceProcess } from '../../scripts/lib/service-process.ts';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import { deliver } from '#test/support/deliver.ts';
import {
  expectCleanAudit,
  inboxStates,
  pointsByCustomer,
  queryRows,
  waitUntil,
  waitUntilWorked,
} from '#test/support/figures.ts';
import { holdWrites, waitUntilMidWrite } from '#test/support/mid-write.ts';
import { makeHistory, type History } from '#test/support/order-history.ts';
import { seededRandom } from '#test/support/random.ts';

const SHOP = 'setia-demo.myshopify.com';
const EVENTS = 800;
/** Fewer than the worker takes at a time. */
const ONE_BATCH = 400;
/** Of some orders, since one alone may be a guest's or a test. */
const FIRST_EVENTS = 40;
const MID_WRITE_MS = 60_000;
const PAUSES = 4;
const random = seededRandom('paused-worker');
const logDir = fs.mkdtempSync(path.join(os.tmpdir(), 'setia-second-worker-'));

let app: TestApp;
let second: ServiceProcess | undefined;

beforeAll(async () => {
  app = await startApp();
  await openClub(app, SHOP);
  // The shop's first order that earns writes down the rules, for which all other first orders would wait.
  const first = historyOf(9_000_001, FIRST_EVENTS);
  await deliver(app.appUrl, first.events);
  await waitUntilWorked(app);
  expect(Object.keys(first.points).length).toBeGreaterThan(0);
  await app.killWorker();
});
afterAll(async () => {
  await second?.kill('SIGKILL');
  await app?.stop();
  fs.rmSync(logDir, { recursive: true, force: true });
});

test('paused in the middle and continued, the other one goes on meanwhile', async () => {
  const history = historyOf(9_100_001, ONE_BATCH);
  await deliver(app.appUrl, random.shuffle(history.events));
  await pauseMidWrite();

  // Customers whom the paused one does not hold do not wait for it.
  second = startSecondWorker();
  const others = historyOf(9_150_001, ONE_BATCH);
  await deliver(app.appUrl, random.shuffle(others.events));
  await waitUntil('the others have their points', () => havePoints(others));
  expect((await inboxStates(app)).pending).toBeGreaterThan(0);
  await expectPoints(others);

  await app.killWorker('SIGCONT');
  await waitUntilWorked(app);
  await expectPoints(history);
});

test('paused until the database takes its rows away: what it writes afterwards fails', async () => {
  const history = historyOf(9_200_001);
  await second?.kill('SIGKILL');
  await app.killWorker();
  await deliver(app.appUrl, random.shuffle(history.events));
  await pauseMidWrite();
  // What idle_in_transaction_session_timeout does after a minute, without the minute.
  await queryRows(
    app,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`,
  );
  second = startSecondWorker();
  await waitUntilWorked(app);
  await expectPoints(history);

  // Alone again, it processes what comes next; by then it has tried to write what was taken away.
  await second.kill('SIGKILL');
  await app.killWorker('SIGCONT');
  const next = historyOf(9_250_001, 1);
  await deliver(app.appUrl, next.events);
  await waitUntilWorked(app);
  await expectPoints(next);
  await expectPoints(history);
});

test('both at work, one paused again and again', async () => {
  second = startSecondWorker();
  const history = historyOf(9_300_001);
  const sent = deliver(app.appUrl, random.shuffle(history.events));
  for (let pause = 0; pause < PAUSES; pause += 1) {
    await waitUntilMidWrite(app.databaseUrl, 1_000);
    await app.killWorker('SIGSTOP');
    await sleep(random.between(50, 400));
    await app.killWorker('SIGCONT');
  }
  await sent;
  await waitUntilWorked(app);
  await expectPoints(history);
  await expectCleanAudit(app);
});

/** Starts the worker and stops it in the middle of a transaction. */
async function pauseMidWrite(): Promise<void> {
  const held = await holdWrites(app.databaseUrl);
  app.startWorker();
  await held.untilHeld(MID_WRITE_MS);
  await app.killWorker('SIGSTOP');
  await held.release();
}

/** Ten customers of its own for each part, from this number on. */
function historyOf(firstCustomer: number, events = EVENTS): History {
  const customers = Array.from({ length: 10 }, (_, index) => firstCustomer + index);
  return makeHistory(random, { shop: SHOP, events, customers, firstOrder: firstCustomer * 1_000 });
}

async function havePoints(history: History): Promise<boolean> {
  const points = await pointsByCustomer(app, SHOP);
  return Object.entries(history.points).every(([customer, expected]) => points[customer] === expected);
}

async function expectPoints(history: History): Promise<void> {
  expect(await pointsByCustomer(app, SHOP)).toMatchObject(history.points);
}

function startSecondWorker(): ServiceProcess {
  return startService({ name: 'second-worker', file: 'app/jobs/worker.ts', env: app.env, logDir });
}
