/**
 * Shopify responds 429, 500, nothing at all, or loses its response while a code is created or ended. Requested
 * through the checkout API as the extension does: no value is lost, and no reservation ever has two codes.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ReserveAnswer } from '../../extensions/shared/club-api.ts';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import { expectCleanAudit, queryRows, waitUntil } from '#test/support/figures.ts';
import { childrenOf } from '#test/support/processes.ts';
import { seededRandom } from '#test/support/random.ts';
import { codesAt, newShopper, type CodeSeen, type Shopper } from '#test/support/shopper.ts';

const SHOP = 'setia-demo.myshopify.com';
/** How long this app waits for Shopify, and longer. */
const TIMEOUT_MS = 2_500;
const HANG_MS = 3_000;
const FULL = { balance: 100, available: 100, held: 0, debt: 0 };
const HELD = { balance: 100, available: 70, held: 30, debt: 0 };
const random = seededRandom('shopify-faults');

let app: TestApp;
let codesBefore: CodeSeen[];
let shopper: Shopper;

beforeAll(async () => {
  app = await startApp({ env: { SHOPIFY_TIMEOUT_MS: String(TIMEOUT_MS) } });
  await openClub(app, SHOP);
});
afterAll(() => app?.stop());
beforeEach(async () => {
  await disarm();
  codesBefore = await codesAt(app, SHOP);
  shopper = await shopperWith100();
});

interface FaultInput {
  kind: string;
  operation?: string;
  times?: number;
  delayMs?: number;
  executes?: boolean;
  message?: string;
}

test.each<[string, FaultInput[]]>([
  ['429 once', [{ kind: 'status429' }]],
  ['throttled once', [{ kind: 'throttled' }]],
  ['500 before the code was made', [{ kind: 'status500' }]],
  ['500 after the code was made', [{ kind: 'status500', executes: true }]],
  ['a lost reply', [{ kind: 'lostReply' }]],
  [
    'a lost reply, then 429 when looking',
    [{ kind: 'lostReply' }, { kind: 'throttled', operation: 'FindDiscountCode' }],
  ],
])('%s while the code is created: the shopper gets the one code', async (_what, faults) => {
  for (const fault of faults) await arm({ operation: 'CreateDiscountCode', ...fault });
  const answer = await shopper.reserve(30);
  await shopper.expectFigures(HELD);
  await expectOneCode(answer);
});

test('Shopify hangs: the code is looked up, made or not', async () => {
  const other = await shopperWith100();
  await arm({ operation: 'CreateDiscountCode', kind: 'timeout', delayMs: HANG_MS, executes: true });
  await arm({ operation: 'CreateDiscountCode', kind: 'timeout', delayMs: HANG_MS });
  const answers = await Promise.all([shopper.reserve(30), other.reserve(30)]);
  expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
  await Promise.all([shopper.expectFigures(HELD), other.expectFigures(HELD)]);
  expect(codeNames(await newCodes())).toEqual(answers.map(codeOf).toSorted());
});

test('Shopify is away: the response is pending, the same key returns the same code later', async () => {
  await arm({ operation: 'CreateDiscountCode', kind: 'lostReply' });
  await arm({ operation: 'FindDiscountCode', kind: 'status500' });
  const key = randomUUID();
  expect(await shopper.reserve(30, key)).toMatchObject({ ok: false, reason: 'pending' });
  await shopper.expectFigures(HELD);
  const answer = await shopper.reserve(30, key);
  await expectOneCode(answer);
  expect(await shopper.reserve(30, key)).toEqual(answer);
  await shopper.expectFigures(HELD);
});

test('Shopify is away and the shopper does not retry: the worker finds out', async () => {
  await arm({ operation: 'CreateDiscountCode', kind: 'lostReply' });
  await arm({ operation: 'FindDiscountCode', kind: 'status500' });
  expect(await shopper.reserve(30)).toMatchObject({ ok: false, reason: 'pending' });
  expect((await shopper.club()).open).toBeNull();
  await workerLooksAtRedemptions(async () => (await shopper.club()).open !== null);
  expect((await newCodes()).map(({ code }) => code)).toEqual([(await shopper.club()).open?.code]);
  await shopper.expectFigures(HELD);
});

test('Shopify refuses: the value is free at once and the shopper sees it', async () => {
  await arm({ operation: 'CreateDiscountCode', kind: 'userError', message: 'Discounts are off today' });
  expect(await shopper.reserve(30)).toMatchObject({ ok: false, reason: 'refused' });
  await shopper.expectFigures(FULL);
  expect(await newCodes()).toEqual([]);
});

test.each<[string, FaultInput]>([
  ['500', { kind: 'status500' }],
  ['500 after it was done', { kind: 'status500', executes: true }],
  ['a lost reply', { kind: 'lostReply' }],
  ['429 for longer than we wait', { kind: 'status429', times: 4 }],
  ['500 when looking whether it was used', { kind: 'status500', operation: 'FindDiscountCode' }],
])('%s while a code is ended: held until it is sure, then free', async (_what, fault) => {
  const { redemption } = expectOk(await shopper.reserve(30));
  await arm({ operation: 'DeactivateDiscountCode', ...fault });
  expect(await shopper.release(redemption.id)).toEqual({
    status: 409,
    json: { ok: false, reason: 'pending' },
  });
  // The shopper is not offered a code that may be dead.
  expect((await shopper.club()).open).toBeNull();
  await shopper.expectFigures(HELD);
  const isShopperAskingAgain = random.chance(0.5);
  if (!isShopperAskingAgain) await workerLooksAtRedemptions(async () => (await shopper.figures()).held === 0);
  expect(await shopper.release(redemption.id)).toEqual({ status: 200, json: { ok: true } });
  await shopper.expectFigures(FULL);
  expect(await newCodes()).toMatchObject([{ code: redemption.code, status: 'EXPIRED' }]);
});

test('an order takes the code while its end is not known: it is spent, not free', async () => {
  const { redemption } = expectOk(await shopper.reserve(30));
  await arm({ operation: 'DeactivateDiscountCode', kind: 'status500' });
  expect(await shopper.release(redemption.id)).toMatchObject({ json: { reason: 'pending' } });
  await shopper.order(50_000, [redemption.code]);
  // Rp 50,000 less Rp 3,000 is no full step.
  await shopper.expectFigures({ balance: 70, available: 70, held: 0, debt: 0 });
  expect(await shopper.release(redemption.id)).toEqual({ status: 409, json: { ok: false, reason: 'used' } });
});

test('20 at once while Shopify loses replies, where the balance covers 7: exactly 7', async () => {
  // 7 x 14 = 98 of 100.
  await arm({ operation: 'CreateDiscountCode', kind: 'lostReply', times: random.between(1, 4) });
  await arm({
    operation: 'CreateDiscountCode',
    kind: 'status500',
    executes: true,
    times: random.between(1, 3),
  });
  const answers = await Promise.all(Array.from({ length: 20 }, () => shopper.reserve(14)));
  const given = answers.filter(({ ok }) => ok);
  expect(given).toHaveLength(7);
  expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.reason]))).toEqual(
    Array(13).fill('insufficient'),
  );
  await shopper.expectFigures({ balance: 100, available: 2, held: 98, debt: 0 });
  expect(codeNames(await newCodes())).toEqual(given.map(codeOf).toSorted());
});

test('the same key 10 times at once: one reservation, one code', async () => {
  await arm({ operation: 'CreateDiscountCode', kind: 'lostReply', times: 2 });
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => shopper.reserve(30, key)));
  await shopper.expectFigures(HELD);
  await expectOneCode(answers[0]!);
  expect(new Set(answers.map(codeOf)).size).toBe(1);
});

test('web is killed between the order to Shopify and our note of it: the same key returns the code that was created', async () => {
  await arm({ operation: 'CreateDiscountCode', kind: 'delay', delayMs: 1_000 });
  const key = randomUUID();
  const lost = shopper.reserve(30, key).catch(() => 'no answer');
  await waitUntil('the value is held', async () => (await shopper.figures()).held === 30);
  const web = childrenOf(process.pid).find(({ command }) => command.endsWith('server.ts'));
  process.kill(web!.pid, 'SIGKILL');
  expect(await lost).toBe('no answer');
  await waitUntil('Shopify has created it anyway', async () => (await newCodes()).length === 1);
  await app.restartWeb();
  await shopper.expectFigures(HELD);
  await expectOneCode(await shopper.reserve(30, key));
  await shopper.expectFigures(HELD);
});

test('the audit finds nothing', () => expectCleanAudit(app));

/** Rp 1,000,000 earn 100 points. */
async function shopperWith100(): Promise<Shopper> {
  const made = await newShopper(app, SHOP);
  await made.order(1_000_000);
  await made.expectFigures(FULL);
  return made;
}

async function arm(fault: FaultInput): Promise<void> {
  await app.control('POST', 'faults', { target: 'graphql', shop: SHOP, ...fault });
}

async function disarm(): Promise<void> {
  const response = await fetch(`${app.sandboxUrl}/_control/faults`, { method: 'DELETE' });
  expect(response.ok).toBe(true);
}

async function newCodes(): Promise<CodeSeen[]> {
  const known = new Set(codesBefore.map(({ code }) => code));
  return (await codesAt(app, SHOP)).filter(({ code }) => !known.has(code));
}

function codeNames(codes: readonly CodeSeen[]): string[] {
  return codes.map(({ code }) => code).toSorted();
}

function expectOk(answer: ReserveAnswer): Extract<ReserveAnswer, { ok: true }> {
  if (!answer.ok) throw new Error(`refused: ${answer.reason}`);
  return answer;
}

function codeOf(answer: ReserveAnswer): string {
  return expectOk(answer).redemption.code;
}

async function expectOneCode(answer: ReserveAnswer): Promise<void> {
  expect(await newCodes()).toMatchObject([{ code: codeOf(answer), status: 'ACTIVE' }]);
}

/** Lets the worker's minute pass at once, as often as it needs: what is due is looked at. */
async function workerLooksAtRedemptions(isDone: () => Promise<boolean>): Promise<void> {
  await waitUntil('the worker has found out', async () => {
    await queryRows(
      app,
      `UPDATE redemptions SET next_check_at = now() WHERE next_check_at < now() + interval '1 minute'`,
    );
    await queryRows(
      app,
      `SELECT graphile_worker.add_job('check-redemptions', '{}'::json, job_key := 'check-redemptions')`,
    );
    return isDone();
  });
}
