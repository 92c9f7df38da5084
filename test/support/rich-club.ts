/** A club with rules of every kind for the stories of orders, and what a history comes to in it. */
import { sandbox } from './sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { storeRule } from '#app/modules/earning/rules/rules-json.ts';
import type { ProgramRule } from '#app/modules/earning/rules/program.ts';
import { givenClub, setClub, setRule, type TestClub } from './clubs.ts';
import { PRODUCTS } from './order-stories.ts';
import { printedRule, productRule, spendRule } from './rules.ts';
import { DEMO_SHOP } from './sandbox.ts';

/** A club with programs of every kind, at payment and at fulfillment, pending and expiring, and a group of offers. */
export async function givenRichClub(): Promise<TestClub> {
  const club = await givenClub();
  await giveProducts(club);
  await giveRichRules(club);
  return club;
}

const productIds = () => PRODUCTS.map((handle) => BigInt(sandbox.world.findProduct(DEMO_SHOP, handle)!.id));

async function giveProducts(club: TestClub): Promise<void> {
  for (const [index, id] of productIds().entries())
    await pool.query(
      `INSERT INTO products (shop_id, product_id, title, tags, collection_ids, printed_points) VALUES ($1, $2, 'P', $3, '{}', $4)`,
      [club.shopId, id, index === 1 ? ['rotan'] : [], index * 3],
    );
}

/** Replaces the rules of a club. */
export async function giveRichRules(club: TestClub): Promise<void> {
  await setRule(club, {
    stepMinor: 10_000_00n,
    includeTax: true,
    includeShipping: true,
    pendingDays: 3,
    lifetimeDays: 25,
  });
  const add = (name: string, rule: ProgramRule) =>
    pool.query(`INSERT INTO programs (shop_id, name, kind, unit, rule) VALUES ($1, $2, $3, 'POINTS', $4)`, [
      club.shopId,
      name,
      rule.kind,
      JSON.stringify(storeRule(rule)),
    ]);
  await add(
    'Fulfilled',
    spendRule({
      stepMinor: 7_000_00n,
      units: 3n,
      earnAt: 'fulfilled',
      lifetimeDays: 12,
      includeShipping: true,
      excluded: { productIds: [], collectionIds: [], tags: ['rotan'] },
    }),
  );
  const row = { productId: productIds()[2]!, quantity: 2, units: 100n };
  await add('Rows', productRule([row], { earnAt: 'fulfilled', pendingDays: 2 }));
  await add('Printed', printedRule());
  await setClub(club, { offers_active: true });
  await pool.query(
    `WITH g AS (INSERT INTO offer_groups (shop_id, name) VALUES ($1, 'Large orders') RETURNING group_id)
     INSERT INTO offers (shop_id, group_id, name, unit, minimum_minor, percent_bp, from_days, until_days)
     SELECT $1, group_id, n.* FROM g, (VALUES ('1 %', 'CREDIT', 30000 * 100::bigint, 100, 0, null::int), ('3 %', 'CREDIT', 70000 * 100::bigint, 300, 1, 9)) AS n`,
    [club.shopId],
  );
}

/** What it comes to: balances, lots by terms, and the figures of orders and customers. */
export async function outcomeOf({ shopId }: TestClub): Promise<Record<string, unknown[]>> {
  const rows = async (sql: string) => (await pool.query(sql, [shopId])).rows;
  return {
    accounts: await rows(
      `SELECT customer_id, unit, balance, held, debt FROM ledger_accounts WHERE shop_id = $1 AND (balance, debt) <> (0, 0) ORDER BY 1, 2`,
    ),
    lots: await rows(
      `SELECT order_id, unit, valid_from, expires_at, sum(remaining)::bigint AS remaining FROM ledger_lots
        WHERE shop_id = $1 AND remaining > 0 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    ),
    orders: await rows(
      `SELECT order_id, customer_id, financial, eligible_at, items, net_minor FROM orders WHERE shop_id = $1 ORDER BY 1`,
    ),
    lines: await rows(
      `SELECT order_id, line_id, quantity, kept_quantity, net_minor FROM order_lines WHERE shop_id = $1 ORDER BY 1, 2`,
    ),
    customers: await rows(
      `SELECT customer_id, spend_minor, items, orders_valid FROM customer_stats WHERE shop_id = $1 AND orders_all > 0 ORDER BY 1`,
    ),
  };
}
