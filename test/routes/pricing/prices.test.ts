/** Percents, price lists, settings and the price check through loaders and actions, with really signed requests and Shopify beside it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { club, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { adminArgs, givenSession } from '#test/support/route-requests.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { givenShop } from '#test/support/shops.ts';
import { pool } from '#app/db.server.ts';
import * as percents from '#app/routes/app.resellers._index.tsx';
import * as lists from '#app/routes/app.resellers.price-lists._index.tsx';
import * as file from '#app/routes/app.resellers.price-lists.file.tsx';
import * as check from '#app/routes/app.resellers.price-check.tsx';
import * as settings from '#app/routes/app.resellers.settings.tsx';

useSandboxShop({ hasOrders: false });

const OTHER = 'other.myshopify.com';
let people: bigint[];
let reseller: bigint;
let customerCategory: bigint;

beforeEach(async () => {
  await givenShop({ domain: OTHER });
  await givenSession(OTHER);
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  people = sandbox.world
    .shop(DEMO_SHOP)
    .customers.slice(0, 3)
    .map(({ id }) => BigInt(id));
  const ids = await select('SELECT key, category_id AS id FROM categories WHERE shop_id = $1');
  reseller = ids.find(({ key }) => key === 'reseller')!.id as bigint;
  customerCategory = ids.find(({ key }) => key === 'customer')!.id as bigint;
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, category_id) SELECT $1, unnest($2::bigint[]), 'Siti', $3
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET category_id = $3`,
    [club.shopId, people, reseller],
  );
});

const variant = () => sandbox.world.shop(DEMO_SHOP).products[0]!.variants[0]!;

describe('Percents of one’s own', () => {
  const give = async (json: Record<string, unknown>, shop = DEMO_SHOP) =>
    (await percents.action(adminArgs(shop, '/app/resellers?index', { json: { locale: 'id', ...json } })))
      .data;
  const list = (tab = 'all') => percents.loader(adminArgs(DEMO_SHOP, `/app/resellers?tab=${tab}`));
  const percent = {
    intent: 'percent',
    discount: '12,5',
    discountFrom: '',
    discountUntil: '',
    discountNote: 'Pasar',
  };
  const selected = () => ({ ids: people.map(String) });

  it('are set for the selected customers, and listed with who did it', async () => {
    expect(await give({ ...percent, selection: selected() })).toEqual({
      ok: true,
      changed: 3,
      notAllowed: 0,
    });
    const view = await list();
    expect(view.lines.map(({ customerId, bp, note, state }) => [customerId, bp, note, state])).toEqual(
      people.toSorted((a, b) => Number(a - b)).map((id) => [id, 1250, 'Pasar', 'now']),
    );
    expect(view.lines[0]?.changedAt).toBeInstanceOf(Date);
    expect(await give({ ...percent, selection: selected() })).toMatchObject({ changed: 0 });
    expect(await give({ intent: 'no_percent', selection: selected() })).toMatchObject({ changed: 3 });
    expect((await list()).lines).toEqual([]);
    expect(await select('SELECT count(*)::int AS n FROM person_percent_changes WHERE shop_id = $1')).toEqual([
      { n: 6 },
    ]);
  });

  it('are not for customers whose category has none: those are left out and counted', async () => {
    await pool.query('UPDATE customers SET category_id = $3 WHERE shop_id = $1 AND customer_id = $2', [
      club.shopId,
      people[0],
      customerCategory,
    ]);
    await pool.query('UPDATE customers SET category_id = NULL WHERE shop_id = $1 AND customer_id = $2', [
      club.shopId,
      people[1],
    ]);
    expect(await give({ ...percent, selection: selected() })).toEqual({
      ok: true,
      changed: 1,
      notAllowed: 2,
    });
  });

  it('0 is one too: the store’s price', async () => {
    await give({ ...percent, discount: '0', selection: selected() });
    expect((await list()).lines.map(({ bp }) => bp)).toEqual([0, 0, 0]);
  });

  it.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ discount: '' }, { discount: { code: 'required' } }],
    [{ discount: '100,01' }, { discount: { code: 'too_large', limit: '100' } }],
    [{ discount: '-5' }, { discount: { code: 'negative' } }],
    [{ discountFrom: '2026-13-01' }, { discountFrom: { code: 'not_a_day' } }],
    [
      { discountFrom: '2026-02-01', discountUntil: '2026-01-31' },
      { discountUntil: { code: 'before_start' } },
    ],
    [{ selection: { ids: [] } }, { form: { code: 'invalid' } }],
  ])('%j is refused', async (change, errors) => {
    expect(await give({ ...percent, selection: selected(), ...change })).toEqual({ ok: false, errors });
  });

  it('of another shop’s customers are out of reach', async () => {
    expect(await give({ ...percent, selection: selected() }, OTHER)).toMatchObject({ changed: 0 });
    expect((await list()).lines).toEqual([]);
  });

  it('that end soon, and those that ended, have a tab each', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    for (const [index, until] of [day(5), day(-5), day(60)].entries())
      await give({ ...percent, discountUntil: until, selection: { ids: [String(people[index])] } });
    expect((await list()).counts).toEqual({ all: 3, ending: 1, ended: 1 });
    expect((await list('ending')).lines.map(({ customerId }) => customerId)).toEqual([people[0]]);
    expect((await list('ended')).lines.map(({ state }) => state)).toEqual(['ended']);
  });
});

describe('A price list', () => {
  const act = async (json: Record<string, unknown>, shop = DEMO_SHOP) =>
    (
      await lists.action(
        adminArgs(shop, '/app', { json: { locale: 'id', categoryId: String(reseller), ...json } }),
      )
    ).data;
  const view = () => lists.loader(adminArgs(DEMO_SHOP, `/app/resellers/price-lists?category=${reseller}`));
  const rows = (typed: object[]) => ({ intent: 'save', rows: JSON.stringify(typed) });
  const stored = () =>
    select(
      'SELECT variant_id AS v, quantity AS q, price_minor AS p FROM list_prices WHERE shop_id = $1 ORDER BY 1, 2',
    );

  it('is pasted by SKU, edited, and emptied', async () => {
    const { sku, id } = variant();
    expect(await act({ intent: 'paste', text: `${sku}\t80.000\n${sku.toLowerCase()}\t24\t75.000` })).toEqual({
      ok: true,
      saved: 2,
    });
    const [listed] = (await view()).variants;
    expect(listed).toMatchObject({
      sku,
      variantId: BigInt(id),
      prices: [
        { quantity: 1, priceMinor: 8_000_000n },
        { quantity: 24, priceMinor: 7_500_000n },
      ],
    });
    const row = { variantId: String(id), quantity: '1', price: '79.000', was: '8000000' };
    expect(await act(rows([row]))).toEqual({ ok: true, saved: 1 });
    expect(await act(rows([row]))).toEqual({ ok: false, errors: { form: { code: 'changed_meanwhile' } } });
    expect(await act(rows([{ ...row, price: '', was: '7900000' }]))).toEqual({ ok: true, saved: 1 });
    expect(await stored()).toEqual([{ v: BigInt(id), q: 24, p: 7_500_000n }]);
  });

  it('takes in all of a table or nothing, and says what is wrong by line', async () => {
    const { sku } = variant();
    expect(await act({ intent: 'paste', text: `${sku}\t80.000\nNIX\t1.000` })).toEqual({
      ok: false,
      errors: { text: { code: 'invalid' } },
      problems: [{ line: 2, code: 'unknown_sku', text: 'NIX' }],
    });
    expect(await act({ intent: 'paste', text: '' })).toMatchObject({ ok: false });
    expect(await stored()).toEqual([]);
  });

  it('refuses what is no price, the same quantity twice, and another shop’s category', async () => {
    const { sku, id } = variant();
    await act({ intent: 'paste', text: `${sku}\t80.000` });
    const row = { variantId: String(id), quantity: '2', price: '1.000', was: '' };
    expect(await act(rows([{ ...row, price: 'murah' }]))).toMatchObject({
      errors: { 'rows.0.price': { code: 'not_an_amount' } },
    });
    expect(await act(rows([{ ...row, price: '0' }]))).toMatchObject({
      errors: { 'rows.0.price': { code: 'too_small' } },
    });
    expect(await act(rows([{ ...row, quantity: '0' }]))).toMatchObject({
      errors: { 'rows.0.quantity': { code: 'too_small' } },
    });
    expect(await act(rows([row, row]))).toMatchObject({ errors: { 'rows.1.quantity': { code: 'taken' } } });
    expect(await act(rows([row]), OTHER)).toEqual({ ok: false, errors: { form: { code: 'gone' } } });
  });

  it('of two staff who save one price at once one is told that it changed meanwhile', async () => {
    const { sku, id } = variant();
    await act({ intent: 'paste', text: `${sku}\t80.000` });
    const row = { variantId: String(id), quantity: '1', was: '8000000' };
    const answers = await Promise.all(['79.000', '78.000'].map((price) => act(rows([{ ...row, price }]))));
    expect(answers).toContainEqual({ ok: true, saved: 1 });
    expect(answers).toContainEqual({ ok: false, errors: { form: { code: 'changed_meanwhile' } } });
    expect([7_900_000n, 7_800_000n]).toContain((await stored())[0]?.p);
  });

  it('goes out as an Excel file, and in again after a change', async () => {
    const { sku, id } = variant();
    await act({ intent: 'paste', text: `${sku}\t80.000` });
    const address = `/app/resellers/price-lists/file?category=${reseller}&locale=en`;
    const response = await file.loader(adminArgs(DEMO_SHOP, address));
    const body = await response.arrayBuffer();
    await act(rows([{ variantId: String(id), quantity: '1', price: '', was: '8000000' }]));
    const { request, ...rest } = adminArgs(DEMO_SHOP, address);
    const upload = new Request(request, { method: 'POST', body });
    expect((await file.action({ ...rest, request: upload })).data).toEqual({ ok: true, saved: 1 });
    expect(await stored()).toEqual([{ v: BigInt(id), q: 1, p: 8_000_000n }]);
    const none = new Request(adminArgs(DEMO_SHOP, address).request, { method: 'POST', body: 'no workbook' });
    expect((await file.action({ ...rest, request: none })).data).toEqual({
      ok: false,
      errors: { form: { code: 'not_a_file' } },
    });
  });

  it('is filled from the picker with the store’s price', async () => {
    const { id, variants } = sandbox.world.shop(DEMO_SHOP).products[0]!;
    const picked = JSON.stringify([{ productId: String(id), variantId: null }]);
    expect(await act({ intent: 'add', picked })).toEqual({ ok: true, saved: variants.length });
    expect(await act({ intent: 'add', picked })).toEqual({ ok: true, saved: 0 });
    expect((await view()).variants[0]?.prices[0]?.priceMinor).toBe((await view()).variants[0]?.retailMinor);
  });
});

describe('The price check', () => {
  const read = (search: string) => check.loader(adminArgs(DEMO_SHOP, `/app/resellers/price-check?${search}`));

  it('says what each product costs the customer, which rule won, and what the others would take off', async () => {
    const { id, price, sku } = variant();
    await pool.query(`UPDATE categories SET discount_bp = 1000 WHERE shop_id = $1 AND key = 'reseller'`, [
      club.shopId,
    ]);
    await pool.query(
      'UPDATE customers SET person_discount_bp = 1500 WHERE shop_id = $1 AND customer_id = $2',
      [club.shopId, people[0]],
    );
    const list = BigInt(price) - 100n;
    await lists.action(
      adminArgs(DEMO_SHOP, '/app', {
        json: { locale: 'id', categoryId: String(reseller), intent: 'paste', text: `${sku}\t${list / 100n}` },
      }),
    );
    const view = await read(`customer=${people[0]}&items=v${id}x2`);
    const gross = BigInt(price) * 2n;
    expect(view).toMatchObject({ isOff: true, isUnavailable: false });
    expect(view.customer).toMatchObject({ category: 'Reseller', percentBp: 1500 });
    expect(view.rows[0]).toMatchObject({
      quantity: 2,
      grossMinor: gross,
      totalMinor: gross - (gross * 1500n) / 10_000n,
      won: { rule: 'percent', percentBp: 1500 },
      others: [{ rule: 'list', savingMinor: 200n }],
    });
    expect(view.totals.totalMinor).toBe(gross - (gross * 1500n) / 10_000n);
  });

  it('shows the store’s prices without a customer, and with one of another shop', async () => {
    const { id, price } = variant();
    for (const search of [
      `items=v${id}x1`,
      `customer=1&items=v${id}x1`,
      `items=p${sandbox.world.shop(DEMO_SHOP).products[0]!.id}x1,v404x1`,
    ]) {
      const view = await read(search);
      expect(view.customer).toBeNull();
      expect(view.rows[0]).toMatchObject({ totalMinor: BigInt(price), won: null });
    }
    expect((await read('')).rows).toEqual([]);
  });

  it('says that Shopify doesn’t answer', async () => {
    await sandbox.control('POST', '/_control/faults', { target: 'graphql', kind: 'status500', times: 20 });
    expect(await read(`items=v${variant().id}x1`)).toMatchObject({ isUnavailable: true, rows: [] });
  });
});

describe('Prices at checkout', () => {
  const form = {
    version: '0',
    isOn: true,
    combination: 'refuse',
    withProducts: true,
    withShipping: true,
    forCompanies: false,
    tax: '11',
    refusal: 'Tidak bersama harga reseller.',
    setA: '[{"id":"12"}]',
    setB: '[]',
  };
  const save = async (json: object, shop = DEMO_SHOP) =>
    (await settings.action(adminArgs(shop, '/app/resellers/settings', { json }))).data;

  it('are turned on with what was chosen, and not overwritten from an older page', async () => {
    expect(await save(form)).toEqual({ ok: true });
    const view = await settings.loader(adminArgs(DEMO_SHOP, '/app/resellers/settings'));
    expect(view.settings).toMatchObject({
      isOn: true,
      combination: 'refuse',
      taxBp: 1_100,
      setA: [12n],
      version: 1,
    });
    expect(view.health).toMatchObject({ hasDiscount: false, isWaiting: true });
    expect(await save(form)).toEqual({ ok: false, errors: { form: { code: 'changed_meanwhile' } } });
    const other = await settings.loader(adminArgs(OTHER, '/app/resellers/settings'));
    expect(other.settings).toMatchObject({ isOn: false, version: 0 });
  });

  it.each([
    [{ refusal: ' ' }, { refusal: { code: 'required' } }],
    [{ tax: '-1' }, { tax: { code: 'negative' } }],
    [{ combination: 'all' }, { combination: { code: 'invalid' } }],
    [{ setB: '[{"id":"x"}]' }, { 'setB.0.id': { code: 'invalid' } }],
    [
      { setA: JSON.stringify(Array.from({ length: 101 }, (_row, id) => ({ id: String(id + 1) }))) },
      { setA: { code: 'too_many' } },
    ],
  ])('%j is refused', async (change, errors) => {
    expect(await save({ ...form, ...change })).toEqual({ ok: false, errors });
  });

  it('the discount is switched on only where there is one', async () => {
    expect(await save({ intent: 'activate' })).toEqual({ ok: false, errors: { form: { code: 'gone' } } });
    expect(await save({ intent: 'check' })).toEqual({ ok: true });
  });
});
