/** Whom a campaign is for, and how the worker works out its recipients. */
import { beforeEach, describe, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { readAudience } from '#app/modules/messaging/campaigns/audience.ts';
import { findCampaign } from '#app/modules/messaging/campaigns/campaign-rows.server.ts';
import { readCampaignPage } from '#app/modules/messaging/campaigns/campaign-screen.server.ts';
import { feedCampaigns } from '#app/modules/messaging/campaigns/feed-campaigns.server.ts';
import { findCampaignUses } from '#app/modules/messaging/campaigns/find-campaign-uses.server.ts';
import { freezeCampaigns } from '#app/modules/messaging/campaigns/freeze-campaigns.server.ts';
import { cancelCampaign, freezeCampaign } from '#app/modules/messaging/campaigns/move-campaign.server.ts';
import { readNumbers } from '#app/modules/messaging/campaigns/read-numbers.server.ts';
import { readPreview, readQuote } from '#app/modules/messaging/campaigns/read-quote.server.ts';
import { beginCampaign, saveCampaign } from '#app/modules/messaging/campaigns/save-campaign.server.ts';
import { eraseCustomer } from '#app/modules/privacy/erase-customer.server.ts';
import {
  frozenCampaign,
  givenAccount,
  givenRecipients,
  indonesian,
  messagesOf,
  PART_PRICE,
  savedCampaign,
  sendNow,
} from '#test/support/campaign-bed.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { givenShop } from '#test/support/shops.ts';

let shop: { shopId: bigint; domain: string; country: string; timeZone: string };

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  shop = { ...(await givenShop()), country: 'ID', timeZone: 'Asia/Jakarta' };
  await givenAccount(shop.shopId);
});

const stateOf = async (id: bigint) => (await findCampaign(pool, shop.shopId, id))!.state;
const planned = async (id: bigint) =>
  (await messagesOf(shop.shopId, id))
    .filter(({ state }) => state === 'planned')
    .map(({ customerId }) => customerId);
const segment = async (name: string, rule: object): Promise<string> => {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO segments (shop_id, name, rule, created_by, updated_by) VALUES ($1, $2, $3, 'staff:1', 'staff:1') RETURNING segment_id::text AS id`,
    [shop.shopId, name, JSON.stringify(rule)],
  );
  return rows[0]!.id;
};
const inCategory = (id: string) => ({
  kind: 'condition',
  code: 'category',
  values: { op: 'anyOf', list: [id] },
});

describe('an audience', () => {
  test('is everyone, a segment, a category, ticked rows, a search or pasted numbers, without a segment', async () => {
    await pool.query(
      `INSERT INTO categories (shop_id, category_id, key, name) VALUES ($1, 1, 'agent', 'Agent'), ($1, 2, 'retail', 'Retail')`,
      [shop.shopId],
    );
    await givenRecipients(shop.shopId, [
      { id: 1, category: 1 },
      { id: 2, category: 1 },
      { id: 3, category: 2 },
      { id: 4, name: 'Zulaikha' },
    ]);
    const agents = await segment('Agents', inCategory('1'));
    const to = async (values: object) => planned(await frozenCampaign(shop, { ...values }));
    expect(await to({})).toEqual([1n, 2n, 3n, 4n]);
    expect(await to({ audience: 'segment', segment: agents })).toEqual([1n, 2n]);
    expect(await to({ audience: 'category', category: '2' })).toEqual([3n]);
    expect(await to({ audience: 'ticked', ids: '4,1,999' })).toEqual([1n, 4n]);
    expect(await to({ audience: 'search', filter: 'q=Zulaikha' })).toEqual([4n]);
    expect(await to({ audience: 'numbers', numbers: `${indonesian(2)}\n0812-3451-0003; abc` })).toEqual([
      2n,
      3n,
    ]);
    expect(await to({ without: agents })).toEqual([3n, 4n]);
    expect(await to({ audience: 'segment', segment: agents, without: agents })).toEqual([]);
    const shoppers = await segment('Shoppers', inCategory('2'));
    expect(await to({ without: `${agents},${shoppers},${agents}` })).toEqual([4n]);
    expect(await to({ audience: 'segment', segment: '999' })).toEqual([]);
    expect(await to({ audience: 'tier', tier: '999' })).toEqual([]);
  });

  test('that leaves out a segment that is gone, or can’t be computed, is no one, and its page says so', async () => {
    await givenRecipients(shop.shopId, [{ id: 1, category: 1 }, { id: 2 }]);
    await pool.query(
      `INSERT INTO categories (shop_id, category_id, key, name) VALUES ($1, 1, 'agent', 'Agent')`,
      [shop.shopId],
    );
    const agents = await segment('Agents', inCategory('1'));
    const campaign = await frozenCampaign(shop, { without: agents });
    const isUnknown = async () =>
      (await readCampaignPage(shop, campaign, { at: null, actor: 'staff:1' }))?.audience.hasUnknownExclusion;
    expect(await planned(campaign)).toEqual([2n]);
    expect(await isUnknown()).toBe(false);
    const again = async () => {
      await pool.query(
        `UPDATE campaigns SET state = 'freezing', freeze_total = NULL WHERE shop_id = $1 AND campaign_id = $2`,
        [shop.shopId, campaign],
      );
      await freezeCampaigns();
      return planned(campaign);
    };
    await pool.query('DELETE FROM categories WHERE shop_id = $1', [shop.shopId]);
    expect(await again()).toEqual([]);
    expect(await isUnknown()).toBe(true);
    await pool.query('DELETE FROM segments WHERE shop_id = $1', [shop.shopId]);
    expect(await again()).toEqual([]);
    expect(await isUnknown()).toBe(true);
  });

  test('is known to its segment, which can’t be deleted while the recipients are worked out', async () => {
    await givenRecipients(shop.shopId, [{ id: 1 }]);
    const one = await segment('One', inCategory('1'));
    const id = await savedCampaign(shop, { audience: 'segment', segment: one });
    const left = await savedCampaign(shop, { name: 'Rest', without: one });
    const uses = () => findCampaignUses(pool, shop.shopId, BigInt(one));
    const address = (campaign: bigint) => `/app/messages/campaigns/${campaign}`;
    expect(await uses()).toMatchObject([
      { name: 'Rest', address: address(left), isRunning: true },
      { name: 'Promo', address: address(id), isRunning: true },
    ]);
    await freezeCampaigns();
    expect(await uses()).toMatchObject([{ isRunning: false }, { isRunning: false }]);
    // One that waits for its time may be worked out again.
    for (const state of ['approval', 'scheduled']) {
      await pool.query('UPDATE campaigns SET state = $2 WHERE shop_id = $1 AND campaign_id = $3', [
        shop.shopId,
        state,
        id,
      ]);
      expect(await uses()).toMatchObject([{ isRunning: false }, { isRunning: true }]);
    }
    const two = await segment('Two', inCategory('2'));
    await savedCampaign(shop, { name: 'Both', without: `${one},${two}` });
    expect(await findCampaignUses(pool, shop.shopId, BigInt(two))).toMatchObject([{ name: 'Both' }]);
    expect(await findCampaignUses(pool, (await givenShop()).shopId, BigInt(one))).toEqual([]);
  });

  test('of another shop is no one: its ids select nothing', async () => {
    const other = await givenShop();
    await givenRecipients(other.shopId, [{ id: 9 }]);
    expect(await planned(await frozenCampaign(shop, { audience: 'ticked', ids: '9' }))).toEqual([]);
  });

  test('begins as a draft in the customer list, of ticked rows, a segment or a search', async () => {
    const begin = async (selection: object) => {
      const begun = await beginCampaign(shop.shopId, { name: 'To 2 customers', selection }, 'staff:1');
      return begun.ok ? (await findCampaign(pool, shop.shopId, begun.campaignId))! : begun;
    };
    expect(await begin({ ids: ['1', '2'] })).toMatchObject({
      state: 'draft',
      audience: { kind: 'ticked', ids: ['1', '2'] },
    });
    expect(await begin({ filter: 'q=siti&tab=new' })).toMatchObject({ audience: { kind: 'search' } });
    expect(await begin({ filter: 'segment=3' })).toMatchObject({ audience: { kind: 'segment' } });
    expect(await begin({ filter: '' })).toMatchObject({ audience: { kind: 'all' } });
    expect(await begin({ ids: ['x'] })).toMatchObject({ ok: false });
    expect(readAudience('nonsense')).toMatchObject({ ids: [], filter: null });
  });

  test('as pasted numbers says what was read, repeated, unknown and unreadable', async () => {
    await givenRecipients(shop.shopId, [{ id: 1 }, { id: 2, phone: indonesian(1) }]);
    const text = `Phone\n${indonesian(1)}\n0812 3451 0001, +6281234519999\n\n12\n`;
    expect(await readNumbers(pool, shop, text)).toEqual({
      customerIds: [1n, 2n],
      numbers: 2,
      repeated: 1,
      strangers: 1,
      unread: 2,
      examples: [
        { line: 1, text: 'Phone' },
        { line: 5, text: '12' },
      ],
      isTooLong: false,
    });
    const long = await readNumbers(pool, shop, `${indonesian(1)}\n`.repeat(10_001));
    expect(long).toMatchObject({ isTooLong: true, numbers: 1 });
  });
});

describe('working out the recipients', () => {
  const many = Array.from({ length: 4_500 }, (_, n) => ({ id: n + 1 }));

  test('goes on after the last batch when it was broken off, and each customer has one message', async () => {
    await givenRecipients(shop.shopId, many);
    const id = await savedCampaign(shop);
    // The database breaks the second batch.
    await pool.query(`CREATE FUNCTION break_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
      CREATE TRIGGER break_it BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.customer_id = 3000) EXECUTE FUNCTION break_it()`);
    await freezeCampaigns();
    expect(await findCampaign(pool, shop.shopId, id)).toMatchObject({
      state: 'freezing',
      freezeTotal: 4_500,
      freezeDone: 2_000,
    });
    await pool.query('DROP FUNCTION break_it CASCADE; DELETE FROM shop_task_failures');
    await Promise.all([freezeCampaigns(), freezeCampaigns()]);
    expect(await findCampaign(pool, shop.shopId, id)).toMatchObject({
      state: 'ready',
      freezeDone: 4_500,
      quotedMicros: 4_500n * PART_PRICE,
    });
    expect(await planned(id)).toHaveLength(4_500);
    expect((await pool.query('SELECT 1 FROM campaign_audience')).rowCount).toBe(0);
  });

  test('stops when the campaign is changed meanwhile, and begins again with what was saved', async () => {
    await givenRecipients(shop.shopId, many.slice(0, 50));
    const id = await frozenCampaign(shop);
    await saveCampaign(
      shop,
      id,
      { name: 'Promo', language: 'id', text_id: 'Lain', audience: 'ticked', ids: '7' },
      'staff:1',
    );
    expect(await stateOf(id)).toBe('freezing');
    await freezeCampaigns();
    expect(await messagesOf(shop.shopId, id)).toMatchObject([
      { customerId: 7n, body: expect.stringMatching(/^Lain/) },
    ]);
    expect(await freezeCampaign(shop.shopId, id)).toEqual({ ok: true });
    expect(await cancelCampaign(shop.shopId, id)).toEqual({ ok: true });
    await freezeCampaigns();
    expect(await stateOf(id)).toBe('draft');
    expect(await messagesOf(shop.shopId, id)).toEqual([]);
  });

  test('two customers with one number get one message, also in different batches', async () => {
    await givenRecipients(shop.shopId, many);
    // In the next batch, which is worked out before the first is stored, and in a later one.
    await pool.query('UPDATE customers SET phone = $2 WHERE shop_id = $1 AND customer_id IN (2400, 4400)', [
      shop.shopId,
      indonesian(5),
    ]);
    const id = await frozenCampaign(shop);
    expect((await readQuote(shop.shopId, id)).excluded).toEqual([{ reason: 'same_number', customers: 2 }]);
    const without = (await messagesOf(shop.shopId, id)).filter(({ reason }) => reason === 'same_number');
    expect(without.map(({ customerId }) => customerId)).toEqual([2400n, 4400n]);
  });

  test('leaves out numbers that earlier messages showed to get none, until one arrives there', async () => {
    await givenRecipients(
      shop.shopId,
      Array.from({ length: 8 }, (_, n) => ({ id: n + 1 })),
    );
    const earlier = await frozenCampaign(shop);
    const failed = (customer: number, code: number, state: string, days = 1) =>
      pool.query(
        `INSERT INTO messages (shop_id, message_key, customer_id, channel_id, address_hash, state, error_code, call_started_at, actor)
         SELECT shop_id, gen_random_uuid()::text, customer_id, channel_id, address_hash, $3, $4, now() - $5::int * interval '1 day', 'staff:1'
           FROM messages WHERE campaign_id = $1 AND customer_id = $2`,
        [earlier, customer, state, code === 0 ? null : code, days],
      );
    await failed(1, 30_006, 'undelivered');
    await failed(2, 21_614, 'refused', 400);
    // Off three times within a month; and twice, with one that is long ago.
    for (const days of [1, 9, 29]) await failed(3, 30_003, 'undelivered', days);
    for (const days of [1, 9, 31]) await failed(4, 30_003, 'undelivered', days);
    // Blocked twice within a month; once, and off once.
    for (const days of [2, 28]) await failed(7, 30_004, 'undelivered', days);
    for (const [code, days] of [
      [30_004, 1],
      [30_004, 31],
      [30_003, 1],
    ] as const)
      await failed(8, code, 'undelivered', days);
    // Of the carrier, not of the number.
    await failed(5, 30_007, 'undelivered');
    await failed(6, 30_005, 'undelivered');
    await failed(6, 0, 'delivered');
    expect(await planned(await frozenCampaign(shop))).toEqual([4n, 5n, 6n, 8n]);
    const id = await frozenCampaign(shop);
    expect((await readQuote(shop.shopId, id)).excluded).toEqual([{ reason: 'bad_number', customers: 4 }]);
    // Another number is another matter.
    await pool.query('UPDATE customers SET phone = $2 WHERE shop_id = $1 AND customer_id = 1', [
      shop.shopId,
      indonesian(99),
    ]);
    expect(await planned(await frozenCampaign(shop))).toEqual([1n, 4n, 5n, 6n, 8n]);
  });

  test('holds a share back, always the same of a campaign, and others of the next', async () => {
    await givenRecipients(shop.shopId, many.slice(0, 1_000));
    const held = async (id: bigint) =>
      (await messagesOf(shop.shopId, id))
        .filter(({ reason }) => reason === 'holdout')
        .map(({ customerId }) => customerId);
    const first = await frozenCampaign(shop, { holdout: '10' });
    const before = await held(first);
    expect(before.length).toBeGreaterThan(60);
    expect(before.length).toBeLessThan(140);
    await freezeCampaign(shop.shopId, first);
    await freezeCampaigns();
    expect(await held(first)).toEqual(before);
    expect(await held(await frozenCampaign(shop, { holdout: '10' }))).not.toEqual(before);
    expect((await readQuote(shop.shopId, first)).micros).toBe(BigInt(1_000 - before.length) * PART_PRICE);
  });

  test('writes to each in their language, with their words, their zones and the way to stop of their country', async () => {
    await givenRecipients(shop.shopId, [
      { id: 1, locale: 'id-ID', country: 'ID', province: 'PA' },
      { id: 2, locale: 'en', phone: '+14155550123', name: null },
      { id: 3, locale: 'th', phone: '+66812345678' },
      { id: 4, locale: 'fr', phone: '+60123456789' },
      { id: 5, locale: 'en', phone: '+12125550123', country: 'US', province: 'HI' },
    ]);
    const id = await frozenCampaign(shop, {
      text_id: 'Halo {{first_name|kak}} dari {{club}}',
      text_en: 'Hello {{first_name|friend}} from {{shop}}',
    });
    const texts = (await messagesOf(shop.shopId, id)).map(({ customerId, body, zones, reason }) => [
      Number(customerId),
      zones,
      reason,
      body?.replace(/http.*/, 'LINK') ?? null,
    ]);
    expect(texts).toEqual([
      [1, 'Asia/Jayapura', null, `Halo Siti dari ${shop.domain}\nBerhenti: LINK`],
      [2, 'America/Los_Angeles', null, `Hello friend from ${shop.domain}\nOpt out: LINK`],
      [3, null, 'link_not_registered', null],
      [4, null, 'no_way_to_stop', null],
      [5, 'Pacific/Honolulu', null, `Hello Siti from ${shop.domain}\nOpt out: LINK`],
    ]);
    await pool.query(
      `INSERT INTO messaging_countries (shop_id, country, from_time, to_time, links_registered) VALUES ($1, 'TH', '09:00', '20:00', true)`,
      [shop.shopId],
    );
    await freezeCampaign(shop.shopId, id);
    await freezeCampaigns();
    expect((await messagesOf(shop.shopId, id))[2]).toMatchObject({ reason: null, state: 'planned' });
    const first = await readPreview(shop.shopId, id, null);
    expect(first).toMatchObject({ name: 'Siti', previous: null, parts: 1, encoding: 'GSM-7' });
    const second = await readPreview(shop.shopId, id, first!.next);
    expect(second).toMatchObject({ country: 'US', previous: first!.messageId });
  });

  test('where someone can answer, Malaysia is told to reply; links and numbers to call are refused there', async () => {
    await pool.query(
      `UPDATE senders SET kind = 'number', replies = true, address = '+60321234567' WHERE shop_id = $1`,
      [shop.shopId],
    );
    await givenRecipients(shop.shopId, [{ id: 4, phone: '+60123456789' }]);
    const only = async (text: string) =>
      (await messagesOf(shop.shopId, await frozenCampaign(shop, { language: 'en', text_en: text })))[0];
    expect(await only('Sale today')).toMatchObject({ body: 'RM0.00 Sale today\nReply STOP to opt out' });
    expect(await only('Sale at toko.com')).toMatchObject({ reason: 'link_banned' });
    expect(await only('Call 03-2123 4567')).toMatchObject({ reason: 'callback_banned' });
  });

  test('names the points that expire next and their last day', async () => {
    await givenRecipients(shop.shopId, [{ id: 1 }, { id: 2 }]);
    for (const [amount, days] of [
      [30, 5],
      [20, 5],
      [100, 60],
    ])
      await pool.query(
        `INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at)
         VALUES ($1, $2::int + $3::int, 1, 'POINTS', $2, $2, now() - interval '1 day', date_trunc('day', now()) + make_interval(days => $3))`,
        [shop.shopId, amount, days],
      );
    const id = await frozenCampaign(shop, { text_id: '{{expiring}} poin sampai {{expiring_on|-}}' });
    const [first, second] = await messagesOf(shop.shopId, id);
    expect(first!.body).toMatch(/^50 poin sampai \d+ \S+ \d{4}/);
    expect(second!.body).toMatch(/^0 poin sampai -\n/);
  });

  test('without an account the campaign stays a draft', async () => {
    const id = await savedCampaign(shop);
    await pool.query('DELETE FROM channels');
    await freezeCampaigns();
    expect(await stateOf(id)).toBe('draft');
    expect(await stateOf(await savedCampaign(shop))).toBe('draft');
  });

  test('a person who is erased before the sending has no text and number left, and gets nothing', async () => {
    await givenRecipients(shop.shopId, [{ id: 1 }, { id: 2 }]);
    const id = await frozenCampaign(shop);
    await withTransaction((tx) =>
      eraseCustomer(tx, {
        shopId: shop.shopId,
        topic: 'customers/redact',
        triggeredAt: new Date(),
        payload: { customer: { id: 1 }, orders_to_redact: [] },
      }),
    );
    const { rows } = await pool.query('SELECT to_address, body FROM messages WHERE customer_id = 1');
    expect(rows).toEqual([{ to_address: null, body: null }]);
    expect(await sendNow(shop.shopId, id)).toEqual({ ok: true });
    await feedCampaigns(shop.shopId);
    expect(await messagesOf(shop.shopId, id)).toMatchObject([
      { state: 'canceled', reason: 'erased' },
      { state: 'queued', reason: null },
    ]);
  });
});
