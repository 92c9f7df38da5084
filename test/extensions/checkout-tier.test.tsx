/// <reference types="@shopify/ui-extensions/purchase.checkout.block.render" />
import { afterEach, expect, test } from 'vitest';
import type { ClubView } from '../../extensions/shared/club-api.ts';
import { extension, press, screenText, seeText, setUpCheckout, tearDownCheckout } from './checkout-host.ts';
import { clubAnswer, REDEMPTION } from './club-server.ts';

afterEach(tearDownCheckout);

const OUTSIDE: Partial<ClubView> = { membership: { isMember: false, mayJoin: true } };
const SILVER: Partial<ClubView> = {
  tier: { name: 'Silver', next: { name: 'Gold', measure: 'spend', missing: '25000000' } },
};

/** A checkout whose app answers the wish to join; returns those requests. */
function setUp(changes: Partial<ClubView>, joins: (Response | Error)[] = [], locale?: 'id') {
  const host = locale ? setUpCheckout(locale) : setUpCheckout();
  host.server.club = [clubAnswer(changes)];
  const asked: (string | null)[] = [];
  extension.fetch = async (input, init) => {
    if (!String(input).endsWith('/api/membership')) return host.server.fetch(input, init);
    asked.push(`${init?.method} ${new Headers(init?.headers).get('authorization')}`);
    const answer = joins.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error('asked once more');
    return answer;
  };
  return asked;
}

test('shows the tier and how much is missing to the next one', async () => {
  setUp(SILVER);
  await extension.render();
  await seeText('Your tier: Silver');
  await seeText('Spend Rp 250,000 more to reach Gold.');
  expect(screenText()).not.toContain('Join the club');
});

test('counts points where the shop does, in Indonesian', async () => {
  setUp({ tier: { name: 'Silver', next: { name: 'Gold', measure: 'points', missing: '1500' } } }, [], 'id');
  await extension.render();
  await seeText('Tingkat Anda: Silver');
  await seeText('Kumpulkan 1.500 poin lagi untuk mencapai Gold.');
  expect(screenText()).not.toContain('Rp 1.500');
});

test('says nothing of a next tier in the highest, nor of tiers where there are none', async () => {
  setUp({ tier: { name: 'Gold', next: null } });
  await extension.render();
  await seeText('Your tier: Gold');
  expect(screenText()).not.toContain('more to reach');
  tearDownCheckout();
  setUp({ tier: null });
  await extension.render();
  await seeText('You have 100 points');
  expect(screenText()).not.toContain('tier');
});

test('who is outside joins by a press, with their own token', async () => {
  const asked = setUp(OUTSIDE, [Response.json({ ok: true })]);
  await extension.render();
  await seeText('Join the club for members’ benefits.');
  press('Join the club');
  await seeText('Welcome! You’re now a member of the club.');
  expect(screenText()).not.toContain('Join the club');
  expect(asked).toEqual(['POST Bearer mock-session-token']);
});

test('a lost answer can be asked for again', async () => {
  const asked = setUp(OUTSIDE, [
    new TypeError('lost'),
    new Response('', { status: 503 }),
    Response.json({ ok: true }),
  ]);
  await extension.render();
  for (const _time of [1, 2]) {
    await seeText('Join the club');
    press('Join the club');
    await seeText('That didn’t work. Try again.');
  }
  press('Join the club');
  await seeText('Welcome!');
  expect(asked).toHaveLength(3);
});

test('a club that has closed meanwhile says so', async () => {
  const asked = setUp(OUTSIDE, [Response.json({ ok: false, reason: 'closed' }, { status: 409 })]);
  await extension.render();
  await seeText('Join the club');
  press('Join the club');
  await seeText('The club isn’t accepting new members right now.');
  expect(asked).toHaveLength(1);
});

test('members, and shoppers who may not join, see no button', async () => {
  for (const membership of [
    { isMember: true, mayJoin: false },
    { isMember: false, mayJoin: false },
  ]) {
    setUp({ membership });
    await extension.render();
    await seeText('You have 100 points');
    expect(screenText()).not.toContain('Join the club');
    tearDownCheckout();
  }
});

test('the promotion stands on every screen of the club', async () => {
  const screens: [Partial<ClubView>, string][] = [
    [{}, 'You have 100 points'],
    [{ open: REDEMPTION }, '50 points are reserved for you'],
    [{ wallets: [] }, 'You don’t have any points to spend yet.'],
    [{ redemptionEnabled: false }, 'Paying with points is paused'],
    [OUTSIDE, 'Join the club for members’ benefits.'],
  ];
  for (const [view, text] of screens) {
    setUp({ ...view, banner: 'Free delivery this week' });
    await extension.render();
    await seeText(text);
    expect(screenText()).toContain('Free delivery this week');
    tearDownCheckout();
  }
});
