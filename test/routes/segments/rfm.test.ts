/** The screen of RFM groups through its route. */
import { beforeAll, expect, test } from 'vitest';
import { installApp } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import * as screen from '#app/routes/app.customers.segments.rfm.tsx';
import { adminArgs } from '#test/support/route-requests.ts';
import { DEMO_SHOP, USD_SHOP, type Loose } from '#test/support/sandbox.ts';

const WHERE = '/app/customers/segments/rfm';
const view = (shop = DEMO_SHOP) => screen.loader(adminArgs(shop, WHERE));
const post = async (json: Record<string, unknown>): Promise<Loose> =>
  screen.action(adminArgs(DEMO_SHOP, WHERE, { json })) as unknown;
const isWoken = async () =>
  (await pool.query(`SELECT FROM graphile_worker.jobs WHERE key = 'compute-rfm'`)).rowCount === 1;

beforeAll(async () => {
  await installApp(DEMO_SHOP);
  await installApp(USD_SHOP);
});

test('opening it before the scores are there wakes the worker; the button computes them at once', async () => {
  expect(await isWoken()).toBe(false);
  expect(await view()).toMatchObject({ computedAt: null, tooFew: null, thresholds: [] });
  expect(await isWoken()).toBe(true);
  expect(await post({ intent: 'compute' })).toMatchObject({ data: { ok: true }, init: { status: 200 } });
  expect((await view()).computedAt).toBeInstanceOf(Date);
  expect((await view(USD_SHOP)).computedAt).toBeNull();
});

test('what it doesn’t know is refused', async () => {
  expect(await post({ intent: 'nonsense' })).toMatchObject({
    data: { errors: { form: { code: 'invalid' } } },
    init: { status: 422 },
  });
});
