/** The audit's checks of money: silent on what the app makes of any history, and told of every row that is changed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { MONEY_CHECKS } from '#app/modules/audit/money-checks.ts';
import { runChecks } from '#app/modules/audit/run-checks.server.ts';
import {
  award,
  givenClub,
  givenRedemption,
  orderEvent,
  refundEvent,
  type TestClub,
} from '#test/support/clubs.ts';
import { refundPayload, type OrderSpec, type RefundSpec } from '#test/support/orders.ts';

/** Generated in a run; each is broken in a few of the ways below. */
const HISTORIES = 6;

const cents = (max: number) => fc.integer({ min: 1, max: max * 100 }).map((amount) => amount / 100);

const line = fc.record({
  price: cents(500),
  quantity: fc.integer({ min: 1, max: 4 }),
  tax: fc.oneof(fc.constant(0), cents(20)),
  tip: fc.constantFrom(false, false, false, true),
  gone: fc.constantFrom(0, 0, 0, 1),
});

const refund = fc.record(
  { pieces: fc.integer({ min: 0, max: 3 }), extra: cents(20), shipping: cents(5), moved: cents(100) },
  { requiredKeys: ['pieces'] },
);

const order = fc.record(
  {
    customer: fc.constantFrom(1, 1, 2, null),
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    refunds: fc.array(refund, { maxLength: 2 }),
    shipping: cents(30),
    off: cents(1),
    taxesIncluded: fc.boolean(),
    currency: fc.constantFrom('IDR', 'IDR', 'IDR', 'USD'),
    financial: fc.constantFrom('paid', 'paid', 'paid', 'pending', 'refunded'),
    isCancelled: fc.constantFrom(false, false, false, false, true),
    test: fc.constantFrom(false, false, false, false, true),
    owed: cents(300),
  },
  { requiredKeys: ['customer', 'lines', 'refunds', 'currency', 'isCancelled'] },
);
type Order = typeof order extends fc.Arbitrary<infer T> ? T : never;

function toSpecs(id: number, made: Order): { spec: OrderSpec; refunds: RefundSpec[] } {
  const { lines, refunds, off, isCancelled, owed: _later, ...rest } = made;
  return {
    spec: {
      ...rest,
      id,
      lines: lines.map(({ gone, quantity, ...each }) => ({ ...each, quantity, left: quantity - gone })),
      discounts: off === undefined ? [] : [{ takes: [off] }],
      cancelledAt: isCancelled ? '2026-11-21T10:00:00+07:00' : null,
    },
    refunds: refunds.map(({ pieces, ...each }, index) => ({
      ...each,
      id: id * 10 + index,
      order: id,
      lines: pieces === 0 ? {} : { 1: pieces },
    })),
  };
}

const CODE = 'SETIA-CHECKED';
const REDEMPTION = '00000000-0000-4000-8000-000000000003';

function eventOfRefund(club: TestClub, each: RefundSpec, currency: string) {
  return { ...refundEvent(club, each), payload: refundPayload(each, currency) };
}

/** A club with these orders, one that was paid with points, and one that is plain. */
async function givenHistory(orders: readonly Order[]): Promise<TestClub> {
  // Rp 1 gives a point, so that everything earns.
  const club = await givenClub({ rule: { stepMinor: 100n, units: 1n } });
  // All of the unit's money went back: of one that falls short Shopify is asked, and nothing is known to have moved.
  const plain = { customer: 1, refunds: [{ id: 11, order: 1, moved: 50, lines: { 1: 1 } }] };
  await award(orderEvent(club, { id: 1, lines: [{ price: 50, quantity: 3 }, { price: 7 }], ...plain }));
  await award(orderEvent(club, { id: 2, customer: 1, currency: 'USD', lines: [{ price: 90 }] }));
  await givenRedemption(club, 1, REDEMPTION, CODE, 20n);
  const discounts = [{ code: CODE, takes: [1_500] }];
  await award(orderEvent(club, { id: 3, customer: 1, lines: [{ price: 4_000 }], discounts }));
  for (const [index, made] of orders.entries()) {
    const { spec, refunds } = toSpecs(100 + index, made);
    const asked = refunds.map((each) => eventOfRefund(club, each, made.currency));
    await award(orderEvent(club, spec), ...asked);
    if (made.owed !== undefined)
      await award(orderEvent(club, { ...spec, financial: 'partially_paid', outstanding: made.owed }));
  }
  return club;
}

/** A change of one row, of those that `from` chooses; `named` is what a check must call it by. */
interface Break {
  table: string;
  /** Returns `place` and `named`; $1 is the shop. */
  from: string;
  /** $1 is any amount above zero. */
  change: string;
}

const VALID = `o.financial IN ('paid', 'partially_refunded') AND NOT o.is_test AND o.cancelled_at IS NULL`;
const EARNED = `EXISTS (SELECT FROM ledger_entries e WHERE e.shop_id = o.shop_id AND e.order_id = o.order_id AND e.kind = 'order_spend')`;
const FIRST_LINE = "(o.state #>> '{lines,0,id}')::bigint";

const orders = (where: string, change: string, named = "'order ' || o.order_id"): Break => ({
  table: 'orders',
  from: `SELECT o.ctid AS place, ${named} AS named FROM orders o WHERE o.shop_id = $1 AND ${where}`,
  change: `SET ${change}`,
});
const firstLine = (path: string, value: string): Break =>
  orders(
    `EXISTS (SELECT FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.order_id AND l.line_id = ${FIRST_LINE} AND l.net_minor > 0)`,
    `state = jsonb_set(state, '{lines,0,${path}}', to_jsonb(${value}))`,
    `'order ' || o.order_id || ' line ' || ${FIRST_LINE}`,
  );
const lines = (change: string): Break => ({
  table: 'order_lines',
  from: `SELECT l.ctid AS place, 'order ' || l.order_id || ' line ' || l.line_id AS named FROM order_lines l WHERE l.shop_id = $1`,
  change: `SET ${change}`,
});
const refunds = (change: string): Break => ({
  table: 'order_refunds',
  from: `SELECT r.ctid AS place, 'order ' || r.order_id AS named FROM order_refunds r JOIN orders o USING (shop_id, order_id)
    WHERE r.shop_id = $1 AND r.state ? 'moved' AND o.net_minor > 0 AND NOT jsonb_path_exists(o.state, '$.lines[*] ? (@.left < @.qty)')`,
  change,
});
const customers = (change: string): Break => ({
  table: 'customer_stats',
  from: `SELECT c.ctid AS place, 'customer ' || c.customer_id AS named FROM customer_stats c WHERE c.shop_id = $1`,
  change: `SET ${change}`,
});
const rules = (change: string): Break => ({
  table: 'rule_snapshots',
  from: `SELECT r.ctid AS place, 'order ' || o.order_id AS named FROM rule_snapshots r JOIN orders o USING (shop_id, snapshot_id)
    WHERE r.shop_id = $1 AND ${VALID} AND ${EARNED} AND o.net_minor > 0`,
  change: `SET rules = ${change}`,
});
const payments = (change: string): Break => ({
  table: 'redemptions',
  from: `SELECT r.ctid AS place, 'redemption ' || r.redemption_id AS named FROM redemptions r WHERE r.shop_id = $1 AND r.state = 'settled'`,
  change: `SET ${change}`,
});

const BREAKS: Record<string, Break> = {
  'what an order is worth': orders('true', 'net_minor = net_minor + $1'),
  'its number of items': orders('true', 'items = items + $1'),
  'its total, more': orders('o.net_minor > 0', 'total_minor = total_minor + $1'),
  'its total, nothing': orders('o.net_minor > 0', 'total_minor = $1 * 0'),
  'its currency': orders('o.net_minor > 0', "currency = CASE WHEN $1 > 0 THEN 'USD' END"),
  'its currency, from another': orders(
    `o.currency = 'USD' AND o.items > 0 AND ${VALID}`,
    "currency = CASE WHEN $1 > 0 THEN 'IDR' END",
  ),
  'its status': orders('o.net_minor > 0', "financial = CASE WHEN $1 > 0 THEN 'voided' END"),
  'what is owed for it': orders(
    'o.net_minor > 0',
    `state = jsonb_set(state, '{outstanding}', to_jsonb((coalesce((state ->> 'outstanding')::bigint, 0) + $1)::text))`,
  ),
  'its cancellation': orders('o.net_minor > 0', 'cancelled_at = to_timestamp($1)'),
  'a test of it that earned': orders(EARNED + ' AND o.net_minor > 0', 'is_test = $1 > 0'),
  'its customer': orders('o.customer_id = 1', 'customer_id = 1000 + $1', "'customer ' || o.customer_id"),
  'a price in its payload': firstLine('price', "((state #>> '{lines,0,price}')::bigint + $1 * 100)::text"),
  'the pieces in its payload': firstLine('left', '$1 * 0'),
  "a line's worth": lines('net_minor = net_minor + $1'),
  "a line's kept pieces": lines('kept_quantity = kept_quantity + $1'),
  "a line's pieces": lines('quantity = quantity + $1'),
  'a line that is lost': { ...lines(''), change: 'DELETE' },
  'what a refund moved': refunds(
    `SET state = jsonb_set(state, '{moved}', to_jsonb(((state ->> 'moved')::bigint + $1)::text))`,
  ),
  'a refund that is lost': refunds('DELETE'),
  "a customer's spend": customers('spend_minor = spend_minor + $1'),
  "a customer's total": customers('total_all_minor = total_all_minor + $1'),
  "a customer's orders": customers('orders_valid = orders_valid + $1'),
  "a customer's items": customers('items = items + $1'),
  "a customer's orders in other currencies": customers('other_currency_all = other_currency_all + $1'),
  'the currency of its rules': rules(
    `rules || jsonb_build_object('currency', CASE WHEN $1 > 0 THEN 'USD' END)`,
  ),
  'rules without a currency': rules(`CASE WHEN $1 > 0 THEN rules - 'currency' END`),
  'what a payment spent': payments('settled_units = settled_units + $1'),
  'what its code took off': payments('settled_minor = settled_minor + 1000000 + $1'),
  'what its code took off, unknown': payments('settled_minor = nullif($1, $1)'),
  "a payment's currency": payments("currency = CASE WHEN $1 > 0 THEN 'USD' END"),
};

/** Breaks a row, asks the checks, and undoes it; returns what they named, and what they should have. */
async function foundAfter(tx: Transaction, { shopId }: TestClub, broken: Break, pick: number, by: number) {
  const { rows } = await tx.query<{ place: string; named: string }>(
    `SELECT place::text AS place, named FROM (${broken.from}) r ORDER BY named`,
    [shopId],
  );
  const row = rows[pick % rows.length];
  if (!row) throw new Error(`there is nothing to break in ${broken.table}`);
  await tx.query('SAVEPOINT whole');
  const { table, change } = broken;
  if (change === 'DELETE') await tx.query(`DELETE FROM ${table} WHERE ctid = $1::tid`, [row.place]);
  else
    await tx.query(`UPDATE ${table} ${change.replaceAll('$1', '$1::int')} WHERE ctid = $2::tid`, [
      by,
      row.place,
    ]);
  const found = await runChecks(tx, shopId, MONEY_CHECKS);
  await tx.query('ROLLBACK TO SAVEPOINT whole');
  return { named: row.named, subjects: found.map(({ subject }) => `${subject} `) };
}

/** Every break once, dealt out over the histories in a random order. */
const breaks = fc
  .shuffledSubarray(Object.entries(BREAKS), { minLength: Object.keys(BREAKS).length })
  .map((shuffled) => Map.groupBy(shuffled, (_each, index) => index % HISTORIES));
const chance = fc.record({ pick: fc.nat(100), by: fc.integer({ min: 1, max: 100_000 }) });
const histories = fc.array(fc.array(order, { maxLength: 8 }), { minLength: HISTORIES, maxLength: HISTORIES });

test('any history is proved, and any row of it that is changed is named', async () => {
  await fc.assert(
    fc.asyncProperty(histories, breaks, chance, async (all, dealt, { pick, by }) => {
      for (const [index, made] of all.entries()) {
        const club = await givenHistory(made);
        expect(await auditShop(club.shopId)).toEqual([]);
        await withTransaction(async (tx) => {
          for (const [what, broken] of dealt.get(index) ?? []) {
            const { named, subjects } = await foundAfter(tx, club, broken, pick, by);
            const isNamed = subjects.some((subject) => subject.startsWith(`${named} `));
            expect({ what, named, isNamed, subjects }).toMatchObject({ isNamed: true });
          }
        });
      }
    }),
    // A smaller case would take longer to find than this one to read.
    { numRuns: 1, endOnFailure: true },
  );
});
