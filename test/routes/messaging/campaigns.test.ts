/** Messages > Campaigns and the public page that stops, through their loaders and actions. */
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action as act, loader as page } from '#app/routes/app.messages.campaigns.$id.tsx';
import { action as edit, loader as form } from '#app/routes/app.messages.campaigns.$id_.edit.tsx';
import { loader as list } from '#app/routes/app.messages.campaigns._index.tsx';
import { action as create } from '#app/routes/app.messages.campaigns.new.tsx';
import { action as numbers } from '#app/routes/app.messages.campaigns.numbers.tsx';
import { loader as templates } from '#app/routes/app.messages.templates._index.tsx';
import { action as saveTemplate, loader as template } from '#app/routes/app.messages.templates.$id.tsx';
import { action as saveSending, loader as sending } from '#app/routes/app.settings.messaging_.sending.tsx';
import { freezeCampaigns } from '#app/modules/messaging/campaigns/freeze-campaigns.server.ts';
import { loader as history } from '#app/routes/app.messages.history.tsx';
import { action as stop, loader as stopPage } from '#app/routes/u.$code.tsx';
import { givenAccount, givenRecipients, indonesian, PART_PRICE } from '#test/support/campaign-bed.ts';
import { adminArgs, answerOf, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
let shopId: bigint;
let id = '';

beforeAll(async () => {
  ({ shopId } = await givenShop({ domain: SHOP }));
  await givenShop({ domain: OTHER });
  await givenSession(SHOP);
  await givenSession(OTHER);
});

const FORM = { name: 'Promo', language: 'id', text_id: 'Halo {{first_name|kak}}' };
const PATH = '/app/messages/campaigns';
const of = (change: object = {}, shop = SHOP) =>
  adminArgs(shop, `${PATH}/${id}`, { params: { id }, ...change });

describe('a draft', () => {
  it('is saved by its form, which says what is wrong at its field, and is the shop’s own', async () => {
    const save = async (change: object) =>
      (await answerOf(create(adminArgs(SHOP, `${PATH}/new`, { json: { ...FORM, ...change } })))).data;
    const error = (field: string, code: string) => ({ ok: false, errors: { [field]: { code } } });
    expect(await save({ name: ' ' })).toEqual(error('name', 'required'));
    expect(await save({ text_id: 'Halo {{first_name}}' })).toEqual(error('text_id', 'needs_fallback'));
    expect(await save({ text_id: 'Halo {{nama}}' })).toEqual(error('text_id', 'unknown_variable'));
    expect(await save({})).toMatchObject({ ok: true, goTo: expect.stringMatching(/campaigns\/\d+$/) });
    ({ id } = (await pool.query<{ id: string }>('SELECT campaign_id::text AS id FROM campaigns')).rows[0]!);
    expect((await list(adminArgs(SHOP, PATH))).campaigns).toMatchObject([{ name: 'Promo', state: 'draft' }]);
    expect((await list(adminArgs(OTHER, PATH))).campaigns).toEqual([]);
    expect((await thrownBy(page(of({}, OTHER)))).status).toBe(404);
    expect((await thrownBy(form(of({}, OTHER)))).status).toBe(404);
    expect((await answerOf(edit(of({ json: FORM }, OTHER)))).status).toBe(422);
    expect((await answerOf(edit(of({ json: { ...FORM, name: 'Lagi' } })))).status).toBe(200);
    expect((await form(of())).values).toMatchObject({ name: 'Lagi' });
  });

  it('shows its quote, and cannot be sent without an account or by another shop', async () => {
    expect(await page(of())).toMatchObject({
      account: null,
      quote: null,
      campaign: { version: 2 },
    });
    const send = { json: { intent: 'send', version: '2', micros: '0' } };
    expect((await answerOf(act(of(send)))).data).toMatchObject({
      errors: { form: { code: 'changed_meanwhile' } },
    });
    expect((await answerOf(act(of(send, OTHER)))).status).toBe(422);
    for (const intent of ['pause', 'resume', 'cancel', 'test', 'burn'])
      expect((await answerOf(act(of({ json: { intent } })))).status).toBe(422);
  });
});

const said = async () =>
  (await pool.query('SELECT intent, suppresses, processed_at IS NULL AS waits FROM inbound_messages')).rows;

it('the link of a message stops by POST alone, and takes that back; the history shows the message', async () => {
  const code = `${shopId.toString(36)}-0123456789`;
  await pool.query(
    `INSERT INTO messages (shop_id, message_key, customer_id, channel_id, to_address, address_hash, body, state, stop_code, actor)
     VALUES ($1, 'k', 7, 1, '+6281234567890', 'hash', 'Halo', 'delivered', $2, 'staff:1')`,
    [shopId, code],
  );
  const args = { request: new Request('http://127.0.0.1/u'), params: { code }, context: {} };
  const press = (intent: string, of = args) =>
    stop({
      ...of,
      request: new Request('http://127.0.0.1/u', { method: 'POST', body: new URLSearchParams({ intent }) }),
    });
  expect(await stopPage(args)).toEqual({ shop: SHOP, lastDigits: '890', isStopped: false, canStart: false });
  expect((await pool.query('SELECT 1 FROM suppressions')).rowCount).toBe(0);
  // Nothing to take back yet.
  expect(await press('start')).toBeNull();
  expect(await press('')).toBeNull();
  expect(await stopPage(args)).toMatchObject({ isStopped: true, canStart: true });
  const unknown = { ...args, params: { code: '1-ZZZZZZZZZZ' } };
  for (const intent of ['', 'start']) expect((await thrownBy(press(intent, unknown))).status).toBe(404);
  expect(await press('start')).toBeNull();
  expect(await stopPage(args)).toMatchObject({ isStopped: false });
  expect(await said()).toEqual([{ intent: 'start', suppresses: false, waits: true }]);
  expect(await press('')).toBeNull();
  expect(await said()).toEqual([{ intent: 'stop', suppresses: true, waits: true }]);
  // A stop word after it is the number's: the link takes nothing back.
  await pool.query(`UPDATE suppressions SET source = 'keyword', message_sid = 'SM1'`);
  expect(await stopPage(args)).toMatchObject({ isStopped: true, canStart: false });
  expect(await press('start')).toBeNull();
  expect(await stopPage(args)).toMatchObject({ isStopped: true });
  expect((await thrownBy(stopPage({ ...args, params: { code: "1'--" } }))).status).toBe(404);
  expect((await history(adminArgs(SHOP, '/app/messages/history'))).messages).toMatchObject([
    { body: 'Halo', state: 'delivered' },
  ]);
  expect((await history(adminArgs(OTHER, '/app/messages/history'))).messages).toEqual([]);
});

describe('with an account', () => {
  it('a campaign begins in the customer list, is priced, tested, changed and duplicated; another shop can do none of it', async () => {
    await givenAccount(shopId);
    await givenRecipients(shopId, [{ id: 1 }, { id: 2, consent: null }]);
    const begin = { intent: 'begin', name: 'To 2 customers', selection: { ids: ['1', '2'] } };
    const begun = await answerOf(create(adminArgs(SHOP, `${PATH}/new`, { json: begin })));
    const { goTo } = begun.data as { goTo: string };
    id = /(\d+)\/edit$/.exec(goTo)![1]!;
    expect((await form(of())).values).toMatchObject({ audience: 'ticked', ids: '1,2', language: 'en' });
    const values = { ...FORM, audience: 'ticked', ids: '1,2' };
    expect((await answerOf(edit(of({ json: values })))).status).toBe(200);
    expect(await page(of())).toMatchObject({ campaign: { state: 'freezing' }, quote: null });
    await freezeCampaigns();
    expect(await page(of())).toMatchObject({
      account: 'platform',
      campaign: { state: 'ready' },
      audience: { kind: 'ticked', customers: 2 },
      quote: { recipients: 1, micros: PART_PRICE, excluded: [{ reason: 'no_consent', customers: 1 }] },
      preview: { name: 'Siti', next: null },
    });
    const intent = async (json: object, shop = SHOP) => answerOf(act(of({ json }, shop)));
    for (const json of [
      { intent: 'test', phone: '0812 1111 2222' },
      { intent: 'freeze' },
      { intent: 'duplicate', name: 'x' },
    ])
      expect((await intent(json, OTHER)).status).toBe(422);
    expect((await intent({ intent: 'test', phone: 'x' })).data).toMatchObject({
      errors: { phone: { code: 'not_a_phone' } },
    });
    expect((await intent({ intent: 'test', phone: '+6281211112222' })).status).toBe(200);
    expect(await page(of())).toMatchObject({ testNumber: '+6281211112222' });
    expect((await intent({ intent: 'duplicate', name: 'Copy' })).data).toMatchObject({
      goTo: expect.stringMatching(/edit$/),
    });
    expect((await intent({ intent: 'send', version: '2', micros: String(PART_PRICE) })).status).toBe(200);
    expect(await page(of())).toMatchObject({
      campaign: { state: 'running' },
      quote: null,
      results: { openMessages: 1 },
    });
    expect((await thrownBy(form(of()))).status).toBe(404);
    expect((await intent({ intent: 'cancel' })).status).toBe(200);
    expect((await intent({ intent: 'delete' })).status).toBe(422);
  });

  it('a pasted list is read while it is typed, by the shop it is pasted in', async () => {
    const read = (shop: string) =>
      numbers(adminArgs(shop, `${PATH}/numbers`, { json: { numbers: `${indonesian(1)}\nabc` } }));
    expect(await read(SHOP)).toMatchObject({ numbers: 1, customers: 1, unread: 1 });
    expect(await read(OTHER)).toMatchObject({ numbers: 1, customers: 0, strangers: 1 });
  });
});

it('a template is the shop’s own', async () => {
  const at = '/app/messages/templates';
  const json = { name: 'Sale', text_en: 'Hello' };
  const made = await answerOf(saveTemplate(adminArgs(SHOP, `${at}/new`, { params: { id: 'new' }, json })));
  const templateId = /\d+$/.exec((made.data as { goTo: string }).goTo)![0];
  const one = (shop: string, change: object = {}) =>
    adminArgs(shop, `${at}/${templateId}`, { params: { id: templateId }, ...change });
  expect((await templates(adminArgs(SHOP, at))).templates).toMatchObject([
    { name: 'Sale', languages: ['en'] },
  ]);
  expect((await templates(adminArgs(OTHER, at))).templates).toEqual([]);
  expect(await template(one(SHOP))).toMatchObject({ version: 1, values: { text_en: 'Hello' }, uses: [] });
  expect((await thrownBy(template(one(OTHER)))).status).toBe(404);
  expect((await answerOf(saveTemplate(one(OTHER, { json })))).status).toBe(422);
  expect((await answerOf(saveTemplate(one(OTHER, { json: { intent: 'delete' } })))).status).toBe(422);
  expect((await answerOf(saveTemplate(one(SHOP, { json: { name: '' } })))).status).toBe(422);
  expect((await answerOf(saveTemplate(one(SHOP, { json: { intent: 'delete' } })))).data).toMatchObject({
    goTo: at,
  });
});

it('how a shop sends is saved, refused where it is wider than a country allows, and the shop’s own', async () => {
  const at = '/app/settings/messaging/sending';
  const { values } = await sending(adminArgs(SHOP, at));
  expect(values).toMatchObject({ capMessages: '1', capHours: '16', approveAbove: '100', from_ID: '09:00' });
  const save = (change: object) =>
    answerOf(saveSending(adminArgs(SHOP, at, { json: { ...values, ...change } })));
  expect((await save({ to_PH: '21:30' })).data).toMatchObject({
    errors: { to_PH: { code: 'wider_than_allowed' } },
  });
  expect((await save({ from_ID: '12:00', to_ID: '11:00' })).data).toMatchObject({
    errors: { to_ID: { code: 'before_start' } },
  });
  expect((await save({ capMessages: '0' })).data).toMatchObject({
    errors: { capMessages: { code: 'too_small' } },
  });
  expect((await save({ approveAbove: 'much' })).data).toMatchObject({
    errors: { approveAbove: { code: 'not_an_amount' } },
  });
  expect((await save({ approveAbove: '', capHours: '24', from_ID: '10:00', links_TH: true })).status).toBe(
    200,
  );
  expect((await sending(adminArgs(SHOP, at))).values).toMatchObject({
    approveAbove: '',
    capHours: '24',
    from_ID: '10:00',
    links_TH: true,
  });
  expect((await sending(adminArgs(OTHER, at))).values).toMatchObject({ capHours: '16', from_ID: '09:00' });
});
