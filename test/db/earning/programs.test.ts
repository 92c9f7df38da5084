/** Programs are made, changed, paused, ended and copied; and orders earn by each kind of them what its form says. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { changeProgram } from '#app/modules/earning/programs/change-program.server.ts';
import { copyProgram } from '#app/modules/earning/programs/copy-program.server.ts';
import { readProgramForm } from '#app/modules/earning/programs/program-form.ts';
import {
  hasActiveProgram,
  listPrograms,
  OPEN_PROGRAMS_MAX,
  readProgram,
} from '#app/modules/earning/programs/programs.queries.server.ts';
import {
  createProgram,
  saveProgram,
  type ProgramInput,
} from '#app/modules/earning/programs/save-program.server.ts';
import { audit, award, balanceOf, entriesOf, givenClub, orderEvent, walletOf } from '#test/support/clubs.ts';
import type { TestClub } from '#test/support/clubs.ts';
import type { OrderSpec } from '#test/support/orders.ts';
import { programForm, typedRow } from '#test/support/program-forms.ts';

const SITI = 9;
const COFFEE = 7;
const TEA = 8;

let club: TestClub;
beforeEach(async () => {
  club = await givenClub();
  await pool.query(`UPDATE programs SET status = 'ended' WHERE shop_id = $1`, [club.shopId]);
});
afterEach(async () => {
  expect(await audit(club)).toEqual([]);
});

/** What the merchant typed, as the screen would save it. */
function typed(change: Record<string, string | boolean> = {}): ProgramInput {
  const setting = { locale: 'en', currency: 'IDR', timeZone: 'Asia/Jakarta' };
  const read = readProgramForm(programForm(change), setting);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const { startPaused: _once, ...input } = read.draft;
  return input;
}

async function given(change: Record<string, string | boolean> = {}): Promise<bigint> {
  const programId = await createProgram(club.shopId, typed(change), 'active');
  if (programId === null) throw new Error('no program was made');
  return programId;
}

const order = (change: Partial<OrderSpec> = {}) =>
  orderEvent(club, { id: 1, customer: SITI, lines: [{ price: 100_000, quantity: 3 }], ...change });

describe('saving', () => {
  test('makes a new version of what is typed, and keeps the rest', async () => {
    const id = await given();
    const input = typed({ name: 'Twice', units: '20', period: 'range', startsOn: '2026-12-01' });
    expect(await saveProgram(club.shopId, id, 1, input)).toEqual({ ok: true, version: 2 });
    expect(await readProgram(club.shopId, id)).toEqual({
      ...input,
      programId: id,
      version: 2,
      status: 'active',
    });
  });

  test('never overwrites what someone else saved, also when both save at once', async () => {
    const id = await given();
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((name) => saveProgram(club.shopId, id, 1, typed({ name }))),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual(
      Array(3).fill({ ok: false, reason: 'changed_meanwhile' }),
    );
    expect((await readProgram(club.shopId, id))?.version).toBe(2);
  });

  test("changes no ended program, no other kind and no other shop's", async () => {
    const id = await given();
    const other = await givenClub();
    expect(await saveProgram(other.shopId, id, 1, typed())).toEqual({ ok: false, reason: 'missing' });
    expect(await saveProgram(club.shopId, id, 1, typed({ kind: 'printed' }))).toEqual({
      ok: false,
      reason: 'missing',
    });
    await changeProgram(club.shopId, id, 'end');
    expect(await saveProgram(club.shopId, id, 1, typed())).toEqual({ ok: false, reason: 'has_ended' });
  });

  test('stops at as many open programs as a shop may have; ended ones do not count', async () => {
    await pool.query(
      `INSERT INTO programs (shop_id, name, kind, unit, rule) SELECT shop_id, name, kind, unit, rule
       FROM programs, generate_series(2, $2) WHERE shop_id = $1`,
      [club.shopId, OPEN_PROGRAMS_MAX],
    );
    const last = await given();
    expect(await createProgram(club.shopId, typed(), 'paused')).toBeNull();
    expect(await copyProgram(club.shopId, last, 'Copy')).toEqual({ ok: false, reason: 'too_many' });
    await changeProgram(club.shopId, last, 'end');
    expect(await createProgram(club.shopId, typed(), 'paused')).not.toBeNull();
  });
});

describe('a list', () => {
  test('has the open programs of the shop, newest first, and the ended ones apart, page by page', async () => {
    const other = await givenClub();
    const ids = [await given({ name: 'First' }), await given({ name: 'Second' })];
    const open = await listPrograms(club.shopId, { isEnded: false, before: null });
    expect(open.programs.map(({ name }) => name)).toEqual(['Second', 'First']);
    expect(open.olderThan).toBeNull();
    expect((await listPrograms(club.shopId, { isEnded: true, before: null })).programs).toHaveLength(1);
    expect((await listPrograms(other.shopId, { isEnded: false, before: null })).programs).toHaveLength(1);

    await pool.query(
      `INSERT INTO programs (shop_id, name, kind, unit, rule) SELECT shop_id, name, kind, unit, rule
       FROM programs, generate_series(1, 60) WHERE shop_id = $1 AND program_id = $2`,
      [club.shopId, ids[0]],
    );
    const first = await listPrograms(club.shopId, { isEnded: false, before: null });
    const rest = await listPrograms(club.shopId, { isEnded: false, before: first.olderThan });
    const listed = [...first.programs, ...rest.programs].map(({ programId }) => programId);
    expect(new Set(listed).size).toBe(62);
    expect(listed).toEqual(listed.toSorted((a, b) => (a > b ? -1 : 1)));
    expect(rest.olderThan).toBeNull();
  });
});

describe('a program', () => {
  test('that is paused gives nothing to new orders, and again when it is resumed; the past stays', async () => {
    const id = await given();
    await award(order());
    expect(await changeProgram(club.shopId, id, 'pause')).toBe('done');
    expect(await hasActiveProgram(club.shopId)).toBe(false);
    await award(order({ id: 2 }));
    expect(await changeProgram(club.shopId, id, 'resume')).toBe('done');
    await award(order({ id: 3 }));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30', 'order_spend 30']);
  });

  test('that has ended stays so, and what it gave is still taken back with a refund', async () => {
    const id = await given();
    await award(order());
    expect(await changeProgram(club.shopId, id, 'end')).toBe('done');
    expect(await changeProgram(club.shopId, id, 'end')).toBe('done');
    expect(await changeProgram(club.shopId, id, 'resume')).toBe('has_ended');
    expect(await changeProgram(club.shopId, id, 'pause')).toBe('has_ended');
    await award(order({ financial: 'refunded', updatedAt: '2026-11-21T10:00:00+07:00' }));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30', 'refund_reversal -30']);
  });

  test('is copied with its rules, also after its end, and the copy waits', async () => {
    const id = await given({ units: '25', membersOnly: true, period: 'range', endsOn: '2026-12-31' });
    await changeProgram(club.shopId, id, 'end');
    const copied = await copyProgram(club.shopId, id, 'Again');
    const copy = copied.ok ? await readProgram(club.shopId, copied.programId) : null;
    expect(copy).toEqual({
      ...(await readProgram(club.shopId, id)),
      programId: copy?.programId,
      name: 'Again',
      status: 'paused',
    });
  });

  test("of another shop is none: it can't be read, paused or copied", async () => {
    const id = await given();
    const other = await givenClub();
    expect(await readProgram(other.shopId, id)).toBeNull();
    expect(await changeProgram(other.shopId, id, 'end')).toBe('missing');
    expect(await copyProgram(other.shopId, id, 'Mine')).toEqual({ ok: false, reason: 'missing' });
    expect((await readProgram(club.shopId, id))?.status).toBe('active');
  });
});

describe('an order earns', () => {
  const product = (product: number, quantity: number, more: object = {}) => ({
    price: 50_000,
    quantity,
    product,
    ...more,
  });
  const givenProduct = (id: number, more: { tags?: string[]; collections?: number[]; points?: number }) =>
    pool.query(
      `INSERT INTO products (shop_id, product_id, title, tags, collection_ids, printed_points) VALUES ($1, $2, 'P', $3, $4, $5)`,
      [club.shopId, id, more.tags ?? [], more.collections ?? [], more.points ?? 0],
    );

  test('for products in full multiples, over all lines, a variant or the whole product', async () => {
    await given({
      kind: 'product',
      rows: JSON.stringify([
        typedRow(),
        typedRow({ productId: '8', variantId: '81', quantity: '1', units: '3' }),
      ]),
    });
    await award(
      order({
        lines: [
          product(COFFEE, 3),
          product(COFFEE, 2, { variant: 72 }),
          product(TEA, 1, { variant: 81 }),
          product(TEA, 5, { variant: 82 }),
        ],
      }),
    );
    // Five coffees hold two pairs; one tea of the right variant.
    expect(await entriesOf(club, SITI)).toEqual(['order_product 23']);
  });

  test('what is printed on its products, times the pieces', async () => {
    await givenProduct(COFFEE, { points: 15 });
    await given({ kind: 'printed', unitsPerPoint: '2' });
    await award(order({ lines: [product(COFFEE, 3), product(TEA, 9)] }));
    expect(await entriesOf(club, SITI)).toEqual(['order_product 90']);
  });

  test('credit as money, of any kind', async () => {
    await given({ unit: 'CREDIT', units: '1,000' });
    await given({ unit: 'CREDIT', kind: 'product', rows: JSON.stringify([typedRow({ units: '500' })]) });
    await award(order({ lines: [product(COFFEE, 4)] }));
    // Two steps of Rp 100,000 and two pairs.
    expect((await walletOf(club, SITI, 'CREDIT')).balance).toBe(2n * 100_000n + 2n * 50_000n);
  });

  test('nothing for excluded products, collections and tags', async () => {
    await givenProduct(11, { collections: [6] });
    await givenProduct(12, { tags: ['Outlet'] });
    await givenProduct(13, {});
    await given({
      excludedProducts: '[{"id":"10","title":"Gift box"}]',
      excludedCollections: '[{"id":"6","title":"Sale"}]',
      excludedTags: 'outlet',
    });
    const lines = [10, 11, 12, 13].map((id) => product(id, 2));
    await award(order({ lines }));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 10']);
  });

  test('only if a member made it, where members only earn', async () => {
    await given({ membersOnly: true });
    await award(order());
    expect(await balanceOf(club, SITI)).toBe(0n);
    await pool.query(`UPDATE customers SET member_since = '2026-11-20T00:00:00+07:00' WHERE shop_id = $1`, [
      club.shopId,
    ]);
    await award(order({ id: 2 }), order({ id: 3, processedAt: '2026-11-19T23:00:00+07:00' }));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30']);
  });

  test('by its customer’s category, where only some earn', async () => {
    const { rows } = await pool.query<{ id: bigint }>(
      `INSERT INTO categories (shop_id, key, name, is_default) VALUES ($1, 'a', 'Agents', false), ($1, 'c', 'Customers', true)
       RETURNING category_id AS id`,
      [club.shopId],
    );
    const [agents, customers] = rows.map(({ id }) => String(id));
    await given({ categories: 'chosen', categoryIds: JSON.stringify([agents]), units: '1' });
    await given({ categories: 'chosen', categoryIds: JSON.stringify([customers]), units: '7' });
    await award(order());
    await pool.query(`UPDATE customers SET category_id = $2 WHERE shop_id = $1`, [club.shopId, agents]);
    await award(order({ id: 2 }));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 21', 'order_spend 3']);
  });

  test('by its customer’s tier, where only some earn', async () => {
    const { rows } = await pool.query<{ id: bigint }>(
      `INSERT INTO tiers (shop_id, name, position, threshold) VALUES ($1, 'Gold', 1, 0), ($1, 'Silver', 2, 0) RETURNING tier_id AS id`,
      [club.shopId],
    );
    const [gold, silver] = rows.map(({ id }) => String(id));
    await pool.query('UPDATE club_settings SET tiers_active = true WHERE shop_id = $1', [club.shopId]);
    await given({ tiers: 'chosen', tierIds: JSON.stringify([gold]), units: '1' });
    await award(order());
    await pool.query(
      `INSERT INTO tier_changes (shop_id, customer_id, tier_id, since, reason, actor)
       VALUES ($1, $2, $3, '2026-11-01', 'manual', 'test'), ($1, $2, $4, '2026-11-10', 'manual', 'test')`,
      [club.shopId, SITI, silver, gold],
    );
    await award(order({ id: 2 }), order({ id: 3, processedAt: '2026-11-05T00:00:00+07:00' }));
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 3']);
  });

  test("within the program's days, as the shop's calendar counts them", async () => {
    await given({ period: 'range', startsOn: '2026-11-10', endsOn: '2026-11-12' });
    await award(
      order({ id: 2, processedAt: '2026-11-09T23:59:59+07:00' }),
      order({ id: 3, processedAt: '2026-11-10T00:00:00+07:00' }),
      order({ id: 4, processedAt: '2026-11-12T23:59:59+07:00' }),
      order({ id: 5, processedAt: '2026-11-13T00:00:00+07:00' }),
    );
    expect(await entriesOf(club, SITI)).toEqual(['order_spend 30', 'order_spend 30']);
  });

  test('piece by piece as it is handed over, where that is asked for', async () => {
    await given({ earnAt: 'fulfilled' });
    const lines = (fulfilled: number) => [{ price: 100_000, quantity: 3, fulfilled }];
    const at = (hour: number) => `2026-11-21T${hour}:00:00+07:00`;
    await award(order({ lines: lines(0) }));
    expect(await balanceOf(club, SITI)).toBe(0n);
    await award(order({ lines: lines(1), updatedAt: at(10) }));
    expect(await balanceOf(club, SITI)).toBe(10n);
    await award(order({ lines: lines(3), updatedAt: at(11) }));
    expect(await balanceOf(club, SITI)).toBe(30n);
  });

  test('by all programs that apply, each under its own rule', async () => {
    await givenProduct(COFFEE, { points: 4 });
    await given();
    await given({ kind: 'product', rows: JSON.stringify([typedRow()]) });
    await given({ kind: 'printed' });
    await award(order({ lines: [product(COFFEE, 2)] }));
    expect(await balanceOf(club, SITI)).toBe(10n + 10n + 8n);
  });
});
