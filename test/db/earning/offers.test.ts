/** Orders earn by offers (F87-F91): strictly above, the highest minimum of a group, groups add up, refunds step down. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import {
  award,
  audit,
  givenClub,
  orderEvent,
  refundEvent,
  setClub,
  walletOf,
  type TestClub,
} from '#test/support/clubs.ts';
import type { Unit } from '#app/lib/units.ts';

const SITI = 9;

let club: TestClub;
let group: bigint;
beforeEach(async () => {
  club = await givenClub();
  await pool.query(`UPDATE programs SET status = 'paused' WHERE shop_id = $1`, [club.shopId]);
  await setClub(club, { offers_active: true });
  group = await givenGroup('Large orders');
});
afterEach(async () => {
  expect(await audit(club)).toEqual([]);
});

async function givenGroup(name: string): Promise<bigint> {
  const { rows } = await pool.query<{ id: bigint }>(
    'INSERT INTO offer_groups (shop_id, name) VALUES ($1, $2) RETURNING group_id AS id',
    [club.shopId, name],
  );
  return rows[0]!.id;
}

async function givenOffer(
  aboveRupiah: number,
  percent: number,
  change: { unit?: Unit; group?: bigint; from?: number; until?: number; status?: string } = {},
): Promise<void> {
  await pool.query(
    `INSERT INTO offers (shop_id, group_id, name, unit, minimum_minor, percent_bp, from_days, until_days, status) VALUES ($1, $2, 'Offer', $3, $4, $5, $6, $7, $8)`,
    [
      club.shopId,
      change.group ?? group,
      change.unit ?? 'CREDIT',
      BigInt(aboveRupiah) * 100n,
      percent * 100,
      change.from ?? 0,
      change.until ?? null,
      change.status ?? 'active',
    ],
  );
}

let orders = 0;
/** A paid order of units at these prices; returns its id. */
async function order(...prices: number[]): Promise<number> {
  const id = (orders += 1);
  await award(orderEvent(club, { id, customer: SITI, lines: prices.map((price) => ({ price })) }));
  return id;
}

const balance = async (unit: Unit = 'CREDIT') => (await walletOf(club, SITI, unit)).balance;

test('an order of exactly the minimum gets nothing, a rupiah more does', async () => {
  await givenOffer(5_000_000, 2);
  await order(5_000_000);
  expect(await balance()).toBe(0n);
  await order(5_000_001);
  expect(await balance()).toBe(100_000_02n);
});

test('of a group the highest minimum that is exceeded counts, whatever it gives', async () => {
  await givenOffer(100_000, 10);
  await givenOffer(500_000, 5);
  await givenOffer(1_000_000, 50);
  await order(600_000);
  expect(await balance()).toBe(30_000_00n);
});

test('groups add up, each in its own unit', async () => {
  await givenOffer(100_000, 10);
  await givenOffer(200_000, 1, { unit: 'POINTS', group: await givenGroup('Points') });
  await order(500_000);
  expect(await balance('CREDIT')).toBe(50_000_00n);
  expect(await balance('POINTS')).toBe(5_000n);
});

test('a refund lets the order fall to a lower offer, a second one to none', async () => {
  await givenOffer(100_000, 5);
  await givenOffer(500_000, 20);
  const id = await order(400_000, 150_000, 90_000);
  expect(await balance()).toBe(128_000_00n);
  await award(refundEvent(club, { id: 1, order: id, lines: { 1: 1 } }));
  expect(await balance()).toBe(12_000_00n);
  await award(refundEvent(club, { id: 2, order: id, lines: { 2: 1 } }));
  expect(await balance()).toBe(0n);
});

test('while the switch is off, and by a paused offer, orders get nothing; what was earned keeps its rules', async () => {
  await givenOffer(100_000, 10);
  await givenOffer(200_000, 50, { status: 'paused' });
  const id = await order(300_000, 300_000);
  expect(await balance()).toBe(60_000_00n);
  await setClub(club, { offers_active: false });
  await order(300_000);
  await award(refundEvent(club, { id: 11, order: id, lines: { 1: 1 } }));
  expect(await balance()).toBe(30_000_00n);
});

test('is usable from day X until the end of day Y after the purchase, or without expiry', async () => {
  await givenOffer(100_000, 10, { from: 3, until: 10 });
  await givenOffer(100_000, 1, { unit: 'POINTS', group: await givenGroup('Points') });
  await order(300_000);
  const { rows } = await pool.query<{ unit: Unit; days: number | null; ends: string | null }>(
    `SELECT l.unit, round(extract(epoch FROM l.valid_from - o.eligible_at) / 86400)::int AS days,
       ((l.expires_at - interval '1 second') AT TIME ZONE 'Asia/Jakarta')::date - (o.eligible_at AT TIME ZONE 'Asia/Jakarta')::date AS ends
     FROM ledger_lots l JOIN orders o USING (shop_id, order_id) WHERE l.shop_id = $1 ORDER BY l.unit`,
    [club.shopId],
  );
  expect(rows).toEqual([
    { unit: 'CREDIT', days: 3, ends: 10 },
    { unit: 'POINTS', days: 0, ends: null },
  ]);
  expect(await walletOf(club, SITI, 'CREDIT')).toMatchObject({ available: 0n, pending: 30_000_00n });
});

test('tax and shipping count when the shop says so', async () => {
  await givenOffer(100_000, 10);
  const spec = {
    customer: SITI,
    lines: [{ price: 100_000, tax: 11_000 }],
    shipping: 20_000,
    taxesIncluded: false,
  };
  await award(orderEvent(club, { id: (orders += 1), ...spec }));
  expect(await balance()).toBe(0n);
  await setClub(club, { offers_include_tax: true });
  await award(orderEvent(club, { id: (orders += 1), ...spec }));
  expect(await balance()).toBe(11_100_00n);
  await setClub(club, { offers_include_shipping: true });
  await award(orderEvent(club, { id: (orders += 1), ...spec }));
  expect(await balance()).toBe(24_200_00n);
});
