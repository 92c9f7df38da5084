/**
 * All changes of an order within one second of Shopify's `updated_at`, which has whole seconds: whatever comes or is
 * read in whatever order, the order ends as Shopify has it.
 */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { club, installAgain, sandbox, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { queueRefresh } from '#app/modules/earning/award/queue-refresh.server.ts';
import { refreshOrders } from '#app/modules/earning/award/refresh-orders.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { reconcileShops } from '#app/modules/inbox/reconcile-orders.server.ts';
import { audit, balanceOf } from '#test/support/clubs.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { givenEvent } from '#test/support/shops.ts';

/** Far enough back that every webhook of it was triggered before it is read. */
const SECONDS_AGO = 3;
/** The second in which everything happens. */
let second: number;

useSandboxShop();
beforeEach(() => {
  second = Math.floor(Date.now() / 1_000) * 1_000 - SECONDS_AGO * 1_000;
});

async function startAgain(): Promise<void> {
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await installAgain();
  second = Math.floor(Date.now() / 1_000) * 1_000 - SECONDS_AGO * 1_000;
}

/** Changes the order at Shopify within the second; returns the payload of the webhook that says so. */
async function change(path: string, body: object): Promise<Loose> {
  const answer = await sandbox.control('POST', `/_control/${path}`, body);
  expect(answer.status).toBeLessThan(300);
  const updatedAt = new Date(second).toISOString();
  const { orders } = sandbox.world.shop(DEMO_SHOP);
  for (const order of orders) if (order.id === answer.body.order.id) order.updatedAt = updatedAt;
  return { ...answer.body.order, updated_at: updatedAt };
}
const place = (paid: boolean) =>
  change('orders', {
    customer: club.customers[0],
    lines: [{ title: 'Kain', price: '100000.00', quantity: 1 }],
    paid,
  });
const pay = (order: Loose) => change(`orders/${String(order.id)}/pay`, {});
const cancel = (order: Loose) => change(`orders/${String(order.id)}/cancel`, { refund: false });
const edit = (order: Loose) =>
  change(`orders/${String(order.id)}/edit`, { add: [{ title: 'Kain', price: '100000.00', quantity: 1 }] });

/** Brings the webhook of a change, triggered some milliseconds into the second. */
async function tell(payload: Loose, afterMs: number): Promise<void> {
  const triggeredAt = new Date(second + afterMs).toISOString();
  await givenEvent(club.shopId, 'orders/updated', payload, { triggeredAt });
  await processInbox();
}
async function refresh(order: Loose): Promise<void> {
  const keys = [{ shopId: club.shopId, orderId: BigInt(order.id) }];
  await withTransaction((tx) => queueRefresh(tx, keys, false));
  await refreshOrders();
}
async function reconcile(): Promise<void> {
  for (const result of await reconcileShops()) expect(result.error).toBeNull();
  await processInbox();
}
const points = () => balanceOf(club, club.customers[0]!);

describe.each([0, 700])('within one second, the last webhook triggered after %i ms', (afterMs) => {
  test('an order that is paid, edited and cancelled ends with nothing', async () => {
    const order = await place(true);
    await tell(order, 0);
    await edit(order);
    await refresh(order);
    expect(await points()).toBe(20n);
    await tell(await cancel(order), afterMs);
    expect(await points()).toBe(0n);
    expect(await audit(club)).toEqual([]);
  });

  test('an order that is edited and then paid earns all of it', async () => {
    const order = await place(false);
    await tell(order, 0);
    await edit(order);
    await refresh(order);
    expect(await points()).toBe(0n);
    await tell(await pay(order), afterMs);
    expect(await points()).toBe(20n);
  });

  test('an order that reconciliation read unpaid earns when the webhook of its payment comes', async () => {
    const order = await place(false);
    await reconcile();
    expect(await points()).toBe(0n);
    await tell(await pay(order), afterMs);
    expect(await points()).toBe(10n);
  });
});

test('an edit whose webhook was lost is found, though nothing that a list shows has changed', async () => {
  const order = await place(true);
  await tell(order, 500);
  await edit(order);
  await reconcile();
  expect(await points()).toBe(20n);
});

test('an older webhook that comes last is repaired by the next reconciliation, also by a state seen before', async () => {
  const order = await place(true);
  const edited = await edit(order);
  await reconcile();
  await tell(order, 100);
  await reconcile();
  expect(await points()).toBe(20n);
  await tell(order, 300);
  await reconcile();
  expect(await points()).toBe(20n);
  await tell(edited, 200);
  expect(await points()).toBe(20n);
});

test('a reading that waited does not win over a webhook of its second that came meanwhile', async () => {
  const order = await place(false);
  expect((await reconcileShops()).map(({ error }) => error)).toEqual([null]);
  const paid = await pay(order);
  await givenEvent(club.shopId, 'orders/paid', paid, { triggeredAt: new Date(second + 900).toISOString() });
  await pool.query(
    `UPDATE webhook_events SET next_attempt_at = clock_timestamp() + interval '1 hour' WHERE headers ? 'source'`,
  );
  await processInbox();
  expect(await points()).toBe(10n);
  await pool.query(`UPDATE webhook_events SET next_attempt_at = clock_timestamp()`);
  await processInbox();
  expect(await points()).toBe(10n);
});

test('a reading that waited through failures does not win over a newer webhook of its second', async () => {
  const order = await place(true);
  await reconcileShops();
  // As if read within the second, before the edit, and processed after its webhook.
  await pool.query(
    `UPDATE webhook_events SET triggered_at = $1, next_attempt_at = clock_timestamp() + interval '1 hour'
      WHERE headers->>'source' = 'reconciliation'`,
    [new Date(second + 200)],
  );
  await tell(await edit(order), 500);
  expect(await points()).toBe(20n);
  await pool.query(`UPDATE webhook_events SET next_attempt_at = clock_timestamp()`);
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
  expect(await points()).toBe(20n);
});

test('of a webhook and an older reading of its second that are processed together, the webhook counts', async () => {
  const order = await place(true);
  await reconcileShops();
  await pool.query(
    `UPDATE webhook_events SET triggered_at = $1, inbox_id = inbox_id + 1000 WHERE headers->>'source' = 'reconciliation'`,
    [new Date(second + 200)],
  );
  await tell(await edit(order), 500);
  expect(await points()).toBe(20n);
});

const STEPS = ['edit', 'pay', 'cancel', 'refresh', 'reconcile'] as const;
const RUNS = 12;

test('any changes and readings, in any order of arrival, end as Shopify has it after the next reconciliation', async () => {
  const history = fc.record({
    steps: fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 5 }),
    arrivals: fc.array(fc.record({ which: fc.nat(), afterMs: fc.constantFrom(0, 0, 400, 999, 1_500) }), {
      maxLength: 5,
    }),
    isPrompt: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ steps, arrivals, isPrompt }) => {
      await startAgain();
      const first = await place(false);
      const sent = [first];
      let [amount, isPaid, isCancelled] = [10n, false, false];
      const read = { refresh: () => refresh(first), reconcile };
      for (const step of steps) {
        if (step === 'refresh' || step === 'reconcile') {
          await read[step]();
          continue;
        }
        if (isCancelled || (step === 'pay' && isPaid)) continue;
        // An edit of a paid order is paid too, as the sandbox has it.
        sent.push(await { edit, pay, cancel }[step](first));
        if (step === 'edit') amount += 10n;
        isPaid ||= step === 'pay';
        isCancelled ||= step === 'cancel';
        if (isPrompt) await tell(sent.at(-1), sent.length);
      }
      for (const { which, afterMs } of arrivals) await tell(sent[which % sent.length], afterMs);
      await reconcile();
      expect(await points()).toBe(isPaid && !isCancelled ? amount : 0n);
      expect(await audit(club)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});
