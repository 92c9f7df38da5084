/** What staff do with reseller applications: reading, approving, refusing, deleting; and what an erasure takes. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  applications,
  categoryId,
  customerOf,
  LONG,
  mailsTo,
  OTHER,
  picture,
  post,
  read,
  save,
  send,
  SITI,
} from '#test/support/applications-bed.ts';
import { club, fault, sandbox, select } from '#test/support/sandbox-bed.ts';
import { adminArgs, thrownBy } from '#test/support/route-requests.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { sendMails } from '#app/modules/mail/send-mails.server.ts';
import { removeFiles } from '#app/modules/photos/remove-files.server.ts';
import { deleteApplicationsFrom } from '#app/modules/resellers/applications/delete-applications.server.ts';
import { purgeApplications } from '#app/modules/resellers/applications/purge-applications.server.ts';
import * as file from '#app/routes/app.resellers.applications.$id_.file.$kind.tsx';
import * as list from '#app/routes/app.resellers.applications._index.tsx';
import * as settings from '#app/routes/app.resellers.applications.settings.tsx';

describe('Staff', () => {
  const applied = async (typed: Record<string, string | File> = {}): Promise<string> => {
    await send({ ...SITI, ...typed });
    return (await applications()).at(-1)!.application_id as string;
  };
  beforeEach(() => save());

  it('see those that wait, by state, a page at a time', async () => {
    const rows = Array.from({ length: 51 }, (_none, n) => n);
    await pool.query(
      `INSERT INTO reseller_applications (shop_id, form_key, name, email, answers, locale, received_at)
       SELECT $1, gen_random_uuid(), 'P' || n, 'p' || n || '@example.com', '{}', 'id', now() - n * interval '1 minute' FROM unnest($2::int[]) AS n`,
      [club.shopId, rows],
    );
    const page = (search = '') => list.loader(adminArgs(DEMO_SHOP, `/app/resellers/applications${search}`));
    const view = await page();
    expect([view.rows.length, view.rows[0]!.name, view.counts]).toEqual([
      50,
      'P0',
      { waiting: 51, approved: 0, refused: 0 },
    ]);
    const next = await page(`?after=${view.after}`);
    expect([next.rows.map(({ name }) => name), next.after]).toEqual([['P50'], null]);
    expect((await page('?state=refused')).rows).toEqual([]);
    expect((await page('?after=nonsense')).rows).toHaveLength(50);
    expect((await list.loader(adminArgs(OTHER, '/app/resellers/applications'))).counts.waiting).toBe(0);
  });

  it('approve with category and percent: a customer at Shopify, their terms, and an e-mail with the link', async () => {
    const id = await applied();
    const answer = await post(id, {
      intent: 'approve',
      categoryId: await categoryId('reseller'),
      percent: '12,5',
      note: 'Selamat bergabung!',
    });
    expect(answer).toEqual({ status: 200, data: { ok: true } });
    const there = customerOf(SITI.email)!;
    expect(there).toMatchObject({ firstName: 'Siti', lastName: 'Rahma', phone: '+6281234567890' });
    const [customer] = await select(
      `SELECT c.*, g.key FROM customers c JOIN categories g USING (shop_id, category_id) WHERE shop_id = $1 AND email = 'siti.rahma@example.com'`,
    );
    expect(customer).toMatchObject({
      customer_id: BigInt(there.id),
      first_name: 'Siti',
      key: 'reseller',
      person_discount_bp: 1250,
    });
    expect((await applications())[0]).toMatchObject({
      state: 'approved',
      percent_bp: 1250,
      customer_id: BigInt(there.id),
    });
    await sendMails();
    const [mail] = mailsTo(SITI.email);
    expect(mail!.text).toContain('Selamat bergabung!');
    const [invitation] = await select('SELECT * FROM invitations WHERE shop_id = $1');
    expect(mail!.text).toContain(`/i/${String(invitation!.code)}`);
    // Again, and by someone who was slower.
    expect(
      await post(id, { intent: 'approve', categoryId: await categoryId('reseller'), percent: '' }),
    ).toMatchObject({ status: 422 });
    expect(await post(id, { intent: 'refuse', reason: 'no' })).toMatchObject({
      status: 422,
      data: { errors: { form: { code: 'changed_meanwhile' } } },
    });
    await sendMails();
    expect(mailsTo(SITI.email)).toHaveLength(1);
    expect((await read(id)).mail).toMatchObject({ state: 'sent' });
  });

  it('approve someone who is a customer already: their record stays as it is', async () => {
    const there = sandbox.world.shop(DEMO_SHOP).customers.find(({ email }) => email !== null)!;
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, first_name, email, phone) VALUES ($1, $2, 'Known', $3, NULL)
       ON CONFLICT (shop_id, customer_id) DO UPDATE SET first_name = 'Known', email = $3, phone = NULL`,
      [club.shopId, there.id, there.email],
    );
    const before = sandbox.world.shop(DEMO_SHOP).customers.length;
    const id = await applied({ email: there.email!.toUpperCase(), name: 'Someone Else' });
    expect((await read(id)).known).toMatchObject({ customerId: BigInt(there.id) });
    await post(id, { intent: 'approve', categoryId: await categoryId('agent'), percent: '' });
    expect(sandbox.world.shop(DEMO_SHOP).customers).toHaveLength(before);
    expect(
      await select(
        `SELECT first_name, phone, key FROM customers JOIN categories USING (shop_id, category_id) WHERE shop_id = $1 AND customer_id = ${Number(there.id)}`,
      ),
    ).toEqual([{ first_name: 'Known', phone: null, key: 'agent' }]);
  });

  it('approve someone whose number is another customer’s: without the number', async () => {
    const other = sandbox.world.shop(DEMO_SHOP).customers.find(({ phone }) => phone !== null)!;
    const id = await applied({ phone: other.phone! });
    expect(
      await post(id, { intent: 'approve', categoryId: await categoryId('reseller'), percent: '' }),
    ).toMatchObject({ data: { ok: true } });
    expect(customerOf(SITI.email)).toMatchObject({ phone: null });
  });

  it.each(['lostReply', 'status500'])(
    'lose no one when Shopify answers with %s: one customer in the end',
    async (kind) => {
      const id = await applied();
      await fault(kind, { operation: 'SetCustomer', executes: true, times: 10 });
      await post(id, { intent: 'approve', categoryId: await categoryId('reseller'), percent: '' });
      await sandbox.control('DELETE', '/_control/faults');
      if ((await applications())[0]!.state === 'waiting')
        expect(
          await post(id, { intent: 'approve', categoryId: await categoryId('reseller'), percent: '' }),
        ).toMatchObject({ status: 200 });
      expect(
        sandbox.world.shop(DEMO_SHOP).customers.filter(({ email }) => email === SITI.email),
      ).toHaveLength(1);
      expect((await applications())[0]).toMatchObject({ state: 'approved' });
    },
  );

  it('are told that nothing was saved when Shopify is away', async () => {
    const id = await applied();
    await fault('status503', { times: 20 });
    expect(
      await post(id, { intent: 'approve', categoryId: await categoryId('reseller'), percent: '' }),
    ).toEqual({
      status: 422,
      data: { ok: false, errors: { form: { code: 'not_saved' } } },
    });
    expect((await applications())[0]).toMatchObject({ state: 'waiting' });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['no category', { categoryId: '' }, { categoryId: { code: 'required' } }],
    ['a category that there is not', { categoryId: '999' }, { categoryId: { code: 'invalid' } }],
    ['more than 100 %', { percent: '101' }, { percent: { code: 'too_large', limit: '100' } }],
    ['a percent below zero', { percent: '-1' }, { percent: { code: 'negative' } }],
    ['a note that is too long', { note: LONG }, { note: { code: 'too_long' } }],
  ])('approve with %s is refused', async (_name, change, errors) => {
    const id = await applied();
    expect(
      await post(id, { intent: 'approve', categoryId: await categoryId('reseller'), percent: '', ...change }),
    ).toEqual({
      status: 422,
      data: { ok: false, errors },
    });
    expect(customerOf(SITI.email)).toBeUndefined();
  });

  it('refuse with a reason, which is in the e-mail; without one not', async () => {
    const id = await applied();
    expect(await post(id, { intent: 'refuse', reason: ' ' })).toMatchObject({
      data: { errors: { reason: { code: 'required' } } },
    });
    expect(await post(id, { intent: 'refuse', reason: 'Wilayah Anda sudah ada agennya.' })).toMatchObject({
      data: { ok: true },
    });
    await sendMails();
    expect(mailsTo(SITI.email)[0]!.text).toContain('Wilayah Anda sudah ada agennya.');
    expect(customerOf(SITI.email)).toBeUndefined();
    // They may apply again.
    await send(SITI);
    expect((await applications()).map(({ state }) => state)).toEqual(['refused', 'waiting']);
  });

  it('delete one with its pictures; no other shop can', async () => {
    const id = await applied({ id_card: await picture(), shop_photo: await picture() });
    expect(await post(id, { intent: 'delete' }, OTHER)).toMatchObject({ status: 422 });
    expect(await post(id, { intent: 'delete' })).toEqual({
      status: 200,
      data: { ok: true, goTo: '/app/resellers/applications' },
    });
    expect(await applications()).toEqual([]);
    expect(await removeFiles()).toBe(4);
  });

  it('who saw an identity card, and when, is written down once for a visit, and shown; a photo of the store isn’t', async () => {
    const id = await applied({ id_card: await picture(), shop_photo: await picture() });
    const look = async (kind: string, shop = DEMO_SHOP, size = 'thumb') =>
      file.loader(adminArgs(shop, `/x?size=${size}`, { params: { id, kind } }));
    const noted = () => select('SELECT what, subject, actor FROM shop_accesses WHERE shop_id = $1');
    await look('shop_photo');
    expect((await thrownBy(look('id_card', OTHER))).status).toBe(404);
    expect([await noted(), (await read(id)).accesses]).toEqual([[], []]);
    await look('id_card');
    await look('id_card', DEMO_SHOP, 'full');
    const access = { what: 'application_id_card', subject: id, actor: expect.stringMatching(/^staff:/) };
    expect(await noted()).toEqual([access]);
    await pool.query(`UPDATE shop_accesses SET created_at = created_at - interval '11 minutes'`);
    await look('id_card');
    expect(await noted()).toEqual([access, access]);
    expect((await read(id)).accesses).toMatchObject([access, access]);
    const other = await applied({ email: 'other@example.com', phone: '0812 9999 0000' });
    expect((await read(other)).accesses).toEqual([]);
  });

  it('pictures end 90 days after the decision, a refused application after a year', async () => {
    const id = await applied({ id_card: await picture() });
    await post(id, { intent: 'refuse', reason: 'Belum.' });
    const decided = (days: number) =>
      pool.query(`UPDATE reseller_applications SET decided_at = clock_timestamp() - interval '${days} days'`);
    await decided(89);
    expect(await purgeApplications()).toBe(0);
    await decided(91);
    expect(await purgeApplications()).toBe(1);
    expect(await purgeApplications()).toBe(0);
    expect([(await read(id)).files, await removeFiles()]).toEqual([[], 2]);
    await decided(366);
    expect(await purgeApplications()).toBe(1);
    expect(await applications()).toEqual([]);
  });

  it('settings: what is wrong is named, and two who save the same are told', async () => {
    expect(await save({ notifyEmail: 'x' })).toEqual({
      ok: false,
      errors: { notifyEmail: { code: 'not_an_email' } },
    });
    expect(await save({ asksQuestion: 'required' })).toEqual({
      ok: false,
      errors: { question: { code: 'required' } },
    });
    expect(await save({ categoryId: '999' })).toEqual({
      ok: false,
      errors: { categoryId: { code: 'invalid' } },
    });
    expect(await save()).toEqual({ ok: false, errors: { form: { code: 'changed_meanwhile' } } });
    const { settings: now } = await settings.loader(
      adminArgs(DEMO_SHOP, '/app/resellers/applications/settings'),
    );
    expect(now).toMatchObject({
      version: 1,
      fields: { phone: 'required', id_card: 'optional', city: 'off' },
    });
  });

  it('an erasure takes the applications of that address and number, and their pictures', async () => {
    await applied({ id_card: await picture() });
    await applied({ email: 'other@example.com', phone: '0812 9999 0000' });
    const erased = await withTransaction((tx) =>
      deleteApplicationsFrom(tx, club.shopId, ['siti.rahma@example.com']),
    );
    expect(erased).toBe(1);
    expect((await applications()).map(({ email }) => email)).toEqual(['other@example.com']);
    expect(await withTransaction((tx) => deleteApplicationsFrom(tx, club.shopId, ['+6281299990000']))).toBe(
      1,
    );
    expect(await removeFiles()).toBe(2);
  });
});
