/** Adjust, Ledger and its export, through their loaders and actions with signed requests. */
import { randomUUID } from 'node:crypto';
import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { sealNationalId } from '#app/modules/customers/national-id.server.ts';
import { LEDGER_COLUMNS } from '#app/modules/workbooks/export/export-kinds.ts';
import { processExports } from '#app/modules/workbooks/export/process-exports.server.ts';
import { action as saveAdjust, loader as adjust } from '#app/routes/app.activity.adjust.tsx';
import { loader as entry } from '#app/routes/app.activity.ledger.$entryId.tsx';
import { loader as ledger } from '#app/routes/app.activity.ledger._index.tsx';
import { loader as exportFile } from '#app/routes/app.customers.exports.$id.tsx';
import {
  action as exportsAction,
  loader as exportsScreen,
} from '#app/routes/app.customers.exports._index.tsx';
import { loader as liability } from '#app/routes/app.reports.liability._index.tsx';
import { loader as liabilityFile } from '#app/routes/app.reports.liability.export.tsx';
import { award, givenClub, orderEvent, walletOf, type TestClub } from '#test/support/clubs.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SHOP = 'ledger.myshopify.com';
const OTHER = 'ledger-other.myshopify.com';
const SITI = 71n;
const BUDI = 72n;
let club: TestClub;
let other: TestClub;

async function givenCustomer(
  shopId: bigint,
  id: bigint,
  fields: { first: string; phone?: string; email?: string },
): Promise<void> {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name, phone, email) VALUES ($1, $2, $3, 'Rahayu', $4, $5)
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name,
       phone = excluded.phone, email = excluded.email`,
    [shopId, id, fields.first, fields.phone ?? null, fields.email ?? null],
  );
}

const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date());

const form = (change: Record<string, unknown> = {}) => ({
  customerId: String(SITI),
  formKey: randomUUID(),
  reason: 'loyal_customer',
  unit: 'POINTS',
  amount: '50',
  effectiveOn: today(),
  validFromOn: today(),
  lifetime: 'never',
  expiresOn: '',
  orderId: '',
  note: '',
  locale: 'en',
  ...change,
});

const save = async (change: Record<string, unknown> = {}, shop = SHOP) =>
  (await saveAdjust(adminArgs(shop, '/app/activity/adjust', { json: form(change) }))).data;

const list = (query: string, shop = SHOP) => ledger(adminArgs(shop, `/app/activity/ledger${query}`));
const amounts = async (query: string) => (await list(query)).view.lines.map(({ amount }) => Number(amount));

beforeAll(async () => {
  club = await givenClub({ domain: SHOP });
  other = await givenClub({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  await pool.query(
    `INSERT INTO staff_members (shop_id, user_id, name) VALUES ($1, 42, 'Rina Wijaya'), ($2, 42, 'Sari')`,
    [club.shopId, other.shopId],
  );
  await award(
    orderEvent(club, { id: 1001, customer: Number(SITI), lines: [{ price: 200_000 }] }),
    orderEvent(club, { id: 1002, customer: Number(BUDI), lines: [{ price: 500_000 }] }),
    orderEvent(other, { id: 1001, customer: Number(SITI), lines: [{ price: 900_000 }] }),
  );
  await pool.query(`UPDATE orders SET name = '#' || order_id`);
  await givenCustomer(club.shopId, SITI, {
    first: 'Siti',
    phone: '+6281234567801',
    email: 'siti@example.com',
  });
  await givenCustomer(club.shopId, BUDI, { first: '=Budi', phone: '+6281234567802' });
  const { cipher, hash } = sealNationalId(club.shopId, '3174 0112 3456 7890');
  await pool.query(
    `UPDATE customers SET national_id_cipher = $3, national_id_hash = $4, birth_date = '1990-02-28', wedding_date = '2015-06-01'
     WHERE shop_id = $1 AND customer_id = $2`,
    [club.shopId, SITI, cipher, hash],
  );
});

describe('every screen', () => {
  it.each(Object.entries({ adjust, ledger, entry, exportFile, liability, liabilityFile }))(
    '%s is closed without a token',
    async (_name, loader) => {
      const answer = await thrownBy(
        Promise.resolve(loader(adminArgs(SHOP, '/app', { token: 'no.token.atall' }))),
      );
      expect(answer.status).toBe(401);
    },
  );
});

describe('Adjust', () => {
  it.each([
    '0812-3456-7801',
    '+62 (0)812 3456 7801',
    '3174011234567890',
    '3174.0112.3456.7890',
    'siti',
    'siti@example',
  ])('finds by %s', async (query) => {
    const { view } = await adjust(adminArgs(SHOP, `/app/activity/adjust?q=${encodeURIComponent(query)}`));
    expect(view.found?.map(({ customerId }) => customerId)).toEqual([SITI]);
  });

  it('shows the profile with the national ID masked, what they have, their orders and who is signed in', async () => {
    const { view, staffName } = await adjust(adminArgs(SHOP, `/app/activity/adjust?customer=${SITI}`));
    expect(staffName).toBe('Rina Wijaya');
    expect(view.chosen?.customer).toMatchObject({
      firstName: 'Siti',
      nationalIdMasked: '••••••••••••7890',
      birthDate: '1990-02-28',
      weddingDate: '2015-06-01',
      orders: [{ orderId: 1001n, name: '#1001' }],
    });
    expect(view.chosen?.balances).toMatchObject([{ unit: 'POINTS', available: 20n }]);
    expect(
      JSON.stringify(view, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('3174');
  });

  it("does not show another shop's customer", async () => {
    const { view } = await adjust(adminArgs(OTHER, `/app/activity/adjust?customer=${BUDI}`));
    expect(view.chosen).toBeNull();
  });

  it('saves once for one form, with days in the zone of the shop and the staff of the token', async () => {
    const change = {
      formKey: randomUUID(),
      customerId: String(BUDI),
      amount: '30',
      lifetime: 'until',
      expiresOn: '2030-12-31',
    };
    const [first, second] = [await save(change), await save(change)];
    expect(first).toMatchObject({ ok: true, isRepeat: false });
    expect(second).toMatchObject({ ok: true, isRepeat: true });
    const { rows } = await pool.query(
      `SELECT e.actor, e.effective_at, l.expires_at FROM ledger_entries e JOIN ledger_lots l USING (shop_id, entry_id)
       WHERE e.shop_id = $1 AND e.source = 'staff'`,
      [club.shopId],
    );
    expect(rows).toEqual([
      {
        actor: 'staff:42',
        effective_at: new Date(`${today()}T00:00:00+07:00`),
        expires_at: new Date('2031-01-01T00:00:00+07:00'),
      },
    ]);
    expect((await walletOf(club, BUDI)).balance).toBe(80n);
  });

  it('shows errors at their fields', async () => {
    expect(await save({ reason: '', amount: '', effectiveOn: '2099-01-01' })).toEqual({
      ok: false,
      errors: {
        reason: { code: 'required' },
        amount: { code: 'required' },
        effectiveOn: { code: 'in_future' },
      },
    });
    expect(await save({ reason: 'deduct', amount: '21' })).toEqual({
      ok: false,
      errors: { amount: { code: 'insufficient' } },
      available: 20n,
    });
    expect(await save({ reason: 'forgotten_order', orderId: '1002' })).toEqual({
      ok: false,
      errors: { orderId: { code: 'not_their_order' } },
    });
    expect(await save({ customerId: '999' })).toMatchObject({
      errors: { form: { code: 'unknown_customer' } },
    });
    expect(await save({ customerId: 'x' })).toMatchObject({ errors: { form: { code: 'unknown_customer' } } });
    expect(await save({ formKey: 'x' })).toMatchObject({ errors: { form: { code: 'invalid' } } });
    expect(await save({ customerId: String(BUDI) }, OTHER)).toMatchObject({ ok: false });
  });
});

describe('Ledger', () => {
  it('lists every movement of this shop only, newest first, with names', async () => {
    const { view } = await list('');
    expect(view.lines.map(({ amount, firstName }) => [Number(amount), firstName])).toEqual([
      [30, '=Budi'],
      [50, '=Budi'],
      [20, 'Siti'],
    ]);
    expect(view.names).toEqual({ 'staff:42': 'Rina Wijaya' });
    expect([view.before, view.after]).toEqual([null, null]);
  });

  it.each<[string, number[]]>([
    [`?customerId=${SITI}`, [20]],
    ['?customer=siti', [20]],
    ['?customer=0812-3456-7802', [30, 50]],
    ['?customer=nobody', []],
    ['?kind=order_spend', [50, 20]],
    ['?kind=order_spend&unit=CREDIT', []],
    ['?kind=manual_add&reason=loyal_customer', [30]],
    ['?reason=deduct', []],
    ['?unit=POINTS', [30, 50, 20]],
    ['?unit=CREDIT', []],
    ['?staff=staff:42', [30]],
    ['?staff=staff:42&kind=order_spend', []],
    ['?staff=staff:43', []],
    ['?order=1002', [50]],
    ['?order=%231002', [50]],
    ['?order=7777', []],
    [`?order=1002&customerId=${SITI}`, []],
    [`?from=${today()}`, [30, 50, 20]],
    [`?until=${today()}&kind=order_spend`, [50, 20]],
    ['?until=2020-01-01', []],
    ['?kind=nonsense&unit=GOLD&from=never&staff=me&after=x', [30, 50, 20]],
  ])('filtered by %s', async (query, expected) => {
    expect(await amounts(query)).toEqual(expected);
  });

  it('asks whom, when several customers fit', async () => {
    const { view } = await list('?customer=rahayu');
    expect(view.lines).toEqual([]);
    expect(view.candidates.map(({ customerId }) => customerId).sort()).toEqual([SITI, BUDI]);
  });

  it('pages in both directions without losing or repeating a line, whatever the filter', async () => {
    const paging = await givenClub({ domain: 'ledger-paging.myshopify.com' });
    await givenSession(paging.domain);
    await pool.query(
      `INSERT INTO ledger_entries (shop_id, customer_id, unit, amount, kind, source, actor, reason, idempotency_key, input_hash, balance_after, effective_at, created_at)
       SELECT $1, n % 3, CASE WHEN n % 5 = 0 THEN 'CREDIT' ELSE 'POINTS' END, n, CASE WHEN n % 2 = 0 THEN 'manual_add' ELSE 'order_spend' END,
         'staff', 'staff:' || n % 2, 'other', n, '', 0, now(), '2026-01-01'::timestamptz + n / 4 * interval '1 hour'
       FROM generate_series(1, 260) n`,
      [paging.shopId],
    );
    const expected = (test: (n: number) => boolean) =>
      Array.from({ length: 260 }, (_, i) => 260 - i).filter(test);
    const cases: [string, (n: number) => boolean][] = [
      ['', () => true],
      ['kind=manual_add', (n) => n % 2 === 0],
      ['unit=POINTS', (n) => n % 5 !== 0],
      ['staff=staff:1&unit=POINTS', (n) => n % 2 === 1 && n % 5 !== 0],
      ['reason=other&customerId=1', () => false],
      ['from=2026-01-02', (n) => Math.floor(n / 4) >= 17],
    ];
    for (const [filter, matches] of cases) {
      const wanted = expected(matches);
      const seen: number[] = [];
      const backwards: number[][] = [];
      let { view } = await list(`?${filter}`, paging.domain);
      for (;;) {
        seen.push(...view.lines.map(({ amount }) => Number(amount)));
        if (view.after === null) break;
        ({ view } = await list(`?${filter}&after=${view.after}`, paging.domain));
      }
      expect([filter, seen]).toEqual([filter, wanted]);
      while (view.before !== null) {
        ({ view } = await list(`?${filter}&before=${view.before}`, paging.domain));
        backwards.unshift(view.lines.map(({ amount }) => Number(amount)));
      }
      expect(backwards.flat()).toEqual(wanted.slice(0, backwards.flat().length));
    }
  });
});

describe('a movement', () => {
  it('is explained: source, rule of that time, what it gave and who used it', async () => {
    const saved = await save({ reason: 'deduct', amount: '5', note: 'Taken by mistake' });
    expect(saved).toMatchObject({ ok: true });
    const { rows } = await pool.query<{ entry_id: bigint; kind: string }>(
      `SELECT entry_id, kind FROM ledger_entries WHERE shop_id = $1 AND customer_id = $2 ORDER BY entry_id`,
      [club.shopId, SITI],
    );
    const read = (id: bigint | undefined, shop = SHOP) =>
      entry(adminArgs(shop, '/app/activity/ledger/x', { params: { entryId: String(id) } }));
    const earned = (await read(rows[0]?.entry_id)).explained;
    expect(earned).toMatchObject({
      line: { kind: 'order_spend', orderName: '#1001', firstName: 'Siti' },
      rule: { kind: 'program', program: { name: 'Spend', rule: { kind: 'spend', units: 10n } } },
      remaining: 15n,
      takenFrom: [],
      givenTo: [{ entryId: rows[1]?.entry_id, kind: 'manual_deduct', amount: 5n, restored: 0n }],
      owed: null,
    });
    const { explained: deducted, names } = await read(rows[1]?.entry_id);
    expect(deducted).toMatchObject({
      line: { reason: 'deduct', note: 'Taken by mistake', actor: 'staff:42' },
      remaining: null,
      rule: null,
      takenFrom: [{ entryId: rows[0]?.entry_id, kind: 'order_spend', amount: 5n }],
    });
    expect(deducted.key).toMatch(/^adjust:/);
    expect(names).toEqual({ 'staff:42': 'Rina Wijaya' });
    expect((await thrownBy(read(rows[0]?.entry_id, OTHER))).status).toBe(404);
    expect((await thrownBy(read(undefined))).status).toBe(404);
  });
});

describe('the export', () => {
  const file = async (values: { format: string; filter: string; locale: string }) => {
    const { filter, ...asked } = values;
    const ask = {
      intent: 'start',
      kind: 'ledger',
      scope: 'search',
      columns: LEDGER_COLUMNS,
      selection: { filter },
    };
    const { data } = await exportsAction(
      adminArgs(SHOP, '/app/customers/exports', { json: { ...ask, ...asked } }),
    );
    expect(data).toEqual({ ok: true });
    await processExports();
    const [latest] = (await exportsScreen(adminArgs(SHOP, '/app/customers/exports'))).exports;
    const id = String(latest!.exportId);
    return exportFile(adminArgs(SHOP, `/app/customers/exports/${id}`, { params: { id } }));
  };

  it('is a CSV with amounts as numbers and days of the shop', async () => {
    const response = await file({ format: 'csv', filter: 'kind=manual_add', locale: 'en' });
    expect(response.headers.get('content-disposition')).toMatch(/setia-ledger-[\d-]+\.csv/);
    const lines = (await response.text()).replace('\uFEFF', '').trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('"Movement","Posted","Effective date"');
    expect(lines[1]).toContain(
      `,${today()},"72","'=Budi Rahayu",,"+6281234567802","Added by staff","Loyal customer","Points",30,80,`,
    );
    expect(lines[1]).toContain(',2030-12-31 23:59:59,"Rina Wijaya",');
  });

  it('is a workbook that Excel opens, in the language of the user', async () => {
    const response = await file({ format: 'xlsx', filter: 'kind=order_spend', locale: 'id' });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await response.arrayBuffer());
    const sheet = workbook.getWorksheet('Riwayat poin')!;
    expect(sheet.rowCount).toBe(3);
    expect(sheet.getRow(1).getCell(8).value).toBe('Jenis');
    expect(sheet.getRow(2).getCell(8).value).toBe('Pesanan');
    expect(sheet.getRow(2).getCell(11).value).toBe(50);
    expect(sheet.getRow(2).getCell(2).value).toBeInstanceOf(Date);
    expect(sheet.getRow(2).getCell(5).value).toBe('=Budi Rahayu');
  });

  it('holds nothing while it is not clear which customer is meant, as the screen', async () => {
    const response = await file({ format: 'csv', filter: 'customer=rahayu', locale: 'en' });
    expect((await response.text()).trim().split('\r\n')).toHaveLength(1);
  });
});

describe('the liability report', () => {
  it('is of this shop only, with what points are worth', async () => {
    const { units, rate } = await liability(adminArgs(OTHER, '/app/reports/liability'));
    expect(units).toMatchObject([{ unit: 'POINTS', outstanding: 90n, totals: { issued: 90n } }]);
    expect(rate).toEqual({ units: 1n, amountMinor: 10_000n });
  });

  it('is a workbook whose last line adds up all months, points in money too', async () => {
    const response = await liabilityFile(adminArgs(OTHER, '/app/reports/liability/export?locale=en'));
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await response.arrayBuffer());
    const sheet = workbook.getWorksheet('Points')!;
    const last = sheet.lastRow!;
    expect([1, 2, 7, 9, 14].map((column) => last.getCell(column).value)).toEqual([
      'All months',
      90,
      90,
      9_000,
      9_000,
    ]);
    expect(sheet.getRow(1).getCell(9).value).toBe('Issued (IDR)');
  });
});
