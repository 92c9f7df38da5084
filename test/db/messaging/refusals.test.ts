/** What Twilio refuses again and again: a campaign is paused before all of it is refused. */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { findCampaign } from '#app/modules/messaging/campaigns/campaign-rows.server.ts';
import { pauseCampaign } from '#app/modules/messaging/campaigns/move-campaign.server.ts';
import type { Channel } from '#app/modules/messaging/channels/channel-rows.server.ts';
import { writeOutcome } from '#app/modules/messaging/delivery/write-outcome.server.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { givenShop } from '#test/support/shops.ts';

/** Twilio's codes of which the app knows nothing, and of a number that is none. */
const [UNLISTED, ANOTHER, NO_NUMBER] = [21_656, 21_654, 21_211];
const IN_A_ROW = 20;
let shopId: bigint;
let campaignId: bigint;
let called = 0n;

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  ({ shopId } = await givenShop());
  called = 0n;
  const { rows } = await pool.query<{ id: bigint }>(
    `INSERT INTO campaigns (shop_id, name, state, audience, language, text, created_by)
     VALUES ($1, 'Promo', 'running', '{}', 'en', 'Hello', 'staff:1') RETURNING campaign_id AS id`,
    [shopId],
  );
  campaignId = rows[0]!.id;
});

/** Messages of the campaign as they are after their call. */
async function given(count: number, state: string): Promise<bigint[]> {
  const first = called;
  called += BigInt(count);
  const { rows } = await pool.query<{ id: bigint }>(
    `INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, address_hash, body, parts, state, fence,
       call_started_at, actor)
     SELECT $1, 'k' || n, $2, n, 1, '+1415' || (5550100 + n), 'hash' || n, 'Hello', 1, $3, 1, clock_timestamp(), 'staff:1'
       FROM generate_series($4::bigint, $4::bigint + $5::int - 1) n RETURNING message_id AS id`,
    [shopId, campaignId, state, first, count],
  );
  return rows.map(({ id }) => id);
}

async function end(code: number | null): Promise<void> {
  const [messageId] = await given(1, 'sending');
  const message = { campaignId, to: '+14155550100', hash: 'h', from: 'Toko', body: 'Hello', fence: 1 };
  await writeOutcome(
    { shopId } as Channel,
    { ...message, messageId: messageId!, expiresAt: null },
    code === null
      ? { is: 'accepted', message: { sid: `SM${messageId}` } as never }
      : { is: 'refused', status: 400, code },
  );
}
const accept = () => end(null);
async function refuse(count: number, code = UNLISTED): Promise<void> {
  for (let n = 0; n < count; n += 1) await end(code);
}
const stateOf = async () => {
  const { state, pauseReason, pauseCode } = (await findCampaign(pool, shopId, campaignId))!;
  return { state, pauseReason, pauseCode };
};
const RUNNING = { state: 'running', pauseReason: null, pauseCode: null };
const PAUSED = { state: 'paused', pauseReason: 'refused', pauseCode: UNLISTED };

test('twenty refusals in a row by a code of which nothing is known pause the campaign', async () => {
  await refuse(IN_A_ROW - 1);
  await accept();
  await refuse(IN_A_ROW - 1);
  expect(await stateOf()).toEqual(RUNNING);
  await refuse(1, ANOTHER);
  await refuse(IN_A_ROW - 1);
  // That a number is none says nothing of the others: neither does it count, nor does it end a row.
  await refuse(IN_A_ROW + 1, NO_NUMBER);
  expect(await stateOf()).toEqual(RUNNING);
  await refuse(1);
  expect(await stateOf()).toEqual(PAUSED);
});

test('what was before the campaign was resumed is known', async () => {
  await refuse(IN_A_ROW);
  await pauseCampaign(shopId, campaignId, false);
  await refuse(IN_A_ROW - 1);
  expect(await stateOf()).toEqual(RUNNING);
  await refuse(1);
  expect(await stateOf()).toEqual(PAUSED);
});

test('one refusal in twenty calls, of a thousand at least, pauses it as well', async () => {
  for (let pair = 0; pair < 50; pair += 1) {
    await refuse(1);
    await accept();
  }
  // Half of too few; then less than one in twenty.
  expect(await stateOf()).toEqual(RUNNING);
  await given(1_000, 'delivered');
  await refuse(5);
  expect(await stateOf()).toEqual(RUNNING);
  await refuse(1);
  expect(await stateOf()).toEqual(PAUSED);
});

test('several at once lose no count', async () => {
  await Promise.all(Array.from({ length: IN_A_ROW - 1 }, () => refuse(1)));
  expect(await stateOf()).toEqual(RUNNING);
  await refuse(1);
  expect(await stateOf()).toEqual(PAUSED);
});
