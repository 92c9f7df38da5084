/** Texts that our door never got: Twilio lost the callback, or the app was away. What they say still holds, from their own time. */
import { beforeEach, expect, test } from 'vitest';
import { givenChannel, sandbox, textFrom } from '#test/support/twilio-bed.ts';
import { club, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { changeCustomer } from '#app/integrations/shopify/customers.server.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import { loadAddressHash } from '#app/modules/messaging/consent/address-hash.server.ts';
import { actOnOptOuts } from '#app/modules/messaging/consent/act-on-opt-outs.server.ts';
import { findSuppression } from '#app/modules/messaging/consent/suppress.server.ts';
import { readMissedTexts } from '#app/modules/messaging/doors/read-missed-texts.server.ts';
import { processInbound } from '#app/modules/messaging/inbound/process-inbound.server.ts';
import { endRests, listFailures } from '#test/support/shop-failures.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useSandboxShop({ hasOrders: false });

const PHONE = '+6281234567890';
const STRANGER = '+66812345678';
let siti: bigint;

beforeEach(async () => {
  const shop = { shopId: club.shopId, domain: DEMO_SHOP };
  siti = BigInt(sandbox.world.shop(DEMO_SHOP).customers[0]!.id);
  await givenChannel(shop);
  await changeCustomer(DEMO_SHOP, siti, {
    phone: PHONE,
    smsConsent: { state: 'subscribed', at: new Date('2026-01-02T00:00:00Z') },
  });
  await withTransaction((tx) =>
    recordCustomers(tx, [
      {
        shopId: club.shopId,
        customerId: siti,
        at: new Date(Date.now() - 60_000),
        source: 'shopify',
        actor: 'shopify',
        fields: { phone: PHONE, smsConsent: 'subscribed' },
      },
    ]),
  );
  await pool.query(`UPDATE channels SET texts_read_until = clock_timestamp() - interval '2 hours'`);
});

/** The text reaches Twilio, and its callback nobody. */
async function missed(phone: string, body: string): Promise<void> {
  await sandbox.control('POST', '/_control/faults', {
    target: 'receipt',
    kind: 'drop',
    operation: 'inbound',
  });
  await textFrom(phone, body);
}
/** The last text was sent that long ago. */
function secondsAgo(seconds: number): void {
  const text = sandbox.world.twilio.messages.findLast(({ direction }) => direction === 'inbound')!;
  text.sentAt = new Date(Date.parse(text.createdAt) - seconds * 1_000).toISOString();
  text.createdAt = text.sentAt;
}
const suppression = async (phone = PHONE) =>
  findSuppression(pool, club.shopId, 'sms', (await loadAddressHash(pool, club.shopId))('sms', phone));
const consentAtShopify = () =>
  sandbox.world.shop(DEMO_SHOP).customers.find(({ id }) => BigInt(id) === siti)!.smsConsent;
const sent = () =>
  sandbox.world.twilio.requests.filter(({ operation }) => operation === 'CreateMessage').length;
const readUntil = async () =>
  (await select('SELECT texts_read_until AS at FROM channels WHERE shop_id = $1'))[0].at as Date;

test('a stop that only Twilio has is found, holds from its own time, reaches Shopify and is not answered; what the door had is not stored again', async () => {
  await missed(PHONE, 'berhenti');
  secondsAgo(1_800);
  await textFrom(STRANGER, 'ขอยกเลิกค่ะ');
  expect(await suppression()).toBeNull();
  expect(await readMissedTexts()).toBe(1);
  const ago = Date.now() - (await suppression())!.since.getTime();
  expect(ago).toBeGreaterThan(1_790_000);
  expect(await readMissedTexts()).toBe(0);
  const before = sent();
  await processInbound();
  expect(consentAtShopify()).toMatchObject({ state: 'UNSUBSCRIBED' });
  // The stranger is answered, whose text came by the door.
  expect(sent() - before).toBe(1);
  expect(await select('SELECT text FROM inbound_messages WHERE shop_id = $1 ORDER BY received_at')).toEqual([
    { text: 'berhenti' },
    { text: 'ขอยกเลิกค่ะ' },
  ]);
});

test('what the number or staff said since stays', async () => {
  await missed(PHONE, 'berhenti');
  secondsAgo(600);
  await textFrom(PHONE, 'mulai');
  await missed(STRANGER, 'mulai');
  secondsAgo(600);
  await actOnOptOuts(
    { shopId: club.shopId, domain: DEMO_SHOP, country: 'ID' },
    { intent: 'add', phone: STRANGER },
    () => Promise.resolve('staff:1'),
  );
  expect(await readMissedTexts()).toBe(2);
  await processInbound();
  expect(await suppression()).toBeNull();
  expect(await suppression(STRANGER)).toMatchObject({ source: 'staff' });
  expect(consentAtShopify()).toMatchObject({ state: 'SUBSCRIBED' });
});

test('while Twilio is away nothing is passed over, and days without a worker are made up for', async () => {
  await missed(PHONE, 'berhenti');
  secondsAgo(3 * 86_400);
  await pool.query(`UPDATE channels SET texts_read_until = clock_timestamp() - interval '4 days'`);
  await sandbox.control('POST', '/_control/faults', {
    target: 'twilio',
    kind: 'status503',
    operation: 'ListMessage',
  });
  const before = await readUntil();
  expect(await readMissedTexts()).toBe(0);
  expect(await readUntil()).toEqual(before);
  expect((await listFailures()).map(({ turn }) => turn)).toEqual([`read-missed-texts ${club.shopId}`]);
  await endRests();
  expect(await readMissedTexts()).toBe(1);
  expect(await suppression()).toMatchObject({ source: 'keyword' });
  expect(Date.now() - (await readUntil()).getTime()).toBeLessThan(60_000);
});
