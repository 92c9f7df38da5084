/** What people do with a campaign: they open a link, or write back. */
import { beforeEach, expect, test } from 'vitest';
import { givenPlatform, givenSendingShop, send, settings, shop } from '#test/support/sending-bed.ts';
import { givenChannel, sandbox, textFrom } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { openLink } from '#app/modules/messaging/campaigns/open-link.server.ts';
import { duplicateCampaign } from '#app/modules/messaging/campaigns/move-campaign.server.ts';
import { readResults } from '#app/modules/messaging/campaigns/read-results.server.ts';
import { sendTest } from '#app/modules/messaging/campaigns/test-message.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { processInbound } from '#app/modules/messaging/inbound/process-inbound.server.ts';
import { loader as linkDoor } from '#app/routes/l.$code.tsx';
import { countSegment } from '#app/modules/segments/count-segment.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { campaignOf } from '#test/support/sending-bed.ts';
import {
  frozenCampaign,
  givenRecipients,
  indonesian,
  messagesOf,
  sendNow,
} from '#test/support/campaign-bed.ts';
import { thrownBy } from '#test/support/route-requests.ts';

beforeEach(givenSendingShop);

const TARGET = 'https://toko.test/sale?utm=a';
const TEXT = `Halo {{first_name|kak}}, lihat ${TARGET}! Atau https://toko.test/baru.`;
const PHONE_BROWSER = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15';
const person = { method: 'GET', userAgent: PHONE_BROWSER };

async function sentCampaign(values: Record<string, unknown> = {}): Promise<bigint> {
  await settings({});
  const id = await frozenCampaign(shop, { text_id: TEXT, countsClicks: true, ...values });
  await sendNow(shop.shopId, id);
  await send();
  return id;
}
const linksIn = (body: string | null) =>
  [...(body ?? '').matchAll(/\/l\/(\S+?)(?=[\s!.])/g)].map(([, code]) => code!);
const aMinuteAgo = () =>
  pool.query(
    `UPDATE messages SET call_started_at = now() - interval '1 minute', finished_at = now() - interval '1 minute'`,
  );
const has = (code: string, id: bigint): SegmentNode =>
  ({ kind: 'condition', code, values: { op: 'anyOf', list: [String(id)] } }) as SegmentNode;

test('each recipient has links of their own that lead to the shop’s, and who opens one is counted once', async () => {
  await givenPlatform();
  await givenRecipients(shop.shopId, [{ id: 1 }, { id: 2, name: null }]);
  const id = await sentCampaign();
  const bodies = (await messagesOf(shop.shopId, id)).map(({ body }) => body);
  expect(bodies[1]).toMatch(/^Halo kak, lihat https?:\/\/\S+\/l\/\S+0! Atau https?:\/\/\S+\/l\/\S+1\.\n/);
  expect(new Set(bodies.flatMap(linksIn)).size).toBe(4);
  const [sale, fresh] = linksIn(bodies[0]!);
  // What comes within seconds of the message, a program and a look at the head alone are no person.
  expect(await openLink(sale!, person)).toBe(TARGET);
  expect((await readResults(shop.shopId, id, 12)).clicks).toBe(0);
  await aMinuteAgo();
  for (const opening of [
    { method: 'HEAD', userAgent: PHONE_BROWSER },
    { method: 'GET', userAgent: null },
    { method: 'GET', userAgent: 'WhatsApp/2.23 A' },
    { method: 'GET', userAgent: 'facebookexternalhit/1.1' },
  ])
    expect(await openLink(sale!, opening)).toBe(TARGET);
  expect((await readResults(shop.shopId, id, 12)).clicks).toBe(0);
  expect(await openLink(fresh!, person)).toBe('https://toko.test/baru');
  expect(await openLink(sale!, person)).toBe(TARGET);
  expect((await readResults(shop.shopId, id, 12)).clicks).toBe(1);
  expect(await countSegment(shop.shopId, has('campaign_clicked', id))).toBe(1);
  expect(await countSegment(shop.shopId, { kind: 'not', part: has('campaign_clicked', id) })).toBe(1);
});

test('the door redirects, is not cached, and knows no other addresses', async () => {
  await givenPlatform();
  await givenRecipients(shop.shopId, [{ id: 1 }]);
  const id = await sentCampaign();
  const { body } = (await messagesOf(shop.shopId, id))[0]!;
  const [code] = linksIn(body);
  const open = (text: string) =>
    linkDoor({ request: new Request('http://127.0.0.1/l'), params: { code: text }, context: {} });
  const answer = await open(code!);
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe(TARGET);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  for (const wrong of [
    '',
    '0',
    code!.slice(0, -1),
    `${code!.slice(0, -1)}7`,
    '1-ZZZZZZZZZZ0',
    "1'--0",
    `${code}0`,
  ])
    expect((await thrownBy(open(wrong))).status).toBe(404);
});

test('a campaign that counts none keeps its links as they are; a copy counts as the original does; so does a test', async () => {
  await givenPlatform();
  await givenRecipients(shop.shopId, [{ id: 1 }]);
  const plain = await sentCampaign({ countsClicks: false });
  expect((await messagesOf(shop.shopId, plain))[0]!.body).toContain(TARGET);
  expect((await readResults(shop.shopId, plain, 12)).clicks).toBeNull();
  const counted = await frozenCampaign(shop, { text_id: TEXT, countsClicks: true });
  expect((await campaignOf(counted)).linkTargets).toEqual([TARGET, 'https://toko.test/baru']);
  const copy = await duplicateCampaign(shop.shopId, counted, 'Copy', 'staff:1');
  expect((await campaignOf(copy!)).linkTargets).toEqual([TARGET, 'https://toko.test/baru']);
  const tested = await sendTest(shop, counted, { phone: indonesian(9), language: 'id' }, 'staff:1');
  expect(tested).toMatchObject({ ok: true });
  await sendMessages();
  const last = sandbox.world.twilio.messages.at(-1)!.body;
  expect(await openLink(linksIn(last)[0]!, person)).toBe(TARGET);
});

test('who writes back answers the last message before; stop, a late text and another’s number don’t', async () => {
  await givenChannel(shop);
  await pool.query('UPDATE senders SET per_second = 1000');
  await givenRecipients(shop.shopId, [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
  const first = await sentCampaign();
  await pool.query(
    `UPDATE messages SET call_started_at = now() - interval '2 hours', finished_at = now() - interval '2 hours'`,
  );
  const second = await sentCampaign({ audience: 'ticked', ids: '1,2,3' });
  await pool.query(
    `UPDATE messages SET call_started_at = now() - interval '1 minute' WHERE campaign_id = $1`,
    [second],
  );
  await pool.query(`UPDATE messages SET call_started_at = now() - interval '73 hours' WHERE customer_id = 3`);
  await textFrom(indonesian(1), 'Masih ada?');
  await textFrom(indonesian(2), 'STOP');
  await textFrom(indonesian(3), 'Halo');
  await textFrom(indonesian(4), 'Berapa harganya?');
  await textFrom(indonesian(9), 'Siapa ini?');
  await processInbound();
  const answered = async (id: bigint) =>
    (
      await pool.query<{ id: bigint }>(
        'SELECT customer_id AS id FROM messages WHERE campaign_id = $1 AND answered_at IS NOT NULL',
        [id],
      )
    ).rows.map((row) => row.id);
  expect(await answered(second)).toEqual([1n]);
  expect(await answered(first)).toEqual([4n]);
  expect((await readResults(shop.shopId, second, 12)).answers).toBe(1);
  expect(await countSegment(shop.shopId, has('campaign_answered', first))).toBe(1);
});
