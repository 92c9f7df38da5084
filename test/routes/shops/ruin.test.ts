/** What could ruin a shop is refused, or saved only once its figure was typed: on every screen that has rules or amounts. */
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action as adjust } from '#app/routes/app.activity.adjust.tsx';
import { action as saveMembership } from '#app/routes/app.loyalty.membership.tsx';
import { action as saveGifts } from '#app/routes/app.loyalty.occasions.tsx';
import { action as saveOffer } from '#app/routes/app.loyalty.offers.$id.tsx';
import { action as actOnOffers } from '#app/routes/app.loyalty.offers._index.tsx';
import { action as createOffer } from '#app/routes/app.loyalty.offers.new.tsx';
import { action as saveProgram } from '#app/routes/app.loyalty.programs.$id.tsx';
import { action as createProgram } from '#app/routes/app.loyalty.programs.new.tsx';
import { action as createReward } from '#app/routes/app.loyalty.rewards.new.tsx';
import { action as saveCheckout } from '#app/routes/app.settings.checkout.tsx';
import { givenClub, type TestClub } from '#test/support/clubs.ts';
import { programForm, typedRow } from '#test/support/program-forms.ts';
import { adminArgs, answerOf, givenSession } from '#test/support/route-requests.ts';

const SHOP = 'ruin.myshopify.com';
const SITI = 71n;
let club: TestClub;
let programId: bigint;
let groupId: bigint;

/** Rp 100,000 gives 10 points worth Rp 100 each: 1 %. */
beforeAll(async () => {
  club = await givenClub({ domain: SHOP });
  await givenSession(SHOP);
  await pool.query(`INSERT INTO customers (shop_id, customer_id, first_name) VALUES ($1, $2, 'Siti')`, [
    club.shopId,
    SITI,
  ]);
  const programs = await pool.query('SELECT program_id FROM programs WHERE shop_id = $1', [club.shopId]);
  programId = programs.rows[0].program_id;
  const groups = await pool.query(
    `INSERT INTO offer_groups (shop_id, name) VALUES ($1, 'Ramadan') RETURNING group_id`,
    [club.shopId],
  );
  groupId = groups.rows[0].group_id;
});
beforeEach(async () => {
  await pool.query('DELETE FROM programs WHERE program_id <> $1', [programId]);
  await pool.query('DELETE FROM offers');
  await pool.query(
    `UPDATE club_settings SET offers_active = false, tiers_active = false, redemption_rate_minor = 10000`,
  );
  await pool.query(`UPDATE programs SET status = 'active', version = 1`);
});

type Route = (args: ReturnType<typeof adminArgs>) => Promise<unknown>;

async function send(
  route: Route,
  path: string,
  json: Record<string, unknown>,
  params: Record<string, string> = {},
): Promise<unknown> {
  const { data } = await answerOf(route(adminArgs(SHOP, path, { json: { locale: 'en', ...json }, params })));
  return data;
}

const asks = (question: Record<string, unknown>) => ({
  ok: false,
  errors: {},
  question: expect.objectContaining(question),
});
const refuses = (field: string) => ({ ok: false, errors: { [field]: { code: 'gives_more_than_paid' } } });
const OK = expect.objectContaining({ ok: true });

describe('a program for spending', () => {
  const make = (change: Record<string, string | boolean>) =>
    send(createProgram, '/app/loyalty/programs/new', programForm(change));
  const save = (change: Record<string, string | boolean>) =>
    send(saveProgram, `/app/loyalty/programs/${programId}`, programForm({ version: '1', ...change }), {
      id: String(programId),
    });

  it('of 10 points per Rp 100 is refused, whatever is typed', async () => {
    expect(await make({ stepMinor: '100' })).toEqual(refuses('units'));
    expect(await make({ stepMinor: '100', meant: '100000' })).toEqual(refuses('units'));
    expect(await make({ units: '1,000,000,000' })).toEqual(refuses('units'));
  });

  it('of 40 % has to be meant; the program that is there counts too', async () => {
    // 10 and 400 points of Rp 100 for Rp 100,000.
    expect(await make({ units: '400' })).toEqual(asks({ kind: 'order', shareBp: 4_100 }));
    expect(await make({ units: '400', meant: '4000' })).toEqual(asks({ shareBp: 4_100 }));
    expect(await make({ units: '400', meant: '4100' })).toEqual(OK);
  });

  it('that a club already has can be renamed and lowered without a question, not raised', async () => {
    expect(await save({ units: '500', meant: '5000' })).toEqual(OK);
    await pool.query('UPDATE programs SET version = 1');
    expect(await save({ units: '500', name: 'Another' })).toEqual(OK);
    await pool.query('UPDATE programs SET version = 1');
    expect(await save({ units: '510' })).toEqual(asks({ shareBp: 5_100 }));
    expect(await save({ units: '400' })).toEqual(OK);
    await pool.query('UPDATE programs SET version = 1');
    expect(await save({ units: '10' })).toEqual(OK);
  });

  it('that is paused is judged when it is made, and again when it is resumed', async () => {
    expect(await make({ units: '400', startPaused: true })).toEqual(asks({ shareBp: 4_100 }));
    const made = await make({ units: '200', startPaused: true });
    expect(made).toEqual(OK);
    const id = (made as { goTo: string }).goTo.split('/').at(-1)!;
    expect(await save({ units: '250' })).toEqual(OK);
    const resume = (json: Record<string, unknown> = {}) =>
      send(saveProgram, `/app/loyalty/programs/${id}`, { intent: 'resume', ...json }, { id });
    expect(await resume()).toEqual(asks({ shareBp: 4_500 }));
    expect(await resume({ meant: '4500' })).toEqual({ ok: true });
    await pool.query('UPDATE programs SET version = 1');
    expect(await save({ units: '10' })).toEqual(OK);
  });
});

describe('a program for products', () => {
  it('has to be meant when one purchase gives a fortune', async () => {
    const make = (units: string, meant = '') =>
      send(createProgram, '/app/loyalty/programs/new', {
        ...programForm({ kind: 'product', rows: JSON.stringify([typedRow({ units })]) }),
        meant,
      });
    expect(await make('10,000')).toEqual(OK);
    const question = { kind: 'worth', amount: 10_001n, worthMinor: 100_010_000n };
    expect(await make('10,001')).toEqual(asks(question));
    expect(await make('10,001', '10001')).toEqual(OK);
  });
});

describe('an offer', () => {
  const values = (change: Record<string, unknown>) => ({
    version: '1',
    name: 'Large',
    minimumMinor: '0',
    percent: '10',
    unit: 'CREDIT',
    fromDays: '0',
    until: 'never',
    untilDays: '',
    isActive: true,
    ...change,
  });
  const make = (change: Record<string, unknown>) =>
    send(createOffer, `/app/loyalty/offers/new?group=${groupId}`, values(change));

  it('in points is counted by what they are worth: 5 % of the rupiah are points', async () => {
    expect(await make({ unit: 'POINTS', percent: '5' })).toEqual(refuses('percent'));
    expect(await make({ unit: 'POINTS', percent: '0.2' })).toEqual(OK);
  });

  it('has to be meant, also while offers are switched off, and when it is changed', async () => {
    expect(await make({ percent: '35' })).toEqual(asks({ shareBp: 3_600 }));
    const made = (await make({ percent: '35', meant: '3600' })) as { goTo: string };
    const id = made.goTo.split('/').at(-1)!;
    expect(await send(saveOffer, made.goTo, values({ percent: '99.5' }), { id })).toEqual(refuses('percent'));
    expect(await send(saveOffer, made.goTo, values({ percent: '99.5', isActive: false }), { id })).toEqual(
      OK,
    );
  });

  it('is asked for once more when the switch puts it in force', async () => {
    await make({ percent: '35', meant: '3600' });
    const turn = (json: Record<string, unknown>) =>
      send(actOnOffers, '/app/loyalty/offers', {
        isActive: true,
        includeTax: false,
        includeShipping: false,
        ...json,
      });
    expect(await turn({})).toEqual(asks({ shareBp: 3_600 }));
    expect(await turn({ isActive: false })).toEqual(OK);
    expect(await turn({ meant: '3600' })).toEqual(OK);
  });
});

it('a multiplier has to be meant by what it makes of the programs, while tiers are on', async () => {
  await pool.query(`UPDATE programs SET rule = jsonb_set(rule, '{units}', '"100"') WHERE program_id = $1`, [
    programId,
  ]);
  const tier = { tierId: '', name: 'Gold', threshold: '1,000,000', multiplier: '400', discount: '0' };
  const save = (json: Record<string, unknown>) =>
    send(saveMembership, '/app/loyalty/membership', {
      intent: 'membership',
      selfJoin: true,
      joinsBySpend: false,
      joinAtSpend: '',
      measure: 'spend',
      period: 'calendar',
      periodDays: '',
      keep: 'none',
      keepDays: '',
      tiers: JSON.stringify([tier]),
      ...json,
    });
  expect(await save({ tiersActive: true })).toEqual(asks({ kind: 'order', shareBp: 4_000 }));
  expect(
    await save({
      tiersActive: true,
      tiers: JSON.stringify([{ ...tier, multiplier: '1,000' }]),
      meant: '10000',
    }),
  ).toEqual(OK);
  await pool.query('DELETE FROM tiers');
  await pool.query(`UPDATE club_settings SET tiers_active = false`);
  expect(await save({ tiersActive: false })).toEqual(OK);
  await pool.query('DELETE FROM tiers');
  await pool.query(`UPDATE programs SET rule = jsonb_set(rule, '{units}', '"10"') WHERE program_id = $1`, [
    programId,
  ]);
});

it('a rate has to be meant by what it makes of the programs', async () => {
  const save = (redemptionRateMinor: string, meant = '') =>
    send(saveCheckout, '/app/settings/checkout', {
      redemptionEnabled: true,
      redemptionRateUnits: '1',
      redemptionRateMinor,
      redemptionMinimumUnits: '1',
      payoutActive: false,
      tillConsent: false,
      combinesWithOrder: false,
      combinesWithProduct: true,
      combinesWithShipping: true,
      redemptionTtlMinutes: '60',
      meant,
    });
  expect(await save('200')).toEqual({ ok: true });
  expect(await save('5,000')).toEqual(asks({ kind: 'order', shareBp: 5_000 }));
  expect(await save('5,000', '5000')).toEqual({ ok: true });
  expect(await save('100,000')).toEqual(refuses('redemptionRateMinor'));
});

it('a reward has to be meant by what is spent for it, and a large percentage', async () => {
  const make = (change: Record<string, unknown>) =>
    send(createReward, `/app/loyalty/rewards/new?program=${programId}`, {
      version: '',
      name: 'Reward',
      kind: 'amount',
      unit: 'POINTS',
      units: '1,000',
      percent: '10',
      mostOffMinor: '',
      amountMinor: '100,000',
      description: '',
      pictureUrl: '',
      minimumCartMinor: '0',
      validDays: '30',
      limitPerCustomer: '',
      limitTotal: '',
      combinesWithOrder: false,
      combinesWithProduct: true,
      combinesWithShipping: true,
      ...change,
    });
  expect(await make({})).toEqual(OK);
  // 1,000 points are collected by spending Rp 10,000,000.
  expect(await make({ amountMinor: '5,000,000' })).toEqual(asks({ kind: 'reward', shareBp: 5_000 }));
  expect(await make({ amountMinor: '5,000,000', meant: '5000' })).toEqual(OK);
  expect(await make({ units: '1', amountMinor: '1,000,000' })).toEqual(refuses('amountMinor'));
  expect(await make({ kind: 'percent', percent: '50' })).toEqual(
    asks({ kind: 'percent_off', shareBp: 5_000 }),
  );
  expect(await make({ kind: 'percent', percent: '50', mostOffMinor: '100,000' })).toEqual(OK);
  expect(await make({ kind: 'percent', percent: '50', mostOffMinor: '20,000,000' })).toEqual(
    refuses('mostOffMinor'),
  );
});

it('each gift has to be meant by its own figure', async () => {
  const gift = (kind: string, change: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries({
        version: '0',
        isActive: true,
        timing: 'on_day',
        daysBefore: '7',
        expiresDays: '30',
        unit: 'POINTS',
        mode: 'fixed',
        amount: '50',
        percent: '10',
        ...change,
      }).map(([field, value]) => [`${kind}_${field}`, value]),
    );
  const save = (json: Record<string, unknown>) => send(saveGifts, '/app/loyalty/occasions', json);
  const both = {
    ...gift('birthday', { amount: '1,000,000' }),
    ...gift('anniversary', { mode: 'percent', percent: '50' }),
  };
  expect(await save(both)).toEqual(asks({ kind: 'worth', amount: 1_000_000n }));
  expect(await save({ ...both, meant: '1000000' })).toEqual(asks({ kind: 'balance', shareBp: 5_000 }));
  expect(await save({ ...both, meant: '1000000,5000' })).toEqual(OK);
  const again = { ...both, birthday_version: '1', anniversary_version: '1', birthday_expiresDays: '60' };
  expect(await save(again)).toEqual(OK);
});

it('an adjustment has to be meant when it is worth much, or a hundred times what is usual', async () => {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date());
  const save = (change: Record<string, unknown>) =>
    send(adjust, '/app/activity/adjust', {
      customerId: String(SITI),
      formKey: randomUUID(),
      direction: 'add',
      reason: 'other',
      unit: 'POINTS',
      amount: '10',
      effectiveOn: today,
      validFromOn: today,
      lifetime: 'never',
      expiresOn: '',
      orderId: '',
      note: '',
      meant: '',
      ...change,
    });
  expect(await save({ amount: '1,000,000,000' })).toEqual(asks({ kind: 'worth', usual: null }));
  expect(await save({})).toEqual(OK);
  expect(await save({ amount: '1,001' })).toEqual(asks({ amount: 1_001n, usual: 10n }));
  expect(await save({ amount: '1,001', meant: '1001' })).toEqual(OK);
  expect(await save({ direction: 'remove', reason: 'fraud', amount: '11' })).toEqual(OK);
  const { rows } = await pool.query(
    `SELECT kind, reason, amount::int FROM ledger_entries WHERE shop_id = $1 ORDER BY entry_id`,
    [club.shopId],
  );
  expect(rows).toEqual([
    { kind: 'manual_add', reason: 'other', amount: 10 },
    { kind: 'manual_add', reason: 'other', amount: 1_001 },
    { kind: 'manual_deduct', reason: 'fraud', amount: -11 },
  ]);
});
