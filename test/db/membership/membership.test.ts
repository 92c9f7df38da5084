/** Who is a member, who is in which tier: evaluated from real orders, soon after each and once a day. */
import { beforeEach, describe, expect, it } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { evaluateTiers } from '#app/modules/membership/evaluate-tiers.server.ts';
import { joinClub } from '#app/modules/membership/join-club.server.ts';
import { leaveClub } from '#app/modules/membership/leave-club.server.ts';
import { setTier } from '#app/modules/membership/set-tier.server.ts';
import {
  audit,
  award,
  entriesOf,
  givenClub,
  moveClock,
  orderEvent,
  refundEvent,
  setClub,
  type TestClub,
} from '#test/support/clubs.ts';

const SITI = 7_001;
let club: TestClub;
let orderId = 0;

const evaluate = () => evaluateTiers(new AbortController().signal);

beforeEach(async () => {
  await moveClock('0');
  await pool.query('DELETE FROM tier_queue');
  club = await givenClub();
  await pool.query(
    `INSERT INTO tiers (shop_id, name, position, threshold, multiplier_percent) VALUES
       ($1, 'Retail', 1, 0, 100), ($1, 'Silver', 2, 50000000, 110), ($1, 'Gold', 3, 100000000, 150)`,
    [club.shopId],
  );
});

const activeTiers = (settings: Record<string, unknown> = {}) =>
  setClub(club, { tiers_active: true, ...settings });

/** A paid order of now, or so long ago. Price in rupiah. */
async function buys(
  price: number,
  change: { customer?: number | null; ago?: string; id?: number } = {},
): Promise<number> {
  const id = change.id ?? ++orderId;
  const customer = change.customer === undefined ? SITI : change.customer;
  await award(
    orderEvent(club, { id, customer, lines: [{ price }], processedAt: await clubTime(change.ago) }),
  );
  return id;
}

/** Now, or so long ago, by the club's clock. */
async function clubTime(ago = '0'): Promise<string> {
  const { rows } = await pool.query<{ at: Date }>(`SELECT ledger_now() - $1::interval AS at`, [ago]);
  return rows[0]!.at.toISOString();
}

async function customer(id = SITI) {
  const { rows } = await pool.query<{
    tier: string | null;
    since: Date | null;
    via: string | null;
    kept: Date | null;
    fixed: boolean;
  }>(
    `SELECT t.name AS tier, c.member_since AS since, c.member_via AS via, c.tier_kept_until AS kept, c.tier_is_fixed AS fixed
     FROM customers c LEFT JOIN tiers t USING (shop_id, tier_id) WHERE c.shop_id = $1 AND c.customer_id = $2`,
    [club.shopId, id],
  );
  return rows[0];
}

async function history(id = SITI): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT coalesce(t.name, '-') || ' ' || h.measured / 100 || ' ' || h.reason || ' ' || h.actor AS line
     FROM tier_changes h LEFT JOIN tiers t USING (shop_id, tier_id)
     WHERE h.shop_id = $1 AND h.customer_id = $2 ORDER BY h.since, h.change_id`,
    [club.shopId, id],
  );
  return rows.map((row) => row.line);
}

async function tierId(name: string): Promise<bigint> {
  const { rows } = await pool.query<{ tier_id: bigint }>(
    'SELECT tier_id FROM tiers WHERE shop_id = $1 AND name = $2',
    [club.shopId, name],
  );
  return rows[0]!.tier_id;
}

describe('tiers by spend', () => {
  it('come with the orders, fall with the refunds, and every change is kept', async () => {
    await activeTiers();
    const [id, processedAt] = [++orderId, await clubTime()];
    const order = { id, customer: SITI, lines: [{ price: 600_000 }], processedAt };
    await award(orderEvent(club, order));
    expect(await evaluate()).toBe(1);
    expect((await customer())?.tier).toBe('Silver');
    await buys(500_000);
    await evaluate();
    expect((await customer())?.tier).toBe('Gold');
    await award(
      orderEvent(club, { ...order, financial: 'partially_refunded' }),
      refundEvent(club, { id: 1, order: id, extra: 200_000 }),
    );
    await evaluate();
    expect((await customer())?.tier).toBe('Silver');
    expect(await history()).toEqual([
      'Silver 600000 reached setia',
      'Gold 1100000 reached setia',
      'Silver 900000 no_longer_reached setia',
    ]);
  });

  it('change nothing when the job runs again, and nothing while tiers are off', async () => {
    await buys(600_000);
    expect(await evaluate()).toBe(0);
    expect((await customer())?.tier).toBeNull();
    await activeTiers();
    expect(await evaluate()).toBe(1);
    expect(await evaluate()).toBe(0);
    await setClub(club, { tiers_evaluated_on: null });
    expect(await evaluate()).toBe(0);
    expect(await history()).toHaveLength(1);
  });

  it('look back a rolling period, on its days', async () => {
    await activeTiers({ tier_period_days: 30 });
    await buys(600_000, { ago: '29 days' });
    await evaluate();
    expect((await customer())?.tier).toBe('Silver');
    await moveClock('1 day');
    await evaluate();
    expect((await customer())?.tier).toBe('Retail');
  });

  it('are kept after they are missed, as the shop says', async () => {
    await activeTiers({ tier_period_days: 30, tier_keep: 'days', tier_keep_days: 10 });
    await buys(600_000, { ago: '29 days' });
    await evaluate();
    await moveClock('1 day');
    await evaluate();
    expect(await customer()).toMatchObject({ tier: 'Silver', kept: expect.any(Date) });
    await moveClock('11 days');
    await evaluate();
    expect((await customer())?.tier).toBe('Silver');
    await moveClock('12 days');
    await evaluate();
    expect(await customer()).toMatchObject({ tier: 'Retail', kept: null });
    expect(await history()).toEqual(['Silver 600000 reached setia', 'Retail 0 no_longer_reached setia']);
  });

  it('count lines that came back in proportion, and neither cancelled nor test nor unpaid orders', async () => {
    await activeTiers();
    const recent = { customer: SITI, processedAt: await clubTime() };
    const order = { ...recent, id: ++orderId, lines: [{ price: 300_000, quantity: 2 }] };
    await award(
      orderEvent(club, { ...order, financial: 'partially_refunded' }),
      refundEvent(club, { id: 2, order: orderId, lines: { 1: 1 } }),
    );
    const large = () => ({ ...recent, id: ++orderId, lines: [{ price: 900_000 }] });
    await award(orderEvent(club, { ...large(), cancelledAt: recent.processedAt }));
    await award(orderEvent(club, { ...large(), test: true }));
    await award(orderEvent(club, { ...large(), financial: 'pending' }));
    await evaluate();
    expect(await history()).toEqual(['Retail 300000 reached setia']);
  });

  it('count what customers who were merged into one had', async () => {
    await activeTiers();
    await buys(300_000);
    await buys(300_000, { customer: 7_002 });
    await pool.query('UPDATE customers SET merged_into = $2 WHERE shop_id = $1 AND customer_id = 7002', [
      club.shopId,
      SITI,
    ]);
    await evaluate();
    expect(await history()).toEqual(['Silver 600000 reached setia']);
    expect(await history(7_002)).toEqual([]);
  });

  it('leave other shops, deleted customers and categories without the club alone', async () => {
    await activeTiers();
    await buys(600_000);
    const { rows } = await pool.query<{ id: bigint }>(
      `INSERT INTO categories (shop_id, key, name, loyalty_enabled) VALUES ($1, 'agent', 'Agent', false) RETURNING category_id AS id`,
      [club.shopId],
    );
    await pool.query('UPDATE customers SET category_id = $2 WHERE shop_id = $1', [club.shopId, rows[0]!.id]);
    await evaluate();
    expect((await customer())?.tier).toBeNull();
    await pool.query(`UPDATE customers SET category_id = NULL, state = 'deleted' WHERE shop_id = $1`, [
      club.shopId,
    ]);
    await setClub(club, { tiers_evaluated_on: null });
    await evaluate();
    expect((await customer())?.tier).toBeNull();
  });

  it('act for test customers only in trial mode', async () => {
    await activeTiers({ trial_mode: true });
    await buys(600_000);
    await evaluate();
    expect((await customer())?.tier).toBeNull();
    await pool.query('UPDATE customers SET is_trial = true WHERE shop_id = $1', [club.shopId]);
    await buys(1);
    await evaluate();
    expect((await customer())?.tier).toBe('Silver');
  });
});

describe('tiers by points', () => {
  it('count what was earned, less what was taken back, and not what was spent', async () => {
    await activeTiers({ tier_measure: 'points' });
    await pool.query(`UPDATE tiers SET threshold = threshold / 1000000 WHERE shop_id = $1`, [club.shopId]);
    await buys(600_000);
    await evaluate();
    expect((await customer())?.tier).toBe('Silver');
    expect((await history())[0]).toContain('reached');
  });
});

describe("an order's bonus", () => {
  it('is that of the tier at the time of the order', async () => {
    await activeTiers();
    await buys(1_000_000);
    await evaluate();
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 100']);
    await buys(100_000);
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 100', 'order_spend 10', 'tier_bonus 5']);
    // An order from before the tier that comes late has none.
    await buys(100_000, { ago: '2 days' });
    expect((await entriesOf(club, SITI)).slice(3)).toEqual(['order_spend 10']);
    expect(await audit(club)).toEqual([]);
  });
});

describe('membership', () => {
  it('comes with the spend that the shop asks for, once', async () => {
    await setClub(club, { join_at_spend_minor: 50_000_000n });
    await buys(400_000);
    await evaluate();
    expect((await customer())?.since).toBeNull();
    await buys(100_000, { ago: '900 days' });
    expect(await evaluate()).toBe(1);
    const member = await customer();
    expect(member).toMatchObject({ via: 'spend', since: expect.any(Date) });
    expect(await evaluate()).toBe(0);
    expect(await leaveClub(club.shopId, BigInt(SITI))).toBe(true);
    await buys(100_000);
    await evaluate();
    expect((await customer())?.since).toBeNull();
  });

  it('begins when a customer joins and is not begun twice', async () => {
    await buys(1);
    expect(await joinClub(club.shopId, BigInt(SITI), 'staff')).toEqual({ ok: true });
    const first = await customer();
    expect(first?.via).toBe('staff');
    expect(await joinClub(club.shopId, BigInt(SITI), 'shopper')).toEqual({ ok: true });
    expect(await customer()).toEqual(first);
  });

  it('is open to shoppers who are not known yet, unless the shop closed it', async () => {
    expect(await joinClub(club.shopId, 7_050n, 'shopper')).toEqual({ ok: true });
    expect(await customer(7_050)).toMatchObject({ via: 'shopper' });
    await setClub(club, { self_join: false });
    expect(await joinClub(club.shopId, 7_051n, 'shopper')).toEqual({ ok: false, reason: 'closed' });
    expect(await joinClub(club.shopId, 7_051n, 'staff')).toEqual({ ok: false, reason: 'unknown_customer' });
    await pool.query(`UPDATE customers SET state = 'redacted', member_since = NULL WHERE shop_id = $1`, [
      club.shopId,
    ]);
    await setClub(club, { self_join: true });
    expect(await joinClub(club.shopId, 7_050n, 'shopper')).toEqual({ ok: false, reason: 'unknown_customer' });
  });
});

describe('a tier set by hand', () => {
  const set = async (name: string, change: { reason?: string; customerId?: bigint } = {}) =>
    withTransaction(async (tx) =>
      setTier(tx, {
        shopId: club.shopId,
        customerId: BigInt(SITI),
        tierId: await tierId(name),
        reason: 'Tamu lama',
        actor: 'Dewi',
        ...change,
      }),
    );

  it('keeps its reason and its author, and stays through evaluations until its time is over', async () => {
    await activeTiers({ tier_keep: 'days', tier_keep_days: 5 });
    await buys(1);
    await evaluate();
    expect(await set('Gold')).toEqual({ ok: true });
    await buys(1);
    await evaluate();
    expect(await customer()).toMatchObject({ tier: 'Gold', kept: expect.any(Date) });
    await moveClock('6 days');
    await evaluate();
    expect((await customer())?.tier).toBe('Retail');
    expect(await history()).toEqual([
      'Retail 1 reached setia',
      'Gold 1 Tamu lama Dewi',
      'Retail 2 no_longer_reached setia',
    ]);
  });

  it('needs a reason, a customer and a tier of this shop', async () => {
    await buys(1);
    expect(await set('Gold', { reason: '  ' })).toEqual({ ok: false, problem: 'reason_missing' });
    expect(await set('Gold', { reason: 'x'.repeat(201) })).toEqual({ ok: false, problem: 'reason_too_long' });
    expect(await set('Gold', { customerId: 1n })).toEqual({ ok: false, problem: 'unknown_customer' });
    const gold = await tierId('Gold');
    await pool.query('UPDATE tiers SET removed_at = now() WHERE shop_id = $1 AND tier_id = $2', [
      club.shopId,
      gold,
    ]);
    expect(await set('Gold')).toEqual({ ok: false, problem: 'no_such_tier' });
  });
});
