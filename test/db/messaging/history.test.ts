/** Contact history: what a filter finds, paged in both directions, on the screen as in the file. */
import { beforeEach, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { loadAddressHash } from '#app/modules/messaging/consent/address-hash.server.ts';
import { readHistoryFilter } from '#app/modules/messaging/history/history-filter.ts';
import { readHistoryScreen } from '#app/modules/messaging/history/history-screen.server.ts';
import type { SentCursor } from '#app/modules/messaging/history/list-messages.queries.server.ts';
import { readContactsTab } from '#app/modules/crm/profile/contacts-tab.server.ts';
import { sheetRows, writtenExport } from '#test/support/exports.ts';
import { givenImportShop, givenPeople } from '#test/support/imports.ts';

const TIME_ZONE = 'Asia/Jakarta';
const SITI = '+6281234567801';
const BUDI = '+6281234567802';
let shopId: bigint;
let campaign: bigint;

interface Given {
  customer?: number;
  to?: string;
  state?: string;
  code?: number | null;
  reason?: string | null;
  charged?: number | null;
  campaign?: bigint | null;
  actor?: string;
  at?: string;
}

let made = 0;
async function givenMessage(given: Given = {}): Promise<void> {
  const { customer = 1, to = SITI, state = 'delivered', actor = 'staff:1' } = given;
  const hash = (await loadAddressHash(pool, shopId))('sms', to);
  await pool.query(
    `INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, to_address, address_hash, country, body,
       parts, price_micros, charged_micros, settled_at, state, reason, error_code, actor, created_at)
     VALUES ($1, $2, $3, $4, 1, $5, $6, 'ID', $7, 2, 45000, $8, CASE WHEN $8::bigint IS NOT NULL THEN now() END, $9, $10, $11, $12,
       coalesce($13::timestamptz, clock_timestamp()))`,
    [
      shopId,
      `key:${made++}`,
      given.campaign ?? null,
      customer,
      to,
      hash,
      `Text ${made}`,
      given.charged ?? null,
      state,
      given.reason ?? null,
      given.code ?? null,
      actor,
      given.at ?? null,
    ],
  );
}

beforeEach(async () => {
  made = 0;
  await pool.query('DELETE FROM messages');
  shopId = await givenImportShop();
  await givenPeople(shopId, {
    1: { firstName: 'Siti', lastName: 'Rahayu', phone: SITI },
    2: { firstName: 'Budi', phone: BUDI },
  });
  await pool.query(
    `INSERT INTO staff_members (shop_id, user_id, name) VALUES ($1, 1, 'Rina') ON CONFLICT DO NOTHING`,
    [shopId],
  );
  const { rows } = await pool.query<{ id: bigint }>(
    `INSERT INTO campaigns (shop_id, name, state, audience, language, text, created_by)
     VALUES ($1, 'Ramadan', 'finished', '{}', 'id', 'Halo', 'staff:1') RETURNING campaign_id AS id`,
    [shopId],
  );
  campaign = rows[0]!.id;
});

const read = (query = '', cursor: SentCursor | null = null, of = shopId) =>
  readHistoryScreen(
    { shopId: of, timeZone: TIME_ZONE },
    readHistoryFilter(new URLSearchParams(query)),
    cursor,
  );
const texts = async (query: string) => (await read(query)).messages.map(({ body }) => body);

describe('the history', () => {
  test('shows text, sender, state, cost and why; what was left out of a campaign is not in it', async () => {
    await givenMessage({ campaign, charged: 90_000 });
    await givenMessage({ state: 'undelivered', code: 30_003, charged: 45_000, actor: 'automation:1' });
    await givenMessage({ state: 'excluded', reason: 'no_consent' });
    const view = await read();
    expect(view.messages).toMatchObject([
      { body: 'Text 2', state: 'undelivered', errorCode: 30_003, micros: 45_000n, isSettled: true },
      { body: 'Text 1', firstName: 'Siti', campaign: 'Ramadan', micros: 90_000n, actor: 'staff:1' },
    ]);
    expect(view.names).toEqual({ 'staff:1': 'Rina' });
    expect(view.campaigns).toEqual([{ campaignId: campaign, name: 'Ramadan' }]);
  });

  test('is filtered by status, campaign, sender and days of the shop', async () => {
    await givenMessage({ campaign, at: '2026-03-01T16:59:59Z' });
    await givenMessage({ state: 'failed', at: '2026-03-01T17:00:00Z', actor: 'staff:2' });
    await givenMessage({ state: 'queued', at: '2026-03-02T17:00:00Z' });
    await givenMessage({ state: 'sent', at: '2026-03-03T17:00:00Z' });
    expect(await texts('status=not_arrived')).toEqual(['Text 2']);
    expect(await texts('status=waiting')).toEqual(['Text 3']);
    expect(await texts('status=sent')).toEqual(['Text 4']);
    expect(await texts(`campaign=${campaign}`)).toEqual(['Text 1']);
    expect(await texts('staff=staff:2')).toEqual(['Text 2']);
    // The 2nd of March begins at 17:00 UTC.
    expect(await texts('from=2026-03-02&until=2026-03-02')).toEqual(['Text 2']);
    expect(await texts('until=2026-03-01')).toEqual(['Text 1']);
    expect(await texts(`status=nonsense&campaign=x&staff='--&from=2026-99-99`)).toHaveLength(4);
  });

  test('is searched by name, and by a number however it is typed, also where its owner has another now', async () => {
    await givenMessage();
    await givenMessage({ customer: 2, to: BUDI });
    await givenMessage({ customer: 2, to: '+6281234567899' });
    expect(await texts('q=rahayu')).toEqual(['Text 1']);
    expect(await texts('q=0812 3456 7802')).toEqual(['Text 3', 'Text 2']);
    expect(await texts('q=0812-3456-7899')).toEqual(['Text 3']);
    expect(await texts('q=tidak ada')).toEqual([]);
    expect(await texts('customer=2&q=budi')).toEqual(['Text 3', 'Text 2']);
    expect(await texts('customer=1&q=budi')).toEqual([]);
    expect((await read('customer=2')).customer).toMatchObject({ firstName: 'Budi' });
  });

  test('is paged both ways while messages are added, filtered or not, and is the shop’s own', async () => {
    for (let n = 0; n < 60; n += 1) await givenMessage({ campaign: n % 2 === 0 ? campaign : null });
    const all = Array.from({ length: 60 }, (_, n) => `Text ${60 - n}`);
    for (const [query, wanted] of [
      ['', all],
      [`campaign=${campaign}`, all.filter((_, at) => at % 2 === 1)],
      ['q=siti', all],
    ] as const) {
      const seen: (string | null)[] = [];
      let page = await read(query);
      expect(page.before).toBeNull();
      for (;;) {
        seen.push(...page.messages.map(({ body }) => body));
        if (page.after === null) break;
        page = await read(query, { side: 'after', position: page.after });
      }
      expect(seen).toEqual(wanted);
      const back = await read(query, { side: 'before', position: page.before! });
      expect(back.messages.map(({ body }) => body)).toEqual(
        wanted.slice(0, wanted.length - page.messages.length).slice(-25),
      );
    }
    expect(await read('', { side: 'after', position: "1'~2" })).toMatchObject({ before: null });
    expect((await read('', null, shopId + 999n)).messages).toEqual([]);
  });
});

test('a customer’s page has what was sent to them, of others nothing', async () => {
  await givenMessage();
  await givenMessage({ customer: 2, to: BUDI });
  const view = await readContactsTab(shopId, 1n, { sent: null, planned: null });
  expect(view).toMatchObject({ sent: { messages: [{ body: 'Text 1' }], names: { 'staff:1': 'Rina' } } });
  expect(await readContactsTab(shopId, 99n, { sent: null, planned: null })).toBeNull();
});

describe('the file', () => {
  test('has what the filter finds, with the error in words and the cost as a number', async () => {
    await givenMessage({ campaign, charged: 90_000, at: '2026-03-01T16:59:59Z' });
    await givenMessage({ state: 'undelivered', code: 30_003, charged: 45_000, at: '2026-03-02T00:00:00Z' });
    await givenMessage({ state: 'failed', reason: 'unknown_outcome', at: '2026-03-03T00:00:00Z' });
    const asked = { kind: 'messages' as const, scope: 'search' as const };
    const columns = [
      'created',
      'customer',
      'phone',
      'text',
      'status',
      'reason',
      'error',
      'cost',
      'campaign',
      'by',
    ];
    const rows = await sheetRows(
      await writtenExport(shopId, { ...asked, columns, selection: { filter: 'until=2026-03-02' } }),
    );
    expect(rows).toEqual([
      [
        'Created',
        'Customer',
        'Phone',
        'Text',
        'Status',
        'Reason',
        'Error code',
        'Cost (USD)',
        'Campaign',
        'Sent by',
      ],
      [
        new Date('2026-03-02T07:00:00Z'),
        'Siti Rahayu',
        SITI,
        'Text 2',
        'Not delivered',
        'The phone is off or out of reach',
        '30003',
        0.045,
        undefined,
        'Rina',
      ],
      [
        new Date('2026-03-01T23:59:59Z'),
        'Siti Rahayu',
        SITI,
        'Text 1',
        'Delivered',
        undefined,
        undefined,
        0.09,
        'Ramadan',
        'Rina',
      ],
    ]);
    const csv = await writtenExport(shopId, {
      ...asked,
      format: 'csv',
      locale: 'id',
      columns: ['text', 'reason'],
      selection: { filter: 'status=not_arrived' },
    });
    expect(csv.toString()).toContain('"Text 3";"Twilio tidak pernah memastikannya"');
    expect(csv.toString()).not.toContain('Text 1');
  });
});
