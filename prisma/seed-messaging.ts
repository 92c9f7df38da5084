import pg from 'pg';
import { control, openApp, submitAdminForm, type Addresses } from '../scripts/lib/shop-visit.ts';

/** Dollars a part, by country: about what Twilio's list had in 2026, with the operator's margin. */
const PRICES = { ID: 0.45, TH: 0.03, MY: 0.11, SG: 0.06, PH: 0.22, US: 0.012, GB: 0.06, AU: 0.06 };
/** Dollars of the wallet, and what they become. */
const PACKAGES = [
  { price: 25, credit: 26.25 },
  { price: 100, credit: 110 },
  { price: 500, credit: 575 },
];
const MICROS = 1_000_000;
const FROM_DAY = '2026-01-01';
const TOPUP = '25';

interface DemoAddresses extends Addresses {
  databaseUrl: string;
}

interface Customers {
  customers: { id: string | number; phone: string | null }[];
}

/**
 * Makes messaging ready to be tried in a shop: the operator's prices and packages, the operator's Twilio connected, a
 * top-up approved at Shopify, customers who agreed to texts, and a campaign to send. Running it again adds nothing.
 */
export async function seedMessaging(at: DemoAddresses, shop: string): Promise<void> {
  const client = new pg.Client({ connectionString: at.databaseUrl });
  await client.connect();
  try {
    await seedPrices(client);
    const { rowCount } = await client.query(
      'SELECT FROM channels JOIN shops USING (shop_id) WHERE domain = $1',
      [shop],
    );
    if (rowCount === 0) await seedShopMessaging(at, client, shop);
  } finally {
    await client.end();
  }
}

async function seedShopMessaging(at: DemoAddresses, client: pg.Client, shop: string): Promise<void> {
  await post(at, shop, '/app/settings/messaging', { account: 'platform', senderName: 'TOKO SETIA' });
  await topUp(at, client, shop);
  const { customers } = await control<Customers>(at, 'GET', `customers?shop=${shop}`);
  for (const { id, phone } of customers)
    if (phone !== null) await control(at, 'POST', `customers/${id}`, { shop, smsConsent: 'subscribed' });
  await post(at, shop, '/app/messages/campaigns/new', {
    name: 'Promo akhir pekan',
    audience: 'all',
    language: 'id',
    text_id: 'Halo {{first_name|kak}}, poin Anda {{points}}. Tukar akhir pekan ini di {{shop}}!',
  });
}

async function seedPrices(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO message_prices (country, channel, from_day, currency, price_micros)
     SELECT country, 'sms', $3::date, 'USD', micros FROM unnest($1::text[], $2::bigint[]) AS p (country, micros)
     ON CONFLICT DO NOTHING`,
    [Object.keys(PRICES), Object.values(PRICES).map((dollars) => Math.round(dollars * MICROS)), FROM_DAY],
  );
  await client.query(
    `INSERT INTO message_packages (currency, price_micros, credit_micros, from_day)
     SELECT 'USD', price, credit, $3::date FROM unnest($1::bigint[], $2::bigint[]) AS p (price, credit)
      WHERE NOT EXISTS (SELECT FROM message_packages)`,
    [
      PACKAGES.map(({ price }) => price * MICROS),
      PACKAGES.map(({ credit }) => Math.round(credit * MICROS)),
      FROM_DAY,
    ],
  );
}

async function topUp(at: DemoAddresses, client: pg.Client, shop: string): Promise<void> {
  await post(at, shop, '/app/messages/wallet', { amount: TOPUP });
  const { rows } = await client.query<{ url: string }>(
    'SELECT confirmation_url AS url FROM topups JOIN shops USING (shop_id) WHERE domain = $1 ORDER BY topups.created_at DESC LIMIT 1',
    [shop],
  );
  const approved = await fetch(rows[0]?.url ?? '', {
    method: 'POST',
    body: new URLSearchParams({ answer: 'approve' }),
    redirect: 'manual',
  });
  await approved.arrayBuffer();
  // The wallet's screen reads at Shopify what was approved.
  await openApp(at, shop, '/app/messages/wallet');
}

async function post(
  at: Addresses,
  shop: string,
  path: string,
  values: Record<string, string>,
): Promise<void> {
  const status = await submitAdminForm(at, shop, path, values);
  if (status !== 200) throw new Error(`${path} answered ${status}`);
}
