/** What came of a campaign, and what went wrong with those of other products, through the sandbox's Twilio. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  campaignOf,
  DOLLARS,
  givenPlatform,
  givenSendingShop,
  send,
  sentTo,
  settings,
  shop,
  wallet,
} from '#test/support/sending-bed.ts';
import { givenChannel } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { writtenExport } from '#test/support/exports.ts';
import { givenShop } from '#test/support/shops.ts';
import { pauseCampaign } from '#app/modules/messaging/campaigns/move-campaign.server.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { feedCampaigns } from '#app/modules/messaging/campaigns/feed-campaigns.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { readResults } from '#app/modules/messaging/campaigns/read-results.server.ts';
import { frozenCampaign, givenRecipients, messagesOf, sendNow } from '#test/support/campaign-bed.ts';

beforeEach(givenSendingShop);

describe('results', () => {
  test('count orders after the last message before them, and compare with those held back', async () => {
    await givenChannel(shop);
    await pool.query('UPDATE senders SET per_second = 1000');
    await givenRecipients(
      shop.shopId,
      Array.from({ length: 60 }, (_, n) => ({ id: n + 1 })),
    );
    const id = await frozenCampaign(shop, { holdout: '30' });
    await sendNow(shop.shopId, id);
    await send();
    const messages = await messagesOf(shop.shopId, id);
    const sent = messages.filter(({ state }) => state === 'delivered').map(({ customerId }) => customerId);
    const held = messages.filter(({ reason }) => reason === 'holdout').map(({ customerId }) => customerId);
    const order = (orderId: number, customerId: bigint, after: string, net: number, change = '') =>
      pool.query(
        `INSERT INTO orders (shop_id, order_id, customer_id, processed_at, updated_at, triggered_at, financial, currency, total_minor, net_minor, state ${change && ', cancelled_at'})
         VALUES ($1, $2, $3, now() + $4::interval, now(), now(), 'paid', 'USD', $5, $5, '{}' ${change && ', now()'})`,
        [shop.shopId, orderId, customerId, after, net],
      );
    await order(1, sent[0]!, '1 hour', 1_000);
    await order(2, sent[0]!, '2 hours', 500);
    await order(3, sent[1]!, '13 hours', 9_000);
    await order(4, sent[2]!, '-1 hour', 9_000);
    await order(5, sent[3]!, '1 hour', 9_000, 'cancelled');
    await order(6, held[0]!, '1 hour', 700);
    const results = await readResults(shop.shopId, id, 12);
    expect(results.sales).toEqual({ orders: 2, netMinor: 1_500n });
    expect(results.compared).toEqual({
      sent: { customers: sent.length, buyers: 1, orders: 2, netMinor: 1_500n },
      held: { customers: held.length, buyers: 1, orders: 1, netMinor: 700n },
    });
    expect((await readResults(shop.shopId, id, 24)).sales).toEqual({ orders: 3, netMinor: 10_500n });
    // A later campaign's message takes the orders after it.
    const next = await frozenCampaign(shop, { audience: 'ticked', ids: String(sent[0]) });
    await settings({});
    await sendNow(shop.shopId, next);
    await send();
    expect((await readResults(shop.shopId, next, 12)).sales).toEqual({ orders: 2, netMinor: 1_500n });
    expect((await readResults(shop.shopId, id, 12)).sales).toEqual({ orders: 0, netMinor: 0n });
    await pool.query(
      `INSERT INTO suppressions (shop_id, channel, address_hash, address, source, since)
       SELECT shop_id, 'sms', address_hash, to_address, 'link', now() FROM messages WHERE customer_id = $1 AND campaign_id = $2`,
      [sent[1], id],
    );
    expect((await readResults(shop.shopId, id, 12)).stops).toBe(1);
  });
});

test('the file of a campaign has everyone of its audience: what they got, or why nothing, and what they ordered', async () => {
  await givenPlatform();
  await settings({});
  await givenRecipients(shop.shopId, [{ id: 1 }, { id: 2, consent: null, name: 'Budi' }]);
  const id = await frozenCampaign(shop);
  await sendNow(shop.shopId, id);
  await send();
  await pool.query(
    `INSERT INTO orders (shop_id, order_id, customer_id, processed_at, updated_at, triggered_at, financial, currency, total_minor, net_minor, state)
     VALUES ($1, 1, 1, now() + interval '1 hour', now(), now(), 'paid', 'USD', 1999, 1999, '{}')`,
    [shop.shopId],
  );
  const asked = {
    kind: 'campaign' as const,
    format: 'csv' as const,
    scope: 'all' as const,
    locale: 'en' as const,
    columns: ['customer', 'status', 'reason', 'cost', 'orders', 'net'],
  };
  const file = async (shopId: bigint) =>
    (await writtenExport(shopId, { ...asked, selection: { filter: `campaign=${id}` } })).toString('utf8');
  expect(await file(shop.shopId)).toMatch(
    /Siti.*Delivered.*0\.045.*1.*19\.99[\s\S]*Budi.*Left out.*haven’t agreed to text messages/,
  );
  const other = await givenShop();
  expect(await file(other.shopId)).not.toContain('Siti');
});

describe('reports on other products', () => {
  const people = (count: number) => Array.from({ length: count }, (_, n) => ({ id: n + 1 }));
  const nothingLate = () =>
    pool.query(`UPDATE messages SET country = NULL, due_at = now() WHERE state = 'queued'`);

  /** knadh/listmonk#2070, #2591: resuming began again, and a change of the pace lost the rest. */
  test('paused and resumed 50 times while it is sent, at another pace each time: each has one message', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, people(300));
    const id = await frozenCampaign(shop);
    await sendNow(shop.shopId, id);
    await feedCampaigns(shop.shopId);
    await nothingLate();
    let isDone = false;
    const sending = (async () => {
      while (!isDone) await sendMessages();
    })();
    for (let turn = 0; turn < 50; turn++) {
      await pauseCampaign(shop.shopId, id, true);
      await pool.query('UPDATE senders SET per_second = $1', [50 + turn * 20]);
      await pauseCampaign(shop.shopId, id, false);
    }
    isDone = true;
    await sending;
    for (let turn = 0; turn < 3; turn++) await send();
    expect((await campaignOf(id)).state).toBe('finished');
    expect(sentTo()).toHaveLength(300);
    expect(new Set(sentTo()).size).toBe(300);
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  /** knadh/listmonk#2278: a shutdown finished the campaign. */
  test('a worker that is told to stop in the middle leaves the campaign running, and the next one sends the rest', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, people(120));
    const id = await frozenCampaign(shop);
    await sendNow(shop.shopId, id);
    await feedCampaigns(shop.shopId);
    await nothingLate();
    await pool.query('UPDATE senders SET per_second = 40');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 400);
    await sendMessages(stop.signal);
    expect(sentTo().length).toBeLessThan(120);
    expect((await campaignOf(id)).state).toBe('running');
    await pool.query('UPDATE senders SET per_second = 1000');
    await send();
    expect(new Set(sentTo()).size).toBe(120);
    expect(sentTo()).toHaveLength(120);
    expect((await campaignOf(id)).state).toBe('finished');
  });

  /** playsms/playsms#363: with a balance equal to the price nothing was charged. */
  test('a wallet with exactly the price is charged down to nothing', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, people(2));
    await pool.query('UPDATE message_prices SET price_micros = $1', [DOLLARS / 2n]);
    await settings({});
    const id = await frozenCampaign(shop);
    expect(await sendNow(shop.shopId, id)).toEqual({ ok: true });
    await send();
    expect(await wallet()).toMatchObject({ balanceMicros: 0n, heldMicros: 0n });
    expect(await auditShop(shop.shopId)).toEqual([]);
  });

  /** wasp-lang/open-saas#727: concurrent requests spent more than there was. */
  test('of two campaigns with money for one, sent at once, one is sent', async () => {
    await givenPlatform();
    await givenRecipients(shop.shopId, people(2));
    await pool.query('UPDATE message_prices SET price_micros = $1', [DOLLARS / 2n]);
    await settings({});
    const ids = [await frozenCampaign(shop), await frozenCampaign(shop)];
    const moved = await Promise.all(ids.map((id) => sendNow(shop.shopId, id)));
    expect(moved.filter(({ ok }) => ok)).toHaveLength(1);
    expect(moved.find(({ ok }) => !ok)).toMatchObject({ errors: { form: { code: 'wallet_too_low' } } });
    expect(await wallet()).toMatchObject({ heldMicros: DOLLARS });
  });

  /** opengovsg/postmangovsg#1362: texts in other scripts cost far more than the preview said. */
  test('random names in random texts never cost more than the quote said, and the wallet loses what was charged', async () => {
    await givenPlatform();
    await settings({});
    const texts = fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), {
      numRuns: 5,
      seed: 7,
    });
    const names = fc.sample(fc.string({ unit: 'grapheme', minLength: 0, maxLength: 60 }), {
      numRuns: 200,
      seed: 7,
    });
    await givenRecipients(
      shop.shopId,
      names.map((name, n) => ({ id: n + 1, name: name.replaceAll('\0', '') })),
    );
    for (const text of texts) {
      const before = (await wallet()).balanceMicros;
      const plain = text.replaceAll(/[{}\0|]/g, '').trim();
      const id = await frozenCampaign(shop, { text_id: `{{first_name|kak}} ${plain}` });
      const { quotedMicros } = await campaignOf(id);
      expect(await sendNow(shop.shopId, id)).toEqual({ ok: true });
      await send();
      await send();
      expect((await wallet()).heldMicros).toBe(0n);
      expect(before - (await wallet()).balanceMicros).toBeLessThanOrEqual(quotedMicros!);
      const { rows } = await pool.query<{ charged: bigint }>(
        `SELECT sum(charged_micros)::bigint AS charged FROM messages WHERE campaign_id = $1`,
        [id],
      );
      expect(before - (await wallet()).balanceMicros).toBe(rows[0]!.charged);
    }
    expect(await auditShop(shop.shopId)).toEqual([]);
  });
});
