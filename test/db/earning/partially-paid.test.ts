/** A paid order to which an edit adds: what was earned for what is paid stays, the difference earns when it is paid. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { club, installAgain, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { applyNow } from '#app/modules/earning/award/refresh-orders.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { reconcileShops } from '#app/modules/inbox/reconcile-orders.server.ts';
import { audit, entriesOf, setRule, walletOf } from '#test/support/clubs.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { givenEvent } from '#test/support/shops.ts';

useSandboxShop({ hasOrders: false });
const RULE = { stepMinor: 100_000_00n, units: 10n, includeTax: true, lifetimeDays: 30 };
beforeEach(() => setRule(club, RULE));
afterEach(async () => {
  expect(await audit(club)).toEqual([]);
});

async function change(path: string, body: object): Promise<Loose> {
  const answer = await sandbox.control('POST', `/_control/${path}`, body);
  expect(answer.status).toBeLessThan(300);
  return answer.body.order;
}
/** Three days ago, paid a day later. */
async function placeAndPay(): Promise<Loose> {
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const placed = await change('orders', {
    customer: club.customers[0],
    lines: [{ title: 'Kain', price: '200000.00', quantity: 1 }],
    paid: false,
    at: at(3),
  });
  await sandbox.control('POST', '/_control/clock', { set: at(2) });
  const paid = await change(`orders/${String(placed.id)}/pay`, {});
  await sandbox.control('POST', '/_control/clock', { offsetMs: 0 });
  return paid;
}
const addUnpaid = (order: Loose) =>
  change(`orders/${String(order.id)}/edit`, {
    add: [{ title: 'Kopi', price: '95000.00', quantity: 4 }],
    paid: false,
  });
const pay = (order: Loose) => change(`orders/${String(order.id)}/pay`, {});

async function tell(order: Loose, topic = 'orders/updated'): Promise<void> {
  await givenEvent(club.shopId, topic, order, { triggeredAt: order.updated_at });
  await processInbox();
}
const points = async () => (await walletOf(club, club.customers[0]!)).balance;
const figures = () =>
  select('SELECT items, net_minor, financial, eligible_at FROM orders WHERE shop_id = $1');
const lots = () =>
  select(
    `SELECT sum(remaining)::text AS left, valid_from, expires_at FROM ledger_lots WHERE shop_id = $1 AND remaining > 0 GROUP BY 2, 3`,
  );

test('step by step', async () => {
  const order = await placeAndPay();
  await tell(order, 'orders/paid');
  const edited = await addUnpaid(order);
  expect(edited).toMatchObject({ financial_status: 'partially_paid', total_outstanding: '380000.00' });
  await tell(edited);
  expect(await entriesOf(club, club.customers[0]!)).toEqual(['order_spend 20']);
  expect(await figures()).toMatchObject([{ items: 5, net_minor: 200_000_00n, financial: 'partially_paid' }]);
  await tell(await pay(order), 'orders/paid');
  expect(await entriesOf(club, club.customers[0]!)).toEqual(['order_spend 20', 'order_spend 30']);
  expect(await figures()).toMatchObject([{ items: 5, net_minor: 580_000_00n, financial: 'paid' }]);
  expect(await select('SELECT spend_minor FROM customer_stats WHERE shop_id = $1')).toEqual([
    { spend_minor: 580_000_00n },
  ]);
});

describe('only once it is partially paid, it has the same points, figures and terms', () => {
  const doors: Record<string, (order: Loose) => Promise<unknown>> = {
    'by reconciliation': async () => {
      await reconcileShops();
      await processInbox();
    },
    'by "apply now"': ({ id }) => applyNow({ shopId: club.shopId, domain: DEMO_SHOP }, [BigInt(id)]),
    'by its webhook, then that of the payment': async (order) => {
      await tell(order.edited);
      await tell(order.paid, 'orders/paid');
    },
  };
  test.each(Object.keys(doors))('%s', async (door) => {
    const paid = await placeAndPay();
    const edited = await addUnpaid(paid);
    await tell(paid, 'orders/paid');
    await tell(edited);
    const wanted = { points: await points(), figures: await figures(), lots: await lots() };
    expect(wanted).toMatchObject({ points: 20n, figures: [{ net_minor: 200_000_00n }] });
    await installAgain();
    await setRule(club, RULE);
    await doors[door]!({ id: paid.id, paid, edited });
    expect({ points: await points(), figures: await figures(), lots: await lots() }).toEqual(wanted);
  });
});

test('a deposit alone earns nothing', async () => {
  const placed = await change('orders', {
    customer: club.customers[0],
    lines: [{ title: 'Kain', price: '200000.00', quantity: 1 }],
    paid: false,
  });
  await tell({ ...placed, financial_status: 'partially_paid', total_outstanding: '100000.00' });
  expect(await points()).toBe(0n);
  expect(await figures()).toMatchObject([{ net_minor: 0n, eligible_at: null }]);
});
