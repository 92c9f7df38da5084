/** Clubs on a real database, and their members' balances. */
import { pool, withTransaction } from '#app/db.server.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { awardOrders } from '#app/modules/earning/award/award-orders.server.ts';
import type { OrderEvent } from '#app/modules/earning/award/read-events.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { readBalances, type Balance } from '#app/modules/ledger/balances.queries.server.ts';
import { type SpendRule } from '#app/modules/earning/rules/program.ts';
import { storeRule } from '#app/modules/earning/rules/rules-json.ts';
import type { Unit } from '#app/lib/units.ts';
import { orderPayload, refundPayload, type OrderSpec, type RefundSpec } from './orders.ts';
import { spendRule } from './rules.ts';
import { givenShop } from './shops.ts';

export interface TestClub {
  shopId: bigint;
  domain: string;
}

/** Creates a shop in Jakarta whose club gives 10 points for each Rp 100,000 (F59), with the given changes. */
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

const HOUR_MS = 3_600_000;

/** An hour ago, by the clock that the code uses: what an order gives is valid now, whatever the day. */
const PLACED_AT = Date.now() - HOUR_MS;
let lastTriggeredAt = PLACED_AT;

/** An event of an order that was placed an hour ago, triggered a second after the previous one. */
export function orderEvent({ shopId }: TestClub, order: OrderSpec, topic = 'orders/updated'): OrderEvent {
  const payload = orderPayload({ processedAt: new Date(PLACED_AT).toISOString(), ...order });
  return { shopId, topic, triggeredAt: new Date((lastTriggeredAt += 1_000)), payload };
}

export function refundEvent({ shopId }: TestClub, refund: RefundSpec): OrderEvent {
  return {
    shopId,
    topic: 'refunds/create',
    triggeredAt: new Date((lastTriggeredAt += 1_000)),
    payload: refundPayload(refund),
  };
}

/** Processes events in one transaction, as the inbox does. */
export async function award(...events: OrderEvent[]): Promise<void> {
  await withTransaction((tx) => awardOrders(tx, events));
}

const NOTHING = { balance: 0n, available: 0n, held: 0n, pending: 0n, debt: 0n };

/** Returns a customer's balance in a unit. */
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

/** Returns the audit's differences as text; empty when all is proved. */
export async function audit({ shopId }: TestClub): Promise<string[]> {
  return (await auditShop(shopId)).map(
    ({ check, subject, stored, computed }) => `${check}: ${subject} is ${stored}, should be ${computed}`,
  );
}

/** An issued payment of 100 rupiah a unit, as a shopper's request and Shopify's answer would leave it. */
export async function givenRedemption(
  { shopId }: TestClub,
  customer: number,
  id: string,
  code: string,
  units: bigint,
): Promise<void> {
  await withTransaction(async (tx) => {
    const key = { shopId, customerId: BigInt(customer), unit: 'POINTS' as const };
    const plan = await openPosting(tx, [key], [key]);
    plan.hold(key, id, units);
    await writePosting(tx, plan);
    await tx.query(
      `INSERT INTO redemptions (shop_id, redemption_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code, state, expires_at)
       VALUES ($1, $2, $3, $4, '', 'POINTS', $5, $6, 'IDR', $7, 'issued', ledger_now() + interval '2 hours')`,
      [shopId, id, customer, id, units, units * 100_00n, code],
    );
  });
}

/** Moves the database's clock for every connection of this file's database. */
export async function moveClock(interval: string): Promise<void> {
  await pool.query(
    `CREATE OR REPLACE FUNCTION ledger_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT clock_timestamp() + interval '${interval}' $$`,
  );
}
