/** Amounts that few would mean, from the forms in Shopify's admin: given only once their figure came back. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { club, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { staffDoor } from '#app/modules/club-api/staff/staff-door.server.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { givePoints } from '#test/support/redemptions.ts';
import type { Loose } from '#test/support/sandbox.ts';
import { sessionToken } from '#test/support/session-token.ts';

useSandboxShop();

/** Each test has a user of its own: turns are counted by user. */
let user = 300;
const { call } = useClubDoor(() => sessionToken(club.domain, { sub: String(user) }), staffDoor);

async function ask(path: string, body: object): Promise<[status: number, json: Loose]> {
  const response = await call(`/api/staff/${path}`, { method: 'POST', body });
  return [response.status, await response.json()];
}

let siti = 0;
let rama = 0;
const balances = async () => {
  const { rows } = await pool.query<{ balance: number }>(
    `SELECT balance::int FROM ledger_accounts WHERE shop_id = $1 AND unit = 'POINTS' ORDER BY customer_id`,
    [club.shopId],
  );
  return rows.map(({ balance }) => balance);
};

beforeEach(async () => {
  user += 1;
  [siti, rama] = [club.customers[0]!, club.customers[1]!];
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id) VALUES ($1, $2), ($1, $3) ON CONFLICT DO NOTHING`,
    [club.shopId, siti, rama],
  );
  // What is usual here.
  await givePoints(club, siti, 200n);
});

it('a billion points for one customer', async () => {
  const body = {
    ...{ customerId: String(siti), formKey: randomUUID(), locale: 'id', reason: 'loyal_customer' },
    ...{ unit: 'POINTS', amount: '1.000.000.000', effectiveOn: '2026-01-02', validFromOn: '2026-01-02' },
    ...{ lifetime: 'never', expiresOn: '', orderId: '', note: '' },
  };
  const figure = '1000000000';
  expect(await ask('adjustments', body)).toEqual([
    409,
    {
      ...{ ok: false, errors: {} },
      question: { figure, number: figure, worthMinor: '10000000000000', usual: '200' },
    },
  ]);
  expect((await ask('adjustments', { ...body, meant: '1000000' }))[1].ok).toBe(false);
  expect(await balances()).toEqual([200]);
  expect((await ask('adjustments', { ...body, meant: figure }))[1].ok).toBe(true);
});

it('a fortune for many customers, and none of it before', async () => {
  const body = {
    ...{ what: 'points', reason: 'other', expiresOn: '', note: '', formKey: randomUUID(), locale: 'en' },
    ...{ amount: '1000000', customerIds: [String(siti), String(rama), String(rama)] },
  };
  const figure = '20000000000';
  expect(await ask('bulk', body)).toEqual([
    409,
    {
      ...{ ok: false, errors: {} },
      question: { figure, number: '200000000.00', worthMinor: figure, usual: '200' },
    },
  ]);
  expect((await ask('bulk', { ...body, meant: '1000000' }))[1].ok).toBe(false);
  expect(await balances()).toEqual([200]);
  expect((await ask('bulk', { ...body, meant: figure }))[1]).toEqual({ ok: true, changed: 2, left: {} });
  expect((await balances()).toSorted((a, b) => a - b)).toEqual([1_000_000, 1_000_200]);
});
