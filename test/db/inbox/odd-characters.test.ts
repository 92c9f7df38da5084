/** Case 09: characters that the database cannot store, in what Shopify sends. The event is processed without them. */
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { balanceOf, givenClub } from '#test/support/clubs.ts';
import { orderPayload } from '#test/support/orders.ts';
import { givenEvent } from '#test/support/shops.ts';

const SITI = 9;
/** Where the odd character goes; an order of Rp 400,000 earns 40 points. */
const MARK = '@@';

const order = orderPayload({
  id: 1,
  customer: SITI,
  lines: [{ price: 400_000 }],
  note: `a${MARK}b`,
  discounts: [{ code: `SA${MARK}LE`, takes: [0] }],
});
const body = JSON.stringify({
  ...order,
  customer: { ...order.customer, first_name: `Si${MARK}ti` },
  line_items: order.line_items.map((line) => ({ ...line, title: `Ba${MARK}tik` })),
});

test.each(['\\u0000', '\\ud800', '\\udc00', '\\uD83D', '\\u0000\\udfff'])(
  'an order with %s in its title, note, name and code gives its points, and the character is dropped',
  async (escape) => {
    const club = await givenClub();
    expect(body.split(MARK).length).toBeGreaterThan(4);
    await givenEvent(club.shopId, 'orders/paid', body.replaceAll(MARK, escape));
    expect(await processInbox()).toMatchObject({ failed: 0 });
    expect(await balanceOf(club, SITI)).toBe(40n);
    const { rows } = await pool.query(
      `SELECT o.note, l.title, c.first_name FROM orders o JOIN order_lines l USING (shop_id, order_id)
         JOIN customers c ON c.shop_id = o.shop_id AND c.customer_id = o.customer_id WHERE o.shop_id = $1`,
      [club.shopId],
    );
    expect(rows).toEqual([{ note: 'ab', title: 'Batik', first_name: 'Siti' }]);
  },
);

test.each([
  ['customers/update', { id: SITI, first_name: 'Si@@ti', note: '@@', updated_at: '2026-11-20T11:00:00Z' }],
  ['products/update', { id: 5, title: 'Ba@@tik', tags: 'a@@b', updated_at: '2026-11-20T11:00:00Z' }],
])('%s with odd characters is processed', async (topic, payload) => {
  const { shopId } = await givenClub();
  await givenEvent(shopId, topic, JSON.stringify(payload).replaceAll(MARK, String.raw`\u0000\ud800`));
  expect(await processInbox()).toMatchObject({ failed: 0 });
});
