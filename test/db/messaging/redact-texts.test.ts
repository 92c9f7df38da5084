/** What Twilio keeps of a person who was erased: texts to and from them are emptied there, and nothing comes back from there. */
import { beforeEach, expect, test } from 'vitest';
import { givenChannel, MERCHANT_FORM, sandbox, textFrom } from '#test/support/twilio-bed.ts';
import { club, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { createTwilioMessage } from '#app/integrations/twilio/messages.server.ts';
import { redactTexts } from '#app/modules/messaging/consent/redact-texts.server.ts';
import { readMissedTexts } from '#app/modules/messaging/doors/read-missed-texts.server.ts';
import { eraseCustomer } from '#app/modules/privacy/erase-customer.server.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useSandboxShop({ hasOrders: false });

const PHONE = '+6281234567890';
const OTHER = '+66812345678';
const CUSTOMER = 7001n;

beforeEach(async () => {
  await givenChannel({ shopId: club.shopId, domain: DEMO_SHOP });
  await pool.query('INSERT INTO customers (shop_id, customer_id, phone) VALUES ($1, $2, $3)', [
    club.shopId,
    CUSTOMER,
    PHONE,
  ]);
  for (const to of [PHONE, OTHER]) await sent(to);
  for (const from of [PHONE, OTHER]) await textFrom(from, `Halo dari ${from}`);
});

async function sent(to: string): Promise<void> {
  const { accountSid, authToken, serviceSid } = MERCHANT_FORM;
  const outcome = await createTwilioMessage(
    { accountSid, authToken },
    {
      to,
      body: `Halo ${to}`,
      messagingServiceSid: serviceSid,
      from: null,
      statusCallback: 'http://127.0.0.1:9/none',
      validitySeconds: 600,
    },
  );
  if (outcome.is !== 'accepted') throw new Error(outcome.is);
  await pool.query(
    `INSERT INTO messages (shop_id, message_key, customer_id, channel_id, to_address, address_hash, body, state, provider_sid, actor)
     VALUES ($1, $2, $3, 1, $2, 'hash', 'Halo', 'delivered', $4, 'staff:1')`,
    [club.shopId, to, to === PHONE ? CUSTOMER : CUSTOMER + 1n, outcome.message.sid],
  );
}
const erase = () =>
  withTransaction((tx) =>
    eraseCustomer(tx, {
      shopId: club.shopId,
      topic: 'customers/redact',
      triggeredAt: new Date(),
      payload: { customer: { id: Number(CUSTOMER), phone: PHONE }, orders_to_redact: [] },
    }),
  );
/** What Twilio has with a number, other than its own answers. */
const bodies = (phone: string) =>
  sandbox.world.twilio.messages
    .filter(({ from, to, direction }) => direction !== 'outbound-reply' && [from, to].includes(phone))
    .map(({ body }) => body);
const waiting = () => select('SELECT failures FROM text_redactions WHERE shop_id = $1');

test('texts to and from an erased person are emptied at Twilio, those of others stay; a text is not found again', async () => {
  await erase();
  expect(await waiting()).toHaveLength(2);
  expect(await redactTexts()).toBe(2);
  expect(bodies(PHONE)).toEqual(['', '']);
  expect(bodies(OTHER)).toEqual([`Halo ${OTHER}`, `Halo dari ${OTHER}`]);
  expect(await waiting()).toEqual([]);
  expect(await redactTexts()).toBe(0);
  await pool.query(`UPDATE channels SET texts_read_until = now() - interval '1 hour'`);
  expect(await readMissedTexts()).toBe(0);
  expect(await select(`SELECT from_address FROM inbound_messages WHERE shop_id = $1`)).toEqual([
    { from_address: OTHER },
  ]);
});

test('while Twilio is away it is tried again later; what Twilio no longer has is done', async () => {
  await erase();
  const list = sandbox.world.twilio.messages;
  list.splice(
    list.findIndex(({ from }) => from === PHONE),
    1,
  );
  await sandbox.control('POST', '/_control/faults', {
    target: 'twilio',
    kind: 'status503',
    operation: 'UpdateMessage',
    times: 2,
  });
  expect(await redactTexts()).toBe(0);
  expect(await waiting()).toEqual([{ failures: 1 }, { failures: 1 }]);
  expect(await redactTexts()).toBe(0);
  await pool.query('UPDATE text_redactions SET due_at = now()');
  expect(await redactTexts()).toBe(2);
  expect(bodies(PHONE)).toEqual(['']);
  expect(await waiting()).toEqual([]);
});

test('without an account nothing waits without end', async () => {
  await erase();
  await pool.query('DELETE FROM channels WHERE shop_id = $1', [club.shopId]);
  expect(await redactTexts()).toBe(0);
  expect(await waiting()).toEqual([]);
});

test('a try that Twilio gave back before the message was sent is emptied too', async () => {
  await pool.query(
    `UPDATE messages m SET former_sids = ARRAY[o.provider_sid] FROM messages o WHERE m.customer_id = $1 AND o.customer_id <> $1`,
    [CUSTOMER],
  );
  await erase();
  expect(await waiting()).toHaveLength(3);
  await redactTexts();
  expect(bodies(OTHER)).toEqual(['', `Halo dari ${OTHER}`]);
});
