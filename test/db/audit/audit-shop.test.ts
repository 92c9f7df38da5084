/** The audit finds every kind of tampering, and rebuild repairs what is derived. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { rebuildShop } from '#app/modules/audit/rebuild-shop.server.ts';
import { recountCustomers } from '#app/modules/audit/recount-customers.server.ts';
import { expireLots } from '#app/modules/ledger/expiry/expire-lots.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import {
  award,
  audit,
  givenClub,
  givenRedemption,
  moveClock,
  orderEvent,
  refundEvent,
  setRule,
  walletOf,
  type TestClub,
} from '#test/support/clubs.ts';

const SITI = 9;
let club: TestClub;

/** A ledger with everything: a debt, an expiry given back, a settled and half restored redemption, a hold. */
beforeAll(async () => {
  club = await givenClub({ rule: { lifetimeDays: 300 } });
  await award(orderEvent(club, { id: 1, customer: SITI, lines: [{ price: 500_000 }] }));
  await givenRedemption(club, SITI, '00000000-0000-4000-8000-000000000001', 'SETIA-SETTLED', 20n);
  await givenRedemption(club, SITI, '00000000-0000-4000-8000-000000000002', 'SETIA-OPEN', 5n);
  await award(
    orderEvent(club, {
      id: 2,
      customer: SITI,
      lines: [{ price: 2_000, quantity: 2 }],
      discounts: [{ code: 'setia-settled', takes: [2_000] }],
    }),
  );
  await award(refundEvent(club, { id: 21, order: 2, lines: { 1: 1 } }));
  await award(orderEvent(club, { id: 3, customer: 10, lines: [{ price: 500_000 }] }));
  await setRule(club, { lifetimeDays: null });
  await award(orderEvent(club, { id: 4, customer: 10, lines: [{ price: 100_000 }] }));
  await moveClock('400 days');
  await expireLots();
  await award(refundEvent(club, { id: 31, order: 3, lines: { 1: 1 } }));
  await moveClock('0');
  await award(orderEvent(club, { id: 5, customer: 11, lines: [{ price: 500_000 }] }));
  await withTransaction(async (tx) => {
    const key = { shopId: club.shopId, customerId: 11n, unit: 'POINTS' as const };
    const plan = await openPosting(tx, [key], [key]);
    plan.spend(key, 'manual_deduct', 60n, [new Date()], {
      key: 'test:late',
      source: 'staff',
      actor: 'test',
      effectiveAt: new Date(),
    });
    await writePosting(tx, plan);
  });
});

let before: string[];
beforeEach(async () => {
  before = await audit(club);
});

test('the ledger of this file is consistent and complete', async () => {
  expect(before).toEqual([]);
  expect(await walletOf(club, SITI)).toMatchObject({ balance: 40n, held: 5n, debt: 0n });
  expect(await walletOf(club, 10)).toMatchObject({ balance: 10n, debt: 0n });
  expect(await walletOf(club, 11)).toMatchObject({ balance: -10n, debt: 10n });
  const { rows } = await pool.query<{ kind: string; gives: boolean }>(
    'SELECT DISTINCT kind, amount > 0 AS gives FROM ledger_entries WHERE shop_id = $1 ORDER BY 1, 2',
    [club.shopId],
  );
  expect(rows.map(({ kind, gives }) => `${kind} ${gives ? '+' : '-'}`)).toEqual([
    'expire -',
    'expire +',
    'manual_deduct -',
    'order_spend +',
    'redeem -',
    'refund_reversal -',
    'restore +',
  ]);
});

/** Runs `sql` (with the shop for $1) as someone with the database's password could, audits, and undoes it. */
async function tampered(sql: string): Promise<string[]> {
  const restore = await snapshot();
  try {
    await pool.query('ALTER TABLE ledger_entries DISABLE TRIGGER USER');
    await pool.query(sql.replaceAll('$1', club.shopId.toString()));
    return await audit(club);
  } finally {
    await restore();
    await pool.query('ALTER TABLE ledger_entries ENABLE TRIGGER USER');
  }
}

const TABLES = [
  'ledger_entries',
  'ledger_lots',
  'ledger_consumptions',
  'ledger_debts',
  'ledger_holds',
  'ledger_accounts',
  'redemptions',
  'orders',
  'order_refunds',
  'order_lines',
  'customer_stats',
  'customer_products',
];

async function snapshot(): Promise<() => Promise<void>> {
  const columns = new Map<string, string>();
  for (const table of TABLES) {
    await pool.query(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
    columns.set(table, await writtenColumns(table));
  }
  return async () => {
    for (const table of TABLES) {
      await pool.query(`DELETE FROM ${table}`);
      await pool.query(
        `INSERT INTO ${table} (${columns.get(table)}) SELECT ${columns.get(table)} FROM kept_${table}`,
      );
      await pool.query(`DROP TABLE kept_${table}`);
    }
  };
}

/** All but generated ones. */
async function writtenColumns(table: string): Promise<string> {
  const { rows } = await pool.query<{ names: string }>(
    `SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS names FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'`,
    [table],
  );
  return rows[0]?.names ?? '';
}

const OF_SITI = 'shop_id = $1 AND customer_id = 9';
const INSERT_ENTRY = `INSERT INTO ledger_entries (shop_id, customer_id, unit, amount, kind, source, actor, idempotency_key, input_hash, balance_after, effective_at)`;
const HASHED = `encode(sha256(convert_to('manual_add|7|9|POINTS||||', 'UTF8')), 'hex')`;

test.each<[string, string, string]>([
  [
    'a balance',
    `UPDATE ledger_accounts SET balance = balance + 1 WHERE ${OF_SITI}`,
    'balance is the sum of the entries: customer 9 POINTS is 41, should be 40',
  ],
  [
    'an account gone',
    `DELETE FROM ledger_accounts WHERE ${OF_SITI}`,
    'balance is the sum of the entries: customer 9 POINTS is 0, should be 40',
  ],
  ['what is held', `UPDATE ledger_accounts SET held = 0 WHERE ${OF_SITI}`, 'held is the sum of open holds'],
  [
    'a debt forgiven',
    `UPDATE ledger_accounts SET debt = 0 WHERE customer_id = 11`,
    'debt is the sum of open debts',
  ],
  [
    'a debt and its row',
    `UPDATE ledger_accounts SET debt = 0 WHERE customer_id = 11; UPDATE ledger_debts SET remaining = 0 WHERE customer_id = 11`,
    'every entry that takes was taken from lots or is owed',
  ],
  [
    'what a lot has left',
    `UPDATE ledger_lots SET remaining = remaining - 1 WHERE ${OF_SITI} AND remaining > 0`,
    'what a lot gave is what was taken from it',
  ],
  [
    'a lot gone',
    `DELETE FROM ledger_lots WHERE ${OF_SITI} AND order_id = 1`,
    'every entry that gives has its lot',
  ],
  [
    'a lot and its consumption made up',
    `UPDATE ledger_lots SET amount = amount + 5, remaining = remaining + 5 WHERE ${OF_SITI} AND order_id = 1`,
    'every entry that gives has its lot',
  ],
  [
    'a consumption gone',
    `DELETE FROM ledger_consumptions WHERE shop_id = $1 AND spend_entry IN (SELECT entry_id FROM ledger_entries WHERE kind = 'redeem')`,
    'every entry that takes was taken from lots or is owed',
  ],
  [
    'what was noted as given back',
    `UPDATE ledger_consumptions SET restored = 0 WHERE shop_id = $1 AND spend_entry IN (SELECT entry_id FROM ledger_entries WHERE kind = 'redeem')`,
    'what a redemption gave back is noted where it was spent',
  ],
  [
    'an expiry given back, noted no more',
    `UPDATE ledger_consumptions SET restored = 0 WHERE shop_id = $1 AND spend_entry IN (SELECT entry_id FROM ledger_entries WHERE kind = 'expire')`,
    'an expiry that was given back is noted where it ended: customer 10 POINTS order 3 is 0, should be 50',
  ],
  [
    'an amount in an entry',
    `UPDATE ledger_entries SET amount = amount + 100 WHERE ${OF_SITI} AND order_id = 1`,
    'every entry is what its key was posted for',
  ],
  [
    'an amount with a fresh hash',
    `UPDATE ledger_entries SET amount = 60, input_hash = encode(sha256(convert_to('order_spend|60|9|POINTS|1||' || rule || '|', 'UTF8')), 'hex') WHERE ${OF_SITI} AND order_id = 1`,
    'posted for an order is its entitlement now: order 1 customer 9',
  ],
  [
    'a hash',
    `UPDATE ledger_entries SET input_hash = 'x' WHERE ${OF_SITI} AND order_id = 1`,
    'every entry is what its key was posted for',
  ],
  [
    'a balance after',
    `UPDATE ledger_entries SET balance_after = 1000 WHERE ${OF_SITI} AND order_id = 1`,
    'balance after each entry follows the one before',
  ],
  [
    'an entry inserted by hand',
    `${INSERT_ENTRY} VALUES ($1, 9, 'POINTS', 7, 'manual_add', 'staff', 'me', 'mine', ${HASHED}, 47, now())`,
    'balance is the sum of the entries: customer 9 POINTS is 40, should be 47',
  ],
  [
    'an entry inserted by hand, its account too',
    `${INSERT_ENTRY} VALUES ($1, 9, 'POINTS', 7, 'manual_add', 'staff', 'me', 'mine', ${HASHED}, 47, now()); UPDATE ledger_accounts SET balance = 47 WHERE ${OF_SITI}`,
    'every entry that gives has its lot',
  ],
  [
    'an entry deleted',
    `DELETE FROM ledger_entries WHERE ${OF_SITI} AND kind = 'redeem'`,
    'a settled redemption has exactly one spend',
  ],
  [
    'a hold ended early',
    `UPDATE ledger_holds SET ended_at = now() WHERE ${OF_SITI}; UPDATE ledger_accounts SET held = 0 WHERE ${OF_SITI}`,
    'a redemption holds exactly while it is open',
  ],
  [
    'a redemption settled by hand',
    `UPDATE redemptions SET state = 'settled', settled_units = 5 WHERE code = 'SETIA-OPEN'`,
    'a settled redemption has exactly one spend',
  ],
  [
    'an order rewritten to be worth more',
    `UPDATE orders SET state = jsonb_set(state, '{lines,0,price}', '"90000000"') WHERE shop_id = $1 AND order_id = 1`,
    'posted for an order is its entitlement now: order 1 customer 9 program:',
  ],
  [
    'a refund made away with',
    `DELETE FROM order_refunds WHERE shop_id = $1 AND refund_id = 31`,
    'posted for an order is its entitlement now: order 3 customer 10',
  ],
  [
    'a refund made up',
    `UPDATE order_refunds SET state = jsonb_set(state, '{lines,0,qty}', '2') WHERE shop_id = $1 AND refund_id = 21`,
    'a redemption is what its order says: redemption 00000000-0000-4000-8000-000000000001 order 2 is settled, 10 restored, should be restore 20',
  ],
  [
    'a code put on a paid order',
    `UPDATE orders SET state = jsonb_set(jsonb_set(state, '{codes}', '[{"code": "SETIA-OPEN", "application": 0}]'), '{lines,0,discounts}', '[["1000", 0]]') WHERE shop_id = $1 AND order_id = 1`,
    'a redemption is what its order says',
  ],
  [
    "an order's worth changed by hand",
    `UPDATE orders SET net_minor = net_minor + 1 WHERE shop_id = $1 AND order_id = 5`,
    "an order's figures are those of its state: order 5 is 50000001 for 1: ",
  ],
  [
    'a line moved to another customer',
    `UPDATE order_lines SET customer_id = 12 WHERE shop_id = $1 AND order_id = 5`,
    "an order's figures are those of its state: order 5 is 50000000 for 1: 501 12 1 50000000",
  ],
  [
    "a customer's sales changed by hand",
    `UPDATE customer_stats SET spend_minor = spend_minor + 1 WHERE shop_id = $1 AND customer_id = 10`,
    "a customer's sums are those of the orders: customer 10 spend_minor is",
  ],
  [
    "a customer's sums lost",
    `DELETE FROM customer_stats WHERE shop_id = $1 AND customer_id = 11`,
    "a customer's sums are those of the orders: customer 11 orders_valid is nothing, should be 1",
  ],
  [
    'what was ever earned',
    `UPDATE ledger_accounts SET earned = earned + 1 WHERE ${OF_SITI}`,
    'ever earned and spent are the sums of the entries: customer 9 POINTS is',
  ],
  [
    'what a customer bought',
    `UPDATE customer_products SET units = units + 1 WHERE ${OF_SITI}`,
    'what a customer bought is in their lines: customer 9 product',
  ],
  [
    'a purchase of theirs lost',
    `DELETE FROM customer_products WHERE ${OF_SITI}`,
    'what a customer bought is in their lines: customer 9 product',
  ],
  [
    'a line that no longer counts',
    `UPDATE order_lines SET bought_at = NULL WHERE ${OF_SITI}`,
    "an order's figures are those of its state: order",
  ],
])('names %s', async (_words, sql, named) => {
  expect((await tampered(sql)).join('\n')).toContain(named);
  expect(await audit(club)).toEqual([]);
});

describe('rebuild', () => {
  test('recounts orders and customers', async () => {
    await pool.query('UPDATE orders SET net_minor = 0, items = 7 WHERE shop_id = $1', [club.shopId]);
    await pool.query('DELETE FROM order_lines WHERE shop_id = $1', [club.shopId]);
    await pool.query('UPDATE customer_stats SET orders_all = 9, spend_minor = 9 WHERE shop_id = $1', [
      club.shopId,
    ]);
    await pool.query(
      `INSERT INTO customer_products (shop_id, customer_id, product_id, first_at, last_at, times, units, net_minor)
       VALUES ($1, 9, 77, now(), now(), 1, 1, 1)`,
      [club.shopId],
    );
    expect(await audit(club)).not.toEqual([]);
    expect(await recountCustomers(club.shopId)).toEqual({ orders: 5, customers: 3 });
    expect(await audit(club)).toEqual([]);
  });

  test('repairs every derived column and nothing else', async () => {
    const entries = async () =>
      (await pool.query('SELECT * FROM ledger_entries WHERE shop_id = $1 ORDER BY entry_id', [club.shopId]))
        .rows;
    const wallets = async () => Promise.all([SITI, 10, 11].map((customer) => walletOf(club, customer)));
    const [entriesBefore, walletsBefore] = [await entries(), await wallets()];
    await pool.query(`UPDATE ledger_accounts SET balance = 1, held = 2, debt = 3 WHERE shop_id = $1`, [
      club.shopId,
    ]);
    await pool.query(`UPDATE ledger_lots SET remaining = 0 WHERE shop_id = $1`, [club.shopId]);
    await pool.query(`UPDATE ledger_debts SET remaining = 0 WHERE shop_id = $1`, [club.shopId]);
    expect(await audit(club)).not.toEqual([]);
    expect(await rebuildShop(club.shopId)).toMatchObject({ ledger_accounts: 3, ledger_debts: 1 });
    expect(await audit(club)).toEqual([]);
    expect(await wallets()).toEqual(walletsBefore);
    expect(await entries()).toEqual(entriesBefore);
    expect(await rebuildShop(club.shopId)).toEqual({
      ledger_accounts: 0,
      ledger_debts: 0,
      ledger_lots: 0,
      ledger_months: 0,
    });
  });
});
