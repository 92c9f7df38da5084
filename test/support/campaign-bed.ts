/** Campaigns of a shop whose account is only stored: nothing is sent with it. */
import { pool, withTransaction } from '#app/db.server.ts';
import { sealSecret } from '#app/modules/messaging/channels/token-cipher.server.ts';
import { findCampaign } from '#app/modules/messaging/campaigns/campaign-rows.server.ts';
import { freezeCampaigns } from '#app/modules/messaging/campaigns/freeze-campaigns.server.ts';
import { readQuote } from '#app/modules/messaging/campaigns/read-quote.server.ts';
import { saveCampaign, type SavingShop } from '#app/modules/messaging/campaigns/save-campaign.server.ts';
import { sendCampaign } from '#app/modules/messaging/campaigns/send-campaign.server.ts';
import { creditTopup } from '#app/modules/messaging/wallet/post-wallet.server.ts';

export const PART_PRICE = 45_000n;

export interface StoredSender {
  address: string;
  kind: 'number' | 'name';
  replies: boolean;
}

/** A name, which takes no answer. */
const NAME: StoredSender = { address: 'Toko', kind: 'name', replies: false };

/** Stores an account with senders, prices from 2020 on and 100 dollars. */
export async function givenAccount(
  shopId: bigint,
  { account = 'platform', senders = [NAME], countries = ['ID', 'US', 'GB', 'TH', 'MY', 'CA', 'AU'] } = {},
): Promise<bigint> {
  const { rows } = await pool.query<{ id: bigint }>(
    `INSERT INTO channels (shop_id, kind, account, account_sid, token_cipher, service_sid, service_name, uses_numbers_inbound, smart_encoding, changed_by)
     VALUES ($1, 'sms', $2, 'AC1', $3, 'MG1', 'Toko', false, false, 'test') RETURNING channel_id AS id`,
    [shopId, account, sealSecret(shopId, 'token')],
  );
  for (const sender of senders)
    await pool.query(
      'INSERT INTO senders (shop_id, channel_id, address, kind, replies, per_second) VALUES ($1, $2, $3, $4, $5, 1000)',
      [shopId, rows[0]!.id, sender.address, sender.kind, sender.replies],
    );
  for (const country of countries)
    await pool.query(
      `INSERT INTO message_prices (country, channel, from_day, currency, price_micros) VALUES ($1, 'sms', '2020-01-01', 'USD', $2) ON CONFLICT DO NOTHING`,
      [country, PART_PRICE],
    );
  await withTransaction((tx) =>
    creditTopup(tx, shopId, { key: 'topup:1', amountMicros: 100_000_000n, actor: 'staff:1' }),
  );
  return rows[0]!.id;
}

export interface StoredRecipient {
  id: number;
  phone?: string | null;
  consent?: string | null;
  name?: string | null;
  locale?: string | null;
  country?: string | null;
  province?: string | null;
  category?: number | null;
}

/** A number of Indonesia's that is valid for each `n` up to 9,999. */
export const indonesian = (n: number): string => `+62812345${String(10_000 + n)}`;

/** Stores customers who agreed to messages. */
export async function givenRecipients(shopId: bigint, recipients: readonly StoredRecipient[]): Promise<void> {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, phone, sms_consent, first_name, locale, country_code, province_code, category_id)
     SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[])`,
    [
      shopId,
      recipients.map(({ id }) => id),
      recipients.map(({ id, phone = indonesian(id) }) => phone),
      recipients.map(({ consent = 'subscribed' }) => consent),
      recipients.map(({ name = 'Siti' }) => name),
      recipients.map(({ locale = null }) => locale),
      recipients.map(({ country = null }) => country),
      recipients.map(({ province = null }) => province),
      recipients.map(({ category = null }) => category),
    ],
  );
}

/** Saves a campaign, without having its recipients worked out. */
export async function savedCampaign(shop: SavingShop, values: Record<string, unknown> = {}): Promise<bigint> {
  const form = { name: 'Promo', language: 'id', text_id: 'Halo', ...values };
  const saved = await saveCampaign(shop, null, form, 'staff:1');
  if (!saved.ok) throw new Error(JSON.stringify(saved.errors));
  return saved.campaignId;
}

/** Saves a campaign and works out its recipients. */
export async function frozenCampaign(
  shop: SavingShop,
  values: Record<string, unknown> = {},
): Promise<bigint> {
  const campaignId = await savedCampaign(shop, values);
  await freezeCampaigns();
  return campaignId;
}

/** Sends a campaign at its price, as staff do. */
export async function sendNow(
  shopId: bigint,
  campaignId: bigint,
  { actor = 'staff:1', isConfirmed = false } = {},
) {
  const { version } = (await findCampaign(pool, shopId, campaignId))!;
  const { micros } = await readQuote(shopId, campaignId);
  return sendCampaign(shopId, campaignId, { version, micros, isConfirmed }, actor);
}

export interface FrozenMessage {
  customerId: bigint;
  state: string;
  reason: string | null;
  body: string | null;
  zones: string | null;
  dueAt: Date;
}

/** A campaign's messages by customer. */
export async function messagesOf(shopId: bigint, campaignId: bigint): Promise<FrozenMessage[]> {
  const { rows } = await pool.query<FrozenMessage>(
    `SELECT customer_id AS "customerId", state, reason, body, zones, due_at AS "dueAt" FROM messages
      WHERE shop_id = $1 AND campaign_id = $2 ORDER BY customer_id`,
    [shopId, campaignId],
  );
  return rows;
}
