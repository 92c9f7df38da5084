/** What an order means for the club, on the page after it and on its own page. */
import type { OrderPointsView } from '../../../../extensions/shared/account-api.ts';
import { ledgerNow, pool } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { currencyDigits } from '#app/lib/money.ts';
import type { Unit } from '#app/lib/units.ts';
import { explainOrder, type OrderExplained } from '#app/modules/earning/explain/explain-order.server.ts';
import { previewCart, type CartLine } from '#app/modules/earning/preview/preview-cart.server.ts';
import { entitlementsOf } from '#app/modules/earning/rules/entitlement.ts';
import { readBalances } from '#app/modules/ledger/balances.queries.server.ts';
import type { Club } from '#app/modules/shops/club.server.ts';

/** A club whose currency is known. */
export type PricedClub = Club & { currency: string };

export interface OrderPointsQuery {
  club: PricedClub;
  /** Null before a sign-in: then nothing but this order's own lines is looked at. */
  customerId: bigint | null;
  orderId: bigint;
  currency: string;
  /** What the page says that the order has; believed for what is expected only. */
  lines: readonly CartLine[];
  /** Discount codes on the order. */
  codes: readonly string[];
}

type Sums = Record<Unit, bigint>;

/**
 * Reads what an order gave its customer, or will give. An order that Shopify has not told of yet is computed from its lines
 * by the rules in force; so is a guest's, of which nothing stored is shown.
 */
export async function readOrderPoints(query: OrderPointsQuery): Promise<OrderPointsView> {
  const { club, customerId } = query;
  if (customerId === null) return toView(club, 'waiting', await expect(query));
  const { shopId } = club;
  const [explained, used, available] = await Promise.all([
    explainOrder(shopId, query.orderId),
    readUsed(query, customerId),
    readAvailable(shopId, customerId),
  ]);
  const own = { used, available };
  if (!explained) return { ...toView(club, 'expected', await expect(query)), ...own };
  if (explained.owner.customerId === null)
    return { ...toView(club, 'waiting', await expect(query)), available };
  if (explained.owner.customerId !== customerId) return { ...toView(club, 'none', NOTHING), available };
  return { ...(await ofOwner(club, explained)), ...own };
}

const NOTHING: Sums = { POINTS: 0n, CREDIT: 0n };

/** Kinds of entries that an order has because it was paid with points. */
const PAID_WITH = new Set(['redeem', 'restore']);

async function ofOwner(club: PricedClub, explained: OrderExplained): Promise<OrderPointsView> {
  const { entries, earning, order, owner } = explained;
  const posted = { ...NOTHING };
  const earned = entries.filter(
    ({ kind, customerId }) => !PAID_WITH.has(kind) && customerId === owner.customerId,
  );
  for (const { unit, amount } of earned) posted[unit] += amount;
  if (earned.length > 0) {
    const state = posted.POINTS > 0n || posted.CREDIT > 0n ? 'earned' : 'none';
    const usableFrom = await readUsableFrom(club.shopId, order.orderId);
    return { ...toView(club, state, posted), usableFrom: usableFrom && localDay(usableFrom, club.timeZone) };
  }
  if (earning.nothingBecause !== null && earning.nothingBecause !== 'not_paid')
    return toView(club, 'none', NOTHING);
  const expected = { ...NOTHING };
  for (const { unit, amount } of entitlementsOf(earning)) expected[unit] += amount;
  return toView(club, 'expected', expected);
}

async function expect({ club, customerId, currency, lines }: OrderPointsQuery): Promise<Sums> {
  const expected = await previewCart({ shopId: club.shopId, customerId, currency, lines });
  return expected === null ? NOTHING : { POINTS: expected.points, CREDIT: expected.credit };
}

function toView(club: PricedClub, state: OrderPointsView['state'], sums: Sums): OrderPointsView {
  const hasSome = sums.POINTS > 0n || sums.CREDIT > 0n;
  const { currency } = club;
  return {
    state: hasSome ? state : 'none',
    points: (sums.POINTS > 0n ? sums.POINTS : 0n).toString(),
    credit: (sums.CREDIT > 0n ? sums.CREDIT : 0n).toString(),
    currency,
    currencyDigits: currencyDigits(currency),
    clubTitle: club.title,
    used: [],
    usableFrom: null,
    available: null,
  };
}

interface UsedRow {
  unit: Unit;
  units: bigint;
  reward: string | null;
}

/** Redemptions that paid for the order: by their codes while Shopify's webhook is on its way, then by the order. */
async function readUsed(
  { club, orderId, codes }: OrderPointsQuery,
  customerId: bigint,
): Promise<OrderPointsView['used']> {
  const { rows } = await pool.query<UsedRow>(
    `SELECT unit, coalesce(settled_units, units) AS units, reward->>'name' AS reward FROM redemptions
     WHERE shop_id = $1 AND customer_id = $2 AND state IN ('issued', 'settled')
       AND (order_id = $3 OR order_id IS NULL AND upper(code) = ANY($4)) ORDER BY created_at`,
    [club.shopId, customerId, orderId, codes.map((code) => code.toUpperCase())],
  );
  return rows.map(({ unit, units, reward }) => ({ unit, units: units.toString(), reward }));
}

async function readAvailable(shopId: bigint, customerId: bigint): Promise<string> {
  const balances = await readBalances(pool, shopId, [customerId]);
  return (balances.find(({ unit }) => unit === 'POINTS')?.available ?? 0n).toString();
}

/** The moment from which all of an order's value can be used; null where it can be used now. */
async function readUsableFrom(shopId: bigint, orderId: bigint): Promise<Date | null> {
  const { rows } = await pool.query<{ from: Date | null }>(
    `SELECT max(valid_from) AS "from" FROM ledger_lots WHERE shop_id = $1 AND order_id = $2 AND remaining > 0`,
    [shopId, orderId],
  );
  const from = rows[0]?.from ?? null;
  return from && from > (await ledgerNow(pool)) ? from : null;
}
