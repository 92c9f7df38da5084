/** What Twilio charged for each message, read from its list days after sending, and what is left of what shops paid. */
import { beforeEach, expect, test } from 'vitest';
import { givenPlatform, givenSendingShop, send, shop } from '#test/support/sending-bed.ts';
import { sandbox } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { listMargins } from '#app/modules/messaging/costs/margin.queries.server.ts';
import { readCosts } from '#app/modules/messaging/costs/read-costs.server.ts';
import { frozenCampaign, givenRecipients, PART_PRICE, sendNow } from '#test/support/campaign-bed.ts';
import { margin } from '../../../scripts/ops/margin.ts';

const RECIPIENTS = 7;
const LONG_AGO = '2020-01-01';

beforeEach(async () => {
  await givenSendingShop();
  await givenPlatform();
  await givenRecipients(
    shop.shopId,
    Array.from({ length: RECIPIENTS }, (_, n) => ({ id: n + 1 })),
  );
});

/** Sends a campaign, as if some days had passed since. */
async function sentDaysAgo(days: number): Promise<void> {
  await sendNow(shop.shopId, await frozenCampaign(shop));
  await send();
  for (const message of sandbox.world.twilio.messages)
    message.sentAt = new Date(
      Date.parse(message.sentAt ?? message.createdAt) - days * 86_400_000,
    ).toISOString();
  await pool.query(
    `UPDATE channels SET created_at = now() - interval '30 days', costs_read_until = now() - $1::int * interval '1 day'`,
    [days + 1],
  );
}
const costs = async () =>
  (await pool.query('SELECT cost_micros AS micros, currency FROM message_costs ORDER BY message_id')).rows;
const readUntilHoursAgo = async () => {
  const { rows } = await pool.query<{ hours: number }>(
    'SELECT floor(extract(epoch FROM now() - costs_read_until) / 3600)::int AS hours FROM channels',
  );
  return rows[0]!.hours;
};
const listed = async () =>
  sandbox.world.twilio.requests.filter(({ operation }) => operation === 'ListMessage');

test('is stored once for every message, by pages of a time, and only when prices have had their time', async () => {
  await sentDaysAgo(3);
  expect(await readCosts()).toBe(RECIPIENTS);
  expect(await costs()).toEqual(
    Array.from({ length: RECIPIENTS }, () => ({ micros: 7_900n, currency: 'USD' })),
  );
  expect(await readUntilHoursAgo()).toBe(48);
  const calls = (await listed()).length;
  // Two days in pieces of six hours.
  expect(calls).toBe(8);
  expect(await readCosts()).toBe(0);
  expect(await listed()).toHaveLength(calls);
  // Read again it is the same; what Twilio corrects is corrected.
  await pool.query(`UPDATE channels SET costs_read_until = now() - interval '4 days'`);
  expect(await readCosts()).toBe(0);
  sandbox.world.twilio.messages[0]!.price = '-0.01580';
  await pool.query(`UPDATE channels SET costs_read_until = now() - interval '4 days'`);
  expect(await readCosts()).toBe(1);
  expect((await costs()).map(({ micros }) => micros).filter((micros) => micros === 15_800n)).toHaveLength(1);
});

test('of yesterday is not asked for yet', async () => {
  await sentDaysAgo(1);
  await pool.query(`UPDATE channels SET costs_read_until = now() - interval '40 hours'`);
  expect(await readCosts()).toBe(0);
  expect(await listed()).toEqual([]);
});

test('waits where a price is missing, and is given up after a week', async () => {
  await sentDaysAgo(3);
  sandbox.world.twilio.messages[2]!.price = null;
  expect(await readCosts()).toBe(RECIPIENTS - 1);
  expect(await readUntilHoursAgo()).toBeGreaterThanOrEqual(72);
  sandbox.world.twilio.messages[2]!.price = '-0.00790';
  expect(await readCosts()).toBe(1);
  expect(await readUntilHoursAgo()).toBe(48);

  sandbox.world.twilio.messages[2]!.price = null;
  for (const message of sandbox.world.twilio.messages)
    message.sentAt = new Date(Date.parse(message.sentAt!) - 6 * 86_400_000).toISOString();
  await pool.query(`UPDATE channels SET costs_read_until = now() - interval '10 days'`);
  expect(await readCosts()).toBe(0);
  expect(await readUntilHoursAgo()).toBe(48);
});

test('is read again from where it was when Twilio fails, and never of a shop’s own account', async () => {
  await sentDaysAgo(3);
  await sandbox.control('POST', '/_control/faults', {
    target: 'twilio',
    kind: 'status503',
    operation: 'ListMessage',
    times: 1,
  });
  expect(await readCosts()).toBe(0);
  expect(await costs()).toEqual([]);
  expect(await readUntilHoursAgo()).toBe(96);
  await pool.query('DELETE FROM shop_task_failures');
  await pool.query(`UPDATE channels SET account = 'own'`);
  const calls = (await listed()).length;
  expect(await readCosts()).toBe(0);
  expect(await listed()).toHaveLength(calls);
  await pool.query(`UPDATE channels SET account = 'platform'`);
  expect(await readCosts()).toBe(RECIPIENTS);
});

test('is compared by country with what shops paid', async () => {
  await sentDaysAgo(3);
  expect(await listMargins(pool, LONG_AGO)).toEqual([]);
  await readCosts();
  await pool.query(`UPDATE messages SET country = 'ID'`);
  const paid = BigInt(RECIPIENTS) * PART_PRICE;
  expect(await listMargins(pool, LONG_AGO)).toEqual([
    {
      country: 'ID',
      currency: 'USD',
      messages: RECIPIENTS,
      parts: BigInt(RECIPIENTS),
      chargedMicros: paid,
      costMicros: 7_900n * BigInt(RECIPIENTS),
      priceMicros: PART_PRICE,
    },
  ]);
  expect(await margin({ from: LONG_AGO })).toMatchObject({
    exitCode: 0,
    report: [{ country: 'ID', cost: '0.0553 USD', margin: '0.2597 USD', costOfPart: '0.0079 USD' }],
  });
  expect((await margin({ from: '2999-01-01' })).text).toContain('no cost is known');
  await expect(margin({ from: 'yesterday' })).rejects.toThrow('--from');
  await pool.query('UPDATE message_costs SET cost_micros = 50000');
  expect(await margin({ from: LONG_AGO })).toMatchObject({ exitCode: 1, report: [{ margin: '-0.035 USD' }] });
  await pool.query(`UPDATE message_costs SET currency = 'EUR'`);
  expect(await margin({ from: LONG_AGO })).toMatchObject({ exitCode: 0, report: [{ margin: '?' }] });
});
