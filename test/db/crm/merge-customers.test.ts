/** Two customers become one (F129), on a real database: whatever comes before, after, twice or in a chain. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { expireLots } from '#app/modules/ledger/expiry/expire-lots.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import { mergeCustomers } from '#app/modules/crm/merge/merge-customers.server.ts';
import type { EarnKind } from '#app/modules/ledger/rules/posting-types.ts';
import {
  audit,
  award,
  balanceOf,
  entriesOf,
  givenClub,
  moveClock,
  orderEvent,
  refundEvent,
  setClub,
  setRule,
  walletOf,
  type TestClub,
} from '#test/support/clubs.ts';
import type { OrderSpec } from '#test/support/orders.ts';
import { seededRandom } from '#test/support/random.ts';

const KEPT = 1;
const GONE = 2;
const THIRD = 3;

let club: TestClub;
beforeEach(async () => {
  club = await givenClub();
});
afterEach(async () => {
  await moveClock('0 days');
  expect(await audit(club)).toEqual([]);
});

const order = (id: number, customer: number, change: Partial<OrderSpec> = {}) =>
  orderEvent(club, { id, customer, lines: [{ price: 100_000, quantity: 3 }], ...change });

const gid = (id: number) => `gid://shopify/Customer/${id}`;

/** What customers/merge carries, as Shopify documents it. */
function mergeEvent(kept: number, deleted: number, status = 'completed') {
  return {
    shopId: club.shopId,
    topic: 'customers/merge',
    triggeredAt: new Date(),
    payload: {
      admin_graphql_api_customer_kept_id: gid(kept),
      admin_graphql_api_customer_deleted_id: gid(deleted),
      admin_graphql_api_job_id: null,
      status,
      errors: [],
    },
  };
}

async function merge(kept = KEPT, deleted = GONE, status?: string): Promise<void> {
  await withTransaction((tx) => mergeCustomers(tx, [mergeEvent(kept, deleted, status)]));
}

async function lotsOf(customer: number): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT remaining || ' of order ' || coalesce(order_id::text, '-') || ' until ' || coalesce(to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), '-') AS line
     FROM ledger_lots WHERE shop_id = $1 AND customer_id = $2 AND remaining > 0 ORDER BY entry_id`,
    [club.shopId, customer],
  );
  return rows.map(({ line }) => line);
}

describe('a merge', () => {
  test('takes along what staff wrote of both: fields, notes, photos, tags and history', async () => {
    const { shopId } = club;
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, gender, social, interests) VALUES
         ($1, ${KEPT}, NULL, '{"line": "kept"}', '{}'), ($1, ${GONE}, 'female', '{"line": "gone", "x": "gone"}', '{batik}')`,
      [shopId],
    );
    await pool.query(
      `INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, 'vip', 'VIP'), ($1, 'old', 'Old'), ($1, 'new', 'New')`,
      [shopId],
    );
    await pool.query(
      `INSERT INTO customer_tags (shop_id, tag_key, customer_id, is_on) VALUES
         ($1, 'vip', ${GONE}, true), ($1, 'old', ${GONE}, false), ($1, 'new', ${KEPT}, true), ($1, 'vip', ${KEPT}, false)`,
      [shopId],
    );
    await pool.query(
      `INSERT INTO customer_notes (shop_id, customer_id, text, author) VALUES ($1, ${GONE}, 'x', 'staff:1')`,
      [shopId],
    );
    await pool.query(
      `INSERT INTO customer_photos (shop_id, customer_id, file_key, thumb_key, media_type, bytes, width, height, author)
       VALUES ($1, ${GONE}, 'f', 't', 'image/webp', 1, 1, 1, 'staff:1')`,
      [shopId],
    );
    await pool.query(
      `INSERT INTO customer_changes (shop_id, customer_id, field, source, actor) VALUES ($1, ${GONE}, 'note', 'staff', 'staff:1')`,
      [shopId],
    );
    await pool.query(
      `INSERT INTO sensitive_accesses (shop_id, customer_id, what, actor) VALUES ($1, ${GONE}, 'export', 'staff:1')`,
      [shopId],
    );
    await merge();
    await merge();
    const { rows } = await pool.query(
      `SELECT gender, social, interests, tags,
         (SELECT count(*)::int FROM customer_notes n WHERE n.customer_id = c.customer_id) AS notes,
         (SELECT count(*)::int FROM customer_photos n WHERE n.customer_id = c.customer_id) AS photos,
         (SELECT count(*)::int FROM customer_changes n WHERE n.customer_id = c.customer_id) AS changes,
         (SELECT count(*)::int FROM sensitive_accesses n WHERE n.customer_id = c.customer_id) AS accesses
       FROM customers c WHERE customer_id = ${KEPT} AND shop_id = $1`,
      [shopId],
    );
    expect(rows).toEqual([
      {
        gender: 'female',
        social: { line: 'kept', x: 'gone' },
        interests: ['batik'],
        tags: ['New', 'VIP'],
        notes: 1,
        photos: 1,
        changes: 1,
        accesses: 1,
      },
    ]);
  });

  test('moves every lot with its terms, once', async () => {
    await setRule(club, { lifetimeDays: 30 });
    await award(order(1, GONE), order(2, KEPT, { lines: [{ price: 100_000 }] }));
    await merge();
    await merge();
    expect(await entriesOf(club, GONE)).toEqual(['order_spend 30', 'merge_out -30']);
    expect(await entriesOf(club, KEPT)).toEqual(['order_spend 10', 'merge_in 30']);
    const [own, moved] = await lotsOf(KEPT);
    expect(moved).toBe(own!.replace('10 of order 2', '30 of order 1'));
  });

  test('that is under way or failed changes nothing', async () => {
    await award(order(1, GONE));
    await merge(KEPT, GONE, 'failed');
    await merge(KEPT, GONE, 'in_progress');
    expect(await balanceOf(club, GONE)).toBe(30n);
  });

  test('of unknown customers is remembered for later events', async () => {
    await merge();
    await award(order(1, GONE));
    expect([await balanceOf(club, KEPT), await balanceOf(club, GONE)]).toEqual([30n, 0n]);
  });

  test('lets refunds and cancellations take back where the value is now', async () => {
    await award(order(1, GONE), order(2, GONE));
    await merge();
    await award(
      refundEvent(club, { id: 5, order: 1, lines: { 1: 1 } }),
      order(2, GONE, {
        cancelledAt: '2026-11-21T09:00:00+07:00',
        updatedAt: '2026-11-21T09:00:00+07:00',
      }),
    );
    expect(await entriesOf(club, KEPT)).toEqual([
      'merge_in 30',
      'merge_in 30',
      'refund_reversal -10',
      'cancel_reversal -30',
    ]);
  });

  test('a refund of value that expired before the merge leaves no debt', async () => {
    await setRule(club, { lifetimeDays: 10 });
    await award(order(1, GONE));
    await moveClock('30 days');
    await expireLots();
    await merge();
    await award(refundEvent(club, { id: 5, order: 1, lines: { 1: 1 } }));
    expect(await walletOf(club, KEPT)).toMatchObject({ balance: 0n, debt: 0n });
  });

  test("carries debt over: the kept customer's balance pays it, and the other way round", async () => {
    await setClub(club, { refund_takes_from_all_lots: true });
    await award(order(1, GONE), order(3, THIRD));
    await spend(GONE, 30n);
    await spend(THIRD, 30n);
    await award(
      refundEvent(club, { id: 5, order: 1, lines: { 1: 3 } }),
      refundEvent(club, { id: 6, order: 3, lines: { 1: 3 } }),
    );
    expect(await walletOf(club, GONE)).toMatchObject({ balance: -30n, debt: 30n });
    await award(order(2, KEPT, { lines: [{ price: 100_000, quantity: 5 }] }));
    await merge();
    expect(await walletOf(club, KEPT)).toMatchObject({ balance: 20n, available: 20n, debt: 0n });
    expect(await walletOf(club, GONE)).toMatchObject({ balance: 0n, debt: 0n });
    await merge(THIRD, KEPT);
    expect(await walletOf(club, THIRD)).toMatchObject({ balance: -10n, available: 0n, debt: 10n });
  });

  test('takes open redemptions along: their hold, their settlement, what comes back', async () => {
    await award(order(1, GONE));
    await redeem('SETIA-AAA', GONE, 20n);
    await merge();
    expect(await walletOf(club, KEPT)).toMatchObject({ balance: 30n, held: 20n, available: 10n });
    const late = { customer: GONE, discounts: [{ code: 'SETIA-AAA', takes: [20_000] }] };
    await award(order(7, GONE, { ...late, lines: [{ price: 50_000, quantity: 2 }] }));
    expect(await walletOf(club, KEPT)).toMatchObject({ balance: 10n, held: 0n });
    await award(refundEvent(club, { id: 8, order: 7, lines: { 1: 1 } }));
    expect(await walletOf(club, KEPT)).toMatchObject({ balance: 20n });
  });

  test('chains are flat in either order', async () => {
    await award(order(1, GONE), order(2, KEPT));
    await merge(KEPT, GONE);
    await merge(THIRD, KEPT);
    expect(await balanceOf(club, THIRD)).toBe(60n);
    await award(order(3, GONE));
    expect(await balanceOf(club, THIRD)).toBe(90n);

    club = await givenClub();
    await award(order(1, GONE), order(2, KEPT));
    await merge(THIRD, KEPT);
    await merge(KEPT, GONE);
    await award(order(3, GONE));
    expect(await balanceOf(club, THIRD)).toBe(90n);
  });

  test('joins what is known of both: the higher tier, the earlier membership, dates, the test mark', async () => {
    await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
    const { rows: tiers } = await pool.query<{ id: bigint; name: string }>(
      'SELECT tier_id AS id, name FROM tiers WHERE shop_id = $1',
      [club.shopId],
    );
    const tier = (name: string) => tiers.find((row) => row.name === name)!.id;
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, tier_id, member_since, member_via, birth_date, wedding_date, is_trial) VALUES
       ($1, 1, $2, '2026-05-01', 'staff', NULL, '2010-06-06', false), ($1, 2, $3, '2026-01-01', 'spend', '1990-02-28', '2011-07-07', true)`,
      [club.shopId, tier('Silver'), tier('Gold')],
    );
    await merge();
    const { rows } = await pool.query(
      `SELECT customer_id, state, merged_into, tier_id, member_via, birth_date::text, wedding_date::text, is_trial FROM customers
       WHERE shop_id = $1 ORDER BY 1`,
      [club.shopId],
    );
    expect(rows).toMatchObject([
      {
        tier_id: tier('Gold'),
        member_via: 'spend',
        birth_date: '1990-02-28',
        wedding_date: '2010-06-06',
        is_trial: true,
        state: 'active',
        merged_into: null,
      },
      { state: 'deleted', merged_into: 1n },
    ]);
    const history = await pool.query(`SELECT tier_id, reason FROM tier_changes WHERE shop_id = $1`, [
      club.shopId,
    ]);
    expect(history.rows).toEqual([{ tier_id: tier('Gold'), reason: 'merged' }]);
  });

  test('one birthday gift a year stays one; gifts of other years and kinds are kept', async () => {
    await give(KEPT, 'birthday', 100n, '2026-03-01');
    await give(GONE, 'birthday', 70n, '2026-04-01');
    await give(GONE, 'birthday', 50n, '2025-04-01');
    await give(GONE, 'anniversary', 20n, '2026-04-02');
    await merge();
    expect(await balanceOf(club, KEPT)).toBe(170n);
    expect(await entriesOf(club, GONE)).toContain('expire -70');
  });

  test('keeps late news of the deleted one from bringing them back', async () => {
    await merge();
    await award(order(1, GONE));
    const { rows } = await pool.query('SELECT email FROM customers WHERE shop_id = $1 AND customer_id = 2', [
      club.shopId,
    ]);
    expect(rows).toEqual([{ email: null }]);
  });
});

test('merges and orders of both in any order, also at the same time, end the same', async () => {
  const chance = seededRandom('merges');
  for (let round = 0; round < 6; round++) {
    club = await givenClub();
    const steps = chance.shuffle([
      () => merge(KEPT, GONE),
      () => merge(THIRD, KEPT),
      () => merge(KEPT, GONE),
      () => award(order(1, GONE)),
      () => award(order(2, KEPT)),
      () => award(order(3, THIRD)),
      () => award(order(4, GONE), refundEvent(club, { id: 41, order: 4, lines: { 1: 1 } })),
      () => award(refundEvent(club, { id: 11, order: 1, lines: { 1: 2 } })),
      () => award(order(2, KEPT, { financial: 'refunded', updatedAt: '2026-11-22T10:00:00+07:00' })),
    ]);
    if (round % 2 === 0) for (const step of steps) await step();
    else await Promise.all(steps.map((step) => step()));
    expect([
      await balanceOf(club, THIRD),
      await balanceOf(club, KEPT),
      await balanceOf(club, GONE),
      await audit(club),
    ]).toEqual([60n, 0n, 0n, []]);
  }
});

async function give(customer: number, kind: EarnKind, amount: bigint, day: string): Promise<void> {
  const key = { shopId: club.shopId, customerId: BigInt(customer), unit: 'POINTS' as const };
  const at = new Date(`${day}T00:00:00Z`);
  await withTransaction(async (tx) => {
    const plan = await openPosting(tx, [key], []);
    const terms = { validFrom: at, expiresAt: null, orderId: null };
    const facts = {
      key: `gift:${kind}:${customer}:${day.slice(0, 4)}`,
      source: 'job' as const,
      actor: 'test',
      effectiveAt: at,
    };
    plan.earn(key, kind, amount, terms, facts);
    await writePosting(tx, plan);
  });
}

async function spend(customer: number, amount: bigint): Promise<void> {
  const key = { shopId: club.shopId, customerId: BigInt(customer), unit: 'POINTS' as const };
  await withTransaction(async (tx) => {
    const plan = await openPosting(tx, [key], [key]);
    const at = new Date();
    plan.spend(key, 'manual_deduct', amount, [at], {
      key: `spend:${customer}`,
      source: 'staff',
      actor: 'test',
      effectiveAt: at,
    });
    await writePosting(tx, plan);
  });
}

const REDEMPTION = '00000000-0000-4000-8000-000000000001';

/** An issued redemption with its hold. */
async function redeem(code: string, customer: number, units: bigint): Promise<void> {
  const key = { shopId: club.shopId, customerId: BigInt(customer), unit: 'POINTS' as const };
  await withTransaction(async (tx) => {
    const plan = await openPosting(tx, [key], [key]);
    plan.hold(key, REDEMPTION, units);
    await writePosting(tx, plan);
    await tx.query(
      `INSERT INTO redemptions (shop_id, redemption_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code, state, expires_at)
       VALUES ($1, $2, $3, 'key', '', 'POINTS', $4::bigint, $4::bigint * 100000, 'IDR', $5, 'issued', ledger_now() + interval '2 hours')`,
      [club.shopId, REDEMPTION, customer, units, code],
    );
  });
}
