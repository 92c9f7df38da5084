/** Messages > Opt-outs through its loader and action, with signed requests. */
import { beforeAll, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action, loader } from '#app/routes/app.messages.opt-outs.tsx';
import { adminArgs, answerOf, givenSession } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
const NUMBERS = 60;

beforeAll(async () => {
  for (const domain of [SHOP, OTHER]) {
    await givenShop({ domain });
    await givenSession(domain);
  }
  await pool.query(`UPDATE shops SET country = 'ID'`);
});

const read = (search = '', shop = SHOP) => loader(adminArgs(shop, `/app/messages/opt-outs${search}`));
const act = (json: Record<string, string>, shop = SHOP) =>
  answerOf(action(adminArgs(shop, '/app/messages/opt-outs', { json })));
const phoneOf = (n: number) => `08129999${String(n).padStart(4, '0')}`;

it('numbers are added, listed in pages, found however they are typed, and allowed again in this shop alone', async () => {
  expect((await read()).page).toEqual({ optOuts: [], after: null, reviews: 0 });
  for (let n = 0; n < NUMBERS; n++)
    expect((await act({ intent: 'add', phone: phoneOf(n) })).status).toBe(200);
  const seen: string[] = [];
  for (let search = ''; ;) {
    const { page } = await read(search);
    seen.push(...page.optOuts.map(({ address }) => address ?? ''));
    if (page.after === null) break;
    search = `?after=${encodeURIComponent(page.after)}`;
  }
  expect(seen).toHaveLength(NUMBERS);
  expect(new Set(seen).size).toBe(NUMBERS);
  for (const typed of ['081299990007', '+62 812-9999-0007', '٠٨١٢٩٩٩٩٠٠٠٧'])
    expect((await read(`?q=${encodeURIComponent(typed)}`)).page.optOuts).toMatchObject([
      { address: '+6281299990007' },
    ]);
  expect(await read('?q=0812')).toMatchObject({ isUnreadable: true, page: { optOuts: [] } });
  expect((await read('?after=nonsense')).page.optOuts).toHaveLength(25);
  const [found] = (await read('?q=081299990007')).page.optOuts;
  expect((await act({ intent: 'allow', hash: found!.hash }, OTHER)).status).toBe(422);
  expect((await read('', OTHER)).page.optOuts).toEqual([]);
  expect((await act({ intent: 'allow', hash: found!.hash })).status).toBe(200);
  expect((await read('?q=081299990007')).page.optOuts).toEqual([]);
  expect((await act({ intent: 'burn' })).status).toBe(422);
});
