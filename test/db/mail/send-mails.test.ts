/** E-mails over the wire: each once, and what a mail server or a lost answer makes of them. */
import { beforeEach, describe, expect, test } from 'vitest';
import { club, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { readMails } from '#app/modules/mail/mails.queries.server.ts';
import { queueMail } from '#app/modules/mail/queue-mail.server.ts';
import { sendAgain } from '#app/modules/mail/send-again.server.ts';
import { sendMails } from '#app/modules/mail/send-mails.server.ts';

useSandboxShop({ hasOrders: false });

const TO = 'siti@example.com';
const received = () => sandbox.world.state.mails ?? [];
const strike = async (kind: string, change: object = {}): Promise<void> => {
  const { status } = await sandbox.control('POST', '/_control/faults', { target: 'smtp', kind, ...change });
  expect(status).toBe(201);
};

const queue = async (change: Partial<Parameters<typeof queueMail>[2]> = {}): Promise<string> =>
  (await queueMail(pool, club.shopId, {
    key: 'one',
    kind: 'test',
    customerId: null,
    recipient: TO,
    subject: 'Selamat datang di Toko Ibu Sari – 15 % untuk Anda',
    body: 'Halo Siti,\n\n.baris dengan titik\nfrom the shop\n',
    ...change,
  }))!;
const stateOf = async (mailId: string) => (await readMails(pool, club.shopId, [mailId])).get(mailId);
/** As time passes: what waits is due. */
const wait = () => pool.query(`UPDATE mails SET due_at = clock_timestamp() WHERE state = 'waiting'`);

beforeEach(() => pool.query(`UPDATE shops SET name = 'Toko Ibu Sari' WHERE shop_id = $1`, [club.shopId]));

describe('An e-mail', () => {
  test('arrives as it was written, with the shop’s name, and once however often the task runs', async () => {
    const id = await queue();
    expect(await sendMails()).toBe(1);
    expect(await sendMails()).toBe(0);
    expect(received()).toMatchObject([
      {
        from: 'club@setia.example',
        fromName: 'Toko Ibu Sari',
        to: TO,
        subject: 'Selamat datang di Toko Ibu Sari – 15 % untuk Anda',
        text: 'Halo Siti,\n\n.baris dengan titik\nfrom the shop',
        messageId: `<${id}@setia.example>`,
      },
    ]);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', problem: null });
    const jobs = await pool.query(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'send-mails'`);
    expect(jobs.rowCount).toBe(1);
  });

  test('queued twice under a key is one', async () => {
    expect(await queue({ body: 'another' })).toBe(await queue());
    await sendMails();
    expect(received()).toHaveLength(1);
  });

  test('of many, each is sent by one of two workers', async () => {
    for (let n = 0; n < 30; n++) await queue({ key: `many ${n}`, recipient: `p${n}@example.com` });
    await Promise.all([sendMails(), sendMails()]);
    expect(
      received()
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(Array.from({ length: 30 }, (_none, n) => `p${n}@example.com`).toSorted());
  });
});

describe('Where the mail server', () => {
  test.each([
    ['refused', 'recipient', 'No such mailbox'],
    ['fails', 'text', 'Message refused'],
  ])('says %s, it has failed with its words, and the next one is sent', async (kind, problem, said) => {
    await strike(kind);
    const id = await queue();
    await pool.query(`UPDATE mails SET due_at = due_at - interval '1 minute'`);
    await queue({ key: 'two', recipient: 'budi@example.com' });
    await sendMails();
    expect(await stateOf(id)).toMatchObject({
      state: 'failed',
      problem,
      serverSaid: expect.stringContaining(said),
    });
    expect(received().map(({ to }) => to)).toEqual(['budi@example.com']);
  });

  test.each([
    ['busy', 'busy'],
    ['timeout', 'unreachable'],
  ])('is %s, it waits and is sent later, once', async (kind, problem) => {
    await strike(kind);
    const id = await queue();
    expect(await sendMails()).toBe(0);
    expect(await stateOf(id)).toMatchObject({ state: 'waiting', problem });
    expect(await sendMails()).toBe(0);
    expect(received()).toEqual([]);
    await wait();
    expect(await sendMails()).toBe(1);
    expect(received()).toHaveLength(1);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', problem: null });
  });

  test('never is there, it is given up after a day of tries', async () => {
    const id = await queue();
    for (let tries = 0; tries < 8; tries++) {
      await strike('busy');
      await wait();
      await sendMails();
    }
    expect(await stateOf(id)).toMatchObject({ state: 'failed', problem: 'busy' });
    await wait();
    expect(await sendMails()).toBe(0);
    expect(received()).toEqual([]);
  });

  test('took it and the answer is lost, it isn’t sent again by itself; staff may', async () => {
    await strike('lostReply');
    const id = await queue();
    expect(await sendMails()).toBe(0);
    expect(await stateOf(id)).toMatchObject({ state: 'unknown' });
    await wait();
    await sendMails();
    expect(received()).toHaveLength(1);
    expect(await sendAgain(pool, club.shopId, id)).toBe(true);
    expect(await sendAgain(pool, club.shopId, id)).toBe(false);
    await sendMails();
    // Its receiver recognises the second by the same id.
    expect(new Set(received().map(({ messageId }) => messageId)).size).toBe(1);
    expect(await sendAgain(pool, club.shopId, id)).toBe(false);
    expect(await sendAgain(pool, club.shopId + 1n, id)).toBe(false);
  });
});

test('a worker that ended while sending leaves it unknown', async () => {
  const id = await queue();
  await pool.query(
    `UPDATE mails SET state = 'sending', attempts = 1, started_at = clock_timestamp() - interval '11 minutes'`,
  );
  await sendMails();
  expect(received()).toEqual([]);
  expect(await stateOf(id)).toMatchObject({ state: 'unknown' });
});

test('nothing of it is in the log’s table of failures', async () => {
  await queue();
  await sendMails();
  expect(await select('SELECT * FROM shop_task_failures WHERE shop_id = $1')).toEqual([]);
});
