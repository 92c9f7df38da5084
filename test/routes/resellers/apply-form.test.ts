/** The form for resellers through the app proxy, really signed: what it shows, takes, and refuses. */
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import {
  anotherVisitor,
  applications,
  call,
  mailsTo,
  openForm,
  OTHER,
  picture,
  read,
  save,
  send,
  show,
  SITI,
} from '#test/support/applications-bed.ts';
import { club, sandbox, select } from '#test/support/sandbox-bed.ts';
import { proxySearch } from '#test/support/proxy-search.ts';
import { adminArgs, thrownBy } from '#test/support/route-requests.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { pool } from '#app/db.server.ts';
import { sendMails } from '#app/modules/mail/send-mails.server.ts';
import * as file from '#app/routes/app.resellers.applications.$id_.file.$kind.tsx';

describe('The form', () => {
  it('is closed until the shop opens it, and asks what the shop chose', async () => {
    expect((await show()).status).toBe(404);
    expect(await save()).toEqual({ ok: true });
    const answer = await show();
    const html = await answer.text();
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    for (const text of ['Jual batik kami', 'name="phone"', 'name="id_card"', 'name="business"'])
      expect(html).toContain(text);
    for (const text of ['name="city"', 'name="question"']) expect(html).not.toContain(text);
  });

  it('speaks the language of the market’s folder, then the browser’s', async () => {
    await save();
    const title = async (search: string, headers: Record<string, string>) =>
      /<h1>(.*?)<\/h1>/.exec(await (await call('apply', search, { headers })).text())?.[1];
    const indonesian = 'Jadi reseller Toko Ibu Sari';
    const english = 'Become a reseller of Toko Ibu Sari';
    expect(await title(proxySearch(DEMO_SHOP, null), { 'accept-language': 'id-ID,id;q=0.9' })).toBe(
      indonesian,
    );
    expect(await title(proxySearch(DEMO_SHOP, null), { 'accept-language': 'fr' })).toBe(english);
    const folder = proxySearch(DEMO_SHOP, null, { path_prefix: '/id/apps/setia' });
    expect(await title(folder, { 'accept-language': 'en' })).toBe(indonesian);
  });

  it('makes an application with its pictures, which only this shop’s staff see', async () => {
    await save({ notifyEmail: 'owner@example.com' });
    const answer = await send({ ...SITI, id_card: await picture() });
    expect([answer.status, (await answer.text()).includes('Thank you')]).toEqual([200, true]);
    const [row] = await applications();
    expect(row).toMatchObject({
      state: 'waiting',
      name: 'Siti Rahma',
      email: 'siti.rahma@example.com',
      phone: '+6281234567890',
      answers: { business: 'Toko <b>Siti</b>' },
      customer_id: null,
    });
    const view = await read(row.application_id);
    expect(view.files).toEqual(['id_card']);
    const fetched = (shop: string) =>
      file.loader(adminArgs(shop, `/x?size=full`, { params: { id: row.application_id, kind: 'id_card' } }));
    const bytes = await (await fetched(DEMO_SHOP)).arrayBuffer();
    expect((await sharp(Buffer.from(bytes)).metadata()).format).toBe('webp');
    expect((await thrownBy(fetched(OTHER))).status).toBe(404);
    expect((await thrownBy(read(row.application_id, OTHER))).status).toBe(404);
    await sendMails();
    expect(mailsTo('owner@example.com')).toHaveLength(1);
    expect(mailsTo('owner@example.com')[0]!.text).not.toContain('Siti');
  });

  it('sent twice, and a second one while the first waits, is one application', async () => {
    await save();
    const token = await openForm();
    expect((await send({ ...SITI, id_card: await picture() }, { token })).status).toBe(200);
    expect((await send({ ...SITI, id_card: await picture() }, { token })).status).toBe(200);
    expect((await send({ ...SITI, name: 'Another' })).status).toBe(200);
    const both = await openForm();
    await Promise.all([
      send({ ...SITI, email: 'two@example.com', id_card: await picture() }, { token: both }),
      send({ ...SITI, email: 'two@example.com', id_card: await picture() }, { token: both }),
    ]);
    expect((await applications()).map(({ name, email }) => [name, email])).toEqual([
      ['Siti Rahma', 'siti.rahma@example.com'],
      ['Siti Rahma', 'two@example.com'],
    ]);
    expect(await select('SELECT * FROM application_files WHERE shop_id = $1')).toHaveLength(2);
  });

  it('says what is wrong by field, keeps what was typed, and makes nothing of markup', async () => {
    await save({ id_card: 'required' });
    const answer = await send({
      ...SITI,
      email: 'nonsense',
      phone: '',
      business: '"><script>alert(1)</script>',
      id_card: new File(['<svg onload="alert(1)">'], 'ktp.jpg', { type: 'image/jpeg' }),
    });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    for (const name of ['email-error', 'phone-error', 'id_card-error'])
      expect(html).toContain(`id="${name}"`);
    expect(html).toContain('value="Siti Rahma"');
    expect(html).not.toContain('<script>alert');
    expect((await send({ ...SITI })).status).toBe(422);
    expect(await applications()).toEqual([]);
    expect(await select('SELECT * FROM file_removals WHERE shop_id = $1')).toEqual([]);
  });

  it('is refused without our token, too soon, and too late; a program that fills in everything hears thanks', async () => {
    await save();
    expect((await send(SITI, { token: 'none' })).status).toBe(422);
    const theirs = (await openForm()).replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    expect((await send(SITI, { token: theirs })).status).toBe(422);
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...SITI, form: await openForm() })) form.set(name, value);
    const atOnce = await call('apply', proxySearch(DEMO_SHOP, null), { method: 'POST', body: form });
    expect([atOnce.status, (await atOnce.text()).includes('value="Siti Rahma"')]).toEqual([422, true]);
    const old = await openForm();
    vi.setSystemTime(Date.now() + 13 * 3_600_000);
    expect((await send(SITI, { token: old })).status).toBe(422);
    const trapped = await send({ ...SITI, company_fax: '021' });
    expect([trapped.status, (await trapped.text()).includes('Thank you')]).toEqual([200, true]);
    expect(await applications()).toEqual([]);
  });

  it('is refused unsigned, in a shop without the app, and after eight in a row from one address', async () => {
    await save();
    expect((await call('apply', 'shop=setia-demo.myshopify.com')).status).toBe(401);
    expect((await call('apply', proxySearch('none.myshopify.com', null))).status).toBe(403);
    const statuses: number[] = [];
    for (let n = 0; n < 9; n++) statuses.push((await send({ ...SITI, email: `p${n}@example.com` })).status);
    expect(statuses).toEqual([...Array<number>(8).fill(200), 429]);
    anotherVisitor();
    expect((await send({ ...SITI, email: 'late@example.com' })).status).toBe(200);
  });

  it('of a signed-in customer names them; of an erased one nobody', async () => {
    await save();
    const [first, second] = sandbox.world.shop(DEMO_SHOP).customers;
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, state) VALUES ($1, $2, 'active'), ($1, $3, 'redacted') ON CONFLICT (shop_id, customer_id) DO UPDATE SET state = excluded.state`,
      [club.shopId, first!.id, second!.id],
    );
    await send(SITI, { customer: first!.id });
    await send({ ...SITI, email: 'two@example.com' }, { customer: second!.id });
    expect((await applications()).map(({ customer_id: id }) => id)).toEqual([BigInt(first!.id), null]);
  });
});

describe('The block in the theme', () => {
  const block = async (search = proxySearch(DEMO_SHOP, null)) => call('apply/form', search);
  const inBlock = { path: 'apply/form' } as const;

  it('is the form alone, with ids of its own, or a sentence while the form is closed', async () => {
    const closed = await block();
    const said = await closed.text();
    expect([closed.status, said.includes('isn’t taking applications'), said.includes('<form')]).toEqual([
      200,
      true,
      false,
    ]);
    await save();
    const answer = await block();
    const html = await answer.text();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(html).toMatch(/^<div data-setia-form="" lang="en"><form /);
    for (const text of ['id="setia-apply-phone"', 'name="id_card"', 'Jual batik kami'])
      expect(html).toContain(text);
    for (const text of ['<html', '<script', '<style', ' id="phone"', 'name="city"'])
      expect(html).not.toContain(text);
  });

  it('speaks the language of the theme’s page', async () => {
    await save();
    const lang = async (change: Record<string, string>) =>
      /lang="(..)"/.exec(await (await block(proxySearch(DEMO_SHOP, null, change))).text())?.[1];
    expect(await lang({ locale: 'id' })).toBe('id');
    expect(await lang({ locale: 'id-ID', path_prefix: '/en/apps/setia' })).toBe('id');
    expect(await lang({ path_prefix: '/id/apps/setia' })).toBe('id');
    expect(await lang({ locale: '"><script>' })).toBe('en');
  });

  it('makes an application, says what is wrong by field, and when it was too often', async () => {
    await save();
    const wrong = await send({ ...SITI, email: 'nonsense' }, inBlock);
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    for (const text of [
      'data-setia-form',
      'id="setia-apply-email-error"',
      'value="Siti Rahma"',
      'role="alert"',
    ])
      expect(html).toContain(text);
    const done = await send({ ...SITI, id_card: await picture() }, inBlock);
    expect([done.status, await done.text()]).toEqual([
      200,
      expect.stringMatching(/^<div data-setia-form="" lang="en"><p role="status"/),
    ]);
    expect(await applications()).toMatchObject([{ state: 'waiting', email: 'siti.rahma@example.com' }]);
    for (let n = 0; n < 6; n++) await send({ ...SITI, email: `p${n}@example.com` }, inBlock);
    const late = await send(SITI, inBlock);
    expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await late.text()).toContain('You’ve sent this form several times');
  });

  it('is guarded as the page is: no token, too soon, the field that no person sees', async () => {
    await save();
    expect((await send(SITI, { ...inBlock, token: 'none' })).status).toBe(422);
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...SITI, form: await openForm() })) form.set(name, value);
    const atOnce = await call('apply/form', proxySearch(DEMO_SHOP, null), { method: 'POST', body: form });
    expect(atOnce.status).toBe(422);
    expect((await send({ ...SITI, company_fax: '021' }, inBlock)).status).toBe(200);
    expect(await applications()).toEqual([]);
  });
});
