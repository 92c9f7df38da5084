/** Reactions read every event once, whatever order transactions commit in, whichever fails, wherever a worker dies. */
import { beforeEach, expect, test } from 'vitest';
import { pool, withTransaction, type Queryable } from '#app/db.server.ts';
import type { Reaction, Reactions } from '#app/modules/events/event.ts';
import { INSERT_EVENTS } from '#app/modules/events/insert-events.ts';
import { pruneEvents } from '#app/modules/events/prune-events.server.ts';
import { runReactions } from '#app/modules/events/run-reactions.server.ts';
import { givenShop } from '#test/support/shops.ts';
import { endRests, listFailures } from '#test/support/shop-failures.ts';

let shopId: bigint;
let otherShopId: bigint;
beforeEach(async () => {
  await pool.query('DELETE FROM events');
  await pool.query('DELETE FROM reaction_cursors');
  await pool.query('DELETE FROM shop_task_failures');
  ({ shopId } = await givenShop());
  ({ shopId: otherShopId } = await givenShop());
});

async function happen(db: Queryable, shop: bigint, ...subjects: number[]): Promise<void> {
  await db.query(
    `${INSERT_EVENTS} SELECT $1, 'ledger.entry', n, '{}', ledger_now() FROM unnest($2::bigint[]) AS n`,
    [shop, subjects],
  );
}

/** A reaction that writes a row for each event, so that its effect is rolled back like a real one's. */
function noting(name: string, fail: (shop: bigint, subjects: bigint[]) => void = () => undefined): Reaction {
  return {
    name,
    async react(tx, shop, events) {
      for (const { subject } of events) {
        await tx.query(
          `INSERT INTO planned_messages (shop_id, customer_id, kind, message_key, details, due_at)
           VALUES ($1, $2, $3, gen_random_uuid(), '{}', ledger_now())`,
          [shop, subject, name],
        );
      }
      fail(
        shop,
        events.map(({ subject }) => subject),
      );
    },
  };
}

const only = (...reactions: Reaction[]): Reactions => ({
  'ledger.entry': reactions,
  'segment.joined': [],
  'segment.left': [],
});

async function noted(shop: bigint, name: string): Promise<bigint[]> {
  const { rows } = await pool.query<{ subject: bigint }>(
    'SELECT customer_id AS subject FROM planned_messages WHERE shop_id = $1 AND kind = $2 ORDER BY message_id',
    [shop, name],
  );
  return rows.map(({ subject }) => subject);
}

test('each reaction reads each event once, in order', async () => {
  const reactions = only(noting('one'), noting('two'));
  await happen(pool, shopId, 1, 2);
  expect(await runReactions(reactions)).toBe(4);
  await happen(pool, shopId, 3);
  expect(await runReactions(reactions)).toBe(2);
  expect(await runReactions(reactions)).toBe(0);
  expect(await noted(shopId, 'one')).toEqual([1n, 2n, 3n]);
  expect(await noted(shopId, 'two')).toEqual([1n, 2n, 3n]);
});

test('more events than a batch', async () => {
  await happen(pool, shopId, ...Array.from({ length: 1_234 }, (_, index) => index));
  expect(await runReactions(only(noting('one')))).toBe(1_234);
  expect(await noted(shopId, 'one')).toHaveLength(1_234);
});

test('an event that commits after later ones were read is not skipped', async () => {
  const reactions = only(noting('one'));
  await withTransaction(async (tx) => {
    await happen(tx, shopId, 1);
    await happen(pool, shopId, 2);
    expect(await runReactions(reactions)).toBe(1);
  });
  expect(await runReactions(reactions)).toBe(1);
  expect(await noted(shopId, 'one')).toEqual([2n, 1n]);
});

test('an event of a transaction that is rolled back never happened', async () => {
  const rollBack = withTransaction(async (tx) => {
    await happen(tx, shopId, 1);
    throw new Error('rolled back');
  });
  await expect(rollBack).rejects.toThrow('rolled back');
  expect(await runReactions(only(noting('one')))).toBe(0);
});

test('a worker that dies inside a reaction leaves no trace of it, and the next one runs it once', async () => {
  let isDying = true;
  const reaction = noting('one', () => {
    if (isDying) throw new Error('died');
  });
  await happen(pool, shopId, 1, 2);
  await runReactions(only(reaction));
  expect(await noted(shopId, 'one')).toEqual([]);
  isDying = false;
  // It is blocked first.
  expect(await runReactions(only(reaction))).toBe(0);
  await endRests();
  expect(await runReactions(only(reaction))).toBe(2);
  expect(await noted(shopId, 'one')).toEqual([1n, 2n]);
  expect(await listFailures()).toEqual([]);
});

test('a shop that fails stops neither other shops nor other reactions, and waits longer each time', async () => {
  const failing = noting('failing', (shop) => {
    if (shop === shopId) throw new Error('this shop fails');
  });
  const reactions = only(failing, noting('sound'));
  await happen(pool, shopId, 1);
  await happen(pool, otherShopId, 2);
  expect(await runReactions(reactions)).toBe(3);
  expect(await noted(otherShopId, 'failing')).toEqual([2n]);
  expect(await noted(shopId, 'sound')).toEqual([1n]);
  const waits: number[] = [];
  for (let round = 0; round < 3; round++) {
    const { rows } = await pool.query<{ wait: number }>(
      `SELECT extract(epoch FROM retry_at - clock_timestamp())::int AS wait FROM shop_task_failures
       WHERE shop_id = $1 AND part = 'failing'`,
      [shopId],
    );
    waits.push(rows[0]?.wait ?? 0);
    await endRests();
    await runReactions(reactions);
  }
  expect(waits[0]).toBeGreaterThan(5);
  expect(waits[1]).toBeGreaterThan(2 * waits[0]!);
  expect(waits[2]).toBeGreaterThan(2 * waits[1]!);
});

test('old events are deleted once every reaction has read them; what one has not read stays', async () => {
  const sound = noting('sound');
  const failing = noting('failing', (shop) => {
    if (shop === shopId) throw new Error('this shop fails');
  });
  const reactions = only(sound, failing);
  await happen(pool, shopId, 1);
  await happen(pool, otherShopId, 2);
  await runReactions(reactions);
  expect(await pruneEvents(reactions)).toBe(0);
  await pool.query(`UPDATE events SET at = at - interval '8 days'`);
  await happen(pool, otherShopId, 3);
  await pool.query(`UPDATE events SET at = at - interval '8 days' WHERE subject = 3`);
  expect(await pruneEvents(reactions)).toBe(1);
  const { rows } = await pool.query<{ subject: bigint }>('SELECT subject FROM events ORDER BY 1');
  expect(rows.map(({ subject }) => subject)).toEqual([1n, 3n]);
  // The cursor isn't beyond an empty table: new events are read.
  await runReactions(reactions);
  await pool.query(`UPDATE events SET at = at - interval '8 days'`);
  await pruneEvents(only(sound));
  await happen(pool, otherShopId, 4);
  await runReactions(reactions);
  expect(await noted(otherShopId, 'sound')).toEqual([2n, 3n, 4n]);
});

test('who joined and left segments is stored for as long as it is listed', async () => {
  await pool.query(
    `${INSERT_EVENTS} SELECT $1, k, days, '{"segment": "1"}', ledger_now() - make_interval(days => days)
     FROM unnest(ARRAY['segment.joined', 'segment.left', 'ledger.entry']) AS k, unnest(ARRAY[8, 29, 31]) AS days`,
    [shopId],
  );
  expect(await pruneEvents(only())).toBe(5);
  const { rows } = await pool.query<{ subject: bigint }>('SELECT subject FROM events ORDER BY 1');
  expect(rows.map(({ subject }) => subject)).toEqual([8n, 8n, 29n, 29n]);
});
