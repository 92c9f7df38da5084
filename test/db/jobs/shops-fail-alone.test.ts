/**
 * Every task of the worker, in two shops: what is wrong in one of them stops that shop's turn and nothing else, is
 * recorded, and is caught up on once it is mended. A task that is added has to be added here.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { installApp, sandbox } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { makeTaskList } from '#app/jobs/tasks.ts';
import { startBackfill } from '#app/modules/earning/backfill/start-backfill.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { givePoints } from '#test/support/redemptions.ts';
import { DEMO_SHOP, USD_SHOP } from '#test/support/sandbox.ts';
import { MESSAGING_CASES, run, type Case } from '#test/support/messaging-failures.ts';
import { breakTable, mend, mendAll, prepareBreaking } from '#test/support/broken-tables.ts';
import { PRICE_CASES } from '#test/support/price-failures.ts';
import { THEME_CASES } from '#test/support/theme-failures.ts';
import { WORKBOOK_CASES } from '#test/support/workbook-failures.ts';
import { endRests, listFailures, storeSegment } from '#test/support/shop-failures.ts';
import { givenEvent, givenShop, paidOrder } from '#test/support/shops.ts';
import { award } from '#test/support/clubs.ts';

const CUSTOMER = 7_900_000_000_001n;
const DAY = (days: number) => `now() - interval '${days} days'`;

const redemption = (state: string, columns: string, values: string) =>
  run(`INSERT INTO redemptions (shop_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code, state,
         expires_at, ${columns})
       VALUES ($1, ${CUSTOMER}, '${randomUUID()}', '', 'POINTS', 1, 1, 'IDR', '${randomUUID()}', '${state}', ${DAY(1)}, ${values})`);
const oldEntry = run(
  `INSERT INTO ledger_entries (shop_id, customer_id, unit, amount, kind, source, actor, idempotency_key, input_hash,
     balance_after, effective_at, created_at)
   VALUES ($1, ${CUSTOMER}, 'POINTS', 5, 'manual_add', 'staff', 'test', 'old', '', 5, ${DAY(70)}, ${DAY(70)})`,
);

const CASES: Record<keyof GraphileWorker.Tasks, Case> = {
  'process-inbox': {
    arrange: (shopId) => givenEvent(shopId, 'app/scopes_update', { current: ['read_orders'] }),
    breaks: 'shops',
    done: `SELECT state = 'done' AS ok FROM webhook_events WHERE shop_id = $1 AND topic = 'app/scopes_update'`,
    isByRow: true,
  },
  'check-redemptions': {
    arrange: redemption('released', 'next_check_at', DAY(1)),
    breaks: 'redemptions',
    done: `SELECT next_check_at IS NULL AS ok FROM redemptions WHERE shop_id = $1 AND discount_gid IS NULL`,
  },
  'expire-lots': {
    arrange: (shopId) => givePoints({ shopId } as never, Number(CUSTOMER), 10n, new Date('2026-01-01')),
    breaks: 'ledger_entries',
    done: `SELECT count(*) > 0 AS ok FROM ledger_entries WHERE shop_id = $1 AND kind = 'expire'`,
  },
  'close-months': {
    arrange: oldEntry,
    breaks: 'ledger_closings',
    done: `SELECT count(*) > 0 AS ok FROM ledger_closings WHERE shop_id = $1`,
  },
  'give-gifts': {
    arrange: run(
      `INSERT INTO gift_settings (shop_id, kind, is_active, amount, active_from) VALUES ($1, 'birthday', true, 5, ${DAY(2)})
       ON CONFLICT (shop_id, kind) DO UPDATE SET is_active = true, amount = 5, active_from = ${DAY(2)}`,
    ),
    breaks: 'gift_runs',
    done: `SELECT count(*) > 0 AS ok FROM gift_runs WHERE shop_id = $1 AND finished_at IS NOT NULL`,
  },
  'evaluate-tiers': {
    arrange: run(
      'UPDATE club_settings SET tiers_active = true, tiers_evaluated_on = NULL WHERE shop_id = $1',
    ),
    breaks: 'club_settings',
    done: 'SELECT tiers_evaluated_on IS NOT NULL AS ok FROM club_settings WHERE shop_id = $1',
  },
  'reconcile-shops': {
    arrange: run('UPDATE shops SET reconciled_until = NULL WHERE shop_id = $1'),
    breaks: 'shops',
    done: 'SELECT reconciled_until IS NOT NULL AS ok FROM shops WHERE shop_id = $1',
  },
  'prune-inbox': {
    arrange: async (shopId) => {
      await givenEvent(shopId, 'orders/old', {});
      await pool.query(
        `UPDATE webhook_events SET state = 'done', processed_at = ${DAY(31)} WHERE shop_id = $1 AND topic = 'orders/old'`,
        [shopId],
      );
    },
    breaks: 'webhook_events',
    done: `SELECT count(*) = 0 AS ok FROM webhook_events WHERE shop_id = $1 AND topic = 'orders/old'`,
  },
  'refresh-orders': {
    arrange: run('INSERT INTO order_refreshes (shop_id, order_id) VALUES ($1, 77)'),
    breaks: 'order_refreshes',
    done: 'SELECT count(*) = 0 AS ok FROM order_refreshes WHERE shop_id = $1',
  },
  'adopt-guests': {
    arrange: async (shopId) => {
      const payload = paidOrder({ id: 88, email: 'guest@example.com' });
      await award({ shopId, topic: 'orders/paid', triggeredAt: new Date(), payload });
      await pool.query(
        `INSERT INTO customers (shop_id, customer_id, email) VALUES ($1, ${CUSTOMER} + 1, 'guest@example.com')`,
        [shopId],
      );
    },
    breaks: 'orders',
    done: 'SELECT claimed_by IS NOT NULL AS ok FROM orders WHERE shop_id = $1 AND order_id = 88',
  },
  ...MESSAGING_CASES,
  ...WORKBOOK_CASES,
  'process-backfills': {
    arrange: (shopId) => startBackfill({ shopId, startsOn: '2026-01-01', actor: 'test' }),
    breaks: 'backfills',
    done: `SELECT bulk_operation_id IS NOT NULL AS ok FROM backfills WHERE shop_id = $1`,
  },
  'process-syncs': {
    arrange: run(`UPDATE sync_runs SET state = 'waiting' WHERE shop_id = $1 AND kind = 'products'`),
    breaks: 'sync_runs',
    done: `SELECT state <> 'waiting' AS ok FROM sync_runs WHERE shop_id = $1 AND kind = 'products'`,
  },
  'process-tag-jobs': {
    arrange: run(
      `WITH job AS (INSERT INTO tag_jobs (shop_id, kind, tag, total, actor) VALUES ($1, 'add', 'New', 1, 'staff:1') RETURNING job_id)
       INSERT INTO tag_writes (shop_id, job_id, customer_id) SELECT $1, job_id, ${CUSTOMER} FROM job`,
    ),
    breaks: 'tag_writes',
    done: 'SELECT finished_at IS NOT NULL AS ok FROM tag_jobs WHERE shop_id = $1',
  },
  ...PRICE_CASES,
  ...THEME_CASES,
  'keep-segment-tags': {
    arrange: run(
      `WITH kept AS (${storeSegment('Kept')} RETURNING segment_id)
       INSERT INTO segment_tags (shop_id, segment_id, tag_key, tag, started_by) SELECT $1, segment_id, 'kept', 'Kept', 'staff:1' FROM kept`,
    ),
    breaks: 'segment_tags',
    done: 'SELECT compared_at IS NOT NULL AS ok FROM segment_tags WHERE shop_id = $1',
  },
  'push-segments': {
    arrange: run(
      `WITH pushed AS (${storeSegment('Pushed')} RETURNING segment_id)
       INSERT INTO segment_pushes (shop_id, segment_id, started_by) SELECT $1, segment_id, 'staff:1' FROM pushed`,
    ),
    breaks: 'segment_pushes',
    done: 'SELECT is_confirmed AS ok FROM segment_pushes WHERE shop_id = $1',
  },
  'reconcile-customers': {
    arrange: run(
      `WITH done AS (UPDATE sync_runs SET state = 'done' WHERE shop_id = $1 AND kind = 'customers')
       UPDATE shops SET customers_reconciled_until = NULL WHERE shop_id = $1`,
    ),
    breaks: 'shops',
    done: 'SELECT customers_reconciled_until IS NOT NULL AS ok FROM shops WHERE shop_id = $1',
  },
  'remove-files': {
    arrange: run(
      `INSERT INTO file_removals (shop_id, file_key, due_at) SELECT $1::bigint, 'photos/' || $1::bigint, ${DAY(1)}`,
    ),
    breaks: 'file_removals',
    done: 'SELECT count(*) = 0 AS ok FROM file_removals WHERE shop_id = $1',
  },
  'purge-notes': {
    arrange: run(
      `INSERT INTO customer_notes (shop_id, customer_id, text, author, deleted_at) VALUES ($1, ${CUSTOMER}, 'x', 'staff:1', ${DAY(40)})`,
    ),
    breaks: 'customer_notes',
    done: 'SELECT count(*) = 0 AS ok FROM customer_notes WHERE shop_id = $1',
  },
  'delete-codes': {
    arrange: redemption('failed', 'discount_gid', `'gid://shopify/DiscountCodeNode/1'`),
    breaks: 'redemptions',
    done: `SELECT count(*) = 0 AS ok FROM redemptions WHERE shop_id = $1 AND discount_gid IS NOT NULL`,
  },
  'sweep-erased': {
    arrange: async (shopId) => {
      const erased = CUSTOMER + 2n;
      await pool.query(`INSERT INTO customers (shop_id, customer_id, state) VALUES ($1, $2, 'redacted')`, [
        shopId,
        erased,
      ]);
      await pool.query(
        `INSERT INTO privacy_records (shop_id, topic, customer_id, outcome) VALUES ($1, 'customers/redact', $2, '{}')`,
        [shopId, erased],
      );
      const inboxId = await givenEvent(shopId, 'customers/update', {
        id: Number(erased),
        first_name: 'Siti',
      });
      await pool.query(`UPDATE webhook_events SET state = 'dead' WHERE inbox_id = $1`, [inboxId]);
    },
    breaks: 'webhook_events',
    done: `SELECT body = '{}' AS ok FROM webhook_events WHERE shop_id = $1 AND topic = 'customers/update'`,
  },
  'prune-imports': {
    arrange: run(
      `INSERT INTO imports (shop_id, state, file_name, file_key, file_bytes, file_sha256, actor, finished_at)
       VALUES ($1, 'done', 'customers.csv', 'imports/old', 1, '', 'staff:1', ${DAY(31)})`,
    ),
    breaks: 'imports',
    done: `SELECT bool_and(file_key IS NULL) AS ok FROM imports WHERE shop_id = $1 AND state = 'done'`,
  },
  'count-segments': {
    arrange: run(storeSegment('Counted')),
    breaks: 'segment_counts',
    done: 'SELECT count(*) > 0 AS ok FROM segment_counts WHERE shop_id = $1',
  },
  'evaluate-segments': {
    arrange: run(storeSegment('Evaluated')),
    breaks: 'segments',
    done: `SELECT members_at IS NOT NULL AS ok FROM segments WHERE shop_id = $1 AND name = 'Evaluated'`,
  },
  'compute-rfm': {
    arrange: run('DELETE FROM rfm_thresholds WHERE shop_id = $1'),
    breaks: 'rfm_thresholds',
    done: 'SELECT count(*) > 0 AS ok FROM rfm_thresholds WHERE shop_id = $1',
  },
  'read-shopify-segments': {
    arrange: run('DELETE FROM shopify_segment_lists WHERE shop_id = $1'),
    breaks: 'shopify_segment_lists',
    done: 'SELECT count(*) > 0 AS ok FROM shopify_segment_lists WHERE shop_id = $1 AND listed_at IS NOT NULL',
  },
  'refresh-shops': {
    arrange: run(`UPDATE shops SET name = 'Before' WHERE shop_id = $1`),
    breaks: 'shops',
    done: `SELECT name <> 'Before' AS ok FROM shops WHERE shop_id = $1`,
  },
  'recount-figures': {
    arrange: run('UPDATE shops SET figures_currency = NULL WHERE shop_id = $1'),
    breaks: 'shops',
    done: 'SELECT figures_currency IS NOT NULL AS ok FROM shops WHERE shop_id = $1',
  },
  'prune-tag-jobs': {
    arrange: run(
      `INSERT INTO tag_jobs (shop_id, kind, tag, total, actor, finished_at) VALUES ($1, 'add', 'old', 1, 'staff:1', ${DAY(9)})`,
    ),
    breaks: 'tag_jobs',
    done: `SELECT count(*) = 0 AS ok FROM tag_jobs WHERE shop_id = $1 AND tag = 'old'`,
  },
  'update-codes': {
    arrange: async (shopId) => {
      await pool.query(`INSERT INTO price_settings (shop_id) VALUES ($1) ON CONFLICT (shop_id) DO NOTHING`, [
        shopId,
      ]);
      await pool.query(
        `INSERT INTO customers (shop_id, customer_id) VALUES ($1, ${CUSTOMER}) ON CONFLICT DO NOTHING`,
        [shopId],
      );
      // A code that someone else already deleted at Shopify.
      await run(
        `INSERT INTO redemptions (shop_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code, state,
           expires_at, discount_gid, combines_with_product)
         SELECT $1, ${CUSTOMER}, 'combine', '', 'POINTS', 1, 1, 'IDR', 'COMBINE', 'issued', 'infinity', 'gid://shopify/DiscountCodeNode/1',
           NOT combines_with_product FROM club_settings WHERE shop_id = $1`,
      )(shopId);
    },
    breaks: 'redemptions',
    done: `SELECT combines_with_product = (SELECT combines_with_product FROM club_settings WHERE shop_id = $1) AS ok
      FROM redemptions WHERE shop_id = $1 AND code = 'COMBINE'`,
  },
};

let broken = 0n;
let sound = 0n;

beforeAll(async () => {
  for (const domain of sandbox.world.shopDomains()) sandbox.world.shop(domain).orders.length = 0;
  broken = await installApp(DEMO_SHOP);
  sound = await installApp(USD_SHOP);
  // Of the tests below only one is about the first sync.
  await pool.query(`UPDATE sync_runs SET state = 'done'`);
  await prepareBreaking();
});

afterEach(async () => {
  await mendAll();
  await pool.query('DELETE FROM shop_task_failures');
});

const isDone = async (shopId: bigint, sql: string): Promise<boolean> => {
  const { rows } = await pool.query<{ ok: boolean }>(sql, [shopId]);
  return rows.length > 0 && rows.every(({ ok }) => ok);
};

/** Runs the task as the worker does. */
async function work(task: string): Promise<void> {
  const { signal } = new AbortController();
  const handler = makeTaskList(signal, () => undefined)[task]!;
  await handler({}, { abortSignal: signal } as never);
}

test.each(Object.keys(CASES) as (keyof typeof CASES)[])('%s', async (task) => {
  const { arrange, breaks, done, isByRow } = CASES[task];
  await arrange(broken);
  await arrange(sound);
  expect([await isDone(broken, done), await isDone(sound, done)]).toEqual([false, false]);
  await breakTable(breaks, broken);
  await work(task);
  expect([await isDone(broken, done), await isDone(sound, done)]).toEqual([false, true]);
  if (!isByRow) {
    expect(await listFailures()).toMatchObject([
      {
        turn: expect.stringContaining(`${task} ${broken}`),
        failures: 1,
        cause: 'ours',
        reason: expect.stringMatching(/^database 22P02/),
      },
    ]);
    // It rests: the next run leaves it alone.
    await work(task);
    expect(await listFailures()).toMatchObject([{ failures: 1 }]);
    await endRests();
    await work(task);
    expect(await listFailures()).toMatchObject([{ failures: 2 }]);
  }
  await mend(breaks);
  await endRests();
  await pool.query(`UPDATE webhook_events SET next_attempt_at = clock_timestamp() WHERE state = 'pending'`);
  await work(task);
  expect(await isDone(broken, done)).toBe(true);
  expect(await listFailures()).toEqual([]);
});

test('a shop in a time zone that nobody knows stops no task, and what depends on its days waits', async () => {
  const dependent = [
    'close-months',
    'count-segments',
    'evaluate-segments',
    'give-gifts',
    'plan-reminders',
    'evaluate-tiers',
  ] as const;
  const { shopId: lost } = await givenShop({ timeZone: 'Mars/Olympus' });
  const { shopId: known } = await givenShop();
  for (const task of dependent) {
    await CASES[task].arrange(lost);
    await CASES[task].arrange(known);
  }
  for (const task of Object.keys(CASES)) await work(task);
  for (const task of dependent)
    expect([task, await isDone(lost, CASES[task].done), await isDone(known, CASES[task].done)]).toEqual([
      task,
      false,
      true,
    ]);
  // Neither shop is at Shopify.
  const turns = (await listFailures()).filter(({ cause }) => cause === 'ours').map(({ turn }) => turn);
  expect(turns).toEqual(dependent.toSorted().map((task) => expect.stringContaining(`${task} ${lost}`)));
  await pool.query(`UPDATE shops SET time_zone = 'Asia/Jakarta' WHERE shop_id = $1`, [lost]);
  await endRests();
  for (const task of dependent) {
    await work(task);
    expect([task, await isDone(lost, CASES[task].done)]).toEqual([task, true]);
  }
});

test('a task that has nothing left to do in a shop forgets that it failed there', async () => {
  await CASES['refresh-orders'].arrange(broken);
  await breakTable('order_refreshes', broken);
  await work('refresh-orders');
  expect(await listFailures()).toHaveLength(1);
  await mend('order_refreshes');
  await pool.query('DELETE FROM order_refreshes');
  await work('refresh-orders');
  expect(await listFailures()).toHaveLength(1);
  await endRests();
  await work('refresh-orders');
  expect(await listFailures()).toEqual([]);
});

test('when the database is away the task fails, and no shop is blamed', async () => {
  await CASES['refresh-orders'].arrange(sound);
  await expect(
    forEachShop('refresh-orders', [{ shopId: broken }, { shopId: sound }], () => {
      throw new Error('Connection terminated unexpectedly');
    }),
  ).rejects.toThrow('Connection terminated');
  expect(await listFailures()).toEqual([]);
});

test('a turn that lost a deadlock is taken again at once, and no shop rests for it', async () => {
  const conflict = Object.assign(new pg.DatabaseError('deadlock detected', 0, 'error'), { code: '40P01' });
  const tries: bigint[] = [];
  const work = async ({ shopId }: { shopId: bigint }) => {
    tries.push(shopId);
    if (tries.length < 4) throw conflict;
    return 1;
  };
  expect(await forEachShop('refresh-orders', [{ shopId: broken }, { shopId: sound }], work)).toBe(2);
  expect(tries).toEqual([broken, broken, broken, broken, sound]);
  expect(await listFailures()).toEqual([]);
});
