/** What the till's and the admin's extensions ask, with really signed tokens, a database and Shopify's stand-in. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { club, sandbox, select, shop, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { staffDoor } from '#app/modules/club-api/staff/staff-door.server.ts';
import { hashTillCode } from '#app/modules/messaging/codes/send-till-code.server.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { givePoints } from '#test/support/redemptions.ts';
import type { Loose } from '#test/support/sandbox.ts';
import { sessionToken } from '#test/support/session-token.ts';

useSandboxShop();

/** Each test has a user of its own: turns are counted by user. */
let user = 100;
const { call } = useClubDoor(() => sessionToken(club.domain, { sub: String(user) }), staffDoor);

interface Answered {
  status: number;
  json: Loose;
}

async function ask(path: string, body?: unknown): Promise<Answered> {
  const response = await call(`/api/staff/${path}`, body === undefined ? {} : { method: 'POST', body });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
}

const CART = 'cartAmount=150000.00&currency=IDR';
let customer = 0;
const reserveBody = (change: object = {}) => ({
  kind: 'pay',
  key: randomUUID(),
  unit: 'POINTS',
  units: '50',
  cartAmount: '150000.00',
  currency: 'IDR',
  customerId: String(customer),
  ...change,
});
const wallet = async () => (await ask(`customers/${customer}?${CART}`)).json.club.wallets[0];

beforeEach(async () => {
  user += 1;
  customer = club.customers[0]!;
  await pool.query(`UPDATE shops SET country = 'ID' WHERE shop_id = $1`, [club.shopId]);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name, phone) VALUES ($1, $2, 'Wulan', 'Sari', '+6281234567890')
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET first_name = 'Wulan', last_name = 'Sari', phone = '+6281234567890'`,
    [club.shopId, customer],
  );
  await pool.query(
    `INSERT INTO categories (shop_id, key, name, is_default) VALUES ($1, 'retail', 'Retail', true)`,
    [club.shopId],
  );
  await givePoints(club, customer, 200n);
});

describe('spending at the till', () => {
  it('reserves with the staff user, puts the code to use, and the ledger names who entered it', async () => {
    const { status, json } = await ask('redemptions', reserveBody());
    expect([status, json.ok]).toEqual([200, true]);
    expect(await wallet()).toMatchObject({ balance: '200', available: '150', held: '50' });
    const order = await shop.order(customer, [150_000], { codes: [json.redemption.code] });
    await shop.tell(order);
    const [spent] = await select(
      `SELECT amount, actor FROM ledger_entries WHERE shop_id = $1 AND kind = 'redeem'`,
    );
    expect(spent).toEqual({ amount: -50n, actor: `staff:${user}` });
    expect((await ask(`customers/${customer}`)).json.entries.map((entry: Loose) => entry.kind)).toContain(
      'redeem',
    );
  });

  it('can be undone: the balance is as before, and a second press of the same key spends once', async () => {
    const body = reserveBody();
    const [first, second] = [await ask('redemptions', body), await ask('redemptions', body)];
    expect(second.json.redemption.id).toBe(first.json.redemption.id);
    const path = `redemptions/${String(first.json.redemption.id)}/release`;
    expect(await ask(path, { customerId: String(customer) })).toEqual({ status: 200, json: { ok: true } });
    expect(await wallet()).toMatchObject({ balance: '200', available: '200', held: '0' });
  });

  it('a release names the customer: another one releases nothing', async () => {
    const { json } = await ask('redemptions', reserveBody());
    const path = `redemptions/${String(json.redemption.id)}/release`;
    expect((await ask(path, { customerId: String(club.customers[1]) })).status).toBe(404);
    expect(await wallet()).toMatchObject({ held: '50' });
  });

  it('a cart below a reward’s minimum reserves nothing, and says what is missing, as online', async () => {
    const { rows } = await pool.query<{ id: bigint }>(
      `INSERT INTO rewards (shop_id, program_id, name, kind, unit, units, amount_minor, minimum_cart_minor)
       SELECT $1, min(program_id), 'Voucher', 'amount', 'POINTS', 50, 1000000, 50000000 FROM programs WHERE shop_id = $1
       RETURNING reward_id AS id`,
      [club.shopId],
    );
    const { status, json } = await ask('redemptions', {
      ...{ kind: 'reward', rewardId: String(rows[0]!.id), key: randomUUID(), customerId: String(customer) },
      ...{ cartAmount: '150000.00', currency: 'IDR' },
    });
    expect([status, json.reason, json.minimumCartMinor]).toEqual([409, 'below_minimum_cart', '50000000']);
    expect(await wallet()).toMatchObject({ available: '200', held: '0' });
  });
});

describe('where the shop asks the customer', () => {
  const CODE = '4711';
  beforeEach(async () => {
    await pool.query('UPDATE club_settings SET till_consent = true WHERE shop_id = $1', [club.shopId]);
    await pool.query(
      `INSERT INTO till_codes (shop_id, customer_id, client_key, code_hash, sent_at, expires_at, counted_from)
       VALUES ($1, $2, $3, $4, ledger_now(), ledger_now() + interval '5 minutes', ledger_now())`,
      [club.shopId, customer, randomUUID(), hashTillCode(club.shopId, BigInt(customer), CODE)],
    );
  });

  it('nothing is reserved without the code, or with a wrong one', async () => {
    expect((await ask('redemptions', reserveBody())).json).toMatchObject({
      ok: false,
      reason: 'code_needed',
    });
    const wrong = await ask('redemptions', reserveBody({ consentCode: '0000' }));
    expect([wrong.status, wrong.json.reason]).toEqual([409, 'code_wrong']);
    expect(await wallet()).toMatchObject({ held: '0' });
  });

  it('the code serves one redemption; one that the club refuses leaves it to the next', async () => {
    const refused = await ask('redemptions', reserveBody({ consentCode: CODE, units: '5000' }));
    expect(refused.json.reason).toBe('insufficient');
    const taken = await ask('redemptions', reserveBody({ consentCode: CODE }));
    expect(taken.json.ok).toBe(true);
    const again = await ask('redemptions', reserveBody({ consentCode: CODE }));
    expect(again.json.reason).toBe('code_used_up');
    expect(await wallet()).toMatchObject({ held: '50' });
  });
});

describe('a walk-in', () => {
  it('who is known by phone, in any writing, is found and not created again', async () => {
    const found = await ask(`people?${new URLSearchParams({ phone: '0812 3456-7890' })}`);
    expect(found.json).toMatchObject({ ok: true, people: [{ id: String(customer), name: 'Wulan Sari' }] });
    const { json } = await ask('customers', {
      ...{ key: randomUUID(), phone: '+62 812 3456 7890', firstName: 'W', lastName: '', smsConsent: false },
    });
    expect(json).toEqual({ ok: true, customerId: String(customer), isNew: false });
    const [row] = await select(
      `SELECT member_via AS via FROM customers WHERE shop_id = $1 AND member_since IS NOT NULL`,
    );
    expect(row).toEqual({ via: 'staff' });
  });

  it('is created at Shopify once, joins, and agrees to messages only where they said so', async () => {
    const body = {
      key: randomUUID(),
      phone: '081298765432',
      firstName: 'Rama',
      lastName: 'Adi',
      smsConsent: true,
    };
    const [first, second] = [await ask('customers', body), await ask('customers', body)];
    expect(first.json).toMatchObject({ ok: true, isNew: true });
    expect(second.json).toEqual({ ok: true, customerId: first.json.customerId, isNew: false });
    const created = sandbox.world
      .shop(club.domain)
      .customers.filter(({ phone }: { phone: string | null }) => phone === '+6281298765432');
    expect(created).toHaveLength(1);
    const [row] = await select(
      `SELECT sms_consent, member_via FROM customers WHERE shop_id = $1 AND phone = '+6281298765432'`,
    );
    expect(row).toEqual({ sms_consent: 'subscribed', member_via: 'staff' });
  });

  it('whom Shopify has and we do not know yet is taken over', async () => {
    const { body } = await sandbox.control('POST', '/_control/customers', {
      ...{ shop: club.domain, firstName: 'Dewi', lastName: 'Lestari', phone: '+6281211112222' },
    });
    const { json } = await ask('customers', {
      ...{ key: randomUUID(), phone: '081211112222', firstName: 'Dewi', lastName: '', smsConsent: false },
    });
    expect(json).toEqual({ ok: true, customerId: String(body.customer.id), isNew: false });
  });

  it('text that is no phone number is said to be none', async () => {
    expect((await ask('people?phone=12')).json).toEqual({ ok: false, reason: 'unclear' });
    const { status, json } = await ask('customers', {
      ...{ key: randomUUID(), phone: '12', firstName: '', lastName: '', smsConsent: false },
    });
    expect([status, json]).toEqual([409, { ok: false, reason: 'refused', field: 'phone' }]);
  });
});

describe('adjusting from the admin', () => {
  const values = () => ({
    ...{ customerId: String(customer), formKey: randomUUID(), locale: 'id', reason: 'loyal_customer' },
    ...{ unit: 'POINTS', amount: '1.500', effectiveOn: '2026-01-02', validFromOn: '2026-01-02' },
    ...{ lifetime: 'never', expiresOn: '', orderId: '', note: 'Terima kasih' },
  });

  it('reads the form with its choices and posts it in the name of the user', async () => {
    const form = await ask(`adjust-form/${customer}`);
    expect(form.json).toMatchObject({
      person: { name: 'Wulan Sari' },
      available: [{ unit: 'POINTS', units: '200' }],
    });
    expect(form.json.reasons).toContain('forgotten_order');
    const body = values();
    expect((await ask('adjustments', body)).json).toEqual({ ok: true, balanceAfter: '1700' });
    expect((await ask('adjustments', body)).json).toEqual({ ok: true, balanceAfter: '1700' });
    const [row] = await select(
      `SELECT count(*)::int AS n, min(actor) AS actor, min(note) AS note FROM ledger_entries WHERE shop_id = $1 AND amount = 1500`,
    );
    expect(row).toEqual({ n: 1, actor: `staff:${user}`, note: 'Terima kasih' });
  });

  it('says what is wrong by field, and takes no more than there is', async () => {
    const wrong = await ask('adjustments', { ...values(), amount: 'x' });
    expect([wrong.status, wrong.json]).toEqual([409, { ok: false, errors: { amount: 'not_a_number' } }]);
    const tooMuch = await ask('adjustments', { ...values(), reason: 'deduct', amount: '201' });
    expect(tooMuch.json).toEqual({ ok: false, errors: { amount: 'insufficient' }, available: '200' });
  });
});

describe('an order', () => {
  it('is explained by rule, and has nothing to apply once it was posted', async () => {
    const order = await shop.order(customer, [250_000]);
    await shop.tell(order);
    const { json } = await ask(`orders/${order.id}`);
    expect(json).toMatchObject({
      ...{ nothing: null, isKept: true, isDue: false, customer: { id: String(customer) } },
      ...{ earns: [{ unit: 'POINTS', units: '20' }], posted: [{ unit: 'POINTS', units: '20' }] },
    });
    expect(json.rules[0]).toMatchObject({
      ...{ kind: 'program', baseMinor: '25000000', units: '20', silent: null },
      steps: { count: '2', units: '10', stepMinor: '10000000' },
    });
  });

  it('that was held back is due, and "apply now" gives what it earns', async () => {
    await pool.query('UPDATE club_settings SET trial_mode = true WHERE shop_id = $1', [club.shopId]);
    const order = await shop.order(customer, [250_000]);
    await shop.tell(order);
    expect((await ask(`orders/${order.id}`)).json).toMatchObject({ nothing: 'trial', isDue: true });
    await pool.query('UPDATE club_settings SET trial_mode = false WHERE shop_id = $1', [club.shopId]);
    expect((await ask(`orders/${order.id}/apply`, {})).json).toEqual({
      ...{ ok: true, gains: [{ unit: 'POINTS', units: '20' }], nothing: null },
    });
    expect((await ask(`orders/${order.id}`)).json).toMatchObject({ nothing: null, isDue: false });
  });

  it('of another shop, and one that there is not, is not here', async () => {
    expect((await ask('orders/123')).status).toBe(404);
    expect((await ask('orders/99999999999999999999')).status).toBe(404);
  });
});

describe('many customers', () => {
  const bulk = (change: object) =>
    ask('bulk', {
      ...{ formKey: randomUUID(), customerIds: [String(customer), '999'], locale: 'en' },
      ...change,
    });

  it('get points once for the same form; who is not known is counted', async () => {
    const points = { what: 'points', reason: 'loyal_customer', amount: '25', expiresOn: '', note: '' };
    const formKey = randomUUID();
    for (const _time of [1, 2])
      expect((await bulk({ ...points, formKey })).json).toEqual({
        ...{ ok: true, changed: 1, left: { unknown_customer: 1 } },
      });
    expect(await wallet()).toMatchObject({ balance: '225' });
    expect((await bulk({ ...points, amount: '-1' })).json.ok).toBe(false);
  });

  it('move into a category of this shop, and of no other', async () => {
    const { rows } = await pool.query<{ id: bigint }>(
      `INSERT INTO categories (shop_id, key, name, position) VALUES ($1, 'dealer', 'Dealer', 9) RETURNING category_id AS id`,
      [club.shopId],
    );
    expect((await bulk({ what: 'category', categoryId: String(rows[0]!.id) })).json).toMatchObject({
      changed: 1,
    });
    expect((await ask(`customers/${customer}`)).json.category).toBe('Dealer');
    expect((await bulk({ what: 'category', categoryId: '424242' })).json).toEqual({
      ...{ ok: false, errors: { categoryId: 'gone' } },
    });
  });
});

it('one who asks too often waits', async () => {
  const answers = [];
  for (let time = 0; time < 90; time++) answers.push((await ask('membership', { customerId: '7' })).status);
  expect(answers.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 409));
  expect(answers.slice(60)).toContain(429);
});

it('a field that is none is named', async () => {
  for (const [body, field] of [
    [reserveBody({ customerId: 'x' }), 'customerId'],
    [reserveBody({ consentCode: '12' }), 'consentCode'],
    [reserveBody({ units: '0' }), 'units'],
    ['{', 'body'],
  ] as const) {
    const { status, json } = await ask('redemptions', body);
    expect([status, json.field]).toEqual([400, field]);
  }
});

it('what the database cannot store is refused or cleaned at every address, never an error of ours', async () => {
  const bad = ['a\u0000b', 'a\ud83db', 'x'.repeat(100_000), '9223372036854775808', '0000-01-01'];
  const bodies = (text: string): [path: string, body: object][] => [
    ['customers', { key: randomUUID(), phone: text, firstName: text, lastName: text, smsConsent: false }],
    [
      'customers',
      { key: randomUUID(), phone: '081277776666', firstName: text, lastName: '', smsConsent: false },
    ],
    ['membership', { customerId: text }],
    ['consent-codes', { customerId: text, key: randomUUID() }],
    ['redemptions', reserveBody({ customerId: text })],
    ['claims', { key: randomUUID(), rewardId: text, customerId: String(customer) }],
    ['adjustments', { customerId: text, formKey: randomUUID(), locale: 'en', reason: text, note: text }],
    [
      'adjustments',
      {
        ...{ customerId: String(customer), formKey: randomUUID(), locale: 'en', reason: 'forgotten_order' },
        ...{ unit: 'POINTS', amount: text, effectiveOn: text, validFromOn: text, lifetime: 'until' },
        ...{ expiresOn: text, orderId: text, note: text },
      },
    ],
    [
      'bulk',
      {
        ...{ formKey: randomUUID(), customerIds: [String(customer)], locale: 'en', what: 'points' },
        ...{ reason: 'loyal_customer', amount: '1', expiresOn: text, note: text },
      },
    ],
    [
      'bulk',
      { formKey: randomUUID(), customerIds: [text], locale: 'en', what: 'category', categoryId: text },
    ],
  ];
  const failed: string[] = [];
  for (const text of bad) {
    user += 1;
    const search = new URLSearchParams({
      phone: text,
      customer: text,
      items: text,
      cartAmount: text,
      currency: text,
    });
    for (const path of [
      'people',
      'prices',
      `customers/${customer}`,
      'bulk-form',
      'orders/9223372036854775808',
    ]) {
      const { status } = await call(`/api/staff/${path}?${search}`);
      if (status >= 500) failed.push(`${path}: ${status}`);
    }
    for (const [path, body] of bodies(text)) {
      const { status } = await call(`/api/staff/${path}`, { method: 'POST', body });
      if (status >= 500) failed.push(`${path} ${text.slice(0, 20)}: ${status}`);
    }
  }
  expect(failed).toEqual([]);
});
