/** A campaign from the quote to the last receipt, through the real SDK against the sandbox's Twilio. */
import { beforeEach, describe, expect, test } from 'vitest';
import { givenChannel, sandbox, textFrom, twilioIdle } from '#test/support/twilio-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { connectChannel } from '#app/modules/messaging/channels/connect-channel.server.ts';
import { readSendingTrouble } from '#app/modules/messaging/channels/sending-trouble.server.ts';
import { findCampaign } from '#app/modules/messaging/campaigns/campaign-rows.server.ts';
import { feedCampaigns } from '#app/modules/messaging/campaigns/feed-campaigns.server.ts';
import { freezeCampaigns } from '#app/modules/messaging/campaigns/freeze-campaigns.server.ts';
import { cancelCampaign, pauseCampaign } from '#app/modules/messaging/campaigns/move-campaign.server.ts';
import { readPreview, readQuote } from '#app/modules/messaging/campaigns/read-quote.server.ts';
import { saveCampaign } from '#app/modules/messaging/campaigns/save-campaign.server.ts';
import { sendCampaign } from '#app/modules/messaging/campaigns/send-campaign.server.ts';
import { stopByLink, readStopPage } from '#app/modules/messaging/consent/stop-by-link.server.ts';
import { claimMessages } from '#app/modules/messaging/delivery/claim-messages.server.ts';
import { processReceipts } from '#app/modules/messaging/delivery/process-receipts.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { creditTopup, readWallet } from '#app/modules/messaging/wallet/post-wallet.server.ts';
import { setPrice } from '#app/modules/messaging/wallet/prices.server.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { givenShop } from '#test/support/shops.ts';

const PRICE = 45_000n;
let shop: { shopId: bigint; domain: string; name: string; country: string; timeZone: string };

beforeEach(async () => {
  await emptyDatabase(process.env.DATABASE_URL!);
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('DELETE', '/_control/faults');
  shop = { ...(await givenShop()), name: 'Toko', country: 'ID', timeZone: 'Asia/Jakarta' };
});

/** The operator's account, with money and prices; no quiet hours stand in the way of numbers that may be written to now. */
async function givenPlatform(dollars = 100n): Promise<void> {
  const connected = await connectChannel(shop, { account: 'platform', senderName: 'Toko' }, 'staff:1');
  expect(connected).toEqual({ ok: true });
  await pool.query('UPDATE senders SET per_second = 1000');
  const fromDay = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  for (const country of OPEN) await setPrice(pool, { country, fromDay, priceMicros: PRICE });
  await pool.query(
    `INSERT INTO topups (shop_id, charge_gid, state, amount_minor, currency, is_test, confirmation_url, actor)
     VALUES ($1, 'gid://shopify/AppPurchaseOneTime/1', 'active', $2, 'USD', true, '', 'staff:1')`,
    [shop.shopId, dollars * 100n],
  );
  await withTransaction((tx) =>
    creditTopup(tx, shop.shopId, {
      key: 'topup:gid://shopify/AppPurchaseOneTime/1',
      amountMicros: dollars * 1_000_000n,
      actor: 'staff:1',
    }),
  );
}

/** Somewhere it is day: one of these countries may be written to at any time. */
const OPEN = ['GB', 'NZ', 'BR'];
const NUMBERS: Record<string, (n: number) => string> = {
  GB: (n) => `+4479110${String(10_000 + n)}`,
  NZ: (n) => `+64211${String(100_000 + n)}`,
  BR: (n) => `+551198${String(1_000_000 + n)}`,
};

async function givenCustomers(count: number, country = 'GB'): Promise<void> {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, phone, sms_consent)
     SELECT $1, 1000 + n, CASE WHEN n % 3 = 0 THEN NULL ELSE 'Siti' END, phone, 'subscribed'
       FROM unnest($2::text[]) WITH ORDINALITY AS p (phone, n)`,
    [shop.shopId, Array.from({ length: count }, (_, n) => NUMBERS[country]!(n))],
  );
}

async function givenCampaign(text = 'Halo {{first_name|kak}}, promo hari ini!'): Promise<bigint> {
  const saved = await saveCampaign(shop, null, { name: 'Promo', language: 'id', text_id: text }, 'staff:1');
  if (!saved.ok) throw new Error(JSON.stringify(saved.errors));
  await freezeCampaigns();
  return saved.campaignId;
}
const quote = (id: bigint) => readQuote(shop.shopId, id);
const start = async (id: bigint, change: Partial<{ version: number; micros: bigint }> = {}) =>
  sendCampaign(
    shop.shopId,
    id,
    { version: 1, micros: (await quote(id)).micros, isConfirmed: false, ...change },
    'staff:1',
  );
/** Whatever the time of the day, nothing waits for the morning. */
const beDue = () => pool.query(`UPDATE messages SET due_at = now(), country = NULL WHERE state = 'queued'`);
async function send(): Promise<void> {
  await feedCampaigns(shop.shopId);
  await beDue();
  await sendMessages();
  await twilioIdle();
  await processReceipts();
  await sendMessages();
}
const states = async () => {
  const { rows } = await pool.query<{ state: string; n: number }>(
    'SELECT state, count(*)::int AS n FROM messages GROUP BY 1 ORDER BY 1',
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
};
const stateOf = async (id: bigint) => (await findCampaign(pool, shop.shopId, id))?.state;
const sentTo = () =>
  sandbox.world.twilio.messages.filter(({ direction }) => direction === 'outbound-api').map(({ to }) => to);

describe('the quote', () => {
  test("counts and prices each recipient's own text, and says who is left out and why", async () => {
    await givenPlatform();
    await givenCustomers(6);
    await pool.query(
      `UPDATE customers SET phone = NULL WHERE customer_id = 1001;
       UPDATE customers SET sms_consent = 'unsubscribed' WHERE customer_id = 1002;
       UPDATE customers SET phone = '+989121234567' WHERE customer_id = 1003;
       UPDATE customers SET phone = (SELECT phone FROM customers WHERE customer_id = 1005) WHERE customer_id = 1006`,
    );
    const id = await givenCampaign();
    const { excluded, countries, micros } = await quote(id);
    expect(Object.fromEntries(excluded.map(({ reason, customers }) => [reason, customers]))).toEqual({
      no_phone: 1,
      no_consent: 1,
      country_closed: 1,
      same_number: 1,
    });
    expect(countries).toMatchObject([{ country: 'GB', recipients: 2, parts: 2 }]);
    expect(micros).toBe(2n * PRICE);
    // A name takes no answer: the way to stop is a link.
    expect((await readPreview(shop.shopId, id, null))!.body).toMatch(
      /^Halo Siti, promo hari ini!\nBerhenti: http.+\/u\/[\w]+-\w{10}$/,
    );
  });

  test('is what is charged at most: more is refused, and so is a wallet that does not cover it', async () => {
    await givenPlatform(1n);
    await givenCustomers(30);
    const id = await givenCampaign();
    expect(await start(id)).toEqual({ ok: false, errors: { form: { code: 'wallet_too_low' } } });
    expect(await start(id, { micros: 1n })).toEqual({
      ok: false,
      errors: { form: { code: 'price_changed' } },
    });
    expect(await start(id, { version: 2 })).toEqual({
      ok: false,
      errors: { form: { code: 'changed_meanwhile' } },
    });
    expect(await states()).toEqual({ planned: 30 });
    expect(await readWallet(pool, shop.shopId)).toMatchObject({ heldMicros: 0n });
  });
});

describe('sending', () => {
  test('each recipient gets one message, which is charged once; the rest of the reserve returns', async () => {
    await givenPlatform();
    await givenCustomers(40);
    const id = await givenCampaign();
    await sandbox.control('POST', '/_control/faults', {
      target: 'delivery',
      kind: 'fails',
      message: '30003',
      times: 3,
    });
    expect(await start(id)).toEqual({ ok: true });
    expect(await start(id)).toMatchObject({ ok: false });
    expect(await readWallet(pool, shop.shopId)).toMatchObject({ heldMicros: 40n * PRICE });
    await send();
    expect(await states()).toEqual({ delivered: 37, undelivered: 3 });
    expect(new Set(sentTo()).size).toBe(40);
    expect(sentTo()).toHaveLength(40);
    expect(await stateOf(id)).toBe('finished');
    expect(await readWallet(pool, shop.shopId)).toMatchObject({
      balanceMicros: 100_000_000n - 40n * PRICE,
      heldMicros: 0n,
    });
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  test('lost replies, errors of 500 after accepting, throttling and a killed worker: each gets exactly one', async () => {
    await givenPlatform();
    await givenCustomers(60);
    const id = await givenCampaign();
    await start(id);
    await feedCampaigns(shop.shopId);
    await beDue();
    const { rows } = await pool.query<{ id: bigint }>('SELECT channel_id AS id FROM channels');
    // A worker dies after its claim, before any call.
    expect((await claimMessages(shop.shopId, rows[0]!.id)).messages.length).toBeGreaterThan(0);
    for (const kind of ['lostReply', 'status429', 'status500'])
      await sandbox.control('POST', '/_control/faults', {
        target: 'twilio',
        kind,
        operation: 'CreateMessage',
        times: 5,
        ...(kind === 'status500' ? { executes: true } : {}),
      });
    await sendMessages();
    await twilioIdle();
    for (let turn = 0; turn < 6; turn++) {
      await processReceipts();
      await pool.query(
        `UPDATE messages SET lease_until = now() - interval '1 second' WHERE state IN ('sending', 'unknown')`,
      );
      await beDue();
      await sendMessages();
      await twilioIdle();
    }
    await processReceipts();
    await sendMessages();
    const struck = sandbox.world.twilio.requests.flatMap(({ fault }) => fault ?? []);
    expect(new Set(struck)).toEqual(new Set(['lostReply', 'status429', 'status500']));
    expect(await states()).toEqual({ delivered: 60 });
    expect(sentTo()).toHaveLength(60);
    expect(new Set(sentTo()).size).toBe(60);
    expect(await stateOf(id)).toBe('finished');
    expect(await readWallet(pool, shop.shopId)).toMatchObject({
      heldMicros: 0n,
      balanceMicros: 100_000_000n - 60n * PRICE,
    });
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  test('a stop between freezing and sending is obeyed and paid back; by word and by the link', async () => {
    await givenPlatform();
    await givenCustomers(3);
    const id = await givenCampaign();
    await start(id);
    const { rows } = await pool.query<{ code: string }>(
      'SELECT stop_code AS code FROM messages ORDER BY message_id LIMIT 1',
    );
    expect(await readStopPage(rows[0]!.code)).toMatchObject({ lastDigits: '000', isStopped: false });
    expect(await stopByLink(rows[0]!.code)).toBe(true);
    expect(await stopByLink(rows[0]!.code)).toBe(true);
    expect(await readStopPage(rows[0]!.code)).toMatchObject({ isStopped: true });
    expect(await stopByLink('1-AAAAAAAAAA')).toBe(false);
    expect(await stopByLink('nonsense')).toBe(false);
    await send();
    expect(await states()).toEqual({ delivered: 2, excluded: 1 });
    expect(await readWallet(pool, shop.shopId)).toMatchObject({
      heldMicros: 0n,
      balanceMicros: 100_000_000n - 2n * PRICE,
    });
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  test('a paused campaign sends nothing and goes on where it was; a cancelled one returns its reserve', async () => {
    await givenPlatform();
    await givenCustomers(30);
    const id = await givenCampaign();
    await start(id);
    expect(await pauseCampaign(shop.shopId, id, true)).toEqual({ ok: true });
    await send();
    expect(sentTo()).toEqual([]);
    await pauseCampaign(shop.shopId, id, false);
    await feedCampaigns(shop.shopId);
    await pool.query(
      `UPDATE messages SET due_at = now() + CASE WHEN message_id % 2 = 0 THEN interval '1 day' ELSE interval '0' END`,
    );
    await pool.query(`UPDATE messages SET country = NULL`);
    await sendMessages();
    await twilioIdle();
    expect(sentTo().length).toBe(15);
    expect(await cancelCampaign(shop.shopId, id)).toEqual({ ok: true });
    await processReceipts();
    await sendMessages();
    expect(await states()).toEqual({ canceled: 15, delivered: 15 });
    expect(await readWallet(pool, shop.shopId)).toMatchObject({
      heldMicros: 0n,
      balanceMicros: 100_000_000n - 15n * PRICE,
    });
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  test('with an own account nothing is charged; who is blocked at Twilio is suppressed; bad credentials stop the channel', async () => {
    await givenChannel(shop);
    await pool.query('INSERT INTO messaging_settings (shop_id, cap_hours) VALUES ($1, 0)', [shop.shopId]);
    await pool.query('UPDATE senders SET per_second = 1000');
    await givenCustomers(4);
    const id = await givenCampaign();
    expect((await readPreview(shop.shopId, id, null))!.body).toContain('Balas STOP untuk berhenti');
    await start(id);
    sandbox.world.twilio.blocked.push({
      scope: sandbox.world.twilio.services[0]!.sid,
      address: NUMBERS.GB!(0),
    });
    await send();
    expect(await states()).toEqual({ delivered: 3, refused: 1 });
    expect((await pool.query(`SELECT source FROM suppressions`)).rows).toEqual([{ source: 'provider' }]);
    await textFrom(NUMBERS.GB!(1), 'STOP');
    const next = await givenCampaign('Lagi');
    expect((await quote(next)).excluded).toEqual([{ reason: 'opted_out', customers: 2 }]);
    sandbox.world.twilio.accounts[1]!.authToken = 'rotated';
    await start(next);
    await send();
    expect(await stateOf(next)).toBe('running');
    expect(await readSendingTrouble(shop.shopId)).toEqual({ pause: 'credentials', unregistered: [] });
    expect(await states()).toMatchObject({ queued: 2 });
  });
});
