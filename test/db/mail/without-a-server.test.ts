/** A shop whose operator has no mail server: the text is for staff to copy. */
import { expect, test } from 'vitest';
import { givenShop } from '#test/support/shops.ts';
import { pool } from '#app/db.server.ts';
import { readEnvironment } from '#app/env.server.ts';
import { readMails } from '#app/modules/mail/mails.queries.server.ts';
import { canSendMail, queueMail } from '#app/modules/mail/queue-mail.server.ts';
import { sendAgain } from '#app/modules/mail/send-again.server.ts';
import { sendMails } from '#app/modules/mail/send-mails.server.ts';

test('an e-mail is kept as a text to copy', async () => {
  const { shopId } = await givenShop({ domain: 'toko.myshopify.com' });
  expect(canSendMail()).toBe(false);
  const mailId = (await queueMail(pool, shopId, {
    key: 'one',
    kind: 'test',
    customerId: null,
    recipient: 'siti@example.com',
    subject: 'Halo',
    body: 'Halo Siti',
  }))!;
  expect((await readMails(pool, shopId, [mailId])).get(mailId)).toMatchObject({
    state: 'unsent',
    body: 'Halo Siti',
  });
  expect(await sendMails()).toBe(0);
  expect(await sendAgain(pool, shopId, mailId)).toBe(false);
  // One that waited when the server was taken away.
  await pool.query(`UPDATE mails SET state = 'waiting'`);
  expect(await sendMails()).toBe(0);
  expect((await readMails(pool, shopId, [mailId])).get(mailId)).toMatchObject({ state: 'unsent' });
});

const SERVER = { SMTP_HOST: 'smtp.example.com', MAIL_FROM: 'club@example.com' };

test.each([
  [{ ...SERVER, MAIL_FROM: '' }, /MAIL_FROM: is missing/],
  [{ ...SERVER, SMTP_USER: 'club' }, /SMTP_PASSWORD: is missing/],
  [{ ...SERVER, SMTP_SECURITY: 'none' }, /SMTP_SECURITY: may only be none for a server on this machine/],
  [{ ...SERVER, MAIL_FROM: 'club' }, /MAIL_FROM/],
])('%j is refused at the start', (change, message) => {
  expect(() => readEnvironment({ ...process.env, ...change })).toThrow(message);
});

test('a server with a sender is enough', () => {
  expect(readEnvironment({ ...process.env, ...SERVER })).toMatchObject({
    SMTP_PORT: 587,
    SMTP_SECURITY: 'starttls',
  });
});
