/** Adding, changing and removing a customer through the routes, with really signed requests and Shopify beside it. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { club, fault, sandbox, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { valuesOf } from '#app/modules/crm/form/form-values.ts';
import * as editScreen from '#app/routes/app.customers.$id_.edit.tsx';
import * as history from '#app/routes/app.customers.$id_.history.tsx';
import * as removal from '#app/routes/app.customers.$id_.remove.tsx';
import * as duplicates from '#app/routes/app.customers.duplicates.tsx';
import * as newScreen from '#app/routes/app.customers.new.tsx';
import { award, entriesOf, orderEvent } from '#test/support/clubs.ts';
import { givePoints } from '#test/support/redemptions.ts';
import { adminArgs, thrownBy } from '#test/support/route-requests.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { givenShop } from '#test/support/shops.ts';

let siti: bigint;

useSandboxShop();
beforeEach(async () => {
  await pool.query(`UPDATE shops SET country = 'ID' WHERE shop_id = $1`, [club.shopId]);
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  siti = BigInt(held('siti.rahmawati@example.com').id);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, email, phone)
     VALUES ($1, $2, 'Siti', 'siti.rahmawati@example.com', '+6281234567801')`,
    [club.shopId, siti],
  );
});

const held = (reference: string | number): Loose => sandbox.world.findCustomer(DEMO_SHOP, reference);
const to = (path: string, more: object = {}, id = siti) =>
  adminArgs(DEMO_SHOP, `/app/customers/${path}`, { params: { id: String(id) }, ...more });
const row = async (id = siti): Promise<Loose> =>
  (await pool.query('SELECT * FROM customers WHERE shop_id = $1 AND customer_id = $2', [club.shopId, id]))
    .rows[0];

describe('Without a session token', () => {
  it('nothing is shown and nothing done', async () => {
    const none = { token: null };
    const calls = [
      async () => newScreen.loader(to('new', none)),
      async () => newScreen.action(to('new', { ...none, json: {} })),
      async () => editScreen.loader(to(`${siti}/edit`, none)),
      async () => editScreen.action(to(`${siti}/edit`, { ...none, json: {} })),
      async () => removal.loader(to(`${siti}/remove`, none)),
      async () => removal.action(to(`${siti}/remove`, { ...none, json: {} })),
      async () => history.loader(to(`${siti}/history`, none)),
      async () => duplicates.loader(to('duplicates?phone=081234567801', none)),
    ];
    for (const call of calls) expect([302, 401, 410]).toContain((await thrownBy(call())).status);
    expect(held(Number(siti))).toBeDefined();
  });
});

describe('The form', () => {
  const add = async (json: Record<string, unknown>) =>
    newScreen.action(to('new', { json: { formKey: randomUUID(), loaded: '{}', locale: 'en', ...json } }));

  it('adds a customer and leads to their page', async () => {
    const { data, init } = await add({ firstName: 'Wayan', phone: '0812 3456 7899', email: 'w@example.com' });
    expect(init?.status).toBe(200);
    const id = Number(held('w@example.com').id);
    expect(data).toEqual({ ok: true, goTo: `/app/customers/${id}` });
    expect(await row(BigInt(id))).toMatchObject({ first_name: 'Wayan', phone: '+6281234567899' });
    const { changes } = await history.loader(to(`${id}/history`, {}, BigInt(id)));
    expect(changes.map(({ field, after, source }) => [field, after, source])).toEqual([
      ['phone', '+6281234567899', 'staff'],
      ['email', 'w@example.com', 'staff'],
      ['firstName', 'Wayan', 'staff'],
    ]);
  });

  it.each([
    [{ firstName: 'x'.repeat(256) }, 'firstName', 'too_long'],
    [{ phone: '12' }, 'phone', 'not_a_phone'],
    [{ phone: '6591234567' }, 'phone', 'phone_unclear'],
    [{ email: 'siti@' }, 'email', 'not_an_email'],
    [{ gender: 'other' }, 'gender', 'invalid'],
    [{ birthDate: '2999-01-01' }, 'birthDate', 'in_future'],
    [{ birthDate: '1990-02-30' }, 'birthDate', 'not_a_day'],
    [{ social_x: 'not a name' }, 'social_x', 'not_a_handle'],
    [{ social_whatsapp: '12' }, 'social_whatsapp', 'not_a_phone'],
    [{ street: 'Jl. Dago' }, 'countryCode', 'required'],
    [{ categoryId: '999999' }, 'categoryId', 'invalid'],
    [
      { interests: Array.from({ length: 21 }, (_, index) => `i${index}`).join('\n') },
      'interests',
      'too_many',
    ],
    [{ smsConsent: 'subscribed', smsConsentSource: 'paper' }, 'smsConsent', 'needs_phone'],
    [{ emailConsent: 'unsubscribed' }, 'emailConsentSource', 'required'],
    [{ discount: '101' }, 'discount', 'too_large'],
    [{}, 'phone', 'needs_contact'],
  ])('%j is wrong at %s', async (values, field, code) => {
    const contact =
      field === 'phone'
        ? {}
        : field === 'smsConsent'
          ? { email: 'w@example.com' }
          : { phone: '081234567899' };
    const { data, init } = await add({ ...contact, ...values });
    expect(init?.status).toBe(422);
    expect(data).toMatchObject({ ok: false, errors: { [field]: { code } } });
    expect(held('w@example.com')).toBeUndefined();
  });

  it('saves a number with its country code and no plus as that number, and finds it as a duplicate', async () => {
    const { data } = await add({ firstName: 'Wayan', phone: '62811123456' });
    expect(data).toMatchObject({ ok: true });
    const { rows } = await pool.query<{ customer_id: bigint; phone: string }>(
      `SELECT customer_id, phone FROM customers WHERE first_name = 'Wayan'`,
    );
    expect(rows[0]!.phone).toBe('+62811123456');
    expect(held(Number(rows[0]!.customer_id)).phone).toBe('+62811123456');
    const found = await duplicates.loader(to('duplicates?phone=62811123456'));
    expect(
      JSON.stringify(found, (_key, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).toContain(String(rows[0]!.customer_id));
  });

  it("reads a number by the customer's country", async () => {
    const { data } = await add({ firstName: 'Mei', phone: '91234567', countryCode: 'SG' });
    expect(data).toMatchObject({ ok: true });
    const { rows } = await pool.query<{ phone: string }>(
      `SELECT phone FROM customers WHERE first_name = 'Mei'`,
    );
    expect(rows[0]!.phone).toBe('+6591234567');
  });

  it('changes only what was changed since it was loaded', async () => {
    const { view } = await editScreen.loader(to(`${siti}/edit`));
    const loaded = valuesOf(view.record, view.own, 'en');
    await pool.query(`UPDATE customers SET note = 'meanwhile' WHERE customer_id = $1`, [siti]);
    const json = { ...loaded, loaded: JSON.stringify(loaded), firstName: 'Sitti', locale: 'en' };
    const { data } = await editScreen.action(to(`${siti}/edit`, { json }));
    expect(data).toEqual({ ok: true, goTo: `/app/customers/${siti}` });
    expect(await row()).toMatchObject({ first_name: 'Sitti', note: 'meanwhile' });
    expect(held(Number(siti)).firstName).toBe('Sitti');
  });

  it('is there for customers of this shop only', async () => {
    const other = await givenShop();
    await pool.query(`INSERT INTO customers (shop_id, customer_id) VALUES ($1, 5)`, [other.shopId]);
    expect((await thrownBy(editScreen.loader(to('5/edit', {}, 5n)))).status).toBe(404);
    expect(await removal.loader(to('5/remove', {}, 5n))).toBeNull();
    const { data } = await editScreen.action(to('5/edit', { json: { firstName: 'A' } }, 5n));
    expect(data).toEqual({ ok: false, errors: { form: { code: 'unknown_customer' } } });
    expect((await removal.action(to('5/remove', { json: {} }, 5n))).data).toMatchObject({ ok: false });
    expect((await history.loader(to('5/history', {}, 5n))).changes).toEqual([]);
  });
});

describe('Duplicates', () => {
  const find = async (search: Record<string, string>) =>
    (await duplicates.loader(to(`duplicates?${new URLSearchParams(search).toString()}`))).found;

  it('are found by phone in any writing and by e-mail address, and not among those of other shops', async () => {
    const other = await givenShop();
    await pool.query(`INSERT INTO customers (shop_id, customer_id, phone) VALUES ($1, 5, '+6281234567899')`, [
      other.shopId,
    ]);
    const found = [{ customerId: String(siti), firstName: 'Siti' }];
    expect(await find({ phone: '0812-3456-7801' })).toMatchObject([{ ...found[0], by: 'phone' }]);
    expect(await find({ phone: '081', email: ' SITI.rahmawati@example.com' })).toMatchObject([
      { ...found[0], by: 'email' },
    ]);
    expect(await find({ phone: '0812-3456-7801', except: String(siti) })).toEqual([]);
    expect(await find({ phone: '+6281234567899' })).toEqual([]);
    expect(await find({})).toEqual([]);
  });
});

describe('Removing', () => {
  const remove = async () => (await removal.action(to(`${siti}/remove`, { json: {} }))).data;

  it('shows what happens to the balance; deletes a customer without orders, at Shopify and here', async () => {
    await givePoints(club, Number(siti), 100n);
    expect(await removal.loader(to(`${siti}/remove`))).toMatchObject({
      hasOrders: false,
      balances: [{ unit: 'POINTS', available: 100n }],
    });
    expect(await remove()).toEqual({ ok: true, outcome: 'deleted' });
    expect(held(Number(siti))).toBeUndefined();
    expect((await row()).state).toBe('deleted');
    expect(await remove()).toMatchObject({ ok: false });
  });

  it('who ordered leaves the club: orders from then on earn nothing, until they are brought back', async () => {
    const order = { customer: Number(siti), lines: [{ price: 100_000 }] };
    const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    await award(orderEvent(club, { id: 1, ...order }));
    expect(await entriesOf(club, siti)).toEqual(['order_spend 10']);
    await pool.query(`UPDATE customers SET member_since = now() WHERE customer_id = $1`, [siti]);
    expect(await remove()).toEqual({ ok: true, outcome: 'left' });
    expect(held(Number(siti))).toBeDefined();
    expect(await row()).toMatchObject({ state: 'active', left_at: expect.any(Date), member_since: null });
    await award(orderEvent(club, { id: 2, ...order, processedAt: later(60) }));
    expect(await entriesOf(club, siti)).toEqual(['order_spend 10']);
    expect((await removal.action(to(`${siti}/remove`, { json: { intent: 'bring_back' } }))).data).toEqual({
      ok: true,
      outcome: 'back',
    });
    expect((await row()).left_at).toBeNull();
    await award(orderEvent(club, { id: 3, ...order, processedAt: later(120) }));
    expect(await entriesOf(club, siti)).toEqual(['order_spend 10', 'order_spend 10']);
  });

  it('whom Shopify keeps leaves too; when Shopify does not answer nothing is changed', async () => {
    await fault('status500', { operation: 'customerDelete', executes: false });
    expect(await remove()).toEqual({ ok: false, errors: { form: { code: 'not_saved' } } });
    expect(await row()).toMatchObject({ state: 'active', left_at: null });
    await sandbox.control('DELETE', '/_control/faults');
    await sandbox.control('POST', '/_control/orders', {
      customer: 'siti.rahmawati@example.com',
      lines: [{ product: 'sambal-roa-manado', quantity: 1 }],
    });
    expect(await remove()).toEqual({ ok: true, outcome: 'left' });
    expect((await row()).left_at).not.toBeNull();
  });
});
