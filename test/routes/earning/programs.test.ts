/** The Programs screens with really signed requests. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action, loader as program } from '#app/routes/app.loyalty.programs.$id.tsx';
import { loader as programs } from '#app/routes/app.loyalty.programs._index.tsx';
import { action as create, loader as blank } from '#app/routes/app.loyalty.programs.new.tsx';
import { programForm, typedRow } from '#test/support/program-forms.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
let shopId: bigint;
let mine: bigint;
let theirs: bigint;

async function firstProgram(shop: bigint): Promise<bigint> {
  const { rows } = await pool.query<{ program_id: bigint }>(
    'SELECT program_id FROM programs WHERE shop_id = $1 ORDER BY program_id LIMIT 1',
    [shop],
  );
  return rows[0]!.program_id;
}

beforeAll(async () => {
  ({ shopId } = await givenShop({ domain: SHOP, currency: 'IDR', timeZone: 'Asia/Jakarta' }));
  const { shopId: otherId } = await givenShop({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  // The shop's program gives 10 points for Rp 10.
  await pool.query('UPDATE club_settings SET redemption_rate_minor = 1');
  await pool.query('SELECT seed_club($1, 10000000)', [shopId]);
  [mine, theirs] = [await firstProgram(shopId), await firstProgram(otherId)];
});
beforeEach(async () => {
  await pool.query(`UPDATE programs SET version = 1, status = 'active' WHERE shop_id = $1`, [shopId]);
});

const argsOf = (id: bigint | string, json?: unknown) =>
  adminArgs(SHOP, `/app/loyalty/programs/${id}`, {
    params: { id: String(id) },
    ...(json === undefined ? {} : { json }),
  });
const read = async (id: bigint = mine) => (await program(argsOf(id))).view.program;
const save = async (change: Record<string, string | boolean>) => {
  const json = { ...programForm({ version: '1', stepMinor: '100.000', ...change }), locale: 'id' };
  const { data, init } = await action(argsOf(mine, json));
  return { ...data, status: init?.status };
};
const press = async (intent: string, id: bigint = mine) =>
  (await action(argsOf(id, { intent, locale: 'id' }))).data;
const make = async (change: Record<string, string | boolean>) => {
  const json = { ...programForm(change), locale: 'en' };
  return (await create(adminArgs(SHOP, '/app/loyalty/programs/new', { json }))).data;
};

describe('the list', () => {
  it('shows the own programs and whom they can be for', async () => {
    const view = await programs(adminArgs(SHOP, '/app/loyalty/programs'));
    expect(view.programs.map(({ programId }) => programId)).toContain(mine);
    expect(view.programs.map(({ programId }) => programId)).not.toContain(theirs);
    expect(view.choices.categories.map(({ name }) => name)).toContain('Reseller');
    expect(view.choices.tiers.map(({ name }) => name)).toContain('Gold');
    expect((await programs(adminArgs(SHOP, '/app/loyalty/programs?status=ended'))).programs).toEqual([]);
  });
});

describe('a new program', () => {
  it.each([
    ['product', 'product'],
    ['printed', 'printed'],
    ['lottery', 'spend'],
  ])('asked for as %s begins as %s', async (asked, kind) => {
    const view = await blank(adminArgs(SHOP, `/app/loyalty/programs/new?kind=${asked}`));
    expect(view.kind).toBe(kind);
    expect(view.view.rules.programs.map(({ programId }) => programId)).toContain(mine);
  });

  it('is made of each kind, active or paused, and leads to its own screen', async () => {
    const rows = JSON.stringify([typedRow()]);
    for (const [change, wanted] of [
      [{ kind: 'spend' }, { status: 'active', rule: { kind: 'spend' } }],
      [
        { kind: 'product', rows, startPaused: true },
        { status: 'paused', rule: { rows: [{ units: 10n }] } },
      ],
      [{ kind: 'printed', unitsPerPoint: '4' }, { rule: { unitsPerPoint: 4n } }],
    ] as const) {
      const answer = await make(change);
      const [, id] = /^\/app\/loyalty\/programs\/(\d+)$/.exec(answer.ok ? (answer.goTo ?? '') : '') ?? [];
      expect(await read(BigInt(id ?? 0))).toMatchObject({ version: 1, ...wanted });
    }
  });

  it('is refused at the field, for categories and tiers of nobody or of another shop too', async () => {
    expect(await make({ kind: 'product' })).toEqual({ ok: false, errors: { rows: { code: 'required' } } });
    expect(await make({ categories: 'chosen', categoryIds: '["999999"]' })).toEqual({
      ok: false,
      errors: { categoryIds: { code: 'invalid' } },
    });
    expect(await make({ tiers: 'chosen', tierIds: '["999999"]' })).toEqual({
      ok: false,
      errors: { tierIds: { code: 'invalid' } },
    });
  });
});

describe('a program', () => {
  it('is saved as typed in the language it was typed in', async () => {
    const { choices } = (await program(argsOf(mine))).view;
    const gold = String(choices.tiers.find(({ name }) => name === 'Gold')?.id);
    expect(
      await save({ name: 'Belanja', pendingDays: '3', tiers: 'chosen', tierIds: `["${gold}"]` }),
    ).toEqual({ ok: true, status: 200 });
    expect(await read()).toMatchObject({
      name: 'Belanja',
      version: 2,
      rule: { stepMinor: 10_000_000n, units: 10n, pendingDays: 3, tierIds: [BigInt(gold)] },
    });
  });

  it.each([
    ['name', '  ', 'required'],
    ['stepMinor', '1,00,000', 'not_an_amount'],
    ['units', '1,5', 'not_a_number'],
    ['pendingDays', '9999', 'too_large'],
    ['earnAt', 'soon', 'invalid'],
  ])('%s = %j is wrong at that field (%s) and nothing is saved', async (field, value, code) => {
    const before = await read();
    expect(await save({ [field]: value })).toMatchObject({
      ok: false,
      status: 422,
      errors: { [field]: { code } },
    });
    expect(await read()).toEqual(before);
  });

  it('does not overwrite what someone else saved meanwhile', async () => {
    expect(await save({ name: 'First' })).toMatchObject({ ok: true });
    expect(await save({ name: 'Second' })).toMatchObject({
      ok: false,
      errors: { form: { code: 'changed_meanwhile' } },
    });
    expect((await read()).name).toBe('First');
  });

  it('is paused, resumed, copied and ended by its buttons', async () => {
    expect(await press('pause')).toEqual({ ok: true });
    expect((await read()).status).toBe('paused');
    expect(await press('resume')).toEqual({ ok: true });
    expect((await read()).status).toBe('active');
    const copied = await press('copy');
    const id = BigInt(copied.ok ? (copied.goTo ?? '').replace('/app/loyalty/programs/', '') : 0);
    expect(await read(id)).toMatchObject({ name: `Salinan ${(await read()).name}`, status: 'paused' });
    expect(await press('end')).toEqual({ ok: true });
    expect((await read()).status).toBe('ended');
    for (const intent of ['resume', 'pause'])
      expect(await press(intent)).toEqual({ ok: false, errors: { form: { code: 'has_ended' } } });
    expect(await save({})).toMatchObject({ ok: false, errors: { form: { code: 'has_ended' } } });
  });

  it("is 404 where it is another shop's, unknown or no id, to read and to change", async () => {
    for (const id of [theirs, 999_999n, 'x', '99999999999999999999']) {
      expect(await thrownBy(program(argsOf(id)))).toMatchObject({ status: 404 });
      for (const json of [{ intent: 'end' }, { ...programForm({ version: '1' }), locale: 'en' }])
        expect(await thrownBy(action(argsOf(id, json)))).toMatchObject({ status: 404 });
    }
    expect(await thrownBy(action(argsOf(mine, { intent: 'erase' })))).toMatchObject({ status: 404 });
    const { rows } = await pool.query<{ status: string; name: string }>(
      'SELECT status, name FROM programs WHERE program_id = $1',
      [theirs],
    );
    expect(rows).toEqual([{ status: 'active', name: 'Spend' }]);
  });

  it('takes a body that is no form as an empty one', async () => {
    for (const json of [null, 5, 'x', []]) {
      const { data, init } = await action(argsOf(mine, json));
      expect({ ok: data.ok, status: init?.status }).toEqual({ ok: false, status: 422 });
    }
  });
});

it('every screen is closed without a token', async () => {
  for (const loader of [programs, blank, program])
    expect(
      await thrownBy(
        Promise.resolve(loader({ ...adminArgs(SHOP, '/app/loyalty/programs', { token: 'no.token' }) })),
      ),
    ).toMatchObject({ status: 401 });
});
