/**
 * The inbox as a queue: due rows are processed once, failed ones wait and are dead in the end, no failure delays its
 * neighbours, and a transaction that dies frees its rows.
 */
import pg from 'pg';
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { ATTEMPTS_MAX, claimDueRows, markDone } from '#app/modules/inbox/inbox-rows.server.ts';
import { inboxCounts, listFailedEvents, readEvent } from '#app/modules/inbox/inbox.queries.server.ts';
import { pruneInbox } from '#app/modules/inbox/prune-inbox.server.ts';
import { replayDeadEvents } from '#app/modules/inbox/replay-dead.server.ts';
import { processInbox, workInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { givenEvent, givenShop, paidOrder } from '#test/support/shops.ts';

let shopId = 0n;
beforeEach(async () => {
  await pool.query('DELETE FROM webhook_events');
  ({ shopId } = await givenShop());
});

const allDue = () =>
  pool.query(`UPDATE webhook_events SET next_attempt_at = clock_timestamp() WHERE state = 'pending'`);

async function eventOf(inboxId: bigint) {
  const { rows } = await pool.query('SELECT * FROM webhook_events WHERE inbox_id = $1', [inboxId]);
  return rows[0];
}
async function balanceOf(customerId: number): Promise<bigint | undefined> {
  const { rows } = await pool.query(
    `SELECT balance FROM ledger_accounts WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId],
  );
  return rows[0]?.balance;
}
async function customerOf(customerId: number) {
  const { rows } = await pool.query('SELECT * FROM customers WHERE shop_id = $1 AND customer_id = $2', [
    shopId,
    customerId,
  ]);
  return rows[0];
}

test('processes what is due, of all kinds, once: rows done, points posted, customers stored', async () => {
  const paid = await givenEvent(shopId, 'orders/paid', paidOrder({ id: 1, customer: 7 }));
  await givenEvent(shopId, 'orders/updated', paidOrder({ id: 1, customer: 7 }));
  await givenEvent(shopId, 'customers/update', {
    id: 8,
    first_name: 'Budi',
    email: 'BUDI@Example.com',
    phone: '+628123456789',
    updated_at: '2026-11-20T10:00:00+07:00',
  });
  expect(await processInbox()).toEqual({ done: 3, failed: 0 });
  expect(await balanceOf(7)).toBe(100n);
  expect(await customerOf(7)).toMatchObject({ first_name: 'Siti', email: 'siti@example.com' });
  expect(await customerOf(8)).toMatchObject({
    first_name: 'Budi',
    email: 'budi@example.com',
    phone: '+628123456789',
  });
  expect(await eventOf(paid)).toMatchObject({ state: 'done', attempts: 0, processed_at: expect.any(Date) });
  expect(await processInbox()).toEqual({ done: 0, failed: 0 });
});

test('processes more than one batch, and calls made meanwhile join the running drain', async () => {
  await pool.query(
    `INSERT INTO webhook_events (shop_id, webhook_id, topic, headers, body)
     SELECT $1, 'many-' || n, 'customers/update', '{}', json_build_object('id', n, 'updated_at', '2026-11-20T10:00:00Z')::text FROM generate_series(1, 1203) n`,
    [shopId],
  );
  const [first, second] = [processInbox(), processInbox()];
  expect(second).toBe(first);
  expect(await first).toEqual({ done: 1203, failed: 0 });
});

test('a job that finds a drain at work takes no place beside it: it ends at once, and the drain looks again', async () => {
  await givenEvent(shopId, 'orders/paid', paidOrder({ id: 1, customer: 7 }));
  const blocker = await pool.connect();
  try {
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE orders');
    const drain = workInbox();
    await expect
      .poll(async () => (await pool.query(`SELECT FROM pg_locks WHERE NOT granted`)).rowCount)
      .toBeGreaterThan(0);
    await givenEvent(shopId, 'orders/paid', paidOrder({ id: 2, customer: 7 }));
    expect(await workInbox()).toEqual({ done: 0, failed: 0 });
    await blocker.query('COMMIT');
    expect(await drain).toEqual({ done: 2, failed: 0 });
  } finally {
    blocker.release();
  }
  expect(await balanceOf(7)).toBe(200n);
});

test('leaves what is not due yet', async () => {
  const later = await givenEvent(shopId, 'orders/paid', paidOrder({ id: 2, customer: 7 }));
  await pool.query(`UPDATE webhook_events SET next_attempt_at = clock_timestamp() + interval '1 minute'`);
  expect(await processInbox()).toEqual({ done: 0, failed: 0 });
  expect((await eventOf(later)).state).toBe('pending');
});

test('one poison row does not stop 60 others: it alone counts a failure and waits for its next attempt', async () => {
  for (let id = 100; id < 130; id++) await givenEvent(shopId, 'orders/paid', paidOrder({ id, customer: id }));
  const poison = await givenEvent(shopId, 'orders/paid', {
    ...paidOrder({ id: 130, customer: 130 }),
    currency: null,
  });
  for (let id = 131; id < 161; id++) await givenEvent(shopId, 'orders/paid', paidOrder({ id, customer: id }));
  expect(await processInbox()).toEqual({ done: 60, failed: 1 });
  expect(await balanceOf(100)).toBe(100n);
  expect(await balanceOf(160)).toBe(100n);
  const row = await eventOf(poison);
  expect(row).toMatchObject({
    state: 'pending',
    attempts: 1,
    last_error: expect.stringContaining('currency'),
  });
  const wait = row.next_attempt_at.getTime() - Date.now();
  expect(wait).toBeGreaterThan(6_000);
  expect(wait).toBeLessThan(13_000);
});

test("a failure names the kind and the position, never the payload's content", async () => {
  const cut = await givenEvent(shopId, 'customers/update', '{"email":"siti@example.com",');
  const tooBig = await givenEvent(
    shopId,
    'customers/update',
    '{"id":"99999999999999999999999","first_name":"Siti"}',
  );
  await processInbox();
  for (const id of [cut, tooBig]) {
    const { last_error: lastError } = await eventOf(id);
    expect(lastError).toMatch(/^(SyntaxError|malformed_payload: customer.id: expected an id)/);
    expect(lastError).not.toMatch(/siti|9999/i);
  }
});

test('an unknown topic waits for a version that knows it', async () => {
  const id = await givenEvent(shopId, 'themes/publish', { id: 1 });
  await processInbox();
  expect((await eventOf(id)).last_error).toMatch(/^unknown_topic/);
});

test('is dead after eight attempts, listed, and succeeds after a replay', async () => {
  const body = paidOrder({ id: 3, customer: 9 });
  const id = await givenEvent(shopId, 'orders/paid', { ...body, currency: null });
  const waits: number[] = [];
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    await allDue();
    expect(await processInbox()).toEqual({ done: 0, failed: 1 });
    waits.push((await eventOf(id)).next_attempt_at.getTime() - Date.now());
  }
  expect(waits.every((wait, index) => index === 0 || index > 6 || wait > waits[index - 1]!)).toBe(true);
  expect(await eventOf(id)).toMatchObject({ state: 'dead', attempts: 8 });
  await allDue();
  expect(await processInbox()).toEqual({ done: 0, failed: 0 });
  expect(await listFailedEvents(shopId, { limit: 10 })).toMatchObject([
    { inboxId: id, status: 'dead', attempts: 8, topic: 'orders/paid' },
  ]);
  expect(await inboxCounts(shopId)).toMatchObject({ dead: 1, pending: 0, done: 0 });

  await pool.query('UPDATE webhook_events SET body = $2 WHERE inbox_id = $1', [id, JSON.stringify(body)]);
  expect(await replayDeadEvents({ shopId: shopId + 1n })).toBe(0);
  expect(await replayDeadEvents({ shopId })).toBe(1);
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
  expect(await balanceOf(9)).toBe(100n);
});

test('lists failed events of one shop newest first, page by page, and shows one with its body', async () => {
  const { shopId: other } = await givenShop();
  await givenEvent(other, 'orders/paid', '{}');
  const ids: bigint[] = [];
  for (let index = 0; index < 5; index++)
    ids.unshift(await givenEvent(shopId, 'orders/paid', `{"index":${index}}`));
  await processInbox();
  await pool.query(`UPDATE webhook_events SET state = 'dead' WHERE inbox_id = ANY($1)`, [[ids[1], ids[3]]]);
  const page = await listFailedEvents(shopId, { limit: 3 });
  expect(page.map(({ inboxId, status }) => [inboxId, status])).toEqual([
    [ids[0], 'retrying'],
    [ids[1], 'dead'],
    [ids[2], 'retrying'],
  ]);
  const next = await listFailedEvents(shopId, { before: page[2]!.inboxId, limit: 3 });
  expect(next.map(({ inboxId }) => inboxId)).toEqual([ids[3], ids[4]]);
  expect(await readEvent(shopId, ids[0]!)).toMatchObject({
    body: '{"index":4}',
    status: 'retrying',
    attempts: 1,
  });
  expect(await readEvent(other, ids[0]!)).toBeNull();
  expect(await replayDeadEvents({ shopId, inboxIds: [ids[0]!] })).toBe(1);
  expect((await eventOf(ids[0]!)).next_attempt_at.getTime()).toBeLessThanOrEqual(Date.now() + 50);
});

test('a worker that dies in the middle frees its rows and leaves nothing behind', async () => {
  await givenEvent(shopId, 'orders/paid', paidOrder({ id: 4, customer: 10 }));
  const dying = new pg.Client({ connectionString: process.env.DATABASE_URL! });
  dying.on('error', () => undefined);
  await dying.connect();
  await dying.query('BEGIN');
  const rows = await claimDueRows(dying as unknown as pg.PoolClient, 10, new Set());
  expect(rows).toHaveLength(1);
  await markDone(dying as unknown as pg.PoolClient, rows);
  expect(await processInbox()).toEqual({ done: 0, failed: 0 });
  const { rows: pids } = await dying.query('SELECT pg_backend_pid() AS pid');
  await pool.query('SELECT pg_terminate_backend($1)', [pids[0].pid]);
  await expect.poll(() => processInbox()).toEqual({ done: 1, failed: 0 });
  expect(await balanceOf(10)).toBe(100n);
});

test('a lost connection is not a failure of the row: no attempt is counted', async () => {
  const id = await givenEvent(shopId, 'orders/paid', paidOrder({ id: 5, customer: 11 }));
  await pool.query(
    `CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$`,
  );
  await pool.query(`CREATE TRIGGER die BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION die()`);
  await expect(processInbox()).rejects.toThrow();
  await pool.query('DROP FUNCTION die CASCADE');
  expect(await eventOf(id)).toMatchObject({ state: 'pending', attempts: 0, last_error: null });
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
});

test('an older customer update never overwrites a newer one, in one batch or across, by second and by trigger', async () => {
  const update = (firstName: string, updatedAt: string) => ({
    id: 20,
    first_name: firstName,
    updated_at: updatedAt,
  });
  await givenEvent(shopId, 'customers/update', update('newer', '2026-11-20T10:00:05Z'), {
    triggeredAt: '2026-11-20T10:00:07Z',
  });
  await givenEvent(shopId, 'customers/update', update('older', '2026-11-20T10:00:01Z'));
  await processInbox();
  expect((await customerOf(20)).first_name).toBe('newer');
  await givenEvent(shopId, 'customers/create', update('oldest', '2026-11-20T09:00:00Z'));
  await givenEvent(shopId, 'customers/update', update('earlier trigger', '2026-11-20T10:00:05Z'), {
    triggeredAt: '2026-11-20T10:00:06Z',
  });
  await processInbox();
  expect((await customerOf(20)).first_name).toBe('newer');
  await givenEvent(shopId, 'customers/update', update('later trigger', '2026-11-20T10:00:05Z'), {
    triggeredAt: '2026-11-20T10:00:08Z',
  });
  await processInbox();
  expect((await customerOf(20)).first_name).toBe('later trigger');
});

test('a deleted customer stays deleted whatever arrives late; the ledger stays', async () => {
  await givenEvent(shopId, 'orders/paid', paidOrder({ id: 6, customer: 21 }));
  await processInbox();
  await givenEvent(shopId, 'customers/delete', { id: 21 });
  await givenEvent(shopId, 'customers/delete', { id: 22 });
  await processInbox();
  await givenEvent(shopId, 'customers/update', {
    id: 21,
    first_name: 'Back',
    updated_at: '2027-01-01T00:00:00Z',
  });
  await givenEvent(shopId, 'customers/create', {
    id: 22,
    first_name: 'Late',
    updated_at: '2026-01-01T00:00:00Z',
  });
  await processInbox();
  expect(await customerOf(21)).toMatchObject({ state: 'deleted', first_name: 'Siti' });
  expect(await customerOf(22)).toMatchObject({ state: 'deleted', first_name: null });
  expect(await balanceOf(21)).toBe(100n);
});

test('reads the documented customer payloads, old shape and new', async () => {
  const { readFileSync } = await import('node:fs');
  for (const name of [
    'customers_update__shopify_docs_sample_pre2025-01',
    'customers_update__2025-01plus_fields_DERIVED',
  ]) {
    await pool.query('DELETE FROM customers WHERE shop_id = $1', [shopId]);
    await givenEvent(shopId, 'customers/update', readFileSync(`fixtures/webhooks/${name}.json`, 'utf8'));
    expect(await processInbox()).toEqual({ done: 1, failed: 0 });
    const { rows } = await pool.query('SELECT * FROM customers WHERE shop_id = $1', [shopId]);
    expect(rows).toMatchObject([
      {
        customer_id: 706405506930370084n,
        first_name: 'Bob',
        last_name: 'Biller',
        email: 'bob@biller.com',
        phone: null,
      },
    ]);
  }
});

test('prunes processed events after 30 days and nothing else', async () => {
  for (const [state, days] of [
    ['done', 31],
    ['done', 29],
    ['dead', 90],
    ['pending', 90],
  ] as const) {
    const id = await givenEvent(shopId, 'orders/paid', '{}');
    await pool.query(
      `UPDATE webhook_events SET state = $2, processed_at = clock_timestamp() - make_interval(days => $3) WHERE inbox_id = $1`,
      [id, state, days],
    );
  }
  expect(await pruneInbox()).toBe(1);
  expect(await inboxCounts(shopId)).toMatchObject({ done: 1, dead: 1, pending: 1 });
});
