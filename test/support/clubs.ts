/** Clubs on a real database, and what their members have. */
import { pool, withTransaction } from '#app/db.server.ts';
import { auditShop } from '#app/modules/loyalty/audit.server.ts';
import { awardOrders, type OrderEvent } from '#app/modules/loyalty/award-orders.server.ts';
import { readBalances, type Balance } from '#app/modules/loyalty/ledger.queries.server.ts';
import { type SpendRule } from '#app/modules/loyalty/rules/program.ts';
import { storeRule } from '#app/modules/loyalty/rules/store-rules.ts';
import type { Unit } from '#app/modules/loyalty/rules/units.ts';
import { orderPayload, refundPayload, type OrderSpec, type RefundSpec } from './orders.ts';
import { spendRule } from './rules.ts';
import { givenShop } from './shops.ts';

export interface TestClub {
  shopId: bigint;
  domain: string;
}

/** A shop in Jakarta whose club gives 10 points for each Rp 100,000 (F59), changed as told. */
export async function givenClub(
  change: { domain?: string; rule?: Partial<SpendRule> } = {},
): Promise<TestClub> {
  const club = await givenShop({
    currency: 'IDR',
    timeZone: 'Asia/Jakarta',
    ...(change.domain === undefined ? {} : { domain: change.domain }),
  });
  await setRule(club, change.rule ?? {});
  return club;
}

/** Changes the club's spend program, as saving it would. */
export async function setRule({ shopId }: TestClub, change: Partial<SpendRule>): Promise<void> {
  await pool.query(`UPDATE programs SET rule = $2, version = version + 1 WHERE shop_id = $1`, [
    shopId,
    JSON.stringify(storeRule(spendRule(change))),
  ]);
}

/** Sets columns of the club's settings. */
export async function setClub({ shopId }: TestClub, settings: Record<string, unknown>): Promise<void> {
  const names = Object.keys(settings);
  await pool.query(
    `UPDATE club_settings SET ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} WHERE shop_id = $1`,
    [shopId, ...Object.values(settings)],
  );
}

let clock = Date.parse('2026-11-21T00:00:00Z');

/** An event of an order, triggered a second after the event made before. */
export function orderEvent({ shopId }: TestClub, order: OrderSpec, topic = 'orders/updated'): OrderEvent {
  return { shopId, topic, triggeredAt: new Date((clock += 1_000)), payload: orderPayload(order) };
}

export function refundEvent({ shopId }: TestClub, refund: RefundSpec): OrderEvent {
  return {
    shopId,
    topic: 'refunds/create',
    triggeredAt: new Date((clock += 1_000)),
    payload: refundPayload(refund),
  };
}

/** Works events off in one transaction, as the inbox does. */
export async function award(...events: OrderEvent[]): Promise<void> {
  await withTransaction((tx) => awardOrders(tx, events));
}

const NOTHING = { balance: 0n, available: 0n, held: 0n, pending: 0n, debt: 0n };

/** What a customer has in a unit. */
export async function walletOf(
  { shopId }: TestClub,
  customerId: number | bigint,
  unit: Unit = 'POINTS',
): Promise<Omit<Balance, 'customerId' | 'unit'>> {
  const rows = await readBalances(pool, shopId, [BigInt(customerId)]);
  const row = rows.find((balance) => balance.unit === unit);
  if (!row) return NOTHING;
  const { balance, available, held, pending, debt } = row;
  return { balance, available, held, pending, debt };
}

export async function balanceOf(club: TestClub, customerId: number | bigint): Promise<bigint> {
  return (await walletOf(club, customerId)).balance;
}

/** The ledger of a customer, oldest first, as `kind amount`. */
export async function entriesOf({ shopId }: TestClub, customerId: number | bigint): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT kind || ' ' || amount AS line FROM ledger_entries WHERE shop_id = $1 AND customer_id = $2 ORDER BY entry_id`,
    [shopId, BigInt(customerId)],
  );
  return rows.map((row) => row.line);
}

/** What the audit names, as text; empty when all is proved. */
export async function audit({ shopId }: TestClub): Promise<string[]> {
  return (await auditShop(shopId)).map(
    ({ check, subject, stored, computed }) => `${check}: ${subject} is ${stored}, should be ${computed}`,
  );
}

/** Moves the club's clock, for every connection of this file's database. */
export async function moveClock(interval: string): Promise<void> {
  await pool.query(
    `CREATE OR REPLACE FUNCTION club_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT clock_timestamp() + interval '${interval}' $$`,
  );
}
