/** The screens of offers with really signed requests. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action as saveOffer, loader as offer } from '#app/routes/app.loyalty.offers.$id.tsx';
import { action as actOnList, loader as offers } from '#app/routes/app.loyalty.offers._index.tsx';
import { action as createOffer, loader as newOffer } from '#app/routes/app.loyalty.offers.new.tsx';
import { award, entriesOf, givenClub, orderEvent, walletOf, type TestClub } from '#test/support/clubs.ts';
import { adminArgs, answerOf, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SHOP = 'offers.myshopify.com';
const OTHER = 'others.myshopify.com';
const SITI = 9;
const OFFERS = '/app/loyalty/offers';

let club: TestClub;
beforeAll(async () => {
  club = await givenClub({ domain: SHOP });
  await givenClub({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  await pool.query('UPDATE programs SET status = $1', ['paused']);
});

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
  await actOnList(post(OFFERS, { intent: 'create_group', groupName: name }));
  const { groups } = await offers(adminArgs(SHOP, OFFERS));
  const group = groups.find((known) => known.name === name);
  if (!group) throw new Error(`no group ${name}`);
  return group.groupId;
}

async function givenOffer(groupId: bigint, change: Record<string, unknown> = {}): Promise<string> {
  const { data } = await answerOf(createOffer(post(`${OFFERS}/new?group=${groupId}`, values(change))));
  return (data as { goTo: string }).goTo.replace(`${OFFERS}/`, '');
}

describe('Offers', () => {
  beforeEach(async () => {
    await pool.query('DELETE FROM offers');
    await pool.query('DELETE FROM offer_groups');
  });

  it('of an untouched shop are none, and the switch is off', async () => {
    const view = await offers(adminArgs(SHOP, OFFERS));
    expect(view.groups).toEqual([]);
    expect(view.settings).toEqual({ isActive: false, includeTax: false, includeShipping: false });
  });

  it('are made in a group, read back and changed; no one else may overwrite', async () => {
    const groupId = await givenGroup('Autumn');
    const form = await newOffer(adminArgs(SHOP, `${OFFERS}/new?group=${groupId}`));
    expect(form.view).toMatchObject({ offer: null, group: { groupId, name: 'Autumn' } });
    const id = await givenOffer(groupId, { percent: '2.5', until: 'never' });
    const { view } = await offer(adminArgs(SHOP, `${OFFERS}/${id}`, { params: { id } }));
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
    expect(await answerOf(saveOffer(post(`${OFFERS}/${id}`, change, { id })))).toEqual({
      status: 200,
      data: { ok: true },
    });
    expect(await answerOf(saveOffer(post(`${OFFERS}/${id}`, change, { id })))).toEqual({
      status: 422,
      data: { ok: false, errors: { form: { code: 'changed_meanwhile' } } },
    });
    const list = await offers(adminArgs(SHOP, OFFERS));
    expect(list.groups).toMatchObject([{ name: 'Autumn', offers: [{ name: 'Larger', status: 'paused' }] }]);
  });

  it('name every field that is wrong', async () => {
    const groupId = await givenGroup('Autumn');
    const wrong = values({ name: ' ', minimumMinor: 'much', percent: '101', fromDays: '-1', untilDays: '' });
    expect(await answerOf(createOffer(post(`${OFFERS}/new?group=${groupId}`, wrong)))).toEqual({
      status: 422,
      data: {
        ok: false,
        errors: {
          name: { code: 'required' },
          minimumMinor: { code: 'not_an_amount' },
          percent: { code: 'too_large', limit: '100' },
          fromDays: { code: 'negative' },
          untilDays: { code: 'required' },
        },
      },
    });
    const never = values({ fromDays: '10', untilDays: '9' });
    expect((await answerOf(createOffer(post(`${OFFERS}/new?group=${groupId}`, never)))).data).toEqual({
      ok: false,
      errors: { untilDays: { code: 'too_small', limit: '10' } },
    });
    expect((await answerOf(actOnList(post(OFFERS, { intent: 'create_group', groupName: '' })))).data).toEqual(
      {
        ok: false,
        errors: { groupName: { code: 'required' } },
      },
    );
  });

  it('of another shop do not exist', async () => {
    const groupId = await givenGroup('Autumn');
    const id = await givenOffer(groupId);
    const params = { params: { id } };
    const attempts: (() => Promise<unknown>)[] = [
      () => offer(adminArgs(OTHER, `${OFFERS}/${id}`, params)),
      () => newOffer(adminArgs(OTHER, `${OFFERS}/new?group=${groupId}`)),
      () => createOffer(post(`${OFFERS}/new?group=${groupId}`, values(), {}, OTHER)),
      () => saveOffer(post(`${OFFERS}/${id}`, values({ version: '1' }), { id }, OTHER)),
      () => saveOffer(post(`${OFFERS}/${id}`, { intent: 'end' }, { id }, OTHER)),
      () => actOnList(post(OFFERS, { intent: 'remove_group', groupId: String(groupId) }, {}, OTHER)),
      () =>
        actOnList(
          post(OFFERS, { intent: 'rename_group', groupId: String(groupId), groupName: 'x' }, {}, OTHER),
        ),
    ];
    for (const attempt of attempts) expect((await thrownBy(attempt())).status).toBe(404);
    expect((await offers(adminArgs(OTHER, OFFERS))).groups).toEqual([]);
  });

  it('a removed group ends its offers; what orders earned by them stays, and refunds still follow them', async () => {
    await actOnList(post(OFFERS, { isActive: true, includeTax: true, includeShipping: false }));
    const groupId = await givenGroup('Autumn');
    await givenOffer(groupId);
    await award(orderEvent(club, { id: 1, customer: SITI, lines: [{ price: 800_000 }] }));
    expect((await walletOf(club, SITI, 'CREDIT')).balance).toBe(80_000_00n);
    await actOnList(post(OFFERS, { intent: 'remove_group', groupId: String(groupId) }));
    expect((await offers(adminArgs(SHOP, OFFERS))).groups).toEqual([]);
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
    expect((await answerOf(saveOffer(post(`${OFFERS}/${id}`, { intent: 'end' }, { id })))).data).toEqual({
      ok: true,
      goTo: OFFERS,
    });
    expect((await offers(adminArgs(SHOP, OFFERS))).groups).toMatchObject([{ offers: [] }]);
    expect((await thrownBy(offer(adminArgs(SHOP, `${OFFERS}/${id}`, { params: { id } })))).status).toBe(404);
  });
});

it.each(Object.entries({ offers, offer, newOffer }))(
  '%s is closed without a token',
  async (_name, loader) => {
    const answer = await thrownBy(
      Promise.resolve(loader(adminArgs(SHOP, '/app', { token: 'no.token.atall' }))),
    );
    expect(answer.status).toBe(401);
  },
);
