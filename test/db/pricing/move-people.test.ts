/** Rules that move people: by reaction to their orders, daily, back again, tried before and undone after. */
import { beforeEach, describe, expect, test } from 'vitest';
import { award, givenClub, moveClock, type TestClub } from '#test/support/clubs.ts';
import { orderPayload, type OrderSpec } from '#test/support/orders.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { storeTermsOf } from '#app/modules/customers/store-terms.server.ts';
import { removeCategory } from '#app/modules/pricing/categories/arrange-categories.server.ts';
import { tryRule } from '#app/modules/pricing/moves/dry-run.server.ts';
import { movePeople } from '#app/modules/pricing/moves/move-people.server.ts';
import { listMoveRules } from '#app/modules/pricing/moves/move-rules.server.ts';
import { removeMoveRule, saveMoveRule, switchMoveRule } from '#app/modules/pricing/moves/save-rule.server.ts';
import { listMoves, undoMoves } from '#app/modules/pricing/moves/undo-moves.server.ts';

const SITI = 7n;
const BUDI = 8n;
let club: TestClub;
let ids: Record<string, bigint>;
let orders = 0;

beforeEach(async () => {
  await moveClock('0');
  for (const table of ['category_rules', 'category_queue']) await pool.query(`DELETE FROM ${table}`);
  club = await givenClub();
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  const { rows } = await pool.query<{ key: string; id: bigint }>(
    'SELECT key, category_id AS id FROM categories WHERE shop_id = $1',
    [club.shopId],
  );
  ids = Object.fromEntries(rows.map(({ key, id }) => [key, id]));
  await pool.query(
    'INSERT INTO customers (shop_id, customer_id, first_name, category_id) VALUES ($1, $2, $4, $6), ($1, $3, $5, $6)',
    [club.shopId, SITI, BUDI, 'Siti', 'Budi', ids.leads],
  );
});

/** A rule that is on; everyone has been looked at. */
async function rule(
  from: string,
  to: string,
  change: Record<string, string | boolean> = {},
): Promise<bigint> {
  const values = {
    version: '0',
    fromId: String(ids[from]),
    toId: String(ids[to]),
    measure: 'orders',
    count: '1',
    amount: '',
    days: '',
    goesBack: false,
    ...change,
  };
  const saved = await saveMoveRule({ shopId: club.shopId, currency: 'IDR' }, null, values, 'en');
  if (!saved.ok) throw new Error(JSON.stringify(saved.errors));
  return saved.ruleId;
}

async function ruleOn(...args: Parameters<typeof rule>): Promise<bigint> {
  const ruleId = await rule(...args);
  await switchMoveRule(club.shopId, ruleId, true);
  return ruleId;
}

async function buy(customer: bigint, change: Partial<OrderSpec> = {}, daysAgo = 0): Promise<OrderSpec> {
  const at = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  const spec = {
    id: 1_000 + ++orders,
    customer: Number(customer),
    lines: [{ price: 100_000, quantity: 2 }],
    processedAt: at,
    updatedAt: at,
    ...change,
  };
  await tell(spec);
  return spec;
}

const tell = (spec: OrderSpec) =>
  award({
    shopId: club.shopId,
    topic: 'orders/updated',
    triggeredAt: new Date(),
    payload: orderPayload(spec),
  });

async function categoryOf(customer: bigint): Promise<string> {
  const { rows } = await pool.query<{ key: string }>(
    `SELECT g.key FROM customers c JOIN categories g ON g.shop_id = c.shop_id AND (g.category_id = c.category_id OR c.category_id IS NULL AND g.is_default)
     WHERE c.shop_id = $1 AND c.customer_id = $2`,
    [club.shopId, customer],
  );
  return rows[0]!.key;
}

const choose = (customer: bigint, key: string) =>
  withTransaction((tx) =>
    storeTermsOf(tx, club.shopId, [{ customerId: customer, categoryId: ids[key]! }], 'staff:1'),
  );

const rulesOf = () => listMoveRules(pool, club.shopId);

describe('by reaction', () => {
  test('the first order makes a lead a customer, once, and no one else', async () => {
    await ruleOn('leads', 'customer');
    expect(await movePeople()).toBe(0);
    await buy(SITI, { financial: 'pending' });
    expect(await movePeople()).toBe(0);
    await buy(SITI);
    expect(await movePeople()).toBe(1);
    expect([await categoryOf(SITI), await categoryOf(BUDI)]).toEqual(['customer', 'leads']);
    await buy(SITI);
    expect(await movePeople()).toBe(0);
  });

  test('one order may lead over two rules, and the history has both', async () => {
    await ruleOn('leads', 'customer');
    await ruleOn('customer', 'reseller', { measure: 'spend', amount: '150,000' });
    await movePeople();
    await buy(SITI);
    expect(await movePeople()).toBe(2);
    expect(await categoryOf(SITI)).toBe('reseller');
    expect((await listMoves(club.shopId)).map(({ from, to, moves }) => [from, to, moves])).toEqual([
      ['Leads', 'Customer', 1],
      ['Customer', 'Reseller', 1],
    ]);
  });

  test('a refund that takes the order back moves them back, if the rule says so', async () => {
    await ruleOn('leads', 'customer', { goesBack: true });
    await movePeople();
    const spec = await buy(SITI);
    await movePeople();
    expect(await categoryOf(SITI)).toBe('customer');
    await tell({ ...spec, cancelledAt: spec.processedAt!, updatedAt: new Date().toISOString() });
    await movePeople();
    expect(await categoryOf(SITI)).toBe('leads');
  });
});

describe('daily', () => {
  test('all who reach it when it is turned on, by items within its days', async () => {
    await buy(SITI, { lines: [{ price: 1_000, quantity: 12 }] }, 5);
    await buy(BUDI, { lines: [{ price: 1_000, quantity: 12 }] }, 40);
    await choose(SITI, 'reseller');
    await choose(BUDI, 'reseller');
    await ruleOn('reseller', 'agent', { measure: 'quantity', count: '10', days: '30' });
    expect(await movePeople()).toBe(1);
    expect([await categoryOf(SITI), await categoryOf(BUDI)]).toEqual(['agent', 'reseller']);
    expect((await rulesOf())[0]!.evaluatedOn).not.toBeNull();
  });

  test('back once the days are over, without an order in between', async () => {
    await ruleOn('leads', 'customer', { days: '30', goesBack: true });
    await movePeople();
    await buy(SITI);
    await movePeople();
    await moveClock('31 days');
    expect(await movePeople()).toBe(1);
    expect(await categoryOf(SITI)).toBe('leads');
    expect(await movePeople()).toBe(0);
    await moveClock('0');
  });

  test('a rule that is off moves no one', async () => {
    await rule('leads', 'customer');
    await buy(SITI);
    expect(await movePeople()).toBe(0);
    expect(await categoryOf(SITI)).toBe('leads');
  });
});

describe('what staff chose', () => {
  test('stays: only what comes after counts for a rule that was on, and it is never taken back', async () => {
    await ruleOn('leads', 'customer', { goesBack: true });
    await movePeople();
    await buy(SITI);
    await movePeople();
    await choose(SITI, 'leads');
    await pool.query('UPDATE category_rules SET evaluated_on = NULL');
    expect(await movePeople()).toBe(0);
    expect(await categoryOf(SITI)).toBe('leads');
    await buy(SITI, {}, -1);
    await moveClock('2 days');
    await movePeople();
    expect(await categoryOf(SITI)).toBe('customer');
    await moveClock('0');
    await choose(BUDI, 'customer');
    await pool.query('UPDATE category_rules SET evaluated_on = NULL');
    expect(await movePeople()).toBe(0);
    expect(await categoryOf(BUDI)).toBe('customer');
  });
});

describe('tried and undone', () => {
  test('the dry run names whom it moves then, and changes nothing', async () => {
    await buy(SITI, {}, 3);
    const ruleId = await rule('leads', 'customer', { goesBack: true });
    const tried = await tryRule(club.shopId, (await rulesOf())[0]!);
    expect(tried.on).toMatchObject({
      count: 1,
      people: [{ customerId: SITI, firstName: 'Siti', measured: 1n }],
    });
    expect(tried.back.count).toBe(0);
    expect(await categoryOf(SITI)).toBe('leads');
    await switchMoveRule(club.shopId, ruleId, true);
    expect(await movePeople()).toBe(1);
    await moveClock('0');
    await pool.query(`UPDATE orders SET cancelled_at = now() WHERE shop_id = $1`, [club.shopId]);
    expect((await tryRule(club.shopId, (await rulesOf())[0]!)).back).toMatchObject({
      count: 1,
      people: [{ customerId: SITI, measured: 0n }],
    });
  });

  test('undone, they are back, the same orders move no one again, and who was chosen since stays', async () => {
    await buy(SITI, {}, 3);
    await buy(BUDI, {}, 3);
    const ruleId = await ruleOn('leads', 'customer');
    expect(await movePeople()).toBe(2);
    await choose(BUDI, 'agent');
    const [group] = await listMoves(club.shopId);
    expect(await undoMoves(club.shopId, group!, 'staff:1')).toBe(1);
    expect([await categoryOf(SITI), await categoryOf(BUDI)]).toEqual(['leads', 'agent']);
    expect(await listMoves(club.shopId)).toMatchObject([{ ruleId, moves: 2, undone: 1 }]);
    await pool.query('UPDATE category_rules SET evaluated_on = NULL');
    expect(await movePeople()).toBe(0);
    expect(await undoMoves(club.shopId, group!, 'staff:1')).toBe(0);
  });
});

describe('bad input', () => {
  const refusal = async (from: string, to: string, change = {}) =>
    rule(from, to, change).catch((error: unknown) => JSON.parse((error as Error).message) as object);

  test('is named at its field', async () => {
    expect(await refusal('leads', 'leads')).toEqual({ toId: { code: 'same_category' } });
    expect(await refusal('leads', 'customer', { fromId: '' })).toEqual({ fromId: { code: 'required' } });
    expect(await refusal('leads', 'customer', { toId: '999999999' })).toEqual({ toId: { code: 'invalid' } });
    expect(await refusal('leads', 'customer', { count: '0' })).toMatchObject({
      count: { code: 'too_small' },
    });
    expect(await refusal('leads', 'customer', { count: 'x' })).toEqual({ count: { code: 'not_a_number' } });
    expect(await refusal('leads', 'customer', { days: '4000' })).toMatchObject({
      days: { code: 'too_large' },
    });
    expect(await refusal('leads', 'customer', { measure: 'spend', amount: '0' })).toMatchObject({
      amount: { code: 'too_small' },
    });
  });

  test('a circle over three rules is refused', async () => {
    await rule('leads', 'customer');
    await rule('customer', 'reseller');
    expect(await refusal('reseller', 'leads')).toEqual({ toId: { code: 'moves_in_circle' } });
  });

  test('two staff: the second is told that it was changed', async () => {
    const ruleId = await rule('leads', 'customer');
    const values = {
      version: '1',
      fromId: String(ids.leads),
      toId: String(ids.customer),
      measure: 'orders',
      count: '2',
      amount: '',
      days: '',
      goesBack: false,
    };
    const shop = { shopId: club.shopId, currency: 'IDR' };
    expect(await saveMoveRule(shop, ruleId, values, 'en')).toMatchObject({ ok: true });
    expect(await saveMoveRule(shop, ruleId, values, 'en')).toEqual({
      ok: false,
      errors: { form: { code: 'changed_meanwhile' } },
    });
  });

  test('a removed category’s rules name its new home, and one between the two is removed', async () => {
    await ruleOn('leads', 'customer');
    await ruleOn('customer', 'reseller');
    await ruleOn('reseller', 'agent');
    await removeCategory(
      club.shopId,
      { categoryId: String(ids.reseller), into: String(ids.customer) },
      'staff:1',
    );
    expect((await rulesOf()).map(({ fromId, toId }) => [fromId, toId])).toEqual([
      [ids.leads, ids.customer],
      [ids.customer, ids.agent],
    ]);
  });

  test('a removed rule moves no one, and its history stays', async () => {
    const ruleId = await ruleOn('leads', 'customer');
    await buy(SITI);
    await movePeople();
    await removeMoveRule(club.shopId, ruleId);
    await buy(BUDI);
    expect(await movePeople()).toBe(0);
    expect(await listMoves(club.shopId)).toHaveLength(1);
  });
});
