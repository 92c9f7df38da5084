/** Messages > Campaigns and the public page that stops, through their loaders and actions. */
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action as act, loader as page } from '#app/routes/app.messages.campaigns.$id.tsx';
import { action as edit, loader as form } from '#app/routes/app.messages.campaigns.$id_.edit.tsx';
import { loader as list } from '#app/routes/app.messages.campaigns._index.tsx';
import { action as create } from '#app/routes/app.messages.campaigns.new.tsx';
import { loader as history } from '#app/routes/app.messages.history.tsx';
import { action as stop, loader as stopPage } from '#app/routes/u.$code.tsx';
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
      quote: { recipients: 0 },
      campaign: { version: 2 },
    });
    const send = { json: { intent: 'send', version: '2', micros: '0' } };
    expect((await answerOf(act(of(send)))).data).toMatchObject({
      errors: { form: { code: 'changed_meanwhile' } },
    });
    expect((await answerOf(act(of(send, OTHER)))).status).toBe(422);
    for (const intent of ['pause', 'resume', 'cancel', 'burn'])
      expect((await answerOf(act(of({ json: { intent } })))).status).toBe(422);
  });
});

it('the link of a message stops by POST alone; the history shows the message', async () => {
  const code = `${shopId.toString(36)}-0123456789`;
  await pool.query(
    `INSERT INTO messages (shop_id, message_key, customer_id, channel_id, to_address, address_hash, body, state, stop_code, actor)
     VALUES ($1, 'k', 7, 1, '+6281234567890', 'hash', 'Halo', 'delivered', $2, 'staff:1')`,
    [shopId, code],
  );
  const args = { request: new Request('http://127.0.0.1/u'), params: { code }, context: {} };
  expect(await stopPage(args)).toEqual({ shop: SHOP, lastDigits: '890', isStopped: false });
  expect((await pool.query('SELECT 1 FROM suppressions')).rowCount).toBe(0);
  expect(await stop(args)).toBeNull();
  expect(await stopPage(args)).toMatchObject({ isStopped: true });
  expect((await thrownBy(stop({ ...args, params: { code: '1-ZZZZZZZZZZ' } }))).status).toBe(404);
  expect((await thrownBy(stopPage({ ...args, params: { code: "1'--" } }))).status).toBe(404);
  expect((await history(adminArgs(SHOP, '/app/messages/history'))).messages).toMatchObject([
    { body: 'Halo', state: 'delivered' },
  ]);
  expect((await history(adminArgs(OTHER, '/app/messages/history'))).messages).toEqual([]);
});
