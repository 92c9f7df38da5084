/** A customer's tabs and the list of incomplete records through their loaders, with really signed requests. */
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { loader as completeness } from '#app/routes/app.customers.to-complete.tsx';
import { loader as contacts } from '#app/routes/app.customers.$id.contacts.tsx';
import { loader as orders } from '#app/routes/app.customers.$id.orders.tsx';
import { loader as points } from '#app/routes/app.customers.$id.points.tsx';
import { loader as products } from '#app/routes/app.customers.$id.products.tsx';
import { loader as frame } from '#app/routes/app.customers.$id.tsx';
import { loader as profile } from '#app/routes/app.customers.$id._index.tsx';
import { sealNationalId } from '#app/modules/customers/national-id.server.ts';
import { award, givenClub, orderEvent, setClub, type TestClub } from '#test/support/clubs.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
const TABS = { frame, profile, orders, points, products, contacts };
let club: TestClub;

const of = (id: string, query = '') => adminArgs(SHOP, `/app/customers/${id}${query}`, { params: { id } });

beforeAll(async () => {
  club = await givenClub({ domain: SHOP });
  const other = await givenClub({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  await award(
    orderEvent(club, {
      id: 1,
      customer: 1,
      lines: [{ price: 500_000, quantity: 2, product: 9 }],
      note: 'No bag',
    }),
    orderEvent(other, { id: 2, customer: 2, lines: [{ price: 10 }] }),
  );
  const { cipher, hash } = sealNationalId(club.shopId, '3174096112900001');
  await pool.query(
    `UPDATE customers SET first_name = 'Siti', last_name = 'Rahma', email = NULL, phone = '+6281234567890', gender = 'female', housing = 'flat',
       weight_grams = 61500, birth_date = '1990-11-23', wedding_date = '2015-06-01', national_id_cipher = $2, national_id_hash = $3,
       street = 'Jl. Braga 1', city = 'Bandung', social = '{"instagram":"@siti"}', sms_consent = 'subscribed'
     WHERE shop_id = $1 AND customer_id = 1`,
    [club.shopId, cipher, hash],
  );
});

it.each(Object.entries({ ...TABS, completeness }))('%s is closed without a token', async (_name, loader) => {
  const args = adminArgs(SHOP, '/app/customers/1', { token: 'no.token.atall', params: { id: '1' } });
  expect((await thrownBy(Promise.resolve(loader(args)))).status).toBe(401);
});

it.each(Object.entries(TABS))(
  "%s is not there for another shop's customer and for nobody",
  async (_name, loader) => {
    for (const id of ['2', '999', 'x', '99999999999999999999'])
      expect((await thrownBy(Promise.resolve(loader(of(id))))).status).toBe(404);
  },
);

describe('Profile', () => {
  it('hides sensitive fields until the shop asks for them, and the national ID always but for its end', async () => {
    await setClub(club, { sensitive_fields: false });
    const { view } = await profile(of('1'));
    expect(view.record).toMatchObject({
      gender: 'female',
      weddingDate: null,
      housing: null,
      weightGrams: null,
      social: { instagram: '@siti' },
      address: { city: 'Bandung' },
    });
    expect(view.club.details.maskedNationalId).toBeNull();
    expect(view.completeness).toEqual({ score: 75, missing: ['email', 'postalCode', 'interests'] });

    await setClub(club, { sensitive_fields: true });
    const asked = (await profile(of('1'))).view;
    expect(asked.record).toMatchObject({ weddingDate: '2015-06-01', housing: 'flat', weightGrams: 61_500 });
    expect(asked.club.details.maskedNationalId).toBe('••••••••••••0001');
    expect(asked.completeness.missing).toEqual(['email', 'postalCode', 'interests', 'heightMm']);
    await setClub(club, { sensitive_fields: false });
  });

  it('has the figures and the age', async () => {
    const { view } = await profile(of('1'));
    expect(view.age).toBeGreaterThanOrEqual(35);
    expect(view.metrics).toMatchObject({
      orders: { valid: 1, all: 1 },
      items: 2,
      spendMinor: { valid: 100_000_000n },
      gapTenths: null,
    });
  });
});

describe('The other tabs', () => {
  it('show the order with its note, the product, the lot and no message', async () => {
    expect((await orders(of('1', '/orders'))).view.orders).toMatchObject([
      { orderId: 1n, note: 'No bag', lines: [{ title: 'Piece 1', quantity: 2 }] },
    ]);
    const bought = await products(of('1', '/products?by=amount'));
    expect(bought.view).toMatchObject({
      measure: 'amount',
      products: [{ productId: 9n, quantity: 2, amountMinor: 100_000_000n }],
    });
    expect((await products(of('1', '/products?by=nonsense'))).view.measure).toBe('quantity');
    const { view } = await points(of('1', '/points'));
    expect(view.lots).toMatchObject({ lots: [{ remaining: 100n, unit: 'POINTS', orderId: 1n }], more: 0 });
    expect(view.lines.map(({ unit }) => unit)).toEqual(['POINTS']);
    expect((await contacts(of('1', '/contacts'))).view).toMatchObject({
      sent: { messages: [] },
      planned: { messages: [] },
    });
  });
});

describe('Customers to complete', () => {
  const list = async (query: string) =>
    (await completeness(adminArgs(SHOP, `/app/customers/to-complete${query}`))).list;

  it('lists who lacks what', async () => {
    expect(await list('?missing=email')).toMatchObject({ lack: 'email', customers: [{ customerId: 1n }] });
    expect((await list('?missing=phone')).customers).toEqual([]);
    expect(await list('?missing=nonsense&after=x')).toMatchObject({
      lack: null,
      customers: [{ customerId: 1n }],
    });
  });
});
