/**
 * The bed of the tests of reseller applications: the demo's shop with Shopify beside it, the app proxy's door, and the form as a
 * person fills it in. Import it before anything of the app.
 */
import sharp from 'sharp';
import { beforeEach, vi } from 'vitest';
import { club, sandbox, select, useSandboxShop } from './sandbox-bed.ts';
import { useProxyDoor } from './proxy-door.ts';
import { proxySearch } from './proxy-search.ts';
import { adminArgs, answerOf, givenSession } from './route-requests.ts';
import { DEMO_SHOP } from './sandbox.ts';
import { givenShop } from './shops.ts';
import { pool } from '#app/db.server.ts';
import * as detail from '#app/routes/app.resellers.applications.$id.tsx';
import * as settings from '#app/routes/app.resellers.applications.settings.tsx';

useSandboxShop({ hasOrders: false });

export const OTHER = 'other.myshopify.com';
export const call = useProxyDoor();
export const LONG = 'x'.repeat(1_001);
const ALL = { id_card: 'optional', shop_photo: 'optional', phone: 'required', business: 'optional' };
/** Every test is someone else's computer: the door counts forms by address. */
let visitor = 0;
/** The next form comes from another computer. */
export const anotherVisitor = (): void => {
  visitor += 100;
};

export const save = async (change: Record<string, unknown> = {}) =>
  (
    await settings.action(
      adminArgs(DEMO_SHOP, '/app/resellers/applications/settings', {
        json: {
          version: '0',
          isOpen: true,
          intro: 'Jual batik kami',
          question: '',
          asksQuestion: 'off',
          notifyEmail: '',
          categoryId: '',
          ...ALL,
          ...change,
        },
      }),
    )
  ).data;

export const show = (customer: number | null = null, headers: Record<string, string> = {}) =>
  call('apply', proxySearch(DEMO_SHOP, customer), { headers });

export async function openForm(customer: number | null = null): Promise<string> {
  const html = await (await show(customer)).text();
  const [, token] = /name="form" value="([^"]+)"/.exec(html) ?? [];
  return token!;
}

export const SITI = {
  name: 'Siti Rahma',
  email: 'siti.rahma@example.com',
  phone: '0812 3456 7890',
  business: 'Toko <b>Siti</b>',
};

/** Fills in the form as a person who takes a while, and sends it. */
export async function send(
  typed: Record<string, string | File>,
  {
    token,
    customer = null,
    path = 'apply',
  }: { token?: string; customer?: number | null; path?: 'apply' | 'apply/form' } = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ form: token ?? (await openForm(customer)), ...typed }))
    form.set(name, value);
  vi.setSystemTime(Date.now() + 5_000);
  try {
    return await call(path, proxySearch(DEMO_SHOP, customer), {
      method: 'POST',
      body: form,
      headers: { 'x-forwarded-for': `203.0.113.${visitor}` },
    });
  } finally {
    vi.setSystemTime(Date.now() - 5_000);
  }
}

export const picture = async (name = 'ktp.jpg') =>
  new File(
    [
      new Uint8Array(
        await sharp({ create: { width: 60, height: 40, channels: 3, background: '#c46' } })
          .jpeg()
          .toBuffer(),
      ),
    ],
    name,
  );

export const applications = () =>
  select('SELECT * FROM reseller_applications WHERE shop_id = $1 ORDER BY received_at');
export const post = async (id: string, json: Record<string, unknown>, shop = DEMO_SHOP) =>
  answerOf(
    detail.action(
      adminArgs(shop, `/app/resellers/applications/${id}`, {
        json: { locale: 'id', ...json },
        params: { id },
      }),
    ),
  );
export const read = (id: string, shop = DEMO_SHOP) =>
  detail.loader(adminArgs(shop, `/app/resellers/applications/${id}`, { params: { id } }));
export const categoryId = async (key: string) =>
  String(
    (await select('SELECT key, category_id AS id FROM categories WHERE shop_id = $1')).find(
      (each) => each.key === key,
    )!.id,
  );
export const mailsTo = (to: string) => (sandbox.world.state.mails ?? []).filter((mail) => mail.to === to);
export const customerOf = (email: string) =>
  sandbox.world.shop(DEMO_SHOP).customers.find((each) => each.email === email);

beforeEach(async () => {
  visitor += 1;
  vi.useFakeTimers({ toFake: ['Date'] });
  await givenShop({ domain: OTHER });
  await givenSession(OTHER);
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  await pool.query(`UPDATE shops SET name = 'Toko Ibu Sari', country = 'ID' WHERE shop_id = $1`, [
    club.shopId,
  ]);
  return () => vi.useRealTimers();
});
