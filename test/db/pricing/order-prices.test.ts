/** Orders at Shopify's prices of ours: which rule it was stays with the order, and categories know what they sold and gave. */
import fs from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { club, sandbox, select, shop, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { walletOf } from '#test/support/clubs.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { sheetRows, writtenExport } from '#test/support/exports.ts';
import { givePoints, reserved, rowOf } from '#test/support/redemptions.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { pool } from '#app/db.server.ts';
import { applyNow } from '#app/modules/earning/award/refresh-orders.server.ts';
import { explainOrder } from '#app/modules/earning/explain/explain-order.server.ts';
import { listOrders } from '#app/modules/earning/order-list/order-list.server.ts';
import { removeCategory } from '#app/modules/pricing/categories/arrange-categories.server.ts';
import { readCategorySales } from '#app/modules/pricing/categories/category-sales.queries.server.ts';
import { writePrices } from '#app/modules/pricing/publish/write-prices.server.ts';
import { savePriceSettings } from '#app/modules/pricing/settings/save-price-settings.server.ts';

useSandboxShop({ hasOrders: false });
const door = useClubDoor(() => '');

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
/** Costs 45,000. */
const TEA = 'teh-melati-premium';

let siti: number;
let reseller: bigint;
let agent: bigint;

async function setReseller(change: string): Promise<void> {
  await pool.query(`UPDATE categories SET ${change} WHERE shop_id = $1 AND category_id = $2`, [
    club.shopId,
    reseller,
  ]);
  await writePrices();
}

async function setSiti(change: string): Promise<void> {
  await pool.query(`UPDATE customers SET ${change} WHERE shop_id = $1 AND customer_id = $2`, [
    club.shopId,
    siti,
  ]);
  await writePrices();
}

/** Siti buys tea; what Shopify says of it reaches the app. */
async function buy(quantity: number, change: object = {}): Promise<Loose> {
  const { body } = await sandbox.control('POST', '/_control/orders', {
    customer: siti,
    lines: [{ product: TEA, quantity }],
    ...change,
  });
  await shop.tell(body.order);
  return body.order;
}

const explain = async ({ id }: Loose) => (await explainOrder(club.shopId, BigInt(id)))!;
const pricesOf = async (order: Loose) =>
  (await explain(order)).prices.map(({ rule, name, percentBp, amountMinor, returnedMinor }) => ({
    rule,
    name,
    percentBp,
    amountMinor,
    returnedMinor,
  }));
const salesOf = async (categoryId: bigint) => {
  const { total } = await readCategorySales(club.shopId, categoryId);
  return [total.orders, total.salesMinor, total.discountMinor];
};

beforeEach(async () => {
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  const ids = await select('SELECT key, category_id AS id FROM categories WHERE shop_id = $1');
  reseller = ids.find(({ key }) => key === 'reseller')!.id as bigint;
  agent = ids.find(({ key }) => key === 'agent')!.id as bigint;
  siti = sandbox.world.shop(DEMO_SHOP).customers[0]!.id;
  await pool.query('INSERT INTO customers (shop_id, customer_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    club.shopId,
    siti,
  ]);
  await pool.query(
    `UPDATE categories SET discount_bp = 1000, label = 'Reseller price' WHERE shop_id = $1 AND category_id = $2`,
    [club.shopId, reseller],
  );
  await savePriceSettings(club.shopId, SETTINGS);
  await setSiti(`category_id = ${reseller}`);
});

describe('an order by a price of ours', () => {
  test('keeps the rule and the amount; points are on what was paid', async () => {
    const order = await buy(10);
    expect(await pricesOf(order)).toEqual([
      { rule: 'category', name: 'Reseller', percentBp: 1000, amountMinor: 4_500_000n, returnedMinor: 0n },
    ]);
    // 405,000 gives 40 points, 450,000 would give 45.
    expect(await walletOf(club, siti)).toMatchObject({ balance: 40n });
    const { orders } = await listOrders(club.shopId, { query: '', isUnprocessed: false }, null);
    expect(orders.map(({ prices }) => prices.map(({ amountMinor }) => amountMinor))).toEqual([[4_500_000n]]);
  });

  test('says that it was the customer’s own percent, a break, or the list', async () => {
    await setSiti('person_discount_bp = 1500');
    expect(await pricesOf(await buy(2))).toMatchObject([{ rule: 'own', percentBp: 1500 }]);
    await setReseller(`breaks = '[{"quantity": 10, "bp": 2500}]'`);
    expect(await pricesOf(await buy(10))).toMatchObject([{ rule: 'break', percentBp: 2500 }]);
    const [variant] = sandbox.world.findProduct(DEMO_SHOP, TEA)!.variants;
    await pool.query('INSERT INTO list_prices VALUES ($1, $2, $3, 1, 2000000)', [
      club.shopId,
      reseller,
      variant!.id,
    ]);
    await pool.query('UPDATE price_settings SET requested_at = clock_timestamp()');
    await writePrices();
    expect(await pricesOf(await buy(3))).toMatchObject([
      { rule: 'list', percentBp: null, amountMinor: 7_500_000n },
    ]);
  });

  test('earns nothing where the category has the club off, and still says what it paid', async () => {
    await setReseller('loyalty_enabled = false');
    const order = await buy(10);
    const { earning, prices } = await explain(order);
    expect(earning.nothingBecause).toBe('club_off_for_category');
    expect(prices).toHaveLength(1);
    expect(await walletOf(club, siti)).toMatchObject({ balance: 0n });
  });

  test('keeps them through a change of the category’s label and percent', async () => {
    const order = await buy(2);
    await setReseller(`label = 'Other', discount_bp = 3000`);
    await shop.tell(order);
    expect(await pricesOf(order)).toMatchObject([{ rule: 'category', percentBp: 1000 }]);
  });

  test('that comes after the label was changed is found by the rules before', async () => {
    const { body } = await sandbox.control('POST', '/_control/orders', {
      customer: siti,
      lines: [{ product: TEA, quantity: 2 }],
    });
    await setReseller(`label = 'Other'`);
    await shop.tell(body.order);
    expect(await pricesOf(body.order)).toMatchObject([{ rule: 'category', percentBp: 1000 }]);
  });

  test('a read order says the same as its webhook', async () => {
    const order = await buy(2);
    const before = await select('SELECT prices FROM order_prices WHERE shop_id = $1');
    await pool.query('DELETE FROM order_prices');
    await applyNow({ shopId: club.shopId, domain: DEMO_SHOP }, [BigInt(order.id)]);
    expect(await select('SELECT prices FROM order_prices WHERE shop_id = $1')).toEqual(before);
  });
});

describe('what others reported of reseller prices', () => {
  test('no operation of the app makes a draft order: codes and express checkouts work for resellers too', async () => {
    const folder = new URL('../../../app/integrations/shopify/operations/', import.meta.url);
    const files = fs.readdirSync(folder).map((name) => fs.readFileSync(new URL(name, folder), 'utf8'));
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((text) => /draftOrder/i.test(text))).toEqual([]);
  });

  test('an order that staff wrote as a draft, with a code, settles the code and has the price', async () => {
    await sandbox.control('POST', '/_control/functions', { draftsAuthenticated: true });
    await givePoints(club, siti, 100n);
    const { code, redemptionId } = await reserved(club, siti, 100n);
    const order = await buy(10, {
      sourceName: 'shopify_draft_order',
      acceptAutomaticDiscounts: true,
      discountCodes: [code],
    });
    expect((await rowOf(redemptionId)).state).toBe('settled');
    expect(await pricesOf(order)).toMatchObject([{ rule: 'category', percentBp: 1000 }]);
  });

  test('totals are Shopify’s, cut off on the line, in the file of orders too: never a unit price times a quantity', async () => {
    await setReseller('discount_bp = 217');
    const order = await buy(7);
    // 315,000.00 at 2.17 %: 6,835.50 off.
    expect(order.total_price).toBe('308164.50');
    const rows = await sheetRows(await writtenExport(club.shopId, { kind: 'orders', scope: 'all' }));
    const [heads, row] = rows;
    const cell = (head: string) => row![heads!.indexOf(head)];
    expect([cell('Total'), cell('Price discount'), cell('Price rule')]).toEqual([
      308_164.5,
      6_835.5,
      'Reseller discount',
    ]);
  });

  test('who isn’t signed in is told no price: in the shop, the cart and at the club’s door', async () => {
    const blocks = ['product-points', 'members-only', 'cart-redeem', 'club-page', 'reseller-form'];
    await sandbox.control('POST', '/_control/theme', { shop: DEMO_SHOP, blocks });
    const pages = await Promise.all(
      ['', '/cart', `/products/${TEA}`, '/pages/reseller'].map(async (path) =>
        (await fetch(`${sandbox.origin}/store/${DEMO_SHOP}${path}`)).text(),
      ),
    );
    expect(pages[2]).toMatch(/45[.,]000/);
    expect(pages[3]).toContain('setia--apply');
    for (const html of pages)
      for (const secret of ['Reseller price', /40[.,]500/, 'setia__price', '"bp"'])
        expect(html).not.toMatch(secret);
    const answer = await door.call('/api/club', { token: null });
    expect([answer.status, await answer.text()]).toEqual([401, '']);
  });
});

describe('a category', () => {
  test('knows its orders, sales and discounts, exact over refunds in any order, and cancelled orders are none', async () => {
    const order = await buy(10);
    expect(await salesOf(reseller)).toEqual([1, 40_500_000n, 4_500_000n]);
    const lineId = order.line_items[0].id;
    const part = await shop.refund(order as never, { lines: [{ line: lineId, quantity: 3 }] });
    await shop.tell(part);
    await shop.tell(part);
    expect(await salesOf(reseller)).toEqual([1, 28_350_000n, 3_150_000n]);
    expect(await pricesOf(order)).toMatchObject([{ amountMinor: 4_500_000n, returnedMinor: 1_350_000n }]);
    const second = await buy(1);
    await sandbox.control('POST', '/_control/clock', { advanceMs: 5_000 });
    await shop.tell(await shop.cancel(second as never));
    expect(await salesOf(reseller)).toEqual([1, 28_350_000n, 3_150_000n]);
  });

  test('has the orders of before the shop’s first prices too, each once', async () => {
    await pool.query('DELETE FROM price_settings');
    await buy(2);
    await buy(3);
    await savePriceSettings(club.shopId, { ...SETTINGS, isOn: false });
    await writePrices();
    const sales = await salesOf(reseller);
    expect(sales[0]).toBe(2);
    await writePrices();
    expect(await salesOf(reseller)).toEqual(sales);
    expect(await select('SELECT counted_to FROM price_settings WHERE shop_id = $1')).toEqual([
      { counted_to: null },
    ]);
  });

  test('that is removed leaves its sums to the new home, also those of an order that comes later', async () => {
    await buy(1);
    const { body } = await sandbox.control('POST', '/_control/orders', {
      customer: siti,
      lines: [{ product: TEA, quantity: 1 }],
    });
    expect(
      await removeCategory(club.shopId, { categoryId: String(reseller), into: String(agent) }, 'staff'),
    ).toEqual({ ok: true });
    await shop.tell(body.order);
    expect(await salesOf(agent)).toEqual([2, 8_100_000n, 900_000n]);
    expect(await pricesOf(body.order)).toMatchObject([{ rule: 'category', name: null }]);
  });
});
