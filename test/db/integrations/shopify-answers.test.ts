/**
 * What Shopify sends that says nothing about the request (a frozen or locked shop, maintenance, its security, its proxies,
 * errors beside data), through every use case that sends one: none takes them for a refusal, and each succeeds later.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { club, fault, sandbox, select, shop, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { valuesOf } from '#app/modules/crm/form/form-values.ts';
import { readKnownCustomer } from '#app/modules/crm/form/known-customer.server.ts';
import { saveCustomer } from '#app/modules/crm/form/save-customer.server.ts';
import { removeCustomer } from '#app/modules/crm/form/remove-customer.server.ts';
import { upsertCustomers } from '#app/modules/customers/upsert-customers.server.ts';
import { queueRefresh } from '#app/modules/earning/award/queue-refresh.server.ts';
import { applyNow, refreshOrders } from '#app/modules/earning/award/refresh-orders.server.ts';
import { processBackfills } from '#app/modules/earning/backfill/process-backfills.server.ts';
import { savePoints } from '#app/modules/earning/printed-points/save-points.server.ts';
import { reconcileShops } from '#app/modules/inbox/reconcile-orders.server.ts';
import { checkDueRedemptions } from '#app/modules/redemptions/check-due.server.ts';
import { deleteEndedCodes } from '#app/modules/redemptions/delete-codes.server.ts';
import { payOutStoreCredit } from '#app/modules/redemptions/payouts/pay-out-store-credit.server.ts';
import { releaseRedemption } from '#app/modules/redemptions/release-redemption.server.ts';
import { processSyncs } from '#app/modules/sync/process-syncs.server.ts';
import { processTagJobs } from '#app/modules/tags/process-tag-jobs.server.ts';
import { tagCustomer, tagSelection } from '#app/modules/tags/tag-customers.server.ts';
import * as backfills from '#test/support/backfills.ts';
import { audit, setClub, walletOf } from '#test/support/clubs.ts';
import { allDue, givePoints, reserve, reserved, rowOf } from '#test/support/redemptions.ts';
import { givenReward, takeReward } from '#test/support/rewards.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import * as syncs from '#test/support/syncs.ts';
import { endRests } from '#test/support/shop-failures.ts';

/** As many as a use case may send while it is struck. */
const ALWAYS = 50;

interface Answer {
  kind: string;
  executes?: boolean;
}

const NOT_EXECUTED: Answer[] = [
  'status402',
  'status403',
  'status423',
  'status430',
  'shopInactive',
  'throttled',
].map((kind) => ({ kind }));
const PERHAPS_EXECUTED: Answer[] = [
  ...['status500', 'status502', 'status503', 'status504', 'htmlPage'].map((kind) => ({ kind })),
  ...['status500', 'htmlPage'].map((kind) => ({ kind, executes: true })),
];
const ANSWERS: Answer[] = [...NOT_EXECUTED, ...PERHAPS_EXECUTED, { kind: 'partialData' }];

let siti = 0;
let customerId = 0n;

useSandboxShop();
beforeEach(async () => {
  siti = club.customers[0]!;
  customerId = BigInt(siti);
  await setClub(club, { payout_active: true });
  await givePoints(club, siti, 1_000n);
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
});
afterEach(async () => {
  expect(await audit(club)).toEqual([]);
});

/** Runs while Shopify answers like this to an operation, and then no longer does. */
async function struck<T>(answer: Answer, operation: string, act: () => Promise<T>): Promise<T> {
  await fault(answer.kind, { ...answer, operation, times: ALWAYS });
  const result = await act();
  const { body } = await sandbox.control('GET', '/_control/faults');
  expect(body.faults[0].struck).toBeGreaterThan(0);
  await sandbox.control('DELETE', '/_control/faults');
  return result;
}

async function workRedemptions(): Promise<void> {
  await allDue();
  await checkDueRedemptions();
}

const release = (redemptionId: string) =>
  releaseRedemption({ shopId: club.shopId, customerId, redemptionId });
const stateOf = async (redemptionId: string) => (await rowOf(redemptionId)).state as string;

/** What each use case does under such an answer and after it; it throws when the answer counts as a refusal. */
const USE_CASES: Record<string, (answer: Answer) => Promise<void>> = {
  'paying with points': async (answer) => {
    const paid = await struck(answer, 'discountCodeBasicCreate', () => reserve(club, siti, 60n, 'pay'));
    if (!paid.ok) expect(paid.reason).toBe('pending');
    await workRedemptions();
    const again = await reserve(club, siti, 60n, 'pay');
    expect(again.ok && again.redemption.state).toBe('issued');
    expect(await shop.codes()).toHaveLength(1);
  },
  'taking a reward': async (answer) => {
    const rewardId = await givenReward(club);
    const key = randomUUID();
    const taken = await struck(answer, 'discountCodeBasicCreate', () =>
      takeReward(club, siti, rewardId, { key }),
    );
    if (!taken.ok) expect(taken.reason).toBe('pending');
    await workRedemptions();
    expect(await takeReward(club, siti, rewardId, { key })).toMatchObject({ ok: true });
  },
  'giving a code back': async (answer) => {
    const { redemptionId } = await reserved(club, siti, 60n);
    const before = await walletOf(club, siti);
    await struck(answer, 'discountCodeDeactivate', () => release(redemptionId));
    expect(['expired', 'released']).toContain(await stateOf(redemptionId));
    await workRedemptions();
    expect(await stateOf(redemptionId)).toBe('released');
    expect(await walletOf(club, siti)).toMatchObject({ held: before.held - 60n });
  },
  'ending the code of a cancelled order': async (answer) => {
    const { code, redemptionId } = await reserved(club, siti, 60n);
    const order = await shop.order(siti, [50_000], { codes: [code], paid: false });
    await shop.tell(order);
    await shop.tell(await shop.cancel(order));
    expect(await stateOf(redemptionId)).toBe('released');
    await struck(answer, 'discountCodeDeactivate', workRedemptions);
    await workRedemptions();
    expect((await rowOf(redemptionId)).next_check_at).toBeNull();
    expect((await shop.codes()).find((each) => each.code === code)?.status).toBe('EXPIRED');
  },
  'deleting codes': async (answer) => {
    const { redemptionId } = await reserved(club, siti, 60n);
    expect(await release(redemptionId)).toEqual({ ok: true });
    const { signal } = new AbortController();
    await struck(answer, 'discountCodeDelete', () => deleteEndedCodes(signal));
    await allowRetry();
    await deleteEndedCodes(signal);
    expect((await rowOf(redemptionId)).discount_gid).toBeNull();
  },
  'paying out': async (answer) => {
    const credits = () => sandbox.world.shop(DEMO_SHOP).storeCredits ?? [];
    const before = credits().length;
    const paid = await struck(answer, 'storeCreditAccountCredit', () =>
      payOutStoreCredit({
        shopId: club.shopId,
        customerId,
        key: 'out',
        unit: 'POINTS',
        units: 100n,
        actor: 'staff:9',
      }),
    );
    expect(paid.ok).toBe(true);
    await workRedemptions();
    expect(paid.ok && (await stateOf(paid.redemption.redemptionId))).toBe('settled');
    expect(credits()).toHaveLength(before + 1);
  },
  'tagging a customer': async (answer) => {
    await givenRecord();
    const inShop = { shopId: club.shopId, domain: DEMO_SHOP };
    const tagged = await struck(answer, 'tagsAdd', () => tagCustomer(inShop, customerId, 'add', 'Baru'));
    expect(tagged).toEqual({ ok: false, code: 'not_saved' });
    expect(await tagCustomer(inShop, customerId, 'add', 'Baru')).toEqual({ ok: true });
  },
  'tagging many': async (answer) => {
    await givenRecord();
    await tagSelection(club.shopId, { ids: [customerId] }, 'add', 'Banyak', 'staff:9');
    await struck(answer, 'tagsAdd', () => processTagJobs());
    expect(await select('SELECT failure FROM tag_writes WHERE shop_id = $1')).toEqual([{ failure: null }]);
    await pool.query('UPDATE tag_writes SET next_attempt_at = clock_timestamp()');
    await allowRetry();
    await processTagJobs();
    expect(await select('SELECT done, failed FROM tag_jobs WHERE shop_id = $1')).toEqual([
      { done: 1, failed: 0 },
    ]);
  },
  "saving a customer's form": async (answer) => {
    await givenRecord();
    const form = { firstName: 'Siti Baru' };
    const saved = await struck(answer, 'customerSet', () => save(form));
    if (!saved.ok) expect(saved.errors).toEqual({ form: { code: 'not_saved' } });
    expect(await save(form)).toMatchObject({ ok: true });
  },
  "saving a customer's metafields": async (answer) => {
    await givenRecord();
    const saved = await struck(answer, 'metafieldsSet', () => save({ gender: 'female' }));
    if (!saved.ok) expect(saved.errors).toEqual({ form: { code: 'partly_saved' } });
    expect(await save({ gender: 'female' })).toMatchObject({ ok: true });
  },
  'printing points on products': async (answer) => {
    const [product] = sandbox.world.shop(DEMO_SHOP).products;
    const inShop = { shopId: club.shopId, domain: DEMO_SHOP };
    const form = { [`points-${product!.id}`]: '7', [`was-${product!.id}`]: '' };
    const saved = await struck(answer, 'metafieldsSet', () => savePoints(inShop, form, 'en'));
    expect(saved).toEqual({ ok: false, errors: { form: { code: 'not_saved' } } });
    expect(await savePoints(inShop, form, 'en')).toEqual({ ok: true });
  },
  'reading an order again': async (answer) => {
    const order = await shop.order(siti, [250_000]);
    const orderId = BigInt(order.id);
    const inShop = { shopId: club.shopId, domain: DEMO_SHOP };
    expect(await struck(answer, 'order', () => applyNow(inShop, [orderId]))).toMatchObject([
      { outcome: 'unreachable' },
    ]);
    await withTransaction((tx) => queueRefresh(tx, [{ shopId: club.shopId, orderId }], false));
    await struck(answer, 'order', () => refreshOrders());
    await pool.query('UPDATE order_refreshes SET next_attempt_at = clock_timestamp()');
    await allowRetry();
    expect(await refreshOrders()).toBe(1);
  },
  reconciling: async (answer) => {
    await shop.order(siti, [250_000]);
    await pool.query(`UPDATE shops SET reconciled_until = now() - interval '1 hour'`);
    const [result] = await struck(answer, 'orders', () => reconcileShops());
    expect(result?.error).toMatch(/^upstream/);
    await allowRetry();
    expect(await reconcileShops()).toMatchObject([{ error: null }]);
  },
  'the first sync': async (answer) => {
    await syncs.startSync(club);
    await struck(answer, 'bulkOperationRunQuery', () => processSyncs());
    expect(Object.values(await syncs.syncRows(club)).map(({ failure }) => failure)).toEqual([
      null,
      null,
      null,
    ]);
    await allowRetry();
    const rows = await syncs.syncUntilOver(club);
    expect(Object.values(rows).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  },
  'past orders': async (answer) => {
    await backfills.start(club);
    await struck(answer, 'bulkOperationRunQuery', () => processBackfills());
    expect((await backfills.backfillRow(club)).failure).toBeNull();
    await allowRetry();
    await backfills.workUntil(club, 'ready');
  },
  'deleting a customer': async (answer) => {
    const { body } = await sandbox.control('POST', '/_control/customers', {
      firstName: 'Baru',
      email: `baru-${randomUUID()}@example.com`,
    });
    const newId = BigInt(body.customer.id);
    await givenRecord(body.customer);
    const inShop = { shopId: club.shopId, domain: DEMO_SHOP };
    const removed = await struck(answer, 'customerDelete', () => removeCustomer(inShop, newId));
    if (!removed.ok) expect(removed.errors).toEqual({ form: { code: 'not_saved' } });
    if (!removed.ok) expect(await removeCustomer(inShop, newId)).toEqual({ ok: true, outcome: 'deleted' });
    else expect(removed.outcome).toBe('deleted');
  },
};

/** As time passes: what waits for its next try is due. */
async function allowRetry(): Promise<void> {
  await pool.query('UPDATE sync_runs SET asking_until = NULL');
  await endRests();
}

/** The record of a customer, as a webhook told of them. */
async function givenRecord(customer?: Loose): Promise<void> {
  const payload =
    customer ??
    (await sandbox.control('POST', `/_control/customers/${siti}`, { note: 'Seen' })).body.customer;
  const event = { shopId: club.shopId, topic: 'customers/update', triggeredAt: new Date(), payload };
  await withTransaction((tx) => upsertCustomers(tx, [event]));
}

/** Saves the form of the customer with these fields changed. */
async function save(change: Record<string, unknown>) {
  const known = await readKnownCustomer(club.shopId, customerId);
  const values = valuesOf(known!.record, known!.own, 'en');
  return saveCustomer(
    { shopId: club.shopId, domain: DEMO_SHOP, timeZone: 'Asia/Jakarta', country: 'ID' },
    customerId,
    { ...values, loaded: JSON.stringify(values), ...change },
    { actor: 'staff:9' },
  );
}

describe.each(ANSWERS)('$kind $executes', (answer) => {
  test('is a refusal to no use case, and each succeeds later', async () => {
    for (const [name, run] of Object.entries(USE_CASES)) {
      await run(answer).catch((error: unknown) => {
        throw new Error(`${name}: ${String(error)}`, { cause: error });
      });
    }
  });
});
