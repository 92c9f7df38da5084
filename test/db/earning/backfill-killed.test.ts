/** A worker that is killed in the middle of a backfill, or of undoing one: another goes on, nothing is given twice. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { processBackfills } from '#app/modules/earning/backfill/process-backfills.server.ts';
import { audit, givenClub, type TestClub } from '#test/support/clubs.ts';
import { waitUntilMidWrite } from '#test/support/mid-write.ts';
import { orderPayload } from '#test/support/orders.ts';
import { backfillRow } from '#test/support/backfills.ts';

const ORDERS = 2_500;
const CUSTOMERS = 40;
const MID_WRITE_WITHIN_MS = 20_000;
const WORK = `import('#app/modules/earning/backfill/process-backfills.server.ts').then((m) => m.processBackfills())`;

async function givenRunning(club: TestClub): Promise<void> {
  const { rows } = await pool.query<{ backfill_id: bigint }>(
    `INSERT INTO backfills (shop_id, state, starts_on, actor, orders_found) VALUES ($1, 'running', '2026-01-01', 'test', $2)
     RETURNING backfill_id`,
    [club.shopId, ORDERS],
  );
  const payloads = Array.from({ length: ORDERS }, (_, at) =>
    orderPayload({ id: at + 1, customer: 1 + (at % CUSTOMERS), lines: [{ price: 100_000 }] }),
  );
  await pool.query(
    `INSERT INTO backfill_orders (shop_id, backfill_id, order_id, payload)
     SELECT $1, $2, (p->>'id')::bigint, p FROM jsonb_array_elements($3::jsonb) AS p`,
    [club.shopId, rows[0]!.backfill_id, JSON.stringify(payloads)],
  );
}

/** A worker of its own that dies while it writes. */
async function killMidWork(): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', WORK], {
    env: { ...process.env, LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  expect(await waitUntilMidWrite(process.env.DATABASE_URL!, MID_WRITE_WITHIN_MS)).toBe(true);
  child.kill('SIGKILL');
  expect((await ended)[1]).toBe('SIGKILL');
}

const sumOf = async ({ shopId }: TestClub): Promise<bigint> => {
  const { rows } = await pool.query<{ sum: bigint }>(
    'SELECT coalesce(sum(balance), 0)::bigint AS sum FROM ledger_accounts WHERE shop_id = $1',
    [shopId],
  );
  return rows[0]!.sum;
};

test('killed while it gives and while it takes back', async () => {
  const club = await givenClub();
  await givenRunning(club);
  await killMidWork();
  expect(await sumOf(club)).toBeLessThan(BigInt(ORDERS) * 10n);
  await processBackfills();
  expect(await backfillRow(club)).toMatchObject({ state: 'done', orders_done: ORDERS });
  expect(await sumOf(club)).toBe(BigInt(ORDERS) * 10n);
  expect(await audit(club)).toEqual([]);

  await pool.query(
    `UPDATE backfills SET state = 'undoing', cursor = NULL, orders_done = 0 WHERE shop_id = $1`,
    [club.shopId],
  );
  await killMidWork();
  await processBackfills();
  expect(await backfillRow(club)).toMatchObject({ state: 'undone', orders_done: ORDERS });
  expect(await sumOf(club)).toBe(0n);
  expect(await audit(club)).toEqual([]);
});
