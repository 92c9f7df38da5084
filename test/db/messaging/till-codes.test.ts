/** Codes with which customers confirm at the till: sent once, paid, valid for minutes, for one attempt. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { givenPlatform, givenSendingShop, send, shop } from '#test/support/sending-bed.ts';
import { sandbox } from '#test/support/twilio-bed.ts';
import { pool } from '#app/db.server.ts';
import { sendTillCode } from '#app/modules/messaging/codes/send-till-code.server.ts';
import { readTillConsent } from '#app/modules/messaging/codes/till-consent.server.ts';
import { releaseTillCode, takeTillCode } from '#app/modules/messaging/codes/use-till-code.server.ts';

const CUSTOMER = 7_001n;
const PHONE = '+6281234567890';

beforeEach(async () => {
  await givenSendingShop();
  await givenPlatform();
  await pool.query(
    'INSERT INTO customers (shop_id, customer_id, first_name, phone) VALUES ($1, $2, $3, $4)',
    [shop.shopId, CUSTOMER, 'Wulan', PHONE],
  );
});

const who = () => ({ shopId: shop.shopId, customerId: CUSTOMER });
const ask = (key: string = randomUUID(), customerId = CUSTOMER) =>
  sendTillCode({
    ...{ shopId: shop.shopId, customerId, key },
    title: 'Klub Toko',
    locale: 'id',
    actor: 'staff:1',
  });

/** The code that the phone received last. */
async function received(): Promise<string> {
  await send();
  const texts = sandbox.world.twilio.messages.filter(({ to }: { to: string }) => to === PHONE);
  const [, code = ''] = /kode Anda (\d{4})\./.exec(texts.at(-1)?.body ?? '') ?? [];
  expect(code).toMatch(/^\d{4}$/);
  return code;
}

/** As time passing would. */
const passMinutes = (minutes: number) =>
  pool.query(
    `UPDATE till_codes SET sent_at = sent_at - make_interval(mins => $1), expires_at = expires_at - make_interval(mins => $1),
       counted_from = counted_from - make_interval(mins => $1)`,
    [minutes],
  );

describe('sending', () => {
  test('goes to the customer’s phone in the shop’s language, and the till sees a part of the number', async () => {
    expect(await ask()).toEqual({ ok: true, to: '+62 ••••• 890', validSeconds: 300 });
    const code = await received();
    const { rows } = await pool.query('SELECT class, customer_id AS customer, actor FROM messages');
    expect(rows).toEqual([{ class: 'transactional', customer: CUSTOMER, actor: 'staff:1' }]);
    const stored = await pool.query<{ text: string }>('SELECT till_codes::text AS text FROM till_codes');
    expect(stored.rows[0]?.text).not.toContain(`,${code},`);
  });

  test('two presses for one attempt send one message; another attempt gets a code of its own', async () => {
    const key = randomUUID();
    await Promise.all([ask(key), ask(key)]);
    expect((await pool.query('SELECT 1 FROM messages')).rowCount).toBe(1);
    await ask();
    expect((await pool.query('SELECT 1 FROM messages')).rowCount).toBe(2);
  });

  test('five an hour are enough', async () => {
    for (let time = 0; time < 5; time++) expect((await ask()).ok).toBe(true);
    expect(await ask()).toEqual({ ok: false, reason: 'too_many' });
    await passMinutes(61);
    expect((await ask()).ok).toBe(true);
  });

  test('is refused where it cannot arrive, and costs nothing then', async () => {
    expect(await ask(randomUUID(), 999n)).toEqual({ ok: false, reason: 'no_phone' });
    await pool.query('DELETE FROM message_prices');
    expect(await ask()).toEqual({ ok: false, reason: 'not_possible' });
    await pool.query('DELETE FROM channels');
    expect(await ask()).toEqual({ ok: false, reason: 'no_channel' });
    expect((await pool.query('SELECT 1 FROM messages')).rowCount).toBe(0);
  });
});

describe('using', () => {
  test('the right one serves its attempt, also when that is sent again, and no other', async () => {
    await ask();
    const code = await received();
    const key = randomUUID();
    expect(await takeTillCode(who(), key, code)).toBe('right');
    expect(await takeTillCode(who(), key, code)).toBe('right');
    expect(await takeTillCode(who(), randomUUID(), code)).toBe('code_used_up');
  });

  test('of two tills at once one gets it', async () => {
    await ask();
    const code = await received();
    const verdicts = await Promise.all(
      [randomUUID(), randomUUID()].map((key) => takeTillCode(who(), key, code)),
    );
    expect(verdicts.sort()).toEqual(['code_used_up', 'right']);
  });

  test('three wrong ones end it', async () => {
    await ask();
    const code = await received();
    const wrong = code === '0000' ? '1111' : '0000';
    for (let time = 0; time < 3; time++)
      expect(await takeTillCode(who(), randomUUID(), wrong)).toBe('code_wrong');
    expect(await takeTillCode(who(), randomUUID(), code)).toBe('code_used_up');
  });

  test('after five minutes it is nothing', async () => {
    await ask();
    const code = await received();
    await passMinutes(6);
    expect(await takeTillCode(who(), randomUUID(), code)).toBe('code_used_up');
  });

  test('an attempt that spent nothing leaves it to the next', async () => {
    await ask();
    const code = await received();
    const key = randomUUID();
    await takeTillCode(who(), key, code);
    await releaseTillCode(who(), key);
    expect(await takeTillCode(who(), randomUUID(), code)).toBe('right');
  });

  test('of another customer, and without any, none is right', async () => {
    await ask();
    const code = await received();
    expect(await takeTillCode({ ...who(), customerId: 7_002n }, randomUUID(), code)).toBe('code_used_up');
  });
});

test('it is asked for only where the shop wants it', async () => {
  expect(await readTillConsent(shop.shopId, PHONE)).toBe('none');
  await pool.query('UPDATE club_settings SET till_consent = true WHERE shop_id = $1', [shop.shopId]);
  expect(await readTillConsent(shop.shopId, PHONE)).toBe('code');
  expect(await readTillConsent(shop.shopId, null)).toBe('no_phone');
  await pool.query('DELETE FROM channels');
  expect(await readTillConsent(shop.shopId, PHONE)).toBe('no_channel');
});
