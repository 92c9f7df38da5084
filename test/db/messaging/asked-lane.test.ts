/** What a person asked for waits for no campaign: not of its own shop, and not of as many others as have a turn. */
import { beforeEach, expect, test } from 'vitest';
import { givenChannel, sandbox } from '#test/support/twilio-bed.ts';
import { makeTaskList } from '#app/jobs/tasks.ts';
import { pool } from '#app/db.server.ts';
import { findSmsChannel } from '#app/modules/messaging/channels/channel-rows.server.ts';
import { sendAsked } from '#app/modules/messaging/delivery/send-asked.server.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { givenShop } from '#test/support/shops.ts';

/** Shops that have a turn at a time. */
const TURNS = 4;

type TestShop = Awaited<ReturnType<typeof givenShop>>;

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  await sandbox.control('POST', '/_control/reset', { tokens: true });
});

async function givenSendingShop(perSecond: number): Promise<TestShop> {
  const shop = await givenShop();
  await givenChannel(shop);
  await pool.query('UPDATE senders SET per_second = $2 WHERE shop_id = $1', [shop.shopId, perSecond]);
  return shop;
}

async function givenDue({ shopId }: TestShop, prefix: string, count: number, kind: string): Promise<void> {
  const channel = (await findSmsChannel(pool, shopId))!;
  await pool.query(
    `INSERT INTO messages (shop_id, message_key, customer_id, channel_id, to_address, address_hash, country, body, parts, price_micros,
       state, class, actor)
     SELECT $1, $3 || n, n, $2, $3 || n, $3 || n, NULL, 'Hello', 1, 0, 'queued', $5, 'staff:1' FROM generate_series(5550100, 5550099 + $4::int) n`,
    [shopId, channel.channelId, prefix, count, kind],
  );
}

const sentTo = () =>
  sandbox.world.twilio.messages.filter(({ direction }) => direction === 'outbound-api').map(({ to }) => to);

test('a turn for what people asked for sends that alone', async () => {
  const shop = await givenSendingShop(1_000);
  await givenDue(shop, '+1415', 30, 'marketing');
  await givenDue(shop, '+1312', 2, 'transactional');
  await givenDue(shop, '+1617', 1, 'test');
  expect(await sendAsked()).toBe(3);
  expect(sentTo().toSorted()).toEqual(['+13125550100', '+13125550101', '+16175550100']);
  const { rows } = await pool.query(`SELECT DISTINCT state, class FROM messages WHERE class = 'marketing'`);
  expect(rows).toEqual([{ state: 'queued', class: 'marketing' }]);
  expect(await sendAsked()).toBe(0);
});

test('campaigns of as many shops as have a turn hold one place of the worker, and no code of another shop', async () => {
  const stop = new AbortController();
  const tasks = makeTaskList(stop.signal, () => undefined);
  const work = async (task: string): Promise<unknown> =>
    tasks[task]!({}, { abortSignal: stop.signal } as never);
  for (let index = 0; index < TURNS; index++)
    await givenDue(await givenSendingShop(1), `+1${415 + index}`, 50, 'marketing');
  let isSending = true;
  const campaigns = work('send-messages').finally(() => (isSending = false));
  await expect.poll(() => sentTo().length).toBeGreaterThanOrEqual(TURNS);
  const other = await givenSendingShop(10);
  await givenDue(other, '+1312', 1, 'transactional');
  await work('send-messages');
  await work('send-asked');
  expect(sentTo()).toContain('+13125550100');
  expect(isSending).toBe(true);
  stop.abort();
  await campaigns;
});
