/**
 * `node bench/run-freeze.ts <recipients>`: works out the recipients of a campaign and reserves its money, in a process of its own.
 * Prints milliseconds by part and the peak of its memory as JSON.
 */
import { z } from 'zod';
import { pool, withTransaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { findCampaign } from '#app/modules/messaging/campaigns/campaign-rows.server.ts';
import { freezeCampaigns } from '#app/modules/messaging/campaigns/freeze-campaigns.server.ts';
import { openPlan, planBatch } from '#app/modules/messaging/campaigns/plan-recipients.server.ts';
import { readQuote } from '#app/modules/messaging/campaigns/read-quote.server.ts';
import { saveCampaign } from '#app/modules/messaging/campaigns/save-campaign.server.ts';
import { sendCampaign } from '#app/modules/messaging/campaigns/send-campaign.server.ts';
import { sealSecret } from '#app/modules/messaging/channels/token-cipher.server.ts';
import { creditTopup } from '#app/modules/messaging/wallet/post-wallet.server.ts';
import { SHOP_ID } from './lib/shop-rows.ts';

const shopId = BigInt(SHOP_ID);
const recipients = z.coerce.number().int().positive().parse(process.argv[2]);
const CUSTOMERS_A_BATCH = 2_000;
const PRICE_MICROS = 45_000;
const KIBIBYTES_A_MB = 1_024;
/** Each recipient's own text: a name, points and the club, as most campaigns have. */
const TEXT =
  'Halo {{first_name|kak}}, poin Anda {{points}}. Tukar akhir pekan ini di {{club}}: https://toko.example/promo';

async function prepare(): Promise<bigint> {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, phone, sms_consent, country_code, province_code)
     SELECT $1, n, 'Siti ' || n, '+62812' || (10000000 + n), 'subscribed', 'ID', 'JB' FROM generate_series(1, $2::int) n`,
    [shopId, recipients],
  );
  await pool.query(
    `INSERT INTO channels (shop_id, kind, account, account_sid, token_cipher, service_sid, service_name, uses_numbers_inbound, smart_encoding, changed_by)
     VALUES ($1, 'sms', 'platform', 'AC1', $2, 'MG1', 'Toko', false, false, 'bench')`,
    [shopId, sealSecret(shopId, 'token')],
  );
  await pool.query(
    `INSERT INTO message_prices (country, channel, from_day, currency, price_micros) VALUES ('ID', 'sms', '2020-01-01', 'USD', $1)`,
    [PRICE_MICROS],
  );
  await withTransaction((tx) =>
    creditTopup(tx, shopId, { key: 'bench', amountMicros: 10_000_000_000_000n, actor: 'staff:1' }),
  );
  await pool.query('VACUUM (ANALYZE)');
  const shop = { shopId, country: 'ID', timeZone: 'Asia/Jakarta' };
  const form = { name: 'Bench', language: 'id', text_id: TEXT };
  const saved = await saveCampaign(shop, null, form, 'staff:1');
  invariant(saved.ok, 'campaign was saved');
  return saved.campaignId;
}

/** What each recipient's text and price take by themselves, without a row being written. */
async function planAll(campaignId: bigint): Promise<void> {
  const campaign = await findCampaign(pool, shopId, campaignId);
  const plan = campaign && (await openPlan(pool, shopId, campaign));
  invariant(plan, 'campaign can be planned');
  for (let from = 1; from <= recipients; from += CUSTOMERS_A_BATCH) {
    const count = Math.min(CUSTOMERS_A_BATCH, recipients - from + 1);
    await planBatch(
      pool,
      plan,
      Array.from({ length: count }, (_, n) => BigInt(from + n)),
    );
  }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const campaignId = await prepare();
const planMs = await time(() => planAll(campaignId));
const freezeMs = await time(async () => {
  while ((await findCampaign(pool, shopId, campaignId))?.state === 'freezing') await freezeCampaigns();
});
const { micros, recipients: frozen } = await readQuote(shopId, campaignId);
const version = (await findCampaign(pool, shopId, campaignId))?.version ?? 0;
const reserveMs = await time(async () => {
  const sent = await sendCampaign(shopId, campaignId, { version, micros, isConfirmed: true }, 'staff:1');
  invariant(sent.ok, `campaign was sent ${JSON.stringify(sent)}`);
});
const maxMb = process.resourceUsage().maxRSS / KIBIBYTES_A_MB;
process.stdout.write(JSON.stringify({ planMs, freezeMs, reserveMs, recipients: frozen, maxMb }));
await pool.end();
process.exit();
