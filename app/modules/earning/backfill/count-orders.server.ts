/** The dry run: what each collected order would be given, by the rules of now, without posting anything. */
import { ledgerNow, withTransaction, type Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { toE164 } from '#app/lib/phone.ts';
import { readClubRules, type ClubRules } from '../rules-in-force.server.ts';
import { readFacts } from '../award/read-facts.server.ts';
import { orderKeyText } from '#app/modules/orders/known-order.ts';
import { resolveOwners } from '#app/modules/orders/order-owners.server.ts';
import { figuresOf, nothing, type OrderFigures } from '../rules/backfill.ts';
import { decodeOrder, type DecodedOrder } from '#app/modules/orders/rules/decode-order.ts';
import { paidProof } from '#app/modules/orders/rules/order-payment.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import {
  changeBackfill,
  dropCollected,
  holdForBatch,
  ORDERS_A_BATCH,
  type Backfill,
} from './backfill-rows.server.ts';
import type { StepOutcome } from './collect-orders.server.ts';
import { addUp } from './totals.server.ts';

/** Orders that keep rules already: they were counted when their webhook came. Undone ones may be counted again. */
export const KNOWN_ORDERS = `SELECT order_id FROM orders WHERE shop_id = $1 AND order_id = ANY($2::bigint[])
  AND snapshot_id IS NOT NULL AND (facts->>'withheld') IS DISTINCT FROM 'backfill_undone'`;

interface Counted {
  orderId: bigint;
  customerId: bigint | null;
  figures: OrderFigures;
}

/** Counts the next orders of a backfill; when none is left, adds up and is ready for the merchant, or done with nothing to give. */
export async function countOrders(seen: Backfill): Promise<StepOutcome> {
  return withTransaction(async (tx) => {
    if (!(await holdForBatch(tx, seen))) return 'stopped';
    const { rows } = await tx.query<{ orderId: bigint; payload: unknown }>(
      `SELECT order_id AS "orderId", payload FROM backfill_orders
       WHERE shop_id = $1 AND backfill_id = $2 AND order_id > $3 ORDER BY order_id LIMIT ${ORDERS_A_BATCH}`,
      [seen.shopId, seen.backfillId, seen.cursor],
    );
    const last = rows.at(-1);
    if (!last) {
      const totals = await addUp(tx, seen);
      const state = totals.earning > 0 ? 'ready' : 'done';
      await changeBackfill(tx, seen, { state, cursor: null, addDone: null, totals });
      if (state === 'done') await dropCollected(tx, seen);
      return 'moved';
    }
    await storeFigures(tx, seen, await countAll(tx, seen.shopId, rows));
    await changeBackfill(tx, seen, { cursor: last.orderId, addDone: rows.length });
    return 'moved';
  });
}

async function countAll(
  tx: Transaction,
  shopId: bigint,
  rows: readonly { orderId: bigint; payload: unknown }[],
): Promise<Counted[]> {
  const clubs = await readClubRules(tx, [shopId]);
  const club = clubs.get(shopId);
  invariant(club, `shop ${shopId} has no row`);
  const known = await tx.query<{ order_id: bigint }>(KNOWN_ORDERS, [
    shopId,
    bigintArray(rows.map(({ orderId }) => orderId)),
  ]);
  const knownIds = new Set(known.rows.map((row) => row.order_id));
  const fresh: (DecodedOrder & { shopId: bigint })[] = [];
  const counted: Counted[] = [];
  for (const { orderId, payload } of rows) {
    const decoded = isEmpty(payload) ? null : decodeOrder(payload);
    if (knownIds.has(orderId)) counted.push({ orderId, customerId: null, figures: nothing('known') });
    else if (decoded) fresh.push({ shopId, ...decoded });
    else counted.push({ orderId, customerId: null, figures: nothing('unreadable') });
  }
  const owned = await resolveOwners(tx, await withGuests(tx, club, fresh));
  const facts = await readFacts(tx, owned, clubs);
  const now = await ledgerNow(tx);
  for (const { order, refunds, paidAt } of owned) {
    const { orderId, customerId } = order;
    const eligibleAt = paidProof({ order, paidAt })?.at ?? null;
    const input = { order, refunds, rules: club.rules, eligibleAt };
    const own = facts.get(orderKeyText({ shopId, orderId })) ?? NO_FACTS;
    counted.push({ orderId, customerId, figures: figuresOf({ ...input, facts: own }, now) });
  }
  return counted;
}

/** An order that could not be put together. */
function isEmpty(payload: unknown): boolean {
  return typeof payload !== 'object' || payload === null || Object.keys(payload).length === 0;
}

/** Guests are given to whom their order will be given when it is posted: who has the phone, then who has the e-mail. */
async function withGuests<T extends DecodedOrder>(
  tx: Transaction,
  club: ClubRules,
  orders: readonly T[],
): Promise<(T & { claimedBy: bigint | null })[]> {
  const guests = orders.filter(({ order }) => order.customerId === null);
  const owners = new Map<bigint, bigint>();
  if (guests.length > 0) {
    const { rows } = await tx.query<{ order_id: bigint; customer_id: bigint }>(GUESTS, [
      club.shopId,
      bigintArray(guests.map(({ order }) => order.orderId)),
      guests.map(({ order: { phone } }) => (phone === null ? null : (toE164(phone, club.country) ?? phone))),
      guests.map(({ order }) => order.email),
    ]);
    for (const row of rows) owners.set(row.order_id, row.customer_id);
  }
  return orders.map((one) => ({ ...one, claimedBy: owners.get(one.order.orderId) ?? null }));
}

const GUESTS = `
  WITH guest AS (SELECT * FROM unnest($2::bigint[], $3::text[], $4::text[]) AS g (order_id, phone, email)),
  hit AS (
    SELECT g.order_id, c.customer_id, 0 AS rank FROM guest g JOIN customers c ON c.shop_id = $1 AND c.phone = g.phone
      WHERE c.state = 'active' AND c.merged_into IS NULL
    UNION ALL
    SELECT g.order_id, c.customer_id, 1 FROM guest g JOIN customers c ON c.shop_id = $1 AND c.email = g.email
      WHERE c.state = 'active' AND c.merged_into IS NULL)
  SELECT DISTINCT ON (order_id) order_id, customer_id FROM hit ORDER BY order_id, rank, customer_id`;

async function storeFigures(tx: Transaction, seen: Backfill, counted: readonly Counted[]): Promise<void> {
  const column = (pick: (figures: OrderFigures) => bigint): string =>
    bigintArray(counted.map(({ figures }) => pick(figures)));
  await tx.query(
    `UPDATE backfill_orders b SET state = 'counted', customer_id = n.customer_id, points = n.points, credit = n.credit,
       expired_points = n.expired_points, expired_credit = n.expired_credit, because = n.because
     FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[])
       AS n (order_id, customer_id, points, credit, expired_points, expired_credit, because)
     WHERE b.shop_id = $1 AND b.backfill_id = $2 AND b.order_id = n.order_id`,
    [
      seen.shopId,
      seen.backfillId,
      bigintArray(counted.map(({ orderId }) => orderId)),
      bigintArray(counted.map(({ customerId }) => customerId)),
      column(({ points }) => points),
      column(({ credit }) => credit),
      column(({ expiredPoints }) => expiredPoints),
      column(({ expiredCredit }) => expiredCredit),
      counted.map(({ figures }) => figures.because),
    ],
  );
}
