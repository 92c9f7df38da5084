/** STOP and START on a phone of the console: the real way, through Twilio's callback and our door, to Shopify's consent. */
import { beforeEach, expect, test } from 'vitest';
import { givenChannel, sandbox, textFrom } from '#test/support/twilio-bed.ts';
import { club, fault, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { changeCustomer } from '#app/integrations/shopify/customers.server.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import { actOnOptOuts } from '#app/modules/messaging/consent/act-on-opt-outs.server.ts';
import { loadAddressHash } from '#app/modules/messaging/consent/address-hash.server.ts';
import { listOptOuts } from '#app/modules/messaging/consent/opt-outs.queries.server.ts';
import { findSuppression } from '#app/modules/messaging/consent/suppress.server.ts';
import { processInbound } from '#app/modules/messaging/inbound/process-inbound.server.ts';
import { eraseCustomer } from '#app/modules/privacy/erase-customer.server.ts';
import { readEditForm } from '#app/modules/crm/form/form-screen.server.ts';
import { readProfileTab } from '#app/modules/crm/profile/profile-tab.server.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useSandboxShop({ hasOrders: false });

let SITI: bigint;
const PHONE = '+6281234567890';
const US = '+14155550172';
let isOf: { shopId: bigint; domain: string; country: string };

beforeEach(async () => {
  SITI = BigInt(sandbox.world.shop(DEMO_SHOP).customers[0]!.id);
  isOf = { shopId: club.shopId, domain: DEMO_SHOP, country: 'ID' };
  await givenChannel(isOf);
  await changeCustomer(DEMO_SHOP, SITI, {
    phone: PHONE,
    smsConsent: { state: 'subscribed', at: new Date('2026-01-02T00:00:00Z') },
  });
  await withTransaction((tx) =>
    recordCustomers(tx, [
      {
        shopId: club.shopId,
        customerId: SITI,
        at: new Date(Date.now() - 60_000),
        source: 'shopify',
        actor: 'shopify',
        fields: { phone: PHONE, smsConsent: 'subscribed' },
      },
    ]),
  );
});

const suppression = async (phone = PHONE) =>
  findSuppression(pool, club.shopId, 'sms', (await loadAddressHash(pool, club.shopId))('sms', phone));
const consentHere = async () =>
  (
    await select(
      `SELECT sms_consent AS state, sms_consent_source AS source FROM customers WHERE shop_id = $1 AND customer_id = ${SITI}`,
    )
  )[0];
const consentAtShopify = () =>
  sandbox.world.shop(DEMO_SHOP).customers.find(({ id }) => BigInt(id) === SITI)!.smsConsent;
const page = () => listOptOuts(club.shopId, { needsReview: false, address: null, after: null });
const act = (values: Record<string, string>) => actOnOptOuts(isOf, values, () => Promise.resolve('staff:1'));

test('STOP holds when the door has answered; the worker tells Shopify; START takes it back', async () => {
  await textFrom(PHONE, 'STOP');
  expect(await suppression()).toMatchObject({ source: 'keyword' });
  expect(await consentHere()).toMatchObject({ state: 'subscribed' });
  expect(await processInbound()).toBe(1);
  expect(await consentHere()).toEqual({ state: 'unsubscribed', source: 'text_message' });
  expect(consentAtShopify()).toMatchObject({ state: 'UNSUBSCRIBED' });
  expect((await readProfileTab(isOf, SITI))?.optedOutSince).toBeInstanceOf(Date);
  await textFrom(PHONE, 'yes');
  expect(await suppression()).toBeNull();
  await processInbound();
  expect(await consentHere()).toEqual({ state: 'subscribed', source: 'text_message' });
  expect(consentAtShopify()).toMatchObject({ state: 'SUBSCRIBED' });
  expect(await processInbound()).toBe(0);
  expect(
    await select('SELECT what, source, rule FROM consent_events WHERE shop_id = $1 ORDER BY event_id'),
  ).toEqual([
    { what: 'suppressed', source: 'keyword', rule: 1 },
    { what: 'lifted', source: 'start', rule: 1 },
  ]);
});

test('a stop that comes twice at once is one, a stranger is stopped by number, words of other languages count', async () => {
  await textFrom('+66812345678', 'ขอยกเลิกค่ะ');
  const callback = sandbox.world.twilio.callbacks.at(-1)!;
  const resend = () => sandbox.control('POST', `/_control/twilio/callbacks/${callback.id}/resend`);
  await Promise.all([resend(), resend(), resend()]);
  expect(callback.answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await select('SELECT 1 FROM consent_events WHERE shop_id = $1')).toHaveLength(1);
  expect(await suppression('+66812345678')).toMatchObject({ source: 'keyword' });
  expect(await processInbound()).toBe(1);
  expect((await page()).optOuts).toMatchObject([
    { address: '+66812345678', customer: null, text: 'ขอยกเลิกค่ะ' },
  ]);
});

test('a refusal in free words is obeyed and shown; staff keep it or take it back, also at Shopify', async () => {
  await textFrom(PHONE, 'jangan kirim sms lagi', US);
  await processInbound();
  expect(await consentHere()).toMatchObject({ state: 'unsubscribed' });
  const [found] = (await page()).optOuts;
  expect(found).toMatchObject({ needsReview: true, source: 'free_text', customer: { customerId: SITI } });
  expect((await page()).reviews).toBe(1);
  await fault('status503', { times: 5 });
  expect(await act({ intent: 'allow', hash: found!.hash })).toMatchObject({ ok: false });
  expect(await suppression()).not.toBeNull();
  await sandbox.control('DELETE', '/_control/faults');
  expect(await act({ intent: 'allow', hash: found!.hash })).toEqual({ ok: true });
  expect(await suppression()).toBeNull();
  expect(await consentHere()).toMatchObject({ state: 'subscribed' });
  await textFrom(PHONE, 'nggak mau lagi');
  expect(await act({ intent: 'keep', hash: found!.hash })).toEqual({ ok: true });
  expect((await page()).reviews).toBe(0);
  expect(await act({ intent: 'keep', hash: found!.hash })).toMatchObject({ ok: false });
});

test('a stop word can only be taken back by its owner; a number that staff add can by staff', async () => {
  await textFrom(PHONE, 'berhenti');
  const [stopped] = (await page()).optOuts;
  expect(await act({ intent: 'allow', hash: stopped!.hash })).toMatchObject({ ok: false });
  expect(await act({ intent: 'add', phone: '12' })).toMatchObject({
    errors: { phone: { code: 'not_a_phone' } },
  });
  expect(await act({ intent: 'add', phone: '0812-9999-0000' })).toEqual({ ok: true });
  const added = (await page()).optOuts.find(({ source }) => source === 'staff');
  expect(added?.address).toBe('+6281299990000');
  expect(await act({ intent: 'allow', hash: added!.hash })).toEqual({ ok: true });
  expect((await page()).optOuts).toHaveLength(1);
});

test('while Shopify is away a stop holds, and is told later; other texts do not wait for it', async () => {
  await textFrom(PHONE, 'STOP');
  await textFrom('+14155550199', 'hello');
  await fault('status503', { times: 20 });
  await processInbound();
  expect(
    await select('SELECT text FROM inbound_messages WHERE shop_id = $1 AND processed_at IS NULL'),
  ).toEqual([{ text: 'STOP' }]);
  expect(await suppression()).not.toBeNull();
  await sandbox.control('DELETE', '/_control/faults');
  await pool.query('UPDATE inbound_messages SET due_at = now()');
  await processInbound();
  expect(consentAtShopify()).toMatchObject({ state: 'UNSUBSCRIBED' });
});

test('a consent given after the text stays', async () => {
  await textFrom(PHONE, 'STOP');
  await pool.query(
    `UPDATE customers SET sms_consent_at = clock_timestamp() + interval '1 minute' WHERE shop_id = $1`,
    [club.shopId],
  );
  await processInbound();
  expect(await consentHere()).toMatchObject({ state: 'subscribed' });
  expect(await suppression()).not.toBeNull();
});

test('a consent on the web does not lift a stop; the form says who can, and how: START does', async () => {
  const note = async () => (await readEditForm({ ...isOf, timeZone: 'Asia/Jakarta' }, SITI))?.smsOptOut;
  expect(await note()).toBeNull();
  await textFrom(PHONE, 'STOP');
  await processInbound();
  await withTransaction((tx) =>
    recordCustomers(tx, [
      {
        shopId: club.shopId,
        customerId: SITI,
        at: new Date(Date.now() + 60_000),
        source: 'shopify',
        actor: 'shopify',
        fields: { smsConsent: 'subscribed' },
      },
    ]),
  );
  expect(await consentHere()).toMatchObject({ state: 'subscribed' });
  expect(await note()).toMatchObject({ source: 'keyword', canStaffAllow: false, startAt: US });
  expect(sandbox.world.twilio.blocked.map(({ address }) => address)).toEqual([PHONE]);
  await textFrom(PHONE, 'START');
  expect(await note()).toBeNull();
  expect(sandbox.world.twilio.blocked).toEqual([]);
  await textFrom(PHONE, 'jangan kirim sms lagi');
  expect(await note()).toMatchObject({ source: 'free_text', canStaffAllow: true });
  await pool.query('UPDATE senders SET replies = false WHERE shop_id = $1', [club.shopId]);
  expect(await note()).toMatchObject({ startAt: null });
});

test('after an erasure the number is nowhere, and still is not written to', async () => {
  await textFrom(PHONE, 'STOP');
  await processInbound();
  await withTransaction((tx) =>
    eraseCustomer(tx, {
      shopId: club.shopId,
      topic: 'customers/redact',
      triggeredAt: new Date(),
      payload: { customer: { id: Number(SITI), phone: PHONE }, orders_to_redact: [] },
    }),
  );
  const stored = await select(
    `SELECT (SELECT jsonb_agg(s) FROM suppressions s WHERE s.shop_id = $1)::text || coalesce((SELECT jsonb_agg(i) FROM inbound_messages i
       WHERE i.shop_id = $1)::text, '') || (SELECT jsonb_agg(e) FROM consent_events e WHERE e.shop_id = $1)::text AS all`,
  );
  expect(stored[0].all).not.toContain(PHONE);
  expect(await suppression()).not.toBeNull();
  expect((await page()).optOuts).toMatchObject([{ address: null, text: null }]);
});
