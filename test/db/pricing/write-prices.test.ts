/** The worker brings prices to Shopify: the discount and its rules, and the metafields of customers and variants. */
import { beforeEach, describe, expect, test } from 'vitest';
import { club, fault, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { pool } from '#app/db.server.ts';
import { comparePrices, writePrices } from '#app/modules/pricing/publish/write-prices.server.ts';
import { savePriceSettings } from '#app/modules/pricing/settings/save-price-settings.server.ts';
import { readSettingsScreen } from '#app/modules/pricing/settings/settings-screen.server.ts';
import { findMetafield } from '../../../sandbox/shopify/admin-graphql/sources/metafield.ts';

useSandboxShop({ hasOrders: false });

const SETTINGS = {
  version: '0',
  isOn: true,
  combination: 'stack',
  withProducts: true,
  withShipping: false,
  forCompanies: false,
  tax: '',
  refusal: '',
  setA: '[]',
  setB: '[]',
};

const shopThere = () => sandbox.world.shop(DEMO_SHOP);
const discount = () => shopThere().appDiscounts?.[0];
const valueOf = (owner: Parameters<typeof findMetafield>[0], key: string): unknown => {
  const held = findMetafield(owner, '$app', key);
  return held && JSON.parse(held.value);
};
const priceOf = (id: bigint): unknown =>
  valueOf(
    shopThere().customers.find((each) => each.id === Number(id))!,
    'price',
  );
const setsSent = () =>
  sandbox.world.state.requests.filter(({ operation }) => operation === 'SetPriceMetafields').length;

/** Customers of the sandbox that the club has, by id. */
let people: bigint[];
let reseller: bigint;

async function setCategory(customerId: bigint, percentBp: number | null = null): Promise<void> {
  await pool.query(
    'UPDATE customers SET category_id = $3, person_discount_bp = $4 WHERE shop_id = $1 AND customer_id = $2',
    [club.shopId, customerId, reseller, percentBp],
  );
}

beforeEach(async () => {
  const { customers } = shopThere();
  const [first] = customers;
  for (let n = customers.length; n < 30; n++)
    customers.push({
      ...first!,
      id: first!.id + 1_000 + n,
      email: null,
      phone: null,
      metafields: [],
      tags: [],
    });
  people = customers.slice(0, 30).map(({ id }) => BigInt(id));
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id) SELECT $1, unnest($2::bigint[]) ON CONFLICT DO NOTHING`,
    [club.shopId, people],
  );
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  await pool.query(
    `UPDATE categories SET discount_bp = 1000, label = 'Reseller price' WHERE shop_id = $1 AND key = 'reseller'`,
    [club.shopId],
  );
  reseller = (
    await select(`SELECT category_id AS id FROM categories WHERE shop_id = $1 AND key = 'reseller'`)
  )[0]!.id as bigint;
});

describe('Switching prices on', () => {
  test('creates one automatic discount with the rules and everyone’s metafield, and a second run writes nothing', async () => {
    await setCategory(people[0]!, 1500);
    await setCategory(people[1]!);
    expect(await savePriceSettings(club.shopId, SETTINGS)).toEqual({ ok: true });
    expect(await writePrices()).toBe(2);
    expect(shopThere().appDiscounts).toHaveLength(1);
    expect(discount()).toMatchObject({
      functionHandle: 'category-price',
      discountClasses: ['PRODUCT'],
      combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: false },
      appliesOnSubscription: false,
      // Shopify wants 1 of a discount that isn't for subscriptions.
      recurringCycleLimit: 1,
    });
    expect(valueOf(discount()!, 'rules')).toMatchObject({
      v: 1,
      on: true,
      digits: 2,
      b2b: false,
      cats: { reseller: { bp: 1000, label: 'Reseller price', sale: true, subs: false, list: false } },
      tiers: {},
    });
    expect(valueOf(discount()!, 'vars')).toEqual({ a: [], b: [] });
    expect(priceOf(people[0]!)).toEqual({ v: 1, cat: 'reseller', bp: 1500 });
    expect(priceOf(people[1]!)).toEqual({ v: 1, cat: 'reseller' });
    expect(priceOf(people[2]!)).toBeUndefined();
    const sent = setsSent();
    expect(await writePrices()).toBe(0);
    expect(setsSent()).toBe(sent);
  });

  test('a shop that never did has neither a discount nor a metafield', async () => {
    await setCategory(people[0]!, 1500);
    expect(await writePrices()).toBe(0);
    expect(shopThere().appDiscounts ?? []).toEqual([]);
    expect(await select('SELECT * FROM price_customers WHERE shop_id = $1')).toEqual([]);
  });
});

describe('While prices are on', () => {
  beforeEach(async () => {
    await savePriceSettings(club.shopId, SETTINGS);
    await writePrices();
  });

  test('a change of one customer is written, and what no longer applies is deleted', async () => {
    await setCategory(people[0]!, 1500);
    await pool.query(
      `UPDATE customers SET person_discount_from = '2026-01-01', person_discount_until = '2026-12-31' WHERE shop_id = $1 AND customer_id = $2`,
      [club.shopId, people[0]],
    );
    expect(await writePrices()).toBe(1);
    expect(priceOf(people[0]!)).toEqual({
      v: 1,
      cat: 'reseller',
      bp: 1500,
      from: '2026-01-01',
      to: '2026-12-31',
    });
    await pool.query(
      'UPDATE customers SET category_id = NULL, person_discount_bp = NULL WHERE shop_id = $1 AND customer_id = $2',
      [club.shopId, people[0]],
    );
    expect(await writePrices()).toBe(1);
    expect(priceOf(people[0]!)).toBeUndefined();
  });

  test('thirty at once take two calls, the oldest change first', async () => {
    const before = setsSent();
    await pool.query(
      `UPDATE customers SET category_id = $2 WHERE shop_id = $1 AND customer_id = ANY($3::bigint[])`,
      [club.shopId, reseller, people],
    );
    await pool.query(
      `UPDATE price_customers SET changed_at = changed_at - interval '1 hour' WHERE shop_id = $1 AND customer_id = $2`,
      [club.shopId, people[29]],
    );
    expect(await writePrices()).toBe(30);
    expect(setsSent() - before).toBe(2);
    for (const id of people) expect(priceOf(id)).toEqual({ v: 1, cat: 'reseller' });
  });

  test('a category’s new percent changes the rules and no customer’s metafield', async () => {
    await setCategory(people[0]!);
    await writePrices();
    const { updatedAt } = findMetafield(
      shopThere().customers.find(({ id }) => id === Number(people[0]))!,
      '$app',
      'price',
    )!;
    await pool.query(`UPDATE categories SET discount_bp = 2000 WHERE shop_id = $1 AND key = 'reseller'`, [
      club.shopId,
    ]);
    expect(await writePrices()).toBe(0);
    expect(valueOf(discount()!, 'rules')).toMatchObject({ cats: { reseller: { bp: 2000 } } });
    expect(
      findMetafield(
        shopThere().customers.find(({ id }) => id === Number(people[0]))!,
        '$app',
        'price',
      )!.updatedAt,
    ).toBe(updatedAt);
  });

  test('a tier with a member discount reaches its customers', async () => {
    const [row] = await select(
      `UPDATE tiers SET member_discount_bp = 500 WHERE shop_id = $1 AND name = 'Gold' RETURNING tier_id AS id`,
    );
    const tier = `t${String(row!.id)}`;
    await pool.query('UPDATE customers SET tier_id = $3 WHERE shop_id = $1 AND customer_id = $2', [
      club.shopId,
      people[3],
      row!.id,
    ]);
    expect(await writePrices()).toBe(1);
    expect(priceOf(people[3]!)).toEqual({ v: 1, tier });
    expect(valueOf(discount()!, 'rules')).toMatchObject({
      tiers: { [tier]: { bp: 500, label: 'Gold' } },
    });
  });

  test('list prices are the variant’s metafield, by category and quantity', async () => {
    const variant = shopThere().products[0]!.variants[0]!;
    await pool.query(
      `INSERT INTO list_prices (shop_id, category_id, variant_id, quantity, price_minor) VALUES ($1, $2, $3, 10, 8500000), ($1, $2, $3, 1, 9000000)`,
      [club.shopId, reseller, variant.id],
    );
    await pool.query('UPDATE price_settings SET requested_at = clock_timestamp() WHERE shop_id = $1', [
      club.shopId,
    ]);
    expect(await writePrices()).toBe(1);
    expect(valueOf(variant, 'prices')).toEqual({
      v: 1,
      reseller: [
        [1, '9000000'],
        [10, '8500000'],
      ],
    });
    expect(valueOf(discount()!, 'rules')).toMatchObject({ cats: { reseller: { list: true } } });
  });

  test('a deleted customer stops no one else, and isn’t tried again', async () => {
    await setCategory(people[0]!);
    await setCategory(people[1]!);
    const { customers } = shopThere();
    customers.splice(
      customers.findIndex(({ id }) => id === Number(people[0])),
      1,
    );
    await writePrices();
    expect(priceOf(people[1]!)).toEqual({ v: 1, cat: 'reseller' });
    expect(
      await select('SELECT failure FROM price_customers WHERE shop_id = $1 AND failure IS NOT NULL'),
    ).toEqual([{ failure: 'gone' }]);
    const sent = setsSent();
    expect(await writePrices()).toBe(0);
    expect(setsSent()).toBe(sent);
  });

  test('an outage leaves the change due, and it is written afterwards', async () => {
    await setCategory(people[0]!, 700);
    await fault('status500', { times: 50, operation: 'SetPriceMetafields' });
    await writePrices();
    expect(priceOf(people[0]!)).toBeUndefined();
    await sandbox.control('DELETE', '/_control/faults');
    await pool.query(`UPDATE price_customers SET next_attempt_at = clock_timestamp()`);
    await pool.query('DELETE FROM shop_task_failures');
    expect(await writePrices()).toBe(1);
    expect(priceOf(people[0]!)).toEqual({ v: 1, cat: 'reseller', bp: 700 });
  });

  test('what someone else wrote meanwhile is written over, knowing its digest', async () => {
    await setCategory(people[0]!, 700);
    await writePrices();
    const owner = shopThere().customers.find(({ id }) => id === Number(people[0]))!;
    findMetafield(owner, '$app', 'price')!.value = '{"v":1,"cat":"agent"}';
    await setCategory(people[0]!, 800);
    await writePrices();
    expect(priceOf(people[0]!)).toEqual({ v: 1, cat: 'reseller', bp: 800 });
  });

  test('nightly, what was changed or deleted at Shopify is found and mended', async () => {
    for (const id of people.slice(0, 3)) await setCategory(id);
    await writePrices();
    const owner = (index: number) => shopThere().customers.find(({ id }) => id === Number(people[index]))!;
    owner(0).metafields = [];
    findMetafield(owner(1), '$app', 'price')!.value = '{"v":1,"cat":"agent","bp":9000}';
    findMetafield(discount()!, '$app', 'rules')!.value = '{"v":1,"on":false}';
    await comparePrices();
    expect(
      await select(
        'SELECT count(*)::int AS due FROM price_customers WHERE shop_id = $1 AND changed_at IS NOT NULL',
      ),
    ).toEqual([{ due: 0 }]);
    await pool.query(`UPDATE price_customers SET compared_at = compared_at - interval '1 day'`);
    await comparePrices();
    expect(await writePrices()).toBe(2);
    for (const id of people.slice(0, 3)) expect(priceOf(id)).toEqual({ v: 1, cat: 'reseller' });
    expect(valueOf(discount()!, 'rules')).toMatchObject({ on: true });
    await comparePrices();
    expect(await writePrices()).toBe(0);
  });
});

describe('The discount', () => {
  test('that was created without an answer is found again: there is never a second one', async () => {
    await savePriceSettings(club.shopId, SETTINGS);
    await fault('lostReply', { operation: 'CreatePriceDiscount', times: 1 });
    await writePrices();
    await sandbox.control('DELETE', '/_control/faults');
    await pool.query('DELETE FROM shop_task_failures');
    await writePrices();
    expect(shopThere().appDiscounts).toHaveLength(1);
    const { health } = await readSettingsScreen(club.shopId);
    expect(health).toMatchObject({ hasDiscount: true, trouble: null, isWaiting: false });
  });

  test('that the merchant deleted is created again, and one that was switched off is said', async () => {
    await savePriceSettings(club.shopId, SETTINGS);
    await writePrices();
    shopThere().appDiscounts = [];
    await comparePrices();
    expect(shopThere().appDiscounts).toHaveLength(1);
    discount()!.endsAt = '2026-01-01T00:00:00Z';
    await comparePrices();
    expect((await readSettingsScreen(club.shopId)).health.trouble).toBe('off_at_shopify');
  });

  test('that Shopify refuses is said in words, and tried again when asked', async () => {
    await savePriceSettings(club.shopId, SETTINGS);
    await fault('userError', { operation: 'CreatePriceDiscount', message: 'Active period overlaps' });
    await writePrices();
    expect((await readSettingsScreen(club.shopId)).health).toMatchObject({
      hasDiscount: false,
      trouble: 'refused',
      refusedWith: 'Active period overlaps',
      isWaiting: false,
    });
    await comparePrices();
    expect((await readSettingsScreen(club.shopId)).health).toMatchObject({
      hasDiscount: true,
      trouble: null,
    });
  });

  test('keeps a subscription’s price after the first order: without end, once a category has subscriptions', async () => {
    const subscribe = (isOn: boolean) =>
      pool.query(
        `UPDATE categories SET includes_subscriptions = $2 WHERE shop_id = $1 AND key = 'reseller'`,
        [club.shopId, isOn],
      );
    await subscribe(true);
    await savePriceSettings(club.shopId, SETTINGS);
    await writePrices();
    expect(discount()).toMatchObject({ appliesOnSubscription: true, recurringCycleLimit: 0 });
    await subscribe(false);
    await writePrices();
    expect(discount()).toMatchObject({ appliesOnSubscription: false, recurringCycleLimit: 1 });
    await subscribe(true);
    await writePrices();
    expect(discount()).toMatchObject({ appliesOnSubscription: true, recurringCycleLimit: 0 });
  });

  test('follows the switch: codes of the club beside it, the lower of the two, or refused', async () => {
    await savePriceSettings(club.shopId, SETTINGS);
    await writePrices();
    await savePriceSettings(club.shopId, { ...SETTINGS, version: '1', combination: 'lowest' });
    await writePrices();
    expect(discount()!.combinesWith.orderDiscounts).toBe(false);
    const refusal = 'Points can’t be used with reseller prices.';
    await savePriceSettings(club.shopId, { ...SETTINGS, version: '2', combination: 'refuse', refusal });
    await writePrices();
    expect(valueOf(discount()!, 'rules')).toMatchObject({ refuse: { prefix: 'SETIA-', message: refusal } });
    await savePriceSettings(club.shopId, { ...SETTINGS, version: '3', isOn: false });
    await writePrices();
    expect(valueOf(discount()!, 'rules')).toMatchObject({ on: false });
  });
});
