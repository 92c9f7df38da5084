/** Categories and their prices through loaders and actions, with really signed requests. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import * as page from '#app/routes/app.resellers.categories.$id.tsx';
import * as list from '#app/routes/app.resellers.categories._index.tsx';
import type { CategoryValues } from '#app/modules/pricing/categories/category-form.ts';
import { adminArgs, givenSession } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
const SITI = 7_100_000_000_001n;
const BUDI = 7_100_000_000_002n;
let shopId: bigint;

beforeAll(async () => {
  ({ shopId } = await givenShop({ domain: SHOP }));
  await givenShop({ domain: OTHER });
  await givenSession(SHOP);
  await givenSession(OTHER);
});

beforeEach(async () => {
  for (const table of ['customers', 'categories', 'price_settings', 'person_percent_changes', 'list_prices'])
    await pool.query(`DELETE FROM ${table}`);
  await pool.query('SELECT seed_club(shop_id, 10000) FROM shops');
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name) VALUES ($1, $2, 'Siti'), ($1, $3, 'Budi')`,
    [shopId, SITI, BUDI],
  );
});

const VALUES: CategoryValues = {
  version: '0',
  name: 'VIP',
  color: 'success',
  loyaltyEnabled: false,
  allowsPersonDiscount: true,
  discount: '12.5',
  breaks: '[{"quantity":"10","percent":"15"},{"quantity":"1,000","percent":"20"}]',
  breaksPer: 'product',
  minimum: '50.00',
  minimumQuantity: '3',
  onlySet: 'a',
  notSet: 'b',
  includesSale: false,
  includesSubscriptions: true,
  step: '',
  appliesAtTill: false,
  taxShown: 'without',
  opensResellerPage: true,
  label: 'VIP price',
};

const categories = async (shop = SHOP) =>
  (await list.loader(adminArgs(shop, '/app/resellers/categories'))).categories;
const category = async (name: string) => (await categories()).find((each) => each.name === name)!;
const act = async (json: Record<string, unknown>, shop = SHOP) =>
  (await list.action(adminArgs(shop, '/app/resellers/categories', { json }))).data;
async function save(id: string | bigint, change: Partial<CategoryValues> = {}, shop = SHOP) {
  const params = { id: String(id) };
  return (await page.action(adminArgs(shop, '/app', { json: { ...VALUES, ...change }, params }))).data;
}

describe('A category', () => {
  it('is added with its price and read back as it was typed', async () => {
    const saved = await save('new');
    const vip = await category('VIP');
    expect(saved).toEqual({ ok: true, goTo: `/app/resellers/categories/${vip.categoryId}` });
    expect(vip).toMatchObject({
      color: 'success',
      loyaltyEnabled: false,
      allowsPersonDiscount: true,
      discountBp: 1_250,
      breaks: [
        { quantity: 10, bp: 1_500 },
        { quantity: 1_000, bp: 2_000 },
      ],
      breaksPer: 'product',
      minimumMinor: 5_000n,
      minimumQuantity: 3,
      onlySet: 'a',
      notSet: 'b',
      includesSale: false,
      includesSubscriptions: true,
      stepMinor: 0n,
      appliesAtTill: false,
      taxShown: 'without',
      opensResellerPage: true,
      label: 'VIP price',
      customers: 0,
    });
    expect(vip.key).toMatch(/^c[0-9a-f]{12}$/);
  });

  it.each<[string, Partial<CategoryValues>, Record<string, { code: string }>]>([
    ['without a name', { name: ' ' }, { name: { code: 'required' } }],
    ['with a name that another has', { name: ' reseller ' }, { name: { code: 'name_taken' } }],
    ['with more than all of it off', { discount: '100.01' }, { discount: { code: 'too_large' } }],
    ['with a percent below zero', { discount: '-1' }, { discount: { code: 'negative' } }],
    [
      'with breaks out of order',
      { breaks: '[{"quantity":"10","percent":"15"},{"quantity":"10","percent":"20"}]' },
      { 'breaks.1.quantity': { code: 'not_rising' } },
    ],
    [
      'with a break that saves no more than the category',
      { breaks: '[{"quantity":"10","percent":"12.5"}]' },
      { 'breaks.0.percent': { code: 'not_rising' } },
    ],
    ['that is only for what it is not for', { notSet: 'a' }, { notSet: { code: 'invalid' } }],
    ['with prices shown in a way that there isn’t', { taxShown: 'twice' }, { taxShown: { code: 'invalid' } }],
    ['with a minimum that is no amount', { minimum: 'much' }, { minimum: { code: 'not_an_amount' } }],
  ])('%s is refused', async (_what, change, errors) => {
    const answer = await save('new', change);
    expect(answer).toMatchObject({ ok: false, errors });
    expect(await categories()).toHaveLength(6);
  });

  it('is not overwritten by who read an older version, and not by another shop', async () => {
    const { categoryId, version } = await category('Reseller');
    const change = { name: 'Reseller', version: String(version) };
    expect(await save(categoryId, change, OTHER)).toEqual({ ok: false, errors: { form: { code: 'gone' } } });
    expect(await save(categoryId, change)).toEqual({ ok: true });
    expect(await save(categoryId, change)).toEqual({
      ok: false,
      errors: { form: { code: 'changed_meanwhile' } },
    });
    const params = { id: String(categoryId) };
    await expect(page.loader(adminArgs(OTHER, '/app', { params }))).rejects.toMatchObject({
      init: { status: 404 },
    });
  });

  it('is refused when the rules no longer fit into what the Function reads, and nothing is kept', async () => {
    const breaks = JSON.stringify(
      Array.from({ length: 10 }, (_row, index) => ({
        quantity: `${(index + 1) * 90_000}`,
        percent: `${13 + index}.11`,
      })),
    );
    const answers = [];
    for (let n = 0; n < 24; n++) {
      const label = `${n} ${'字'.repeat(57)}`;
      answers.push(await save('new', { name: `Kind ${n}`, label, breaks }));
    }
    const refused = answers.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toEqual({ ok: false, errors: { form: { code: 'rules_too_long' } } });
    expect(await categories()).toHaveLength(6 + answers.length - refused.length);
  });

  it('turns personal discounts off for its customers, and says who did', async () => {
    const { categoryId, version } = await category('Reseller');
    await pool.query(
      `UPDATE customers SET category_id = $2, person_discount_bp = 1500 WHERE shop_id = $1 AND customer_id = $3`,
      [shopId, categoryId, SITI],
    );
    const change = { name: 'Reseller', version: String(version), allowsPersonDiscount: false };
    expect(await save(categoryId, change)).toEqual({ ok: true });
    const { rows } = await pool.query(
      'SELECT customer_id, percent_bp, actor LIKE $2 AS is_staff FROM person_percent_changes WHERE shop_id = $1',
      [shopId, 'staff:%'],
    );
    expect(rows).toEqual([{ customer_id: SITI, percent_bp: null, is_staff: true }]);
  });
});

describe('The list', () => {
  it('is put in another order, which must name every category', async () => {
    const ids = (await categories()).map(({ categoryId }) => String(categoryId));
    expect(await act({ intent: 'order', order: ids.toReversed().join(',') })).toEqual({ ok: true });
    expect((await categories()).map(({ categoryId }) => String(categoryId))).toEqual(ids.toReversed());
    const refused = { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
    for (const order of [ids.slice(1).join(','), [...ids, ids[0]].join(','), 'x', ''])
      expect(await act({ intent: 'order', order })).toEqual(refused);
    expect(await act({ intent: 'order', order: ids.join(',') }, OTHER)).toEqual(refused);
    expect(await act({ intent: 'paint' })).toEqual({ ok: false, errors: { form: { code: 'invalid' } } });
  });

  it('loses a category to another: people, programs and list prices move, percents end where there are none', async () => {
    const [from, into] = [await category('Reseller'), await category('Agent')];
    await pool.query(
      `UPDATE customers SET category_id = $2, person_discount_bp = 1500 WHERE shop_id = $1 AND customer_id = $3`,
      [shopId, from.categoryId, SITI],
    );
    await pool.query(
      `UPDATE programs SET rule = rule || jsonb_build_object('categoryIds', $2::jsonb) WHERE shop_id = $1`,
      [shopId, JSON.stringify([String(from.categoryId), String(into.categoryId)])],
    );
    await pool.query(
      `INSERT INTO list_prices (shop_id, category_id, variant_id, price_minor) VALUES ($1, $2, 1, 900), ($1, $2, 2, 800), ($1, $3, 2, 700)`,
      [shopId, from.categoryId, into.categoryId],
    );
    const remove = { intent: 'remove', categoryId: String(from.categoryId), into: String(into.categoryId) };
    expect(await act({ ...remove, into: '' })).toEqual({ ok: false, errors: { into: { code: 'required' } } });
    expect(await act({ ...remove, into: remove.categoryId })).toEqual({
      ok: false,
      errors: { into: { code: 'required' } },
    });
    expect(await act(remove, OTHER)).toEqual({ ok: false, errors: { form: { code: 'gone' } } });
    expect(await act(remove)).toEqual({ ok: true });
    expect(await act(remove)).toEqual({ ok: false, errors: { form: { code: 'gone' } } });
    const { rows } = await pool.query(
      'SELECT category_id, person_discount_bp FROM customers WHERE shop_id = $1 AND customer_id = $2',
      [shopId, SITI],
    );
    expect(rows).toEqual([{ category_id: into.categoryId, person_discount_bp: null }]);
    const programs = await pool.query(`SELECT rule->'categoryIds' AS ids FROM programs WHERE shop_id = $1`, [
      shopId,
    ]);
    expect(programs.rows.length).toBeGreaterThan(0);
    for (const { ids } of programs.rows) expect(ids).toEqual([String(into.categoryId)]);
    await pool.query(`UPDATE programs SET rule = rule - 'categoryIds' WHERE shop_id = $1`, [shopId]);
    const prices = await pool.query(
      'SELECT variant_id AS v, price_minor AS p FROM list_prices WHERE shop_id = $1 AND category_id = $2 ORDER BY 1',
      [shopId, into.categoryId],
    );
    expect(prices.rows).toEqual([
      { v: 1n, p: 900n },
      { v: 2n, p: 700n },
    ]);
  });

  it('keeps the default category', async () => {
    const [home, fallback] = [await category('Agent'), await category('Customer')];
    expect(
      await act({
        intent: 'remove',
        categoryId: String(fallback.categoryId),
        into: String(home.categoryId),
      }),
    ).toEqual({ ok: false, errors: { form: { code: 'in_use' } } });
  });
});
