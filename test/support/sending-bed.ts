/** Campaigns that are sent with the operator's account through the sandbox's Twilio. Import it before anything of the app. */
import { expect } from 'vitest';
import { sandbox, twilioIdle } from './twilio-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { connectChannel } from '#app/modules/messaging/channels/connect-channel.server.ts';
import { findCampaign } from '#app/modules/messaging/campaigns/campaign-rows.server.ts';
import { feedCampaigns } from '#app/modules/messaging/campaigns/feed-campaigns.server.ts';
import { processReceipts } from '#app/modules/messaging/delivery/process-receipts.server.ts';
import { sendMessages } from '#app/modules/messaging/delivery/send-messages.server.ts';
import { saveLimits } from '#app/modules/messaging/limits/limits-screen.server.ts';
import { creditTopup, readWallet } from '#app/modules/messaging/wallet/post-wallet.server.ts';
import { PART_PRICE } from './campaign-bed.ts';
import { emptyDatabase } from './database.ts';
import { givenShop } from './shops.ts';

export const DOLLARS = 100_000_000n;
export let shop: { shopId: bigint; domain: string; name: string; country: string; timeZone: string };

/** Begins with an empty database and sandbox, and a shop in Jakarta. */
export async function givenSendingShop(): Promise<void> {
  await emptyDatabase(process.env.DATABASE_URL!);
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('DELETE', '/_control/faults');
  shop = { ...(await givenShop()), name: 'Toko', country: 'ID', timeZone: 'Asia/Jakarta' };
}

/** The operator's account with prices and money. */
export async function givenPlatform(): Promise<void> {
  expect(await connectChannel(shop, { account: 'platform', senderName: 'Toko' }, 'staff:1')).toEqual({
    ok: true,
  });
  await pool.query('UPDATE senders SET per_second = 1000');
  await pool.query(
    `INSERT INTO message_prices (country, channel, from_day, currency, price_micros)
     SELECT country, 'sms', '2020-01-01', 'USD', $1 FROM unnest('{ID,US,GB}'::text[]) AS c (country)`,
    [PART_PRICE],
  );
  await pool.query(
    `INSERT INTO topups (shop_id, charge_gid, state, amount_minor, currency, is_test, confirmation_url, actor)
     VALUES ($1, 'gid://shopify/AppPurchaseOneTime/1', 'active', 10000, 'USD', true, '', 'staff:1')`,
    [shop.shopId],
  );
  await withTransaction((tx) =>
    creditTopup(tx, shop.shopId, {
      key: 'topup:gid://shopify/AppPurchaseOneTime/1',
      amountMicros: DOLLARS,
      actor: 'staff:1',
    }),
  );
}

export const campaignOf = async (id: bigint) => (await findCampaign(pool, shop.shopId, id))!;
export const wallet = () => readWallet(pool, shop.shopId);
export const sentTo = () =>
  sandbox.world.twilio.messages.filter(({ direction }) => direction === 'outbound-api').map(({ to }) => to);
/** How the shop sends: without a cap and approval, unless said. */
export const settings = async (values: Record<string, unknown>) =>
  saveLimits(
    shop.shopId,
    { capMessages: '1', capHours: '0', approveAbove: '', salesHours: '12', ...values },
    'en',
  );
const OPEN = `state IN ('sending', 'unknown', 'accepted', 'sent')`;
const ROUNDS_MAX = 5;

/** Sends what is due, until it has ended; nothing waits for the morning. On a busy machine an answer may come too late. */
export async function send(): Promise<void> {
  await feedCampaigns(shop.shopId);
  await pool.query(`UPDATE messages SET due_at = now(), country = NULL WHERE state = 'queued'`);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    await sendMessages();
    await twilioIdle();
    await processReceipts();
    await sendMessages();
    const { rowCount } = await pool.query(
      `UPDATE messages SET lease_until = now() - interval '1 second' WHERE ${OPEN}`,
    );
    if (rowCount === 0) return;
  }
}
export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
