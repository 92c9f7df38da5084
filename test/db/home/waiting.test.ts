/** What needs a person today: counted for this shop alone, and only while it waits. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { readWaiting } from '#app/modules/home/waiting.queries.server.ts';
import { givenShop } from '#test/support/shops.ts';

let shopId: bigint;
let otherId: bigint;

beforeEach(async () => {
  ({ shopId } = await givenShop());
  ({ shopId: otherId } = await givenShop());
});

const NOTHING = { failedEvents: 0, rewardRequests: 0, applications: 0, replies: 0, campaigns: 0, imports: 0 };

/** One of each that waits, and one that does not. */
async function givenOneOfEach(shop: bigint): Promise<void> {
  const two = async (sql: string, states: [string, string]) => {
    for (const state of states) await pool.query(sql, [shop, randomUUID(), state]);
  };
  await two(
    `INSERT INTO webhook_events (shop_id, webhook_id, topic, headers, body, state) VALUES ($1, $2, 'orders/paid', '{}', '{}', $3)`,
    ['dead', 'done'],
  );
  await two(
    `INSERT INTO claims (shop_id, redemption_id, customer_id, reward_id, actor, state) VALUES ($1, $2, 7, 7, 'staff:1', $3)`,
    ['requested', 'delivered'],
  );
  await two(
    `INSERT INTO reseller_applications (shop_id, form_key, state, email, name, locale, answers)
     VALUES ($1, $2, $3, $3 || '@example.com', 'Rama', 'id', '{}')`,
    ['waiting', 'refused'],
  );
  await two(
    `INSERT INTO suppressions (shop_id, channel, address_hash, source, since, needs_review)
     VALUES ($1, 'sms', $2, 'free_text', ledger_now(), $3 = 'review')`,
    ['review', 'known'],
  );
  await two(
    `INSERT INTO campaigns (shop_id, name, audience, language, text, state, created_by)
     VALUES ($1, $2, '{"kind": "all", "filter": ""}', 'id', 'Halo', $3, 'staff:1')`,
    ['approval', 'draft'],
  );
  await two(
    `INSERT INTO imports (shop_id, file_name, state, file_bytes, file_sha256, actor) VALUES ($1, $2, $3, 1, '', 'staff:1')`,
    ['checked', 'done'],
  );
}

test('each kind is counted while it waits, in its own shop', async () => {
  expect(await readWaiting(shopId)).toEqual(NOTHING);
  await givenOneOfEach(shopId);
  expect(await readWaiting(shopId)).toEqual({
    ...{ failedEvents: 1, rewardRequests: 1, applications: 1, replies: 1, campaigns: 1, imports: 1 },
  });
  expect(await readWaiting(otherId)).toEqual(NOTHING);
});
