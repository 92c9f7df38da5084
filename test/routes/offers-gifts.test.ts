/** The screens of offers, gifts and planned messages with really signed requests. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { loader as customers } from '#app/routes/app.customers._index.tsx';
import { loader as customer } from '#app/routes/app.customers.$id.contacts.tsx';
import { action as saveGifts, loader as gifts } from '#app/routes/app.gifts.tsx';
import { loader as messages } from '#app/routes/app.messages.tsx';
import { action as saveOffer, loader as offer } from '#app/routes/app.offers.$id.tsx';
import { action as actOnList, loader as offers } from '#app/routes/app.offers._index.tsx';
import { action as createOffer, loader as newOffer } from '#app/routes/app.offers.new.tsx';
import { award, entriesOf, givenClub, orderEvent, walletOf, type TestClub } from '#test/support/clubs.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SHOP = 'offers.myshopify.com';
const OTHER = 'others.myshopify.com';
const SITI = 9;

let club: TestClub;
let other: TestClub;
beforeAll(async () => {
  club = await givenClub({ domain: SHOP });
  other = await givenClub({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  await pool.query('UPDATE programs SET status = $1', ['paused']);
});

/** What an action answers, with its status. */
async function answerOf(work: Promise<unknown>): Promise<{ status: number; data: unknown }> {
  const { data, init } = (await work) as { data: unknown; init: { status: number } };
  return { data, status: init.status };
}

const post = (
  path: string,
  json: Record<string, unknown>,
  params: Record<string, string> = {},
  shop = SHOP,
) => adminArgs(shop, path, { json: { locale: 'en', ...json }, params });

const values = (change: Record<string, unknown> = {}) => ({
  version: '',
  name: 'Large',
  minimumMinor: '500,000',
  percent: '10',
  unit: 'CREDIT',
  fromDays: '3',
  until: 'days',
  untilDays: '30',
  isActive: true,
  ...change,
});

async function givenGroup(name: string): Promise<bigint> {
  await actOnList(post('/app/offers', { intent: 'create_group', groupName: name }));
  const { groups } = await offers(adminArgs(SHOP, '/app/offers'));
  const group = groups.find((known) => known.name === name);
  if (!group) throw new Error(`no group ${name}`);
  return group.groupId;
}

async function givenOffer(groupId: bigint, change: Record<string, unknown> = {}): Promise<string> {
  const { data } = await answerOf(createOffer(post(`/app/offers/new?group=${groupId}`, values(change))));
  return (data as { goTo: string }).goTo.replace('/app/offers/', '');
}

describe('Offers', () => {
  beforeEach(async () => {
    await pool.query('DELETE FROM offers');
    await pool.query('DELETE FROM offer_groups');
  });

  it('of an untouched shop are none, and the switch is off', async () => {
    const view = await offers(adminArgs(SHOP, '/app/offers'));
    expect(view.groups).toEqual([]);
    expect(view.settings).toEqual({ isActive: false, includeTax: false, includeShipping: false });
  });

  it('are made in a group, read back and changed; somebody else may not overwrite', async () => {
    const groupId = await givenGroup('Autumn');
    const form = await newOffer(adminArgs(SHOP, `/app/offers/new?group=${groupId}`));
    expect(form.view).toMatchObject({ offer: null, group: { groupId, name: 'Autumn' } });
    const id = await givenOffer(groupId, { percent: '2.5', until: 'never' });
    const { view } = await offer(adminArgs(SHOP, `/app/offers/${id}`, { params: { id } }));
    expect(view.offer).toMatchObject({
      name: 'Large',
      minimumMinor: 500_000_00n,
      percentBp: 250,
      unit: 'CREDIT',
      fromDays: 3,
      untilDays: null,
      status: 'active',
      version: 1,
    });
    const change = values({ version: '1', name: 'Larger', isActive: false });
    expect(await answerOf(saveOffer(post(`/app/offers/${id}`, change, { id })))).toEqual({
      status: 200,
      data: { ok: true },
    });
    expect(await answerOf(saveOffer(post(`/app/offers/${id}`, change, { id })))).toEqual({
      status: 422,
      data: { ok: false, errors: { form: { code: 'changed_meanwhile' } } },
    });
    const list = await offers(adminArgs(SHOP, '/app/offers'));
    expect(list.groups).toMatchObject([{ name: 'Autumn', offers: [{ name: 'Larger', status: 'paused' }] }]);
  });

  it('name every field that is wrong', async () => {
    const groupId = await givenGroup('Autumn');
    const wrong = values({ name: ' ', minimumMinor: 'much', percent: '101', fromDays: '-1', untilDays: '' });
    expect(await answerOf(createOffer(post(`/app/offers/new?group=${groupId}`, wrong)))).toEqual({
      status: 422,
      data: {
        ok: false,
        errors: {
          name: { code: 'required' },
          minimumMinor: { code: 'not_an_amount' },
          percent: { code: 'too_large', limit: '100' },
          fromDays: { code: 'not_a_number' },
          untilDays: { code: 'required' },
        },
      },
    });
    const never = values({ fromDays: '10', untilDays: '9' });
    expect((await answerOf(createOffer(post(`/app/offers/new?group=${groupId}`, never)))).data).toEqual({
      ok: false,
      errors: { untilDays: { code: 'too_small', limit: '10' } },
    });
    expect(
      (await answerOf(actOnList(post('/app/offers', { intent: 'create_group', groupName: '' })))).data,
    ).toEqual({
      ok: false,
      errors: { groupName: { code: 'required' } },
    });
  });

  it('of another shop do not exist', async () => {
    const groupId = await givenGroup('Autumn');
    const id = await givenOffer(groupId);
    const params = { params: { id } };
    const attempts: (() => Promise<unknown>)[] = [
      () => offer(adminArgs(OTHER, `/app/offers/${id}`, params)),
      () => newOffer(adminArgs(OTHER, `/app/offers/new?group=${groupId}`)),
      () => createOffer(post(`/app/offers/new?group=${groupId}`, values(), {}, OTHER)),
      () => saveOffer(post(`/app/offers/${id}`, values({ version: '1' }), { id }, OTHER)),
      () => saveOffer(post(`/app/offers/${id}`, { intent: 'end' }, { id }, OTHER)),
      () => actOnList(post('/app/offers', { intent: 'remove_group', groupId: String(groupId) }, {}, OTHER)),
      () =>
        actOnList(
          post(
            '/app/offers',
            { intent: 'rename_group', groupId: String(groupId), groupName: 'x' },
            {},
            OTHER,
          ),
        ),
    ];
    for (const attempt of attempts) expect((await thrownBy(attempt())).status).toBe(404);
    expect((await offers(adminArgs(OTHER, '/app/offers'))).groups).toEqual([]);
  });

  it('a removed group ends its offers; what orders earned by them stays, and refunds still follow them', async () => {
    await actOnList(post('/app/offers', { isActive: true, includeTax: true, includeShipping: false }));
    const groupId = await givenGroup('Autumn');
    await givenOffer(groupId);
    await award(orderEvent(club, { id: 1, customer: SITI, lines: [{ price: 800_000 }] }));
    expect((await walletOf(club, SITI, 'CREDIT')).balance).toBe(80_000_00n);
    await actOnList(post('/app/offers', { intent: 'remove_group', groupId: String(groupId) }));
    expect((await offers(adminArgs(SHOP, '/app/offers'))).groups).toEqual([]);
    await award(orderEvent(club, { id: 2, customer: SITI, lines: [{ price: 800_000 }] }));
    expect(await entriesOf(club, SITI)).toEqual(['offer 8000000']);
    await award(
      orderEvent(club, {
        id: 1,
        customer: SITI,
        lines: [{ price: 800_000 }],
        cancelledAt: '2026-11-21T10:00:00Z',
        financial: 'refunded',
      }),
    );
    expect((await walletOf(club, SITI, 'CREDIT')).balance).toBe(0n);
  });

  it('an ended offer leaves the list and its screen', async () => {
    const groupId = await givenGroup('Autumn');
    const id = await givenOffer(groupId);
    expect((await answerOf(saveOffer(post(`/app/offers/${id}`, { intent: 'end' }, { id })))).data).toEqual({
      ok: true,
      goTo: '/app/offers',
    });
    expect((await offers(adminArgs(SHOP, '/app/offers'))).groups).toMatchObject([{ offers: [] }]);
    expect((await thrownBy(offer(adminArgs(SHOP, `/app/offers/${id}`, { params: { id } })))).status).toBe(
      404,
    );
  });
});

describe('Gifts', () => {
  const gift = (kind: string, change: Record<string, unknown> = {}) =>
    Object.fromEntries(
      Object.entries({
        version: '0',
        isActive: true,
        timing: 'on_day',
        daysBefore: '7',
        expiresDays: '30',
        unit: 'POINTS',
        mode: 'fixed',
        amount: '1,500',
        percent: '10',
        ...change,
      }).map(([name, value]) => [`${kind}_${name}`, value]),
    );

  it('are saved together, each with its terms, from the day they are switched on', async () => {
    const before = await gifts(adminArgs(SHOP, '/app/gifts'));
    expect(before.settings.birthday).toMatchObject({ isActive: false, version: 0 });
    const anniversary = gift('anniversary', {
      unit: 'CREDIT',
      mode: 'percent',
      percent: '12.5',
      timing: 'before',
      daysBefore: '14',
    });
    const body = { ...gift('birthday'), ...anniversary };
    expect(await answerOf(saveGifts(post('/app/gifts', body)))).toEqual({ status: 200, data: { ok: true } });
    const { settings, today } = await gifts(adminArgs(SHOP, '/app/gifts'));
    expect(settings.birthday).toMatchObject({
      isActive: true,
      amountMode: 'fixed',
      amount: 1_500n,
      daysBefore: 0,
      version: 1,
    });
    expect(settings.anniversary).toMatchObject({
      unit: 'CREDIT',
      amountMode: 'percent',
      percentBp: 1_250,
      daysBefore: 14,
    });
    const { rows } = await pool.query(
      `SELECT active_from::text AS "from" FROM gift_settings WHERE shop_id = $1`,
      [club.shopId],
    );
    expect(rows).toEqual([{ from: today }, { from: today }]);
    expect((await answerOf(saveGifts(post('/app/gifts', body)))).data).toEqual({
      ok: false,
      errors: { form: { code: 'changed_meanwhile' } },
    });
    expect((await gifts(adminArgs(OTHER, '/app/gifts'))).settings.birthday.version).toBe(0);
  });

  it('switched off and on again they count from that day, not from the first', async () => {
    await pool.query(`UPDATE gift_settings SET active_from = '2026-01-01' WHERE shop_id = $1`, [club.shopId]);
    const save = async (isActive: boolean) => {
      const { settings } = await gifts(adminArgs(SHOP, '/app/gifts'));
      const version = String(settings.birthday.version);
      await saveGifts(
        post('/app/gifts', {
          ...gift('birthday', { isActive, version }),
          ...gift('anniversary', { version }),
        }),
      );
    };
    const from = async () =>
      (
        await pool.query(
          `SELECT active_from::text AS day FROM gift_settings WHERE shop_id = $1 AND kind = 'birthday'`,
          [club.shopId],
        )
      ).rows;
    await save(true);
    expect(await from()).toEqual([{ day: '2026-01-01' }]);
    await save(false);
    await save(true);
    expect(await from()).toEqual([{ day: (await gifts(adminArgs(SHOP, '/app/gifts'))).today }]);
  });

  it('name every field that is wrong, of either kind', async () => {
    const wrong = {
      ...gift('birthday', { amount: '0', expiresDays: '0' }),
      ...gift('anniversary', { mode: 'percent', percent: 'half', timing: 'before', daysBefore: '91' }),
    };
    expect((await answerOf(saveGifts(post('/app/gifts', wrong)))).data).toEqual({
      ok: false,
      errors: {
        birthday_amount: { code: 'too_small', limit: '1' },
        birthday_expiresDays: { code: 'too_small', limit: '1' },
        anniversary_daysBefore: { code: 'too_large', limit: '90' },
        anniversary_percent: { code: 'not_a_percent' },
      },
    });
  });

  it('say how many customers lack a date, whom the list of customers then shows', async () => {
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, first_name, birth_date, state) VALUES ($1, 101, 'Ani', NULL, 'active'),
         ($1, 102, 'Budi', '1990-01-01', 'active'), ($1, 103, 'Citra', NULL, 'deleted')`,
      [club.shopId],
    );
    await pool.query(`INSERT INTO customers (shop_id, customer_id, first_name) VALUES ($1, 104, 'Dewi')`, [
      other.shopId,
    ]);
    await pool.query(`DELETE FROM customers WHERE shop_id = $1 AND customer_id < 100`, [club.shopId]);
    const { missing } = await gifts(adminArgs(SHOP, '/app/gifts'));
    expect(missing).toEqual({ birthday: 1, anniversary: 2 });
    const list = async (query: string) => {
      const { view } = await customers(adminArgs(SHOP, `/app/customers${query}`));
      return view.customers.map(({ firstName }) => firstName).toSorted();
    };
    expect(await list('?missing=birth_date')).toEqual(['Ani']);
    expect(await list('?missing=wedding_date')).toEqual(['Ani', 'Budi']);
    expect(await list('?missing=wedding_date&q=bud')).toEqual(['Budi']);
    expect(await list('?missing=anything')).toEqual(['Ani', 'Budi']);
  });

  it('show their runs by pages, without days on which nobody celebrated', async () => {
    await pool.query(
      `INSERT INTO gift_runs (shop_id, kind, day, unit, granted, amount, skipped, finished_at)
       SELECT $1, kind, '2026-01-01'::date + n, 'POINTS', CASE WHEN n = 3 THEN 0 ELSE 2 END, 100, 0, now()
       FROM generate_series(1, 12) AS n, unnest(ARRAY['birthday', 'anniversary']) AS kind`,
      [club.shopId],
    );
    const first = (await gifts(adminArgs(SHOP, '/app/gifts'))).runs;
    expect(first.runs).toHaveLength(20);
    expect(first.runs[0]).toMatchObject({ day: '2026-01-13', kind: 'birthday', granted: 2, amount: 100n });
    const rest = (await gifts(adminArgs(SHOP, `/app/gifts?after=${first.after}`))).runs;
    expect(rest.runs.map(({ day, kind }) => `${day} ${kind}`)).toEqual([
      '2026-01-02 birthday',
      '2026-01-02 anniversary',
    ]);
    expect(rest.after).toBeNull();
    expect((await gifts(adminArgs(SHOP, '/app/gifts?after=2026-99-99.x'))).runs.runs).toHaveLength(20);
  });
});

describe('Planned messages', () => {
  beforeAll(async () => {
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, first_name) VALUES ($1, 201, 'Eka'), ($1, 202, 'Fajar'), ($2, 203, 'Gita')`,
      [club.shopId, other.shopId],
    );
    const message = `INSERT INTO planned_messages (shop_id, customer_id, kind, message_key, details, due_at)`;
    await pool.query(
      `${message} SELECT $1, 201, 'expiry_reminder', 'expiry:' || n, '{"unit": "POINTS", "amount": "42", "day": "2026-12-01", "days": 7}', now()
         FROM generate_series(1, 30) AS n`,
      [club.shopId],
    );
    await pool.query(
      `${message} VALUES ($1, 202, 'change', 'change:1', '{"unit": "POINTS", "amount": "-5", "balance": "37", "entry": "1", "entryKind": "redeem"}', now()),
         ($1, 202, 'greeting', 'greeting:1', '{}', now())`,
      [club.shopId],
    );
    await pool.query(`${message} VALUES ($1, 203, 'change', 'change:1', '{}', now())`, [other.shopId]);
  });

  const list = (query: string) => messages(adminArgs(SHOP, `/app/messages${query}`));

  it('are listed newest first, by pages, only those of the shop', async () => {
    const { page } = await list('');
    expect(page.messages).toHaveLength(25);
    expect(page.messages.slice(0, 3)).toMatchObject([
      { kind: 'greeting', firstName: 'Fajar', unit: null, amount: null },
      { kind: 'change', amount: -5n, balance: 37n, unit: 'POINTS' },
      { kind: 'expiry_reminder', firstName: 'Eka', amount: 42n, day: '2026-12-01', days: 7 },
    ]);
    const rest = (await list(`?before=${page.olderThan}`)).page;
    expect(rest.messages).toHaveLength(7);
    expect(rest.olderThan).toBeNull();
  });

  it('are narrowed to a kind and to a customer', async () => {
    expect((await list('?kind=change')).page.messages.map(({ kind }) => kind)).toEqual(['change']);
    expect((await list('?customer=202')).page.messages).toHaveLength(2);
    expect((await list('?customer=203')).page.messages).toEqual([]);
    expect((await list('?kind=nonsense&customer=x')).page.messages).toHaveLength(25);
  });

  it('stand on the page of their customer', async () => {
    const { view } = await customer(
      adminArgs(SHOP, '/app/customers/201/contacts', { params: { id: '201' } }),
    );
    expect(view.messages.map(({ customerId }) => customerId)).toEqual(Array(25).fill(201n));
  });
});

it.each(Object.entries({ offers, offer, newOffer, gifts, messages }))(
  '%s is closed without a token',
  async (_name, loader) => {
    const answer = await thrownBy(
      Promise.resolve(loader(adminArgs(SHOP, '/app', { token: 'no.token.atall' }))),
    );
    expect(answer.status).toBe(401);
  },
);
