/// <reference types="@shopify/ui-extensions/purchase.checkout.block.render" />
import { waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ClubRedemption, ClubReward } from '../../extensions/shared/club-api.ts';
import { extension, press, screenText, seeText, setUpCheckout, tearDownCheckout } from './checkout-host.ts';
import { claim, clubAnswer, refused, reserved, reward } from './club-server.ts';

afterEach(() => {
  vi.useRealTimers();
  tearDownCheckout();
});

const PHONE = reward({
  id: '12',
  name: 'Phone',
  kind: 'other',
  percentBp: null,
  units: '90',
  minimumCartMinor: '0',
  description: 'Black, 128 GB',
  pictureUrl: 'https://cdn.example/phone.jpg',
});
const TAKEN: Partial<ClubRedemption> = { units: '80', amountMinor: '0', reward: reward() };
const buttons = () => [...document.body.querySelectorAll('s-button')].map((element) => element.textContent);

describe('rewards', () => {
  test('are offered with price, gift and terms, and a picture', async () => {
    const host = setUpCheckout();
    const amount = reward({
      id: '13',
      name: 'Twenty',
      kind: 'amount',
      percentBp: null,
      amountMinor: '2000000',
    });
    host.server.club = [clubAnswer({ rewards: [reward(), amount, PHONE] })];
    await extension.render();
    await seeText('Use a reward');
    expect(screenText()).toContain('Ten off – 80 points: 10% off');
    expect(screenText()).toContain('Minimum cart Rp 100,000');
    expect(screenText()).toContain('Twenty – 80 points: Rp 20,000 off');
    expect(screenText()).toContain('Phone – 90 points');
    expect(screenText()).toContain('Black, 128 GB');
    expect(document.querySelector('s-image')?.getAttribute('src')).toBe('https://cdn.example/phone.jpg');
    expect(buttons()).toEqual(['Apply', 'Use this reward', 'Use this reward', 'Request this gift']);
  });

  test('in Indonesian', async () => {
    const host = setUpCheckout('id');
    host.server.club = [clubAnswer({ rewards: [reward({ percentBp: 1_250 })], claims: [claim()] })];
    await extension.render();
    await seeText('Ten off – 80 poin: diskon 12,5%');
    expect(screenText()).toContain('Mulai belanja Rp 100.000');
    expect(screenText()).toContain('Phone: permintaan sudah diterima toko');
  });

  test('are not mentioned where there are none', async () => {
    setUpCheckout();
    await extension.render();
    await seeText('You have 100 points');
    expect(screenText()).not.toContain('Use a reward');
    expect(screenText()).not.toContain('Your requests');
  });

  test.each<[Partial<ClubReward>, string]>([
    [{ obstacle: 'insufficient', missing: '400' }, '400 points more to go'],
    [{ obstacle: 'below_minimum_cart' }, 'Your cart is below Rp 100,000'],
    [{ obstacle: 'limit_customer', limitPerCustomer: 1 }, 'You’ve already redeemed it'],
    [{ obstacle: 'limit_customer', limitPerCustomer: 3 }, 'You’ve already redeemed it 3 times'],
    [{ obstacle: 'limit_total' }, 'No longer available'],
  ])('with the obstacle %j: says so and has no button', async (change, text) => {
    const host = setUpCheckout();
    host.server.club = [clubAnswer({ rewards: [reward(change)] })];
    await extension.render();
    await seeText(text);
    expect(buttons()).toEqual(['Apply']);
  });

  test('taken: one request, the code on the checkout, told; undone: given back', async () => {
    const host = setUpCheckout();
    host.server.club = [clubAnswer({ rewards: [reward()] })];
    host.server.reserve = [reserved(TAKEN)];
    await extension.render();
    await seeText('Ten off – 80 points');
    press('Use this reward');
    await seeText('10% off with Ten off (80 points)');
    expect(host.changes).toEqual(['add SETIA-ABCD']);
    expect(host.server.sent('reserve')[0]?.body).toEqual({
      key: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kind: 'reward',
      rewardId: '11',
      cartAmount: '150000.00',
      currency: 'IDR',
    });
    press('Undo');
    await seeText('Use a reward');
    expect(host.changes).toEqual(['add SETIA-ABCD', 'remove SETIA-ABCD']);
    expect(host.server.sent('release')).toHaveLength(1);
  });

  test('a code that waits: used, with what its cart needs', async () => {
    const host = setUpCheckout();
    host.server.club = [clubAnswer({ open: { ...reservedRedemption(), ...TAKEN } })];
    await extension.render();
    await seeText('Ten off is reserved for you: 10% off for 80 points.');
    expect(screenText()).toContain('Minimum cart Rp 100,000');
    press('Use them');
    await seeText('10% off with Ten off (80 points)');
  });

  test.each([
    ['insufficient', {}, 'Ten off costs 80 points. You have 100 points to spend.'],
    ['below_minimum_cart', {}, 'Ten off needs a cart of at least Rp 100,000.'],
    ['limit_customer', { limitPerCustomer: 2 }, 'You’ve already redeemed Ten off 2 times'],
    ['limit_total', {}, 'Ten off is no longer available.'],
    ['refused', {}, 'The store didn’t accept the discount.'],
  ])('refused because %s: shows why with the figures, reads again', async (reason, change, text) => {
    const host = setUpCheckout();
    host.server.club = [clubAnswer({ rewards: [reward(change)] })];
    host.server.reserve = [refused(reason)];
    await extension.render();
    await seeText('Use a reward');
    press('Use this reward');
    await seeText(text);
    expect(host.server.sent('club')).toHaveLength(2);
    expect(host.changes).toEqual([]);
  });

  test('gone meanwhile: told, and no longer offered', async () => {
    const host = setUpCheckout();
    host.server.club = [clubAnswer({ rewards: [reward()] }), clubAnswer()];
    host.server.reserve = [refused('reward_gone')];
    await extension.render();
    await seeText('Use a reward');
    press('Use this reward');
    await seeText('This reward is no longer available.');
    expect(screenText()).not.toContain('Use a reward');
  });

  test('while paying with points is paused rewards still can be taken', async () => {
    const host = setUpCheckout();
    host.server.club = [clubAnswer({ redemptionEnabled: false, rewards: [reward()] })];
    await extension.render();
    await seeText('Paying with points is paused');
    expect(buttons()).toEqual(['Use this reward']);
  });
});

describe('gifts', () => {
  test('are asked for twice, because they spend for good; then the request is shown', async () => {
    const host = setUpCheckout();
    host.server.club = [clubAnswer({ rewards: [PHONE] }), clubAnswer({ claims: [claim()] })];
    await extension.render();
    await seeText('Phone – 90 points');
    press('Request this gift');
    await seeText('90 points will be spent immediately on Phone.');
    press('Not now');
    await waitFor(() => expect(buttons()).toContain('Request this gift'));
    expect(host.server.sent('claim')).toEqual([]);
    press('Request this gift');
    await seeText('90 points will be spent immediately');
    press('Yes, request it');
    await seeText('Phone: requested');
    expect(host.server.sent('claim')[0]?.body).toEqual({
      key: expect.stringMatching(/^[0-9a-f-]{36}$/),
      rewardId: '12',
    });
    expect(host.changes).toEqual([]);
    expect(host.stored.size).toBe(0);
  });

  test('a lost answer is asked again with the same key, until it is known', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 });
    const host = setUpCheckout();
    host.server.club = [clubAnswer({ rewards: [PHONE] })];
    host.server.claim = ['lost', 'lost', { status: 200, body: { ok: true, claim: claim() } }];
    await extension.render();
    await seeText('Phone – 90 points');
    press('Request this gift');
    await seeText('90 points will be spent immediately');
    press('Yes, request it');
    await seeText('Your request for Phone was sent to the store.');
    const keys = host.server.sent('claim').map(({ body }) => body?.['key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  test('a request whose answer was lost is finished after a reload, also beside an open code', async () => {
    const host = setUpCheckout();
    host.stored.set('attempt', {
      endpoint: 'claims',
      request: { key: 'k-1', rewardId: '12' },
      customerId: 'gid://shopify/Customer/7001',
      startedAt: Date.now(),
    });
    host.server.club = [clubAnswer({ open: reservedRedemption() })];
    await extension.render();
    await waitFor(() => expect(host.server.sent('claim')).toHaveLength(1));
    expect(host.server.sent('claim')[0]?.body).toEqual({ key: 'k-1', rewardId: '12' });
    await waitFor(() => expect(host.stored.size).toBe(0));
  });

  test.each([
    ['requested', '', 'Phone: requested'],
    ['approved', 'Friday', 'Phone: approved, on its way to you'],
    ['delivered', '', 'Phone: delivered'],
    ['refused', 'Sold out', 'Phone: declined, points returned'],
  ] as const)('asked for and %s: told, with the note of the store', async (state, note, text) => {
    const host = setUpCheckout();
    host.server.club = [clubAnswer({ claims: [claim({ state, note })] })];
    await extension.render();
    await seeText(text);
    expect(screenText()).toContain('GIFT-X7');
    if (note === '') expect(screenText()).not.toContain('Note from the store');
    else expect(screenText()).toContain(`Note from the store: ${note}`);
  });
});

function reservedRedemption(): ClubRedemption {
  const answer = reserved();
  if (answer === 'lost') throw new Error('reserved() is an answer');
  return (answer.body as { redemption: ClubRedemption }).redemption;
}
