/** Gifts for points: claimed by customers, handed out or refused by staff. */
import { beforeEach, afterEach, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { readClub } from '#app/modules/club-api/read-club.server.ts';
import { countClaims, listClaims } from '#app/modules/redemptions/claims/claims.queries.server.ts';
import { moveClaim } from '#app/modules/redemptions/claims/move-claim.server.ts';
import type { ClaimState } from '#app/modules/redemptions/rules/claim.ts';
import {
  audit,
  entriesOf,
  givenClub,
  moveClock,
  setClub,
  walletOf,
  type TestClub,
} from '#test/support/clubs.ts';
import { givePoints } from '#test/support/redemptions.ts';
import { claim, claimed, givenReward, takeReward } from '#test/support/rewards.ts';

const SITI = 7_001;
const DAY_MS = 86_400_000;
let club: TestClub;
let phone: bigint;

beforeEach(async () => {
  club = await givenClub();
  phone = await givenReward(club, { name: 'Phone', kind: 'other', units: 500n });
});
afterEach(async () => {
  await moveClock('0');
  expect(await audit(club)).toEqual([]);
});

const move = (claimId: string, to: ClaimState, note = '') =>
  moveClaim({ shopId: club.shopId, claimId, to, note, actor: 'staff:9' });
const shownClaims = async () =>
  (await readClub({ shopDomain: club.domain, customerId: BigInt(SITI), cart: null }))?.claims ?? [];
const stateOf = async (claimId: string) =>
  (await pool.query('SELECT * FROM claims WHERE redemption_id = $1', [claimId])).rows[0];

test('claiming spends the points at once and waits for staff', async () => {
  await givePoints(club, SITI, 600n);
  const claimId = await claimed(club, SITI, phone);
  expect(await walletOf(club, SITI)).toMatchObject({ balance: 100n, available: 100n, held: 0n });
  expect(await entriesOf(club, SITI)).toEqual(['manual_add 600', 'redeem -500']);
  expect(await stateOf(claimId)).toMatchObject({ state: 'requested', actor: 'customer' });
  expect((await listClaims(club.shopId, 'requested', null)).claims).toMatchObject([
    {
      claimId,
      name: 'Phone',
      units: 500n,
      customerId: BigInt(SITI),
      number: expect.stringMatching(/^GIFT-/),
    },
  ]);
});

test('approved, then delivered, with a note that the customer sees; each click twice is harmless', async () => {
  await givePoints(club, SITI, 500n);
  const claimId = await claimed(club, SITI, phone);
  for (let click = 0; click < 2; click++)
    expect(await move(claimId, 'approved', 'Ready on Friday')).toMatchObject({ ok: true });
  expect(await move(claimId, 'delivered')).toMatchObject({
    ok: true,
    claim: { state: 'delivered', noteToCustomer: 'Ready on Friday', actor: 'staff:9' },
  });
  await move(claimId, 'delivered');
  expect(await countClaims(club.shopId)).toEqual({ requested: 0, approved: 0, delivered: 1, refused: 0 });
  expect(await shownClaims()).toMatchObject([{ state: 'delivered', note: 'Ready on Friday' }]);
  expect(await entriesOf(club, SITI)).toEqual(['manual_add 500', 'redeem -500']);
});

test('refused: the points come back once, with their expiry but at least 7 days', async () => {
  const [soon, far] = [new Date(Date.now() + DAY_MS), new Date(Date.now() + 90 * DAY_MS)];
  await givePoints(club, SITI, 200n, soon);
  await givePoints(club, SITI, 300n, far);
  const claimId = await claimed(club, SITI, phone);
  const answers = await Promise.all(Array.from({ length: 5 }, () => move(claimId, 'refused', 'Sold out')));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  expect(await walletOf(club, SITI)).toMatchObject({ balance: 500n, available: 500n });
  const { rows } = await pool.query(
    'SELECT remaining, expires_at FROM ledger_lots WHERE shop_id = $1 AND remaining > 0 ORDER BY expires_at',
    [club.shopId],
  );
  expect(rows.map(({ remaining }) => remaining)).toEqual([200n, 300n]);
  expect((rows[0].expires_at.getTime() - Date.now()) / DAY_MS).toBeGreaterThan(7);
  expect(rows[1].expires_at).toEqual(far);
  const entries = await pool.query(
    `SELECT source, actor, note FROM ledger_entries WHERE shop_id = $1 AND kind = 'restore'`,
    [club.shopId],
  );
  expect(entries.rows).toEqual(Array(2).fill({ source: 'staff', actor: 'staff:9', note: 'Sold out' }));
});

const TABLE: [ClaimState, ClaimState[]][] = [
  ['requested', ['requested', 'approved', 'delivered', 'refused']],
  ['approved', ['approved', 'delivered', 'refused']],
  ['delivered', ['delivered']],
  ['refused', ['refused']],
];
test.each(TABLE)('from %s only the lawful moves', async (from, lawful) => {
  await givePoints(club, SITI, 2_000n);
  for (const to of ['requested', 'approved', 'delivered', 'refused'] as const) {
    const claimId = await claimed(club, SITI, phone);
    await move(claimId, from);
    const answer = await move(claimId, to);
    if (lawful.includes(to)) expect(answer).toMatchObject({ ok: true, claim: { state: to } });
    else expect(answer).toEqual({ ok: false, reason: 'not_allowed', state: from });
  }
});

test('approved and refused in the same moment: one of them wins, the points tell the same', async () => {
  await givePoints(club, SITI, 500n);
  const claimId = await claimed(club, SITI, phone);
  await move(claimId, 'approved');
  await Promise.all([move(claimId, 'delivered'), move(claimId, 'refused')]);
  const { state } = await stateOf(claimId);
  expect(await walletOf(club, SITI)).toMatchObject({ balance: state === 'refused' ? 500n : 0n });
});

test("another shop's claim is not there", async () => {
  await givePoints(club, SITI, 500n);
  const claimId = await claimed(club, SITI, phone);
  const other = await givenClub();
  const answer = await moveClaim({
    shopId: other.shopId,
    claimId,
    to: 'refused',
    note: '',
    actor: 'staff:1',
  });
  expect(answer).toEqual({ ok: false, reason: 'not_found' });
  expect((await listClaims(other.shopId, 'requested', null)).claims).toEqual([]);
});

describe('refusals and limits', () => {
  test('of 10 claims of a gift that there are 3 of, exactly 3; a refused one is free again', async () => {
    const last = await givenReward(club, { kind: 'other', units: 10n, limitTotal: 3 });
    const customers = Array.from({ length: 10 }, (_, index) => SITI + index);
    for (const customer of customers) await givePoints(club, customer, 10n);
    const answers = await Promise.all(customers.map((customer) => claim(club, customer, last)));
    const granted = answers.flatMap((answer) => (answer.ok ? [answer.redemption] : []));
    expect(granted).toHaveLength(3);
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'limit_total')).toHaveLength(7);
    await move(granted[0]!.redemptionId, 'refused');
    expect((await claim(club, Number(granted[0]!.customerId), last)).ok).toBe(true);
  });

  test('the same key 8 times spends once', async () => {
    await givePoints(club, SITI, 5_000n);
    const answers = await Promise.all(Array.from({ length: 8 }, () => claim(club, SITI, phone, 'one key')));
    expect(new Set(answers.map((answer) => answer.ok && answer.redemption.redemptionId)).size).toBe(1);
    expect(await walletOf(club, SITI)).toMatchObject({ balance: 4_500n });
  });

  test('too few points, a reward that is no gift, a gift taken as a reward', async () => {
    await givePoints(club, SITI, 499n);
    expect(await claim(club, SITI, phone)).toMatchObject({
      ok: false,
      reason: 'insufficient',
      available: 499n,
      units: 500n,
    });
    const percent = await givenReward(club);
    expect(await claim(club, SITI, percent)).toMatchObject({ ok: false, reason: 'reward_gone' });
    expect(await takeReward(club, SITI, phone)).toMatchObject({ ok: false, reason: 'reward_gone' });
    expect(await claim(club, SITI, 999_999n)).toMatchObject({ ok: false, reason: 'reward_gone', units: 0n });
  });
});

test('pages of claims, there and back, the newest first', async () => {
  const small = await givenReward(club, { kind: 'other', units: 1n });
  await givePoints(club, SITI, 60n);
  const ids: string[] = [];
  for (let index = 0; index < 30; index++) ids.unshift(await claimed(club, SITI, small));
  const first = await listClaims(club.shopId, 'requested', null);
  expect(first.claims.map(({ claimId }) => claimId)).toEqual(ids.slice(0, 25));
  expect(first.before).toBeNull();
  const second = await listClaims(club.shopId, 'requested', { side: 'after', position: first.after! });
  expect(second.claims.map(({ claimId }) => claimId)).toEqual(ids.slice(25));
  expect(second.after).toBeNull();
  const back = await listClaims(club.shopId, 'requested', { side: 'before', position: second.before! });
  expect(back.claims).toEqual(first.claims);
  expect((await listClaims(club.shopId, 'requested', { side: 'after', position: 'x' })).claims).toEqual(
    first.claims,
  );
});

test('what is over leaves the customer after a month; the shop setting decides how long points stay', async () => {
  await setClub(club, { restore_minimum_days: 20 });
  await givePoints(club, SITI, 1_000n, new Date(Date.now() + DAY_MS));
  const [first, second] = [await claimed(club, SITI, phone), await claimed(club, SITI, phone)];
  await move(first, 'refused');
  const { rows } = await pool.query(
    'SELECT expires_at FROM ledger_lots WHERE shop_id = $1 AND remaining > 0',
    [club.shopId],
  );
  expect((rows[0].expires_at.getTime() - Date.now()) / DAY_MS).toBeGreaterThan(20);
  await moveClock('31 days');
  const shown = await shownClaims();
  expect(shown.map(({ id }) => id)).toEqual([second]);
});
