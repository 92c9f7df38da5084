/** A customer's timeline: every source in one order, by pages that lose and repeat nothing, and only of that customer. */
import { beforeAll, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { readClubCard } from '#app/modules/crm/profile/read-club-card.server.ts';
import { storeTermsOf } from '#app/modules/customers/store-terms.server.ts';
import { TIMELINE_KINDS, type TimelineKind } from '#app/modules/crm/timeline/timeline-kinds.ts';
import { readTimeline } from '#app/modules/crm/timeline/timeline.queries.server.ts';
import { withTransaction } from '#app/db.server.ts';
import { award, givenClub, orderEvent, type TestClub } from '#test/support/clubs.ts';

const SITI = 5n;
const MERGED = 6n;
const BUDI = 7n;
const START = Date.UTC(2026, 0, 1);
let club: TestClub;
let other: TestClub;

beforeAll(async () => {
  club = await givenClub({ rule: { stepMinor: 1_000n } });
  other = await givenClub({ domain: 'timeline-other.myshopify.com' });
  for (const { shopId } of [club, other]) {
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, first_name, merged_into, state)
       VALUES ($1, $2, 'Siti', NULL, 'active'), ($1, $3, 'Old', $2, 'merged'), ($1, $4, 'Budi', NULL, 'active') ON CONFLICT DO NOTHING`,
      [shopId, SITI, MERGED, BUDI],
    );
    await fill(shopId);
  }
});

/** Of each source thirty rows, three of them at one moment, for each of the customers. */
async function fill(shopId: bigint): Promise<void> {
  const at = `to_timestamp(${START / 1000}) + (n / 3) * interval '1 hour'`;
  const each = async (sql: string) => pool.query(sql, [shopId, [SITI, MERGED, BUDI]]);
  const rows = `FROM unnest($2::bigint[]) AS c (id), generate_series(1, 30) n`;
  await each(`INSERT INTO orders (shop_id, order_id, customer_id, name, processed_at, updated_at, triggered_at, financial, currency, state)
    SELECT $1, c.id * 1000 + n, c.id, '#' || n, ${at}, now(), now(), 'paid', 'IDR', '{}' ${rows}`);
  await each(`INSERT INTO ledger_entries (shop_id, customer_id, unit, amount, kind, source, actor, idempotency_key, input_hash, balance_after, effective_at, created_at)
    SELECT $1, c.id, 'POINTS', n, 'manual_add', 'staff', 'staff:1', c.id || '/' || n, '', n, now(), ${at} ${rows} WHERE c.id <> ${MERGED}`);
  await each(`INSERT INTO messages (shop_id, message_key, customer_id, channel_id, body, state, actor, created_at)
    SELECT $1, c.id || '/' || n, c.id, 1, 'Hello', CASE WHEN n = 1 THEN 'planned' ELSE 'delivered' END, 'staff:1', ${at} ${rows} WHERE c.id <> ${MERGED}`);
  await each(`INSERT INTO customer_notes (shop_id, customer_id, text, author, created_at, deleted_at)
    SELECT $1, c.id, 'Note ' || n, 'staff:1', ${at}, CASE WHEN n = 2 THEN now() END ${rows} WHERE c.id <> ${MERGED}`);
  await each(
    `INSERT INTO tags (shop_id, tag_key, name) SELECT $1, 't' || n, 'T' || n FROM generate_series(1, 30) n WHERE $2::bigint[] IS NOT NULL`,
  );
  await each(
    `INSERT INTO customer_tags (shop_id, customer_id, tag_key, is_on, changed_at) SELECT $1, c.id, 't' || n, n % 2 = 0, ${at} ${rows} WHERE c.id <> ${MERGED}`,
  );
  await each(`INSERT INTO consent_log (shop_id, customer_id, channel, state, source, actor, recorded_at)
    SELECT $1, c.id, 'sms', 'subscribed', 'in_store', 'staff:1', ${at} ${rows} WHERE c.id <> ${MERGED}`);
  await each(`INSERT INTO customer_changes (shop_id, customer_id, field, before, after, source, actor, is_kept, changed_at)
    SELECT $1, c.id, 'email', 'a', 'b', 'staff', 'staff:1', n <> 3, ${at} ${rows} WHERE c.id <> ${MERGED}`);
  await each(`INSERT INTO tier_changes (shop_id, customer_id, tier_id, since, reason, actor)
    SELECT $1, c.id, NULL, ${at}, 'reached', 'setia' ${rows} WHERE c.id <> ${MERGED}`);
}

async function all(
  kind: TimelineKind | null,
  customerId = SITI,
): Promise<{ of: string; key: string; at: Date }[]> {
  const events = [];
  let before: string | null = null;
  do {
    const page = await readTimeline(club.shopId, customerId, kind, before);
    events.push(...page.events);
    before = page.olderThan;
  } while (before !== null);
  return events;
}

/** How many each source has to tell: what is planned, deleted or did not win is not told. */
const COUNTS = { order: 60, entry: 30, message: 29, note: 29, tag: 30, consent: 30, change: 29, tier: 30 };

test('the pages together hold every event once, newest first', async () => {
  const events = await all(null);
  const keys = events.map(({ of, key }) => `${of} ${key}`);
  expect(new Set(keys).size).toBe(keys.length);
  const counts = Object.fromEntries(
    Object.keys(COUNTS).map((of) => [of, events.filter((event) => event.of === of).length]),
  );
  expect(counts).toEqual(COUNTS);
  const times = events.map(({ at }) => at.getTime());
  expect(times).toEqual(times.toSorted((a, b) => b - a));
});

test.each(TIMELINE_KINDS)('%s alone are those of the whole, in the same order', async (kind) => {
  const own = await all(kind);
  const kinds = new Set(own.map(({ of }) => of));
  const whole = (await all(null)).filter(({ of }) => kinds.has(of as never));
  expect(own.length).toBeGreaterThan(20);
  expect(own).toEqual(whole);
});

test('orders of a customer merged into this one are among them, those of others are not', async () => {
  const ids = (await all('orders')).map(({ key }) => BigInt(key) / 1000n);
  expect(new Set(ids)).toEqual(new Set([SITI, MERGED]));
});

test('a place that is none begins at the newest', async () => {
  const [first, odd] = await Promise.all([
    readTimeline(club.shopId, SITI, null, null),
    readTimeline(club.shopId, SITI, null, 'x~1'),
  ]);
  expect(odd).toEqual(first);
  expect(first.isFirstPage).toBe(true);
});

test('a change of category is among the changes, with the names of both', async () => {
  const { rows } = await pool.query<{ id: bigint; name: string }>(
    `INSERT INTO categories (shop_id, key, name, position) VALUES ($1, 'agents-x', 'Agents', 90) RETURNING category_id AS id, name`,
    [club.shopId],
  );
  await withTransaction((tx) =>
    storeTermsOf(tx, club.shopId, [{ customerId: BUDI, categoryId: rows[0]!.id }], 'staff:9'),
  );
  const page = await readTimeline(club.shopId, BUDI, 'changes', null);
  expect(page.events[0]).toMatchObject({
    of: 'change',
    field: 'category',
    after: 'Agents',
    source: 'staff',
    actor: 'staff:9',
  });
  await withTransaction((tx) =>
    storeTermsOf(tx, club.shopId, [{ customerId: BUDI, categoryId: rows[0]!.id }], 'staff:9'),
  );
  const again = await readTimeline(club.shopId, BUDI, 'changes', null);
  expect(again.events.filter((event) => event.of === 'change' && event.field === 'category')).toHaveLength(1);
});

test('the club card knows what is there, what it is worth, what ends first and what comes next', async () => {
  const shop = await givenClub({
    domain: 'club-card.myshopify.com',
    rule: { stepMinor: 1_000n, lifetimeDays: 30 },
  });
  await award(orderEvent(shop, { id: 1, customer: 9, lines: [{ price: 200_000 }] }));
  const reward = (name: string, units: number, status = 'active') =>
    pool.query(
      `INSERT INTO rewards (shop_id, program_id, name, kind, unit, units, amount_minor, status)
       SELECT $1, program_id, $2, 'amount', 'POINTS', $3, 100, $4 FROM programs WHERE shop_id = $1 LIMIT 1`,
      [shop.shopId, name, units, status],
    );
  const before = await readClubCard(shop.shopId, 9n);
  expect(before).toMatchObject({ hasRewards: false, affordable: null, next: null });
  const { points } = before;
  expect(points).toBeGreaterThan(0n);
  expect(before.expiring).toMatchObject({ unit: 'POINTS', amount: points });
  await reward('Small', 1);
  await reward('Large', Number(points) + 50);
  await reward('Larger', Number(points) + 500);
  await reward('Paused', Number(points) + 1, 'paused');
  const card = await readClubCard(shop.shopId, 9n);
  expect(card.affordable).toMatchObject({ name: 'Small' });
  expect(card.next).toMatchObject({ reward: { name: 'Large' }, missing: 50n });
  expect(card.pointsWorthMinor).toBeGreaterThan(0n);
  expect(await readClubCard(shop.shopId, 12_345n)).toMatchObject({ points: 0n, expiring: null });
});
