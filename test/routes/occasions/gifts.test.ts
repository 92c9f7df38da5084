/** The screen of birthday and anniversary gifts with really signed requests. */
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { loader as customers } from '#app/routes/app.customers._index.tsx';
import { action as saveGifts, loader as gifts } from '#app/routes/app.loyalty.occasions.tsx';
import { givenClub, type TestClub } from '#test/support/clubs.ts';
import { adminArgs, answerOf, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SHOP = 'offers.myshopify.com';
const OTHER = 'others.myshopify.com';
const GIFTS = '/app/loyalty/occasions';

let club: TestClub;
let other: TestClub;
beforeAll(async () => {
  club = await givenClub({ domain: SHOP });
  other = await givenClub({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  await pool.query('UPDATE programs SET status = $1', ['paused']);
});

const post = (
  path: string,
  json: Record<string, unknown>,
  params: Record<string, string> = {},
  shop = SHOP,
) => adminArgs(shop, path, { json: { locale: 'en', ...json }, params });

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
    const before = await gifts(adminArgs(SHOP, GIFTS));
    expect(before.settings.birthday).toMatchObject({ isActive: false, version: 0 });
    const anniversary = gift('anniversary', {
      unit: 'CREDIT',
      mode: 'percent',
      percent: '12.5',
      timing: 'before',
      daysBefore: '14',
    });
    const body = { ...gift('birthday'), ...anniversary };
    expect(await answerOf(saveGifts(post(GIFTS, body)))).toEqual({
      status: 200,
      data: { ok: true },
    });
    const { settings, today } = await gifts(adminArgs(SHOP, GIFTS));
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
    expect((await answerOf(saveGifts(post(GIFTS, body)))).data).toEqual({
      ok: false,
      errors: { form: { code: 'changed_meanwhile' } },
    });
    expect((await gifts(adminArgs(OTHER, GIFTS))).settings.birthday.version).toBe(0);
  });

  it('switched off and on again they count from that day, not from the first', async () => {
    await pool.query(`UPDATE gift_settings SET active_from = '2026-01-01' WHERE shop_id = $1`, [club.shopId]);
    const save = async (isActive: boolean) => {
      const { settings } = await gifts(adminArgs(SHOP, GIFTS));
      const version = String(settings.birthday.version);
      await saveGifts(
        post(GIFTS, {
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
    expect(await from()).toEqual([{ day: (await gifts(adminArgs(SHOP, GIFTS))).today }]);
  });

  it('name every field that is wrong, of either kind', async () => {
    const wrong = {
      ...gift('birthday', { amount: '0', expiresDays: '0' }),
      ...gift('anniversary', { mode: 'percent', percent: 'half', timing: 'before', daysBefore: '91' }),
    };
    expect((await answerOf(saveGifts(post(GIFTS, wrong)))).data).toEqual({
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
    const { missing } = await gifts(adminArgs(SHOP, GIFTS));
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
    const first = (await gifts(adminArgs(SHOP, GIFTS))).runs;
    expect(first.runs).toHaveLength(20);
    expect(first.runs[0]).toMatchObject({ day: '2026-01-13', kind: 'birthday', granted: 2, amount: 100n });
    const rest = (await gifts(adminArgs(SHOP, `/app/loyalty/occasions?after=${first.after}`))).runs;
    expect(rest.runs.map(({ day, kind }) => `${day} ${kind}`)).toEqual([
      '2026-01-02 birthday',
      '2026-01-02 anniversary',
    ]);
    expect(rest.after).toBeNull();
    expect(
      (await gifts(adminArgs(SHOP, '/app/loyalty/occasions?after=2026-99-99.x'))).runs.runs,
    ).toHaveLength(20);
  });
});

it.each(Object.entries({ gifts }))('%s is closed without a token', async (_name, loader) => {
  const answer = await thrownBy(
    Promise.resolve(loader(adminArgs(SHOP, '/app', { token: 'no.token.atall' }))),
  );
  expect(answer.status).toBe(401);
});
