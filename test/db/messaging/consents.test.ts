/** The proof of consent: each change once, with state, source, wording, time and who; in a file; and what is answered. */
import { beforeEach, describe, expect, test } from 'vitest';
import { givenChannel, sandbox, textFrom } from '#test/support/twilio-bed.ts';
import { club, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { listConsents } from '#app/modules/customers/log-consents.server.ts';
import { recordConsents } from '#app/modules/customers/record-consents.server.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import { stateTimestamp } from '#app/modules/customers/rules/decode-customer.ts';
import { storeConsentFacts, storeConsentFactsOf } from '#app/modules/customers/store-own-fields.server.ts';
import { readDeactivated } from '#app/modules/messaging/consent/read-deactivated.server.ts';
import { readSmsWording, saveSmsWording } from '#app/modules/messaging/consent/wording.server.ts';
import { processInbound } from '#app/modules/messaging/inbound/process-inbound.server.ts';
import { eraseCustomer } from '#app/modules/privacy/erase-customer.server.ts';
import { exportCustomer } from '#app/modules/privacy/export-customer.server.ts';
import { sheetRows, writtenExport } from '#test/support/exports.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useSandboxShop({ hasOrders: false });

let SITI: bigint;
const PHONE = '+6281234567890';
const US = '+14155550172';

beforeEach(async () => {
  SITI = BigInt(sandbox.world.shop(DEMO_SHOP).customers[0]!.id);
  await pool.query('DELETE FROM consent_log WHERE shop_id = $1', [club.shopId]);
  await pool.query('DELETE FROM consent_wordings WHERE shop_id = $1', [club.shopId]);
  await record('not_subscribed');
});

async function record(smsConsent: 'subscribed' | 'unsubscribed' | 'not_subscribed'): Promise<void> {
  // As Shopify tells it, in whole seconds: what a text changes within the same second comes after it.
  const now = new Date();
  const second = new Date(now.getTime() - now.getMilliseconds());
  await withTransaction((tx) =>
    recordCustomers(tx, [
      {
        shopId: club.shopId,
        customerId: SITI,
        at: stateTimestamp(second, now),
        source: 'staff',
        actor: 'staff:1',
        fields: { phone: PHONE, smsConsent },
      },
    ]),
  );
}
const key = () => ({ shopId: club.shopId, customerId: SITI });
const lines = async () =>
  (await listConsents(pool, club.shopId, { customerId: SITI, before: null, limit: 99 })).lines;
const staffSays = async (state: 'subscribed' | 'unsubscribed', day: string, source = 'paper') => {
  await record(state);
  await withTransaction((tx) =>
    storeConsentFacts(tx, key(), { channel: 'sms', at: new Date(day), source, actor: 'staff:1' }),
  );
};
const wording = (text: string) => saveSmsWording(club.shopId, { text }, 'staff:1');

describe('the log', () => {
  test('has a line for each change, with the wording of its day', async () => {
    await staffSays('unsubscribed', '2026-01-01');
    expect(await wording(' ')).toEqual({ ok: false, errors: { text: { code: 'required' } } });
    await wording('Boleh kami kirim promo?');
    await wording('Boleh kami kirim promo?');
    await staffSays('subscribed', '2026-01-02');
    await staffSays('subscribed', '2026-01-02');
    await wording('Boleh kami kirim promo tiap pekan? STOP untuk berhenti.');
    expect((await readSmsWording(club.shopId)).text).toContain('STOP');
    await staffSays('subscribed', '2026-01-03', 'phone');
    expect(await lines()).toMatchObject([
      { state: 'subscribed', source: 'phone', wording: expect.stringContaining('STOP'), actor: 'staff:1' },
      { state: 'subscribed', source: 'paper', wording: 'Boleh kami kirim promo?' },
      { state: 'unsubscribed', source: 'paper', wording: null, saidAt: new Date('2026-01-01') },
    ]);
    expect(await select('SELECT 1 FROM consent_wordings WHERE shop_id = $1')).toHaveLength(2);
  });

  test('has what Shopify says once, however often it is told, and what a file and a text said', async () => {
    await wording('Boleh?');
    const event = (state: string, at: string) => ({
      shopId: club.shopId,
      topic: 'customers_marketing_consent/update',
      triggeredAt: new Date(at),
      receivedAt: new Date(at),
      payload: {
        id: Number(SITI),
        phone: PHONE,
        sms_marketing_consent: { state, consent_updated_at: at },
      },
    });
    const later = new Date(Date.now() + 60_000).toISOString();
    const told = [event('subscribed', later)];
    for (let n = 0; n < 3; n += 1)
      await withTransaction((tx) => recordConsents(tx, told as Parameters<typeof recordConsents>[1]));
    await withTransaction((tx) =>
      storeConsentFactsOf(
        tx,
        club.shopId,
        [{ customerId: SITI, channel: 'sms', at: new Date('2026-02-01'), source: 'import' }],
        'staff:2',
      ),
    );
    expect(await lines()).toMatchObject([
      { source: 'import', actor: 'staff:2', wording: null },
      { state: 'subscribed', source: 'shopify', actor: 'shopify', wording: null, saidAt: new Date(later) },
    ]);
  });

  test('goes into the privacy file with the texts and the opt-out of the number, and outlives the person', async () => {
    await givenChannel({ shopId: club.shopId, domain: DEMO_SHOP });
    await staffSays('subscribed', '2026-01-02');
    await textFrom(PHONE, 'jangan kirim lagi', US);
    await processInbound();
    const file = (await exportCustomer(pool, club.shopId, SITI))!;
    expect(file.sections['receivedTexts']).toMatchObject([{ text: 'jangan kirim lagi', intent: 'review' }]);
    expect(file.sections['optOuts']).toMatchObject([{ address: PHONE, source: 'free_text' }]);
    expect(file.sections['consents']).toHaveLength(2);
    expect(file.sections['consents']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ state: 'subscribed', source: 'paper' }),
        expect.objectContaining({ state: 'unsubscribed', source: 'text_message' }),
      ]),
    );
    const asked = { kind: 'consents' as const };
    const columns = ['phone', 'channel', 'state', 'source', 'text', 'rule', 'by'];
    const rows = async () =>
      (await sheetRows(await writtenExport(club.shopId, { ...asked, columns }))).slice(1);
    expect(await rows()).toEqual([
      [PHONE, 'sms', 'unsubscribed', 'text_message', undefined, undefined, 'text_message'],
      [PHONE, 'sms', 'subscribed', 'paper', undefined, undefined, 'staff:1'],
      [PHONE, 'sms', 'suppressed', 'free_text', 'jangan kirim lagi', expect.stringMatching(/^6 \/ 2026/)],
    ]);
    await withTransaction((tx) =>
      eraseCustomer(tx, {
        shopId: club.shopId,
        topic: 'customers/redact',
        triggeredAt: new Date(),
        payload: { customer: { id: Number(SITI), phone: PHONE }, orders_to_redact: [] },
      }),
    );
    expect(JSON.stringify(await rows())).not.toMatch(/8123|jangan/);
    expect(await rows()).toHaveLength(3);
  });
});

describe('a text is answered', () => {
  const answers = () =>
    sandbox.world.twilio.messages
      .filter(({ direction }) => direction === 'outbound-api')
      .map(({ body, from, to }) => ({ body, from, to }));

  beforeEach(async () => {
    await sandbox.control('POST', '/_control/reset', { tokens: true });
    await pool.query('DELETE FROM suppressions; DELETE FROM inbound_messages');
    await givenChannel({ shopId: club.shopId, domain: DEMO_SHOP });
  });

  test('by Twilio where it knows the word, and not again by us', async () => {
    await textFrom(PHONE, 'STOP');
    await textFrom(PHONE, 'HELP');
    await textFrom(PHONE, 'START');
    await processInbound();
    expect(answers()).toEqual([]);
  });

  test('once by us where Twilio did not, in the language of the text; a second stop in silence', async () => {
    await textFrom(PHONE, 'berhenti', US);
    await processInbound();
    expect(answers()).toEqual([
      { body: expect.stringContaining('tidak akan menerima SMS dari kami lagi'), from: US, to: PHONE },
    ]);
    await textFrom(PHONE, 'berhenti', US);
    await textFrom(PHONE, 'mulai', US);
    await textFrom(PHONE, 'bantuan', US);
    await pool.query('UPDATE inbound_messages SET processed_at = NULL');
    await Promise.all([processInbound(), processInbound()]);
    expect(answers().map(({ body }) => body)).toEqual([
      expect.stringContaining('tidak akan menerima'),
      expect.stringContaining('menerima SMS dari kami lagi'),
      expect.stringContaining('hubungi toko kami'),
    ]);
    await textFrom('+66812345678', 'ขอยกเลิกค่ะ', US);
    await processInbound();
    expect(answers().at(-1)!.body).toContain('เริ่ม');
  });

  test('at most ten times an hour, and never for other texts', async () => {
    await textFrom(PHONE, 'apa kabar?', US);
    for (let n = 0; n < 12; n += 1) await textFrom(PHONE, 'bantuan', US);
    await processInbound();
    expect(answers()).toHaveLength(10);
  });

  test('although Shopify is away, and although Twilio takes no answer the stop holds', async () => {
    await sandbox.control('POST', '/_control/faults', {
      target: 'twilio',
      kind: 'status500',
      operation: 'CreateMessage',
      times: 1,
    });
    await textFrom(PHONE, 'unreg semua', US);
    await processInbound();
    await pool.query('UPDATE inbound_messages SET processed_at = NULL, due_at = now()');
    await processInbound();
    // Not known whether it went out: never a second time.
    expect(answers()).toEqual([]);
    expect(await select('SELECT source FROM suppressions WHERE shop_id = $1')).toEqual([
      { source: 'keyword' },
    ]);
  });
});

test('US numbers that were given up are not written to; other numbers of the file are not stored', async () => {
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await pool.query('DELETE FROM suppressions');
  await givenChannel({ shopId: club.shopId, domain: DEMO_SHOP });
  await pool.query(`UPDATE customers SET phone = '+14155550142' WHERE shop_id = $1 AND customer_id = $2`, [
    club.shopId,
    SITI,
  ]);
  sandbox.world.twilio.deactivated = ['14155550142', '14155550143', 'no number'];
  expect(await readDeactivated()).toBe(1);
  expect(await readDeactivated()).toBe(0);
  expect(await select('SELECT address, source FROM suppressions WHERE shop_id = $1')).toEqual([
    { address: '+14155550142', source: 'deactivated' },
  ]);
  // A week without a worker: each missed day is asked for.
  await pool.query(`UPDATE channels SET deactivations_read_on = deactivations_read_on - 3`);
  await readDeactivated();
  const asked = sandbox.world.twilio.requests.filter(({ operation }) => operation === 'FetchDeactivation');
  expect(asked).toHaveLength(4);
});
