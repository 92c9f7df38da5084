/** Orders without a customer wait for a customer with their phone or e-mail (F130), on a real database. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { deleteCustomer } from '#app/modules/customers/remove-records.server.ts';
import { upsertCustomers } from '#app/modules/customers/upsert-customers.server.ts';
import { adoptGuestOrders, sweepGuestOrders } from '#app/modules/earning/award/award-adopted.server.ts';
import {
  audit,
  award,
  balanceOf,
  entriesOf,
  givenClub,
  orderEvent,
  refundEvent,
  setClub,
  setRule,
  type TestClub,
} from '#test/support/clubs.ts';
import type { OrderSpec } from '#test/support/orders.ts';

const SITI = 9;
const BUDI = 8;
const PHONE = '+6281234567890';

let club: TestClub;
beforeEach(async () => {
  club = await givenClub();
  await pool.query(`UPDATE shops SET country = 'ID' WHERE shop_id = $1`, [club.shopId]);
});
afterEach(async () => {
  expect(await audit(club)).toEqual([]);
});

const guest = (change: Partial<OrderSpec> = {}) =>
  orderEvent(club, { id: 1, customer: null, lines: [{ price: 100_000, quantity: 3 }], ...change });

let minute = 0;
/** customers/create or update, as the inbox works it. */
async function customer(
  id: number,
  contact: { email?: string | null; phone?: string | null },
  topic = 'customers/update',
): Promise<void> {
  const triggeredAt = new Date(Date.UTC(2026, 10, 21, 0, (minute += 1)));
  const payload = { id, email: null, phone: null, ...contact, updated_at: triggeredAt.toISOString() };
  await withTransaction(async (tx) => {
    const event = { shopId: club.shopId, topic, triggeredAt, payload };
    await adoptGuestOrders(tx, await upsertCustomers(tx, [event]));
  });
}

async function claimers(): Promise<Record<string, bigint | null>> {
  const { rows } = await pool.query<{ id: bigint; by: bigint | null }>(
    'SELECT order_id AS id, claimed_by AS by FROM orders WHERE shop_id = $1 ORDER BY 1',
    [club.shopId],
  );
  return Object.fromEntries(rows.map(({ id, by }) => [String(id), by]));
}

describe("a guest's order", () => {
  test.each(['0812-3456-7890', '+62 812 3456 7890', '(0812) 34567890', '6281234567890'])(
    'under the phone %s is claimed by the customer with that phone, once',
    async (phone) => {
      await award(guest({ phone }));
      expect(await entriesOf(club, SITI)).toEqual([]);
      await customer(SITI, { phone: PHONE }, 'customers/create');
      await customer(SITI, { phone: PHONE });
      expect(await entriesOf(club, SITI)).toEqual(['order_spend 30']);
    },
  );

  test('under an e-mail is claimed however it is written', async () => {
    await award(guest({ email: 'Siti@Example.com' }));
    await customer(SITI, { email: 'siti@EXAMPLE.com' });
    expect(await balanceOf(club, SITI)).toBe(30n);
  });

  test('is claimed when an order of the customer brings the e-mail', async () => {
    await award(guest({ email: `c${SITI}@example.com` }));
    await award(orderEvent(club, { id: 2, customer: SITI, lines: [{ price: 100_000 }] }));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30', 'order_spend 10']);
  });

  test('of a known customer is claimed when it comes, also in one batch with their first order', async () => {
    await customer(BUDI, { phone: PHONE });
    await award(
      guest({ phone: '0812 3456 7890' }),
      guest({ id: 2, email: `c${SITI}@example.com` }),
      orderEvent(club, { id: 3, customer: SITI, lines: [{ price: 100_000 }] }),
    );
    expect([await balanceOf(club, BUDI), await balanceOf(club, SITI)]).toEqual([30n, 40n]);
  });

  test('goes to the phone before the e-mail', async () => {
    await customer(SITI, { email: 'a@example.com' });
    await customer(BUDI, { phone: PHONE });
    await award(guest({ phone: PHONE, email: 'a@example.com' }));
    expect(await claimers()).toEqual({ 1: 8n });
  });

  test('stays with its customer when the phone changes hands', async () => {
    await award(guest({ phone: PHONE }));
    await customer(SITI, { phone: PHONE });
    await customer(SITI, { phone: null });
    await customer(BUDI, { phone: PHONE });
    await award(guest({ phone: PHONE, updatedAt: '2026-11-21T10:00:00+07:00' }));
    expect([await balanceOf(club, BUDI), await balanceOf(club, SITI)]).toEqual([0n, 30n]);
  });

  test('goes to the customer whom Shopify names later', async () => {
    await award(guest({ phone: PHONE }));
    await customer(SITI, { phone: PHONE });
    await award(guest({ customer: BUDI, updatedAt: '2026-11-21T10:00:00+07:00' }));
    expect([await balanceOf(club, BUDI), await balanceOf(club, SITI)]).toEqual([30n, 0n]);
  });

  test('is never claimed by a deleted or erased customer', async () => {
    await customer(SITI, { phone: PHONE });
    await withTransaction((tx) =>
      deleteCustomer(tx, { shopId: club.shopId, topic: '', triggeredAt: new Date(), payload: { id: SITI } }),
    );
    await award(guest({ phone: PHONE }));
    await customer(SITI, { phone: PHONE });
    expect(await claimers()).toEqual({ 1: null });
  });

  test('earns by the rules of its own time, and less what was refunded meanwhile', async () => {
    await award(guest({ phone: PHONE }), refundEvent(club, { id: 5, order: 1, lines: { 1: 1 } }));
    await setRule(club, { units: 1_000n });
    await customer(SITI, { phone: PHONE });
    expect(await balanceOf(club, SITI)).toBe(20n);
  });

  test('under a rule for members asks whether its customer was one when it was made', async () => {
    await setRule(club, { membersOnly: true });
    await award(guest({ phone: PHONE }), guest({ id: 2, email: 'b@example.com' }));
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, member_since)
       VALUES ($1, 9, ledger_now() - interval '1 year'), ($1, 8, ledger_now() - interval '1 minute')`,
      [club.shopId],
    );
    // The current rules no longer apply to anyone; the order's own still do.
    await setRule(club, { membersOnly: false });
    await customer(SITI, { phone: PHONE });
    await customer(BUDI, { email: 'b@example.com' });
    expect([await balanceOf(club, SITI), await balanceOf(club, BUDI)]).toEqual([30n, 0n]);
  });

  test('that trial mode held back stays so, unless a test customer claims it', async () => {
    await setClub(club, { trial_mode: true });
    await award(guest({ phone: PHONE }), guest({ id: 2, email: 'b@example.com' }));
    await pool.query(`INSERT INTO customers (shop_id, customer_id, is_trial) VALUES ($1, 9, true)`, [
      club.shopId,
    ]);
    await customer(SITI, { phone: PHONE });
    await setClub(club, { trial_mode: false });
    await customer(BUDI, { email: 'b@example.com' });
    expect([await balanceOf(club, SITI), await balanceOf(club, BUDI)]).toEqual([30n, 0n]);
  });

  test('without phone and e-mail, or of another shop, waits for nobody', async () => {
    const other = await givenClub();
    await award(guest({}), orderEvent(other, { id: 1, customer: null, phone: PHONE, lines: [{ price: 1 }] }));
    await customer(SITI, { phone: PHONE });
    expect(await claimers()).toEqual({ 1: null });
  });
});

test('an order and its customer that came in the same moment are found by the sweep', async () => {
  await award(guest({ phone: PHONE }));
  await pool.query(`INSERT INTO customers (shop_id, customer_id, phone) VALUES ($1, 9, $2)`, [
    club.shopId,
    PHONE,
  ]);
  expect([await sweepGuestOrders(), await sweepGuestOrders()]).toEqual([1, 0]);
  expect(await balanceOf(club, SITI)).toBe(30n);
});
